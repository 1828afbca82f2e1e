"""Advice of one assessment, and advice that is outstanding anywhere: how each request stands on a day, and why."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from casework.access.scope import visible
from casework.models import (
    AdviceBody,
    AdviceChase,
    AdviceEnd,
    AdviceReminder,
    AdviceRequest,
    AssignmentPart,
    Case,
    CaseAssignment,
    CaseKind,
    Child,
    ClockException,
    Establishment,
    MilestoneKind,
    PanelOutcome,
    Team,
    TeamMembership,
    User,
)
from casework.queries.attended import with_setting
from casework.rules.advice import DUE_SOON_DAYS, SENSORY_NEEDS, AdviceState
from casework.rules.advice import AdviceBody as Body
from casework.rules.clocks import RULES, ClockFacts, ExceptionFacts, Ground, explain, is_excused

RULE = RULES["A5"]
ASSESSMENTS = (CaseKind.REQUEST, CaseKind.REASSESSMENT)


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One request for advice as it stands on a day, with what was done to get it."""

    advice: AdviceRequest
    state: AdviceState
    on: datetime.date
    chases: Sequence[AdviceChase]
    exceptions: Sequence[ClockException]
    reminded_on: datetime.date | None

    @property
    def arithmetic(self) -> str:
        """How the last day comes about."""
        asked = self.advice.asked_on
        recorded = {MilestoneKind.ADVICE_REQUESTED: asked} if asked else {}
        return explain(RULE, recorded, frozenset())

    @property
    def source(self) -> str:
        """Where the law names the body and the limit."""
        body = Body(self.advice.body)
        if body.is_bound:
            return f"{body.source}; {RULE.source}"
        return f"{body.source}. No limit binds them: the six weeks are what they are asked for"

    @property
    def days_late(self) -> int:
        """Days past the last day, up to the day it came; 0 in time or without a limit."""
        if self.advice.due_on is None:
            return 0
        return max(((self.advice.received_on or self.on) - self.advice.due_on).days, 0)

    @property
    def to_chase(self) -> bool:
        """Whether it is to be chased on this day."""
        return self.state.is_waiting and self.advice.chase_on is not None and self.advice.chase_on <= self.on


def assessment_of(child: Child) -> Case | None:
    """The assessment whose advice the child's record shows: the open one, else the latest."""
    return (
        Case.objects.filter(child=child, kind__in=ASSESSMENTS)
        .select_related("child", "request")
        .order_by(F("closed_on").desc(nulls_first=True), F("opened_on").desc(nulls_last=True), "-pk")
        .first()
    )


def advice_of(case: Case, *, on: datetime.date) -> list[AdviceLine]:
    """Every request of one case, in the order of the law, then as they were made; four statements."""
    rows = list(
        AdviceRequest.objects.filter(case=case)
        .select_related("setting", "existing")
        .order_by("recorded_at", "pk")
    )
    chases: dict[int, list[AdviceChase]] = defaultdict(list)
    reminded: dict[int, datetime.date] = {}
    excusing: dict[str, list[ClockException]] = defaultdict(list)
    if rows:
        for chase in AdviceChase.objects.filter(advice__case=case).select_related("chased_by"):
            chases[chase.advice_id].append(chase)
        for advice_id, day in (
            AdviceReminder.objects.filter(advice__case=case)
            .order_by("for_day")
            .values_list("advice_id", "made_on")
        ):
            reminded[advice_id] = day
        exceptions = ClockException.objects.filter(case=case, rule_code=RULE.code).exclude(part="")
        for exception in exceptions.select_related("approved_by"):
            excusing[exception.part].append(exception)
    order = {body: number for number, body in enumerate(AdviceBody.values)}
    lines = []
    for row in rows:
        row.case = case
        own = excusing[row.part]
        lines.append(
            AdviceLine(row, state_of(row, on=on, excused=_excused(row, own, on)), on, chases[row.pk], own,
                       reminded.get(row.pk))
        )  # fmt: skip
    return sorted(lines, key=lambda line: order[line.advice.body])


def state_of(row: AdviceRequest, *, on: datetime.date, excused: bool = False) -> AdviceState:
    """How a request stands on a day; `row.case` must be loaded."""
    if row.received_on is not None:
        late = row.due_on is not None and row.received_on > row.due_on
        return AdviceState.RECEIVED_LATE if late else AdviceState.RECEIVED
    if row.ended_on is not None:
        return AdviceState.EXISTING if row.ended_because == AdviceEnd.EXISTING else AdviceState.NOT_NEEDED
    if row.case.closed_on is not None:
        return AdviceState.FELL_AWAY
    if row.asked_on is None or row.due_on is None:
        return AdviceState.AGREEING if getattr(row, "existing", None) else AdviceState.NOT_ASKED
    if row.due_on < on:
        return AdviceState.OVERDUE_EXCUSED if excused else AdviceState.OVERDUE
    return AdviceState.DUE_SOON if (row.due_on - on).days <= DUE_SOON_DAYS else AdviceState.WAITING


def setting_attended(child: Child, *, on: datetime.date) -> Establishment | None:
    """The setting to ask for educational advice, where one is known."""
    rows = with_setting(Case.objects.filter(child=child), child="child", on=on)
    row = rows.values_list("setting", flat=True).first()
    return Establishment.objects.filter(pk=row).first() if row else None


def known_needs(case: Case) -> frozenset[str]:
    """Types of need that plans of this child name, for the bodies that the law adds by need."""
    rows = case.child.plans.values_list("versions__primary_need", "versions__secondary_need")
    return frozenset(need for pair in rows for need in pair if need) & SENSORY_NEEDS


def outcomes_of(case: Case) -> QuerySet[PanelOutcome]:
    """What panels recommended in this case, the latest first."""
    return (
        PanelOutcome.objects.filter(case=case)
        .select_related("meeting", "decision__milestone")
        .order_by("-meeting__held_on", "-pk")
    )


# Across children

LATE, CHASE, SOON, ALL = "late", "chase", "soon", "all"


@dataclass(frozen=True, slots=True)
class AdviceFilters:
    """What the list of outstanding advice is narrowed by; None leaves it as it is."""

    which: str = LATE
    body: str = ""
    worker: User | None = None
    team: Team | None = None


@dataclass(frozen=True, slots=True)
class AdviceCounts:
    """How many requests are outstanding, by part of the list and by body."""

    parts: dict[str, int]
    bodies: dict[str, int]


def outstanding(*, reader: User, on: datetime.date, chosen: AdviceFilters) -> QuerySet[Any]:
    """Advice asked for and not come, in open cases that `reader` may see; not narrowed by part and body yet."""
    rows = visible(AdviceRequest, reader).filter(
        asked_on__lte=on, due_on__isnull=False, received_on__isnull=True, ended_on__isnull=True,
        case__closed_on__isnull=True,
    )  # fmt: skip
    leads = CaseAssignment.objects.as_at(on).filter(part=AssignmentPart.LEAD)
    if chosen.worker is not None:
        rows = rows.filter(case__child__in=leads.filter(user=chosen.worker).values("child"))
    if chosen.team is not None:
        members = TeamMembership.objects.as_at(on).filter(team=chosen.team).values("user")
        rows = rows.filter(case__child__in=leads.filter(user__in=members).values("child"))
    return rows


def counts(rows: QuerySet[Any], *, on: datetime.date, chosen: AdviceFilters) -> AdviceCounts:
    """One statement for both counts. `rows` are from `outstanding`; `bodies` counts the part that is chosen."""
    found: dict[str, Any] = rows.aggregate(
        **{name: Count("pk", filter=_part(name, on)) for name in (LATE, CHASE, SOON, ALL)},
        **{
            f"body_{body}": Count("pk", filter=_part(chosen.which, on) & Q(body=body))
            for body in AdviceBody.values
        },
    )
    return AdviceCounts(
        {name: found[name] for name in (LATE, CHASE, SOON, ALL)},
        {body: found[f"body_{body}"] for body in AdviceBody.values},
    )


def listed(rows: QuerySet[Any], *, on: datetime.date, chosen: AdviceFilters) -> QuerySet[Any]:
    """The rows of the list, the longest late first, with `lead`, `chased` (how often) and `last_chased`."""
    lead = CaseAssignment.objects.as_at(on).filter(child=OuterRef("case__child"), part=AssignmentPart.LEAD)
    rows = rows.filter(_part(chosen.which, on))
    if chosen.body:
        rows = rows.filter(body=chosen.body)
    found: QuerySet[Any] = (
        rows.select_related("case__child", "setting")
        .annotate(
            lead=Subquery(lead.values("user__name")[:1]),
            chased=Count("chases"),
            last_chased=Max("chases__chased_on"),
        )
        .order_by("due_on", "case__child__surname", "case__child__forename", "pk")
    )
    return found


def _part(name: str, on: datetime.date) -> Q:
    return {
        LATE: Q(due_on__lt=on),
        CHASE: Q(chase_on__lte=on),
        SOON: Q(due_on__gte=on, due_on__lte=on + datetime.timedelta(days=DUE_SOON_DAYS)),
    }.get(name, Q(pk__isnull=False))


def _excused(row: AdviceRequest, exceptions: Sequence[ClockException], on: datetime.date) -> bool:
    facts = [
        ExceptionFacts(Ground(one.ground), one.starts_on, one.ends_on, one.approved_on) for one in exceptions
    ]
    return is_excused(ClockFacts(row.asked_on, row.due_on), facts, on)
