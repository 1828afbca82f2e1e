"""What funding shows on a child's page, to those who may see costs."""

from typing import Any

from casework.models import User
from casework.queries.case_summary import ChildSummary
from casework.rules.permissions import Permission
from casework.web.panels import ChildPanel, register
from funding.queries.child_costs import child_costs


def load(summary: ChildSummary, reader: User) -> dict[str, Any]:
    """The cost lines in force."""
    return {"costs": child_costs(summary.child, as_at=summary.as_at)}


register(
    ChildPanel(
        key="funding",
        title="What it costs",
        order=20,
        permission=Permission.SEE_COSTS,
        load=load,
        template="funding/child_panel.html",
    )
)
