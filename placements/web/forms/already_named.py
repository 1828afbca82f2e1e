"""The plan already names the setting after the transfer."""

import datetime
from typing import Any

from casework.ui.forms import CheckboxField, DateField, GovukForm


class AlreadyNamedForm(GovukForm):
    """When the family was told, and that the setting is the right one."""

    found_on = DateField(
        label="When was the family told that the plan already names the next setting?",
        subject="the day the family was told",
        hint="As a rule the day of the review decision",
    )
    sure = CheckboxField(
        label="The child will attend this setting after the transfer", subject="that this is the setting"
    )

    def __init__(
        self, *args: Any, today: datetime.date, earliest: datetime.date | None, setting: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["found_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]
        self.fields["sure"].label = f"The child will attend {setting} after the transfer"
