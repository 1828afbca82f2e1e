"""What placements shows on a child's page, and the step it offers there."""

from typing import Any

from casework.models import RequestState, User
from casework.queries.case_summary import ChildSummary
from casework.rules.permissions import Permission
from casework.web.panels import ChildPanel, RequestStep, register, register_step
from placements.queries.child_places import child_places


def load(summary: ChildSummary, reader: User) -> dict[str, Any]:
    """Where the child is and what the plan names."""
    return {"places": child_places(summary.child, version=summary.version_in_force, as_at=summary.as_at)}


register(
    ChildPanel(
        key="placements",
        title="Where the child is",
        order=10,
        permission=Permission.SEE_PLACEMENTS,
        load=load,
        template="placements/child_panel.html",
    )
)
register_step(
    RequestStep(
        key="issue_final_plan",
        title="Issue the final plan",
        state=RequestState.ISSUING,
        permission=Permission.DECIDE,
        url_name="issue_final_plan",
    )
)
