"""Which day a page is to show."""

import datetime
from typing import Any

from casework.ui.forms import DateField, GovukForm


class AsAtForm(GovukForm):
    """A day up to today."""

    as_at = DateField(label="As they stood on", subject="the day to show", required=False, label_size="s")

    def __init__(self, *args: Any, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["as_at"].limit(past_of=today)  # type: ignore[attr-defined]
