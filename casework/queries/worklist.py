"""Whose next statutory date comes when: a worker's children in the order in which something is due."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from casework.access.scope import visible
from casework.models import (
    AssignmentPart,
    Child,
    Clock,
    ClockException,
    DirectionKind,
    Milestone,
    TribunalDirection,
    User,
)
from casework.models.tribunal import RECOMMENDATIONS
from casework.rules.clocks import RULES, ExceptionFacts, Ground, Sense
from casework.rules.undertakings import STARTS

SOON, LATER = 7, 28

DUTIES = sorted(
    code
    for code, rule in RULES.items()
    if rule.enabled and rule.sense is Sense.MAXIMUM and rule.per is None and "authority" in rule.duty_holder
)
"""The limits this authority itself must meet; what others owe is waited for, not worked off."""


@dataclass(frozen=True, slots=True)
class Due:
    """A running duty: a statutory limit, or a direction of the Tribunal by a day of its own.

    `state` is that of the request, empty in other cases. `rule_code` is the row of deadlines.csv, or the kind of direction.
    """

    child_id: int
    case_id: int
    case_public_id: uuid.UUID
    case_kind: str
    state: str
    rule_code: str
    started_on: datetime.date
    due_on: datetime.date

    @property
    def title(self) -> str:
        """What must be done."""
        rule = RULES.get(self.rule_code)
        return rule.title if rule else f"Tribunal: {DirectionKind(self.rule_code).label.lower()}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A child and their running duties, soonest first."""

    child: Child
    duties: Sequence[Due]

    @property
    def due(self) -> Due | None:
        """The next duty."""
        return self.duties[0] if self.duties else None


@dataclass(frozen=True, slots=True)
class Worklist:
    """A worker's children, soonest date first; those without a running date last."""

    entries: Sequence[Entry]
    as_at: datetime.date


def worklist_of(worker: User, *, reader: User, as_at: datetime.date) -> Worklist:
    """Everybody `worker` leads on a day, as far as `reader` may see them; two statements.

    One caseload is a few hundred light rows: sorting it here is quicker than grouping it again for every part.
    """
    children = visible(Child, reader).filter(**_led_by(worker, "", as_at)).only(*SHOWN)
    duties = _duties(worker, as_at)
    entries = [Entry(child, duties.get(child.pk, ())) for child in children]
    return Worklist(sorted(entries, key=_order), as_at)


def excused(duties: Iterable[Due], *, as_at: datetime.date) -> dict[tuple[int, str], list[ExceptionFacts]]:
    """The exceptions of these duties by case and rule; one statement, none for no duties."""
    case_ids = {duty.case_id for duty in duties}
    found: dict[tuple[int, str], list[ExceptionFacts]] = defaultdict(list)
    if case_ids:
        rows = ClockException.objects.filter(case__in=case_ids)
        for case_id, code, ground, *days in rows.values_list(
            "case_id", "rule_code", "ground", "starts_on", "ends_on", "approved_on"
        ):
            found[case_id, code].append(ExceptionFacts(Ground(ground), *days))
    return found


def open_directions() -> QuerySet[TribunalDirection]:
    """What the Tribunal still expects, and recommendations to answer. An appeal that is decided expects nothing more."""
    bound = Milestone.objects.filter(
        case=OuterRef("case"), kind__in=list(STARTS), replaced=False, withdrawn=False
    )
    return TribunalDirection.objects.filter(
        Q(kind__in=RECOMMENDATIONS) | ~Exists(bound),
        done_on__isnull=True,
        dropped_because="",
        case__closed_on__isnull=True,
    ).order_by()


SHOWN = ("public_id", "surname", "forename", "date_of_birth", "restricted", "died_on", "area")


def _led_by(worker: User, path: str, as_at: datetime.date) -> dict[str, Any]:
    """The lead on the day, from a row that reaches its child by `path`; a child has one, so nothing is counted twice."""
    lead = f"{path}assignments__"
    return {f"{lead}user": worker, f"{lead}part": AssignmentPart.LEAD, f"{lead}period__contains": as_at}


_CASE = ("case__child_id", "case_id", "case__public_id", "case__kind", "case__request__state")


def _duties(worker: User, as_at: datetime.date) -> dict[int, list[Due]]:
    limits = Clock.objects.filter(
        **_led_by(worker, "case__child__", as_at),
        case__closed_on__isnull=True,
        stopped_on__isnull=True,
        rule_code__in=DUTIES,
    ).values_list(*_CASE, "rule_code", "started_on", "due_on", "pk")
    directions = (
        open_directions()
        .filter(**_led_by(worker, "case__child__", as_at))
        .values_list(*_CASE, "kind", "case__opened_on", "due_on", "pk")
    )
    # One statement; directions are few, and a caseload without appeals pays for a look at an index.
    rows = [row[:-1] for row in limits.union(directions, all=True).order_by("due_on", "pk")]
    duties: dict[int, list[Due]] = defaultdict(list)
    for row in rows:
        duties[row[0]].append(Due(*row))
    return duties


def _order(entry: Entry) -> tuple[datetime.date, str, str, int]:
    child, due = entry.child, entry.due
    return due.due_on if due else datetime.date.max, child.surname, child.forename, child.pk
