"""One line of My work: who, what is due and why, by when, who is waited for, the last contact, and the page for it."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from casework.models import CaseKind, Child, FollowUp, RequestState, User
from casework.queries.desk import Item
from casework.queries.teamwork import last_contacts
from casework.queries.waiting import Wait
from casework.queries.worklist import Due, excused
from casework.rules.calendar import age_on
from casework.rules.clocks import ClockFacts, ClockStatus, ExceptionFacts, status_on
from casework.rules.permissions import Permission
from casework.ui.components import STATUS_TAGS, Flag, Link
from casework.ui.formats import days_ago, days_away, short_date
from casework.web.panels import steps_for
from casework.web.presenters import flags, year_group

OWN_STEPS = {
    RequestState.UNDECIDED: ("Decide whether to assess", "decide_to_assess"),
    RequestState.ASSESSING: ("Decide whether to issue", "decide_to_issue"),
}
_REVIEWS = (CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER)
_DISAGREEMENTS = (CaseKind.MEDIATION, CaseKind.APPEAL)
_MOVES = (CaseKind.TRANSFER_IN, CaseKind.TRANSFER_OUT, CaseKind.CEASING, CaseKind.REASSESSMENT)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A line of My work. `status` and `colour` are the words of the tag and its colour; `why` is what the date runs from.

    `statutory` is False for a follow-up, which is a reminder and no limit.
    """

    child: Child
    url: str
    year_group: str
    age: int
    flags: Sequence[Flag]
    what: str
    then: int
    why: str = ""
    due: str = ""
    away: str = ""
    late: bool = False
    status: str = ""
    colour: str = ""
    excused: bool = False
    waits_for: str = ""
    waits_since: str = ""
    waits_late: bool = False
    more_waits: int = 0
    last_contact: str = ""
    step: Link | None = None
    other_step: Link | None = None
    statutory: bool = True
    covers: str = ""


def worklist_rows(items: Sequence[Item], *, reader: User, as_at: datetime.date) -> list[WorkRow]:
    """Rows for one page of the list; two statements: the exceptions of what is late, and the last contacts."""
    late = [item.due for item in items if item.due and item.due.due_on < as_at]
    exceptions = excused(late, as_at=as_at)
    contacted = last_contacts(item.child.pk for item in items)
    addresses = _Addresses(reader)
    return [_row(item, exceptions, contacted, addresses, as_at) for item in items]


class _Addresses:
    """Addresses of many records: each pattern is looked up once."""

    def __init__(self, reader: User) -> None:
        self._reader = reader
        self._patterns: dict[str, str] = {}

    def of(self, name: str, public_id: uuid.UUID) -> str:
        if name not in self._patterns:
            self._patterns[name] = reverse(name, args=[_NOBODY])
        return self._patterns[name].replace(str(_NOBODY), str(public_id))

    def step(self, due: Due, child: Child) -> Link | None:
        """The page that takes the request or review of this duty further."""
        if due.case_kind in _REVIEWS:
            return Link("Go to the review", self.of("child_reviews", child.public_id))
        if due.case_kind in _DISAGREEMENTS:
            return Link("Go to the disagreement", self.of("child_disagreements", child.public_id))
        if due.case_kind in _MOVES:
            return Link("Go to the case", self.of("child_moves", child.public_id))
        if not due.state:
            return None
        own = OWN_STEPS.get(RequestState(due.state))
        if own and self._reader.may(Permission.DECIDE):
            return Link(own[0], self.of(own[1], due.case_public_id))
        for step in steps_for(RequestState(due.state), reader=self._reader):
            return Link(step.title, self.of(step.url_name, due.case_public_id))
        return None


_NOBODY = uuid.UUID(int=0)


def _row(
    item: Item,
    exceptions: dict[tuple[int, str], list[ExceptionFacts]],
    contacted: dict[int, datetime.date],
    addresses: _Addresses,
    as_at: datetime.date,
) -> WorkRow:
    child, due = item.child, item.due
    row = WorkRow(
        child=child,
        url=addresses.of("child", child.public_id),
        year_group=year_group(child, as_at),
        age=age_on(child.date_of_birth, as_at),
        flags=flags(child),
        what=due.title if due else "No date is running",
        then=max(len(item.duties) - 1, 0),
        last_contact=days_ago(contacted.get(child.pk), as_at),
        covers=item.covers.name if item.covers else "",
    )
    if item.follow_up is not None:
        return _follow_up(row, item.follow_up, addresses, as_at)
    row = _waits(row, item.waits, as_at)
    if due is None:
        return row
    facts = ClockFacts(due.started_on, due.due_on)
    status = status_on(facts, exceptions.get((due.case_id, due.rule_code), ()), as_at)
    words, colour = STATUS_TAGS[str(status)]
    return replace(
        row,
        why=f"from {due.started_on.day} {due.started_on:%b}",
        due=short_date(due.due_on),
        away=days_away(due.due_on, as_at),
        late=due.due_on < as_at,
        status=words,
        excused=status is ClockStatus.OVERDUE_EXCUSED,
        colour=colour,
        step=addresses.step(due, child),
    )


def _follow_up(row: WorkRow, follow_up: FollowUp, addresses: _Addresses, as_at: datetime.date) -> WorkRow:
    for_team = f"for {follow_up.team.name}" if follow_up.team else ""
    return replace(
        row,
        url=addresses.of("child_contact_log", row.child.public_id),
        what=follow_up.text,
        why=for_team,
        due=short_date(follow_up.due_on),
        away=days_away(follow_up.due_on, as_at),
        late=follow_up.due_on < as_at,
        step=Link("Complete", f"{addresses.of('complete_follow_up', follow_up.public_id)}?from=my-work"),
        other_step=Link("Move", f"{addresses.of('move_follow_up', follow_up.public_id)}?from=my-work"),
        statutory=False,
    )


def _waits(row: WorkRow, waits: Sequence[Wait], as_at: datetime.date) -> WorkRow:
    """The longest late comes first, then the one whose day is next."""
    if not waits:
        return row
    first = waits[0]
    late = first.days_late(as_at)
    since = f"{first.since.day} {first.since:%b}"
    return replace(
        row,
        waits_for=first.whom,
        waits_since=f"{since}, {days_away(first.until, as_at)}" if late else since,
        waits_late=bool(late),
        more_waits=len(waits) - 1,
    )
