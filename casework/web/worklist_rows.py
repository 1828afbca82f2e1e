"""One line of the worklist: who, what is due and why, by when, how it stands, and the page for it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from casework.models import CaseKind, Child, Clock, RequestState, User
from casework.queries.worklist import running_clocks
from casework.rules.clocks import RULES
from casework.rules.permissions import Permission
from casework.ui.components import Flag, Link
from casework.web.panels import steps_for
from casework.web.presenters import child_url, flags, is_late, year_group

OWN_STEPS = {
    RequestState.UNDECIDED: ("Decide whether to assess", "decide_to_assess"),
    RequestState.ASSESSING: ("Decide whether to issue", "decide_to_issue"),
}
_REVIEWS = (CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A child on the worklist."""

    child: Child
    url: str
    year_group: str
    flags: Sequence[Flag]
    due: Clock | None
    what: str
    late: bool
    step: Link | None
    then: int


def worklist_rows(children: Sequence[Child], *, reader: User, as_at: datetime.date) -> list[WorkRow]:
    """Rows for the children of one page, in their order; one statement for all their dates."""
    clocks = running_clocks(children, as_at=as_at)
    return [_row(child, clocks.get(child.pk, []), reader, as_at) for child in children]


def request_step(clock: Clock, reader: User) -> Link | None:
    """The page that takes the request or review of this clock further."""
    if clock.case.kind in _REVIEWS:
        return Link("Go to the review", reverse("child_reviews", args=[clock.case.child.public_id]))
    request = getattr(clock.case, "request", None)
    if request is None:
        return None
    own = OWN_STEPS.get(RequestState(request.state))
    if own and reader.may(Permission.DECIDE):
        return Link(own[0], reverse(own[1], args=[clock.case.public_id]))
    for step in steps_for(clock.case, reader=reader):
        return Link(step.title, reverse(step.url_name, args=[clock.case.public_id]))
    return None


def _row(child: Child, clocks: Sequence[Clock], reader: User, as_at: datetime.date) -> WorkRow:
    first = clocks[0] if clocks else None
    return WorkRow(
        child=child,
        url=child_url(child),
        year_group=year_group(child, as_at),
        flags=flags(child),
        due=first,
        what=RULES[first.rule_code].title if first else "No date is running",
        late=is_late(first, as_at) if first else False,
        step=request_step(first, reader) if first else None,
        then=len(clocks) - 1 if clocks else 0,
    )
