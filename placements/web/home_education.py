"""Education outside a school on the child's page of moves."""

from typing import Any

from django.urls import reverse

from casework.models import User
from casework.queries.case_summary import ChildSummary
from casework.rules.permissions import Permission
from casework.ui.components import Link
from casework.web.panels import ChildPanel, register
from placements.queries.outside_school import outside_school


def load(summary: ChildSummary, reader: User) -> dict[str, Any] | None:
    """The arrangement of the day with what was found of it; nothing for a reader who could do nothing with it."""
    found = outside_school(summary.child, on=summary.as_at)
    may = reader.may(Permission.RECORD_CASEWORK)
    if found is None:
        return (
            {"found": None, "begin": reverse("outside_school", args=[summary.child.public_id])}
            if may
            else None
        )
    steps = []
    if may and found.home is not None:
        steps.append(
            Link("Record whether it is suitable", reverse("suitability", args=[found.home.public_id]))
        )
    if may:
        steps.append(
            Link("Record that it ended", reverse("end_outside_school", args=[found.placement.public_id]))
        )
    return {"found": found, "steps": steps}


register(
    ChildPanel(
        key="outside_school",
        title="Education outside a school",
        order=10,
        permission=Permission.SEE_PLACEMENTS,
        load=load,
        template="placements/outside_school.html",
        page="moves",
    )
)
