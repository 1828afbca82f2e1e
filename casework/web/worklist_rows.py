"""One line of the worklist: who, what is due and why, by when, how it stands, and the page for it."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from casework.models import CaseKind, Child, RequestState, User
from casework.queries.worklist import Due, Entry, excused
from casework.rules.clocks import RULES, ClockFacts, ExceptionFacts, status_on
from casework.rules.permissions import Permission
from casework.ui.components import STATUS_TAGS, Flag, Link
from casework.ui.formats import days_away, short_date
from casework.web.panels import steps_for
from casework.web.presenters import flags, year_group

OWN_STEPS = {
    RequestState.UNDECIDED: ("Decide whether to assess", "decide_to_assess"),
    RequestState.ASSESSING: ("Decide whether to issue", "decide_to_issue"),
}
_REVIEWS = (CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER)
_DISAGREEMENTS = (CaseKind.MEDIATION, CaseKind.APPEAL)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A child on the worklist. `status` and `colour` are the words of the tag and its colour."""

    child: Child
    url: str
    year_group: str
    flags: Sequence[Flag]
    what: str
    then: int
    due: str = ""
    away: str = ""
    late: bool = False
    status: str = ""
    colour: str = ""
    step: Link | None = None


def worklist_rows(entries: Sequence[Entry], *, reader: User, as_at: datetime.date) -> list[WorkRow]:
    """Rows for one page of the list; one statement, for the exceptions of what is late."""
    late = [entry.due for entry in entries if entry.due and entry.due.due_on < as_at]
    exceptions = excused(late, as_at=as_at)
    addresses = _Addresses(reader)
    return [_row(entry, exceptions, addresses, as_at) for entry in entries]


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
    entry: Entry,
    exceptions: dict[tuple[int, str], list[ExceptionFacts]],
    addresses: _Addresses,
    as_at: datetime.date,
) -> WorkRow:
    child, due = entry.child, entry.due
    row = WorkRow(
        child=child,
        url=addresses.of("child", child.public_id),
        year_group=year_group(child, as_at),
        flags=flags(child),
        what=RULES[due.rule_code].title if due else "No date is running",
        then=max(len(entry.duties) - 1, 0),
    )
    if due is None:
        return row
    facts = ClockFacts(due.started_on, due.due_on)
    status = status_on(facts, exceptions.get((due.case_id, due.rule_code), ()), as_at)
    words, colour = STATUS_TAGS[str(status)]
    return replace(
        row,
        due=short_date(due.due_on),
        away=days_away(due.due_on, as_at),
        late=due.due_on < as_at,
        status=words,
        colour=colour,
        step=addresses.step(due, child),
    )
