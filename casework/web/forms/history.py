"""What part of a history is shown."""

import datetime
from typing import Any

from casework.queries.history import Wanted
from casework.ui.forms import DateField, GovukForm, SelectField


class HistoryForm(GovukForm):
    """By kind of record, by person, by period."""

    kind = SelectField(label="What", required=False)
    by = SelectField(label="Who", required=False)
    since = DateField(label="From", subject="the first day", required=False, label_size="s")
    until = DateField(label="To", subject="the last day", required=False, label_size="s")

    def __init__(
        self,
        *args: Any,
        kinds: list[tuple[str, str]],
        people: list[tuple[str, str]],
        today: datetime.date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", "Every record"), *kinds]  # type: ignore[attr-defined]
        self.fields["by"].choices = [("", "Everybody"), *people]  # type: ignore[attr-defined]
        for name in ("since", "until"):
            self.fields[name].limit(past_of=today)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """The days must be in order."""
        given = self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day must be the same as or after the first day")

    @property
    def wanted(self) -> Wanted:
        """What is asked for; of a form that cannot be understood, everything."""
        if not self.is_valid():
            return Wanted()
        given = self.cleaned_data
        return Wanted(given["kind"], given["by"], given["since"], given["until"])
