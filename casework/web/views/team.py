"""Who carries how much, what is late, who is away; and the children nobody leads."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.access.web import needs
from casework.queries.loads import Load, team_loads, unallocated
from casework.rules.permissions import Permission
from casework.today import today
from casework.web.records import reader_of

_SUMS = ("children", "overdue", "in_7_days", "in_28_days", "follow_ups", "late_follow_ups", "weight")


@needs(Permission.RECORD_CASEWORK)
def team(request: HttpRequest) -> HttpResponse:
    """Who carries how many children, and how much of it is late; every number opens its list."""
    reader, day = reader_of(request), today()
    loads = team_loads(reader=reader, as_at=day)
    context = {
        "loads": loads,
        "totals": _totals(loads),
        "unallocated": unallocated(reader=reader, as_at=day).order_by().count(),
        "may_allocate": reader.may(Permission.ALLOCATE),
        "nav_key": "my_work",
    }
    return render(request, "casework/team.html", context)


def _totals(loads: Sequence[Load]) -> dict[str, int]:
    return {name: sum(getattr(load, name) for load in loads) for name in _SUMS}
