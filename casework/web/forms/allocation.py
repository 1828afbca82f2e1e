"""Giving children to lead workers, and arranging cover."""

import datetime
from collections.abc import Sequence
from typing import Any

from casework.queries.loads import Load
from casework.ui.forms import CheckboxesField, DateField, GovukForm, RadiosField, SelectField, TextField
from casework.web.single_task import KeyedForm

ONE, BY_LOAD, BY_AREA, BY_SETTING = "one", "load", "area", "setting"
WAYS = (
    (ONE, "To one person"),
    (BY_LOAD, "Shared by load: each child to whoever carries least"),
    (BY_AREA, "By area: to whoever leads most children of the child’s area"),
    (BY_SETTING, "By setting: to whoever leads most children at the child’s setting"),
)


class AllocateForm(GovukForm):
    """How the children are shared out, among whom, from which day."""

    way = RadiosField(
        label="How are they shared out?", subject="how they are shared out", choices=WAYS, reveals={ONE: "to"},
        small=True,
    )  # fmt: skip
    to = SelectField(label="To whom?", subject="to whom", required=False)
    among = CheckboxesField(
        label="Among whom?",
        hint="Not needed for one person. Beside each name: what they carry now. A child whose area or setting nobody "
        "knows goes to whoever carries least.",
        subject="among whom they are shared",
        required=False,
        small=True,
    )
    starts_on = DateField(
        label="From which day?",
        hint="Whoever leads a child now leads it until the day before.",
        subject="the first day",
    )
    reason = TextField(label="Why? (optional)", subject="why", required=False, max_length=200)

    def __init__(self, *args: Any, loads: Sequence[Load], today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(load.worker.public_id), _words(load)) for load in loads]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        self.fields["among"].choices = choices  # type: ignore[attr-defined]
        self.fields["starts_on"].limit(earliest=today)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """One person needs a name, sharing needs people."""
        self.require_when("way", ONE, "to", "Select to whom the children go")
        way = self.cleaned_data.get("way")
        if way and way != ONE and "among" not in self.errors and not self.cleaned_data.get("among"):
            self.add_error("among", "Select among whom the children are shared")

    @property
    def chosen(self) -> list[str]:
        """The public ids of the people the children may go to; only of a valid form."""
        given = self.cleaned_data
        return [given["to"]] if given["way"] == ONE else given["among"]


class CoverForm(KeyedForm):
    """Who is away, who covers, and when."""

    user = SelectField(label="Who is away?", subject="who is away")
    covered_by = SelectField(label="Who covers?", subject="who covers")
    starts_on = DateField(label="First day", subject="the first day")
    ends_on = DateField(label="Last day", subject="the last day")
    note = TextField(
        label="Note (optional)", hint="For example: annual leave. Nothing about health.", subject="the note",
        required=False, max_length=300,
    )  # fmt: skip

    def __init__(
        self, *args: Any, people: Sequence[tuple[str, str]], today: datetime.date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["user"].choices = people  # type: ignore[attr-defined]
        self.fields["covered_by"].choices = people  # type: ignore[attr-defined]
        self.fields["ends_on"].limit(earliest=today)  # type: ignore[attr-defined]


def _words(load: Load) -> str:
    away = f"; away until {load.away.ends_on:%d %B}" if load.away else ""
    children = "1 child" if load.children == 1 else f"{load.children:,} children"
    return f"{load.worker.name}: {children}, {load.overdue:,} overdue, load {load.weight:,}{away}"
