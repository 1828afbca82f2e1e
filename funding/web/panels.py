"""What funding shows on a child's page, to those who may see costs."""

import datetime
from typing import Any

from casework.models import Child, User
from casework.rules.permissions import Permission
from casework.web.panels import ChildPanel, register
from funding.queries.child_costs import child_costs


def load(child: Child, reader: User, as_at: datetime.date) -> dict[str, Any]:
    """The cost lines in force."""
    return {"costs": child_costs(child, as_at=as_at)}


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
