"""What a list of mediation and appeals is narrowed by."""

import datetime
from typing import Any

from casework.models import CaseKind, User
from casework.queries.disagreements import Standing
from casework.rules.appeal_rights import Appealable
from casework.ui.forms import GovukForm, ModelSelectField, SelectField


class DisagreementFilterForm(GovukForm):
    """Filters of the board; what cannot be understood is explained, never ignored."""

    kind = SelectField(
        label="What it is",
        required=False,
        choices=[
            ("", "Mediation and appeals"),
            (CaseKind.MEDIATION.value, "Mediation"),
            (CaseKind.APPEAL.value, "Appeals"),
        ],
    )
    against = SelectField(
        label="Decision disputed",
        required=False,
        choices=[("", "Any"), *((one.value, one.words) for one in Appealable)],
    )
    worker = ModelSelectField(
        label="Tribunal officer or lead worker", required=False, queryset=User.objects.none(),
        to_field_name="public_id", empty_label="Anybody",
    )  # fmt: skip

    def __init__(self, *args: Any, workers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]

    def keeps(self, one: Standing) -> bool:
        """Whether a case passes the filters of a valid form."""
        given = self.cleaned_data
        worker = given["worker"]
        return (
            (not given["kind"] or one.case.kind == given["kind"])
            and (not given["against"] or one.against == given["against"])
            and (worker is None or worker.pk in (one.officer_id, one.lead_id))
        )


SOON_DAYS = 14
HEARING_DAYS = 56

PARTS: tuple[tuple[str, str], ...] = (
    ("", "All open"),
    ("overdue", "Overdue"),
    ("soon", f"Due in {SOON_DAYS} days"),
    ("hearings", f"Hearings in {HEARING_DAYS // 7} weeks"),
    ("carry_out", "To carry out"),
)
"""The parts of the list, by the word in the address."""


def in_part(one: Standing, part: str, on: datetime.date) -> bool:
    """Whether a case belongs to a part of the list on a day."""
    due, hearing = one.next, one.next_hearing(on)
    if part == "overdue":
        return due is not None and due.due_on < on
    if part == "soon":
        return due is not None and on <= due.due_on <= on + datetime.timedelta(days=SOON_DAYS)
    if part == "hearings":
        return hearing is not None and hearing.listed_for <= on + datetime.timedelta(days=HEARING_DAYS)
    if part == "carry_out":
        return bool(one.to_carry_out)
    return True
