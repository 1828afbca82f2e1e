"""Keep stored clocks, and the columns requests repeat, equal to what the milestones say.

`rebuild` after every change of one case; `rebuild_many` after bulk work; `differences` to prove that nothing drifted.
Every write is by statements that touch only the rows that differ, so a second run changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from django.db import connection, transaction

from casework.models import AssessmentRequest, Case, Clock, Milestone, NonWorkingDay
from casework.rules.case_kinds import CaseKind
from casework.rules.milestones import Milestone as MilestoneKind
from casework.services import advice_tables, clock_tables, disagreement_tables, review_tables
from casework.services.clock_derivation import ClockRow, Deriver
from casework.services.request_columns import RequestColumns, request_columns

_CHUNK = 5000
ASSESSMENTS = frozenset({CaseKind.REQUEST, CaseKind.REASSESSMENT})
"""The kinds of case in which bodies are asked for advice."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many cases were looked at, and how many rows had to be changed."""

    cases: int = 0
    clocks: int = 0
    requests: int = 0

    def __add__(self, other: "Rebuilt") -> "Rebuilt":
        return Rebuilt(self.cases + other.cases, self.clocks + other.clocks, self.requests + other.requests)


@dataclass(frozen=True, slots=True)
class Derived:
    """What the milestones of one case say its clocks and its request columns are."""

    case_id: int
    kind: CaseKind
    clocks: list[ClockRow]
    request: RequestColumns | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A case whose stored rows are not what its milestones say."""

    case_id: int
    what: str


def rebuild(*, case: Case) -> Rebuilt:
    """Derive the clocks and the request columns of one case. Idempotent."""
    return rebuild_many(case_ids=[case.pk])


def rebuild_many(*, case_ids: Iterable[int] | None = None) -> Rebuilt:
    """The same for many cases, or for every case when no ids are given; each chunk is a transaction."""
    total = Rebuilt()
    for derived in _derived_chunks(case_ids):
        with transaction.atomic(), connection.cursor() as cursor:
            clocks = clock_tables.write_clocks(cursor, [(one.case_id, row) for one in derived for row in one.clocks],
                                               case_ids=[one.case_id for one in derived])  # fmt: skip
            requests = clock_tables.write_requests(
                cursor, [(one.case_id, one.request) for one in derived if one.request]
            )
            if others := [one.case_id for one in derived if not one.request]:
                review_tables.write_beside(case_ids=others)
                disagreement_tables.write_beside(case_ids=others)
            advice_tables.write(cursor, [one.case_id for one in derived if one.kind in ASSESSMENTS])
        total += Rebuilt(len(derived), clocks, requests)
    return total


def differences(*, case_ids: Iterable[int] | None = None) -> Iterator[Difference]:
    """The cases whose stored clocks or request columns differ from their derivation; writes nothing."""
    for derived in _derived_chunks(case_ids):
        ids = [one.case_id for one in derived]
        stored: dict[int, set[tuple[str, date, date, date | None, str, str]]] = defaultdict(set)
        names = ("rule_code", "started_on", "due_on", "stopped_on", "stop_kind", "part")
        for case_id, *row in Clock.objects.filter(case_id__in=ids).values_list("case_id", *names):
            stored[case_id].add(tuple(row))
        columns = {
            row[0]: row[1:]
            for row in AssessmentRequest.objects.filter(case_id__in=ids).values_list(
                "case_id", "received_on", "decided_on", "outcome_on", "final_plan_on", "ended_on", "state",
                "case__closed_on",
            )
        }  # fmt: skip
        for one in derived:
            if stored[one.case_id] != {astuple(row) for row in one.clocks}:
                yield Difference(one.case_id, "clocks")
            if one.request and columns.get(one.case_id) != astuple(one.request):
                yield Difference(one.case_id, "request")
        yield from (Difference(case_id, "advice") for case_id in advice_tables.differing(ids))


def derive_cases(kinds: Sequence[tuple[int, CaseKind]], deriver: Deriver) -> list[Derived]:
    """Derive these cases from their milestones as they stand; reads the milestones in one query."""
    recorded: dict[int, dict[MilestoneKind, list[date]]] = defaultdict(lambda: defaultdict(list))
    bodies: dict[int, dict[str, dict[MilestoneKind, list[date]]]] = defaultdict(dict)
    standing = Milestone.objects.filter(
        case_id__in=[case_id for case_id, _ in kinds], replaced=False, withdrawn=False
    ).values_list("case_id", "kind", "happened_on", "part")
    for case_id, kind, day, part in standing.iterator(chunk_size=10_000):
        milestone = MilestoneKind(kind)
        recorded[case_id][milestone].append(day)
        if part:
            bodies[case_id].setdefault(part, {}).setdefault(milestone, []).append(day)
    # An old request known only as history has no milestones, so there is nothing to derive its columns from.
    return [
        Derived(
            case_id,
            kind,
            deriver.clocks_of(kind, recorded.get(case_id, {}), bodies.get(case_id)),
            request_columns(recorded[case_id]) if kind in ASSESSMENTS and case_id in recorded else None,
        )
        for case_id, kind in kinds
    ]


def calendar() -> frozenset[date]:
    """The non-working days besides Saturdays and Sundays."""
    return frozenset(NonWorkingDay.objects.values_list("day", flat=True))


def _derived_chunks(case_ids: Iterable[int] | None) -> Iterator[list[Derived]]:
    deriver = Deriver(calendar())
    cases = Case.objects.order_by("pk")
    if case_ids is not None:
        wanted = sorted(set(case_ids))
        for start in range(0, len(wanted), _CHUNK):
            yield _derived(
                cases.filter(pk__in=wanted[start : start + _CHUNK]).values_list("pk", "kind"), deriver
            )
        return
    last = 0
    while chunk := list(cases.filter(pk__gt=last).values_list("pk", "kind")[:_CHUNK]):
        yield _derived(chunk, deriver)
        last = chunk[-1][0]


def _derived(rows: Iterable[tuple[int, str]], deriver: Deriver) -> list[Derived]:
    return derive_cases([(pk, CaseKind(kind)) for pk, kind in rows], deriver)
