"""Days of the reader's own, where no period on the list will do."""

from datetime import date
from typing import Any

from casework.ui.forms import DateField, GovukForm
from reporting.indicator import Indicator
from reporting.web.indicator_question import QuestionError
from reporting.windows import Timing, Window


class OwnDays(GovukForm):
    """One day for a stock; a first and a last day for a flow. Left empty, the chosen period stands."""

    def __init__(self, indicator: Indicator, data: Any, *, today: date) -> None:
        super().__init__(data)
        if indicator.timing is Timing.STOCK:
            self.fields["day"] = DateField(label="Another day", subject="day", required=False)
            self.fields["day"].limit(past_of=today)  # type: ignore[attr-defined]
        else:
            self.fields["first"] = DateField(label="First day", subject="first day", required=False)
            self.fields["last"] = DateField(label="Last day", subject="last day", required=False)

    def clean(self) -> dict[str, Any]:
        """Both ends of a stretch, in order."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and not last and "last" not in self.errors:
            self.add_error("last", "Enter the last day too")
        if last and not first and "first" not in self.errors:
            self.add_error("first", "Enter the first day too")
        if first and last and last < first:
            self.add_error("last", "Last day must be on or after the first day")
        return given

    @property
    def window(self) -> Window | None:
        """The days entered; None when there are none."""
        if day := self.cleaned_data.get("day"):
            return Window.day(day)
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        return Window(first, last) if first and last else None


def asked_window(form: OwnDays, period: str, otherwise: Window) -> Window:
    """Days of the reader's own before the period chosen. Raises QuestionError for a period that cannot be read."""
    if form.window:
        return form.window
    if not period:
        return otherwise
    first, _, last = period.partition("_")
    try:
        return Window(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        raise QuestionError("Choose a period from the list.") from None
