"""Everything a child's page says about casework, in a fixed number of light statements."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, TextField
from django.db.models.expressions import RawSQL

from casework.access.scope import visible
from casework.models import (
    Case,
    Child,
    Clock,
    ClockException,
    Milestone,
    MilestoneKind,
    NonWorkingDay,
    PlanVersion,
    StopKind,
    User,
)
from casework.queries.worklist import DUTIES
from casework.rules.case_kinds import CaseKind
from casework.rules.clocks import (
    RULES,
    ClockFacts,
    ExceptionFacts,
    Ground,
    Limit,
    Unit,
    anchors_of,
    explain,
    status_on,
)


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock as a page shows it: the stored row with its status, the arithmetic, and what excuses it."""

    clock: Clock
    arithmetic: str
    exceptions: Sequence[ClockException]

    @property
    def title(self) -> str:
        """What must be done."""
        return RULES[self.clock.rule_code].title

    @property
    def source(self) -> str:
        """The law or guidance the limit comes from."""
        return RULES[self.clock.rule_code].source

    @property
    def duty_holder(self) -> str:
        """Who must do it."""
        return RULES[self.clock.rule_code].duty_holder

    @property
    def can_be_excused(self) -> bool:
        """Whether the law gives an exception for this limit."""
        return bool(RULES[self.clock.rule_code].grounds)

    @property
    def is_ours(self) -> bool:
        """Whether this authority is the one that must act."""
        return self.clock.rule_code in DUTIES


@dataclass(frozen=True)
class ChildSummary:
    """A child's casework as it stood at the end of `as_at`."""

    child: Child
    as_at: datetime.date
    lead: str
    versions: Sequence[PlanVersion]
    clocks: Sequence[Clock]
    exceptions: Sequence[ClockException]
    milestones: Sequence[Milestone]
    cases: Sequence[Case]

    @cached_property
    def version_in_force(self) -> PlanVersion | None:
        """The final version of a plan that is maintained on the day."""
        for version in self.versions:
            plan = version.plan
            starts = version.starts_on or plan.starts_on
            ended = min(filter(None, (version.ends_on, plan.ends_on)), default=datetime.date.max)
            if version.stage in {"final", "amended_final"} and starts <= self.as_at <= ended:
                return version
        return None

    @cached_property
    def open_cases(self) -> list[Case]:
        """Cases not closed by the day, newest first."""
        return [case for case in self.cases if case.closed_on is None or case.closed_on > self.as_at]

    @cached_property
    def open_request(self) -> Case | None:
        """The request that is not finished."""
        return next((case for case in self.open_cases if case.kind == CaseKind.REQUEST), None)

    @cached_property
    def lines(self) -> list[ClockLine]:
        """Every clock that had started, soonest date first."""
        return [self._line(clock) for clock in self.clocks if clock.started_on <= self.as_at]

    @cached_property
    def running(self) -> list[ClockLine]:
        """Clocks that were running on the day."""
        return [line for line in self.lines if _runs(line.clock, self.as_at)]

    @cached_property
    def next_line(self) -> ClockLine | None:
        """The next date that this authority must meet."""
        return next((line for line in self.running if line.is_ours), None)

    @cached_property
    def current(self) -> list[ClockLine]:
        """Running clocks and the finished ones of open cases."""
        open_ids = {case.pk for case in self.open_cases}
        return [
            line for line in self.lines if line.clock.case_id in open_ids or _runs(line.clock, self.as_at)
        ]

    @cached_property
    def past(self) -> list[ClockLine]:
        """The other clocks, latest first."""
        now = {line.clock.pk for line in self.current}
        return [line for line in reversed(self.lines) if line.clock.pk not in now]

    @cached_property
    def _recorded(self) -> dict[int, dict[MilestoneKind, list[datetime.date]]]:
        recorded: dict[int, dict[MilestoneKind, list[datetime.date]]] = defaultdict(lambda: defaultdict(list))
        for row in self.milestones:
            if not row.replaced and not row.withdrawn:
                recorded[row.case_id][MilestoneKind(row.kind)].append(row.happened_on)
        return recorded

    @cached_property
    def _calendar(self) -> frozenset[datetime.date]:
        """Read only when a limit on the page counts working days or avoids holidays."""
        return frozenset(NonWorkingDay.objects.values_list("day", flat=True))

    def _line(self, clock: Clock) -> ClockLine:
        rule = RULES[clock.rule_code]
        asks = rule.appeal_window or (isinstance(rule.limit, Limit) and rule.limit.unit is Unit.WORKING_DAYS)
        calendar = self._calendar if asks or rule.notice_working_days else frozenset()
        arithmetic = explain(rule, anchors_of(rule, self._recorded[clock.case_id]), calendar)
        excusing = [
            e for e in self.exceptions if (e.case_id, e.rule_code) == (clock.case_id, clock.rule_code)
        ]
        return ClockLine(clock, arithmetic, excusing)


# Written as SQL because these are part of every look at a child, and building the statements took longer than asking them.
_LEAD = """(
    SELECT w.name FROM casework_caseassignment a JOIN casework_user w ON w.id = a.user_id
    WHERE a.child_id = casework_child.id AND a.part = 'lead' AND a.period @> %s::date)"""
_NUMBERS = """ARRAY(
    SELECT ARRAY[i.scheme::text, i.value::text] FROM casework_childidentifier i
    WHERE i.child_id = casework_child.id AND i.ends_on IS NULL ORDER BY i.scheme)"""
_HAS_EXCEPTIONS = "EXISTS (SELECT FROM casework_clockexception e WHERE e.case_id = casework_case.id)"

# A milestone comes with an account and a decision, of which a timeline shows a name and the reasons.
_SHOWN_OF_MILESTONES = (
    "public_id", "case_id", "kind", "happened_on", "note", "replaces_id", "replaced", "withdrawn",
    "reason_for_correction", "came_from", "recorded_by__name",
    "decision__question", "decision__test_applied", "decision__grounds", "decision__reasons",
)  # fmt: skip


def child_of(public_id: uuid.UUID, *, reader: User, as_at: datetime.date) -> Child | None:
    """The child, with the lead worker's name as `lead_name` and the numbers in use as `numbers` (scheme and value).

    None outside the reader's scope.
    """
    return (
        visible(Child, reader)
        .filter(public_id=public_id)
        .select_related("area")
        .annotate(
            lead_name=RawSQL(_LEAD, (as_at,), output_field=TextField()),  # noqa: S611 - nothing from outside
            numbers=RawSQL(_NUMBERS, (), output_field=ArrayField(ArrayField(TextField()))),  # noqa: S611 - as above
        )
        .order_by()
        .first()
    )


def child_summary(child: Child, *, as_at: datetime.date) -> ChildSummary:
    """Read everything about a child: four statements, and one more where a case has exceptions."""
    cases = list(
        Case.objects.filter(child=child)
        .select_related("request")
        .annotate(has_exceptions=RawSQL(_HAS_EXCEPTIONS, (), output_field=BooleanField()))  # noqa: S611 - nothing from outside
        .order_by("-opened_on", "-pk")
    )
    by_id = {case.pk: case for case in cases}
    exceptions: list[ClockException] = []
    if any(case.has_exceptions for case in cases):
        exceptions = list(ClockException.objects.filter(case__in=by_id).select_related("approved_by"))
    milestones = list(
        Milestone.objects.filter(case__in=by_id)
        .select_related("recorded_by", "decision")
        .only(*_SHOWN_OF_MILESTONES)
        .order_by("happened_on", "pk")
    )
    # What runs once for each body asked is shown beside the body, on the page of the assessment.
    clocks = list(Clock.objects.filter(case__in=by_id, part="").order_by("due_on", "pk"))
    rows: Iterable[Clock | ClockException | Milestone] = (*clocks, *exceptions, *milestones)
    for row in rows:
        row.case = by_id[row.case_id]
    _set_status(clocks, exceptions, as_at)
    return ChildSummary(
        child=child,
        as_at=as_at,
        lead=getattr(child, "lead_name", None) or "",
        versions=list(
            PlanVersion.objects.filter(plan__child=child)
            .select_related("plan")
            .order_by("-plan__starts_on", "-number")
        ),
        clocks=clocks,
        exceptions=exceptions,
        milestones=milestones,
        cases=cases,
    )


def _set_status(clocks: Sequence[Clock], exceptions: Sequence[ClockException], as_at: datetime.date) -> None:
    """The same states as `Clock.objects.with_status`, from rows that are read already."""
    facts: dict[tuple[int, str], list[ExceptionFacts]] = defaultdict(list)
    for row in exceptions:
        facts[row.case_id, row.rule_code].append(
            ExceptionFacts(Ground(row.ground), row.starts_on, row.ends_on, row.approved_on)
        )
    for clock in clocks:
        known = ClockFacts(
            clock.started_on,
            clock.due_on,
            clock.stopped_on,
            clock.stop_kind == StopKind.ENDED,
            RULES[clock.rule_code].sense,
        )
        clock.status = str(status_on(known, facts[clock.case_id, clock.rule_code], as_at))  # type: ignore[attr-defined]


def _runs(clock: Clock, as_at: datetime.date) -> bool:
    return clock.stopped_on is None or clock.stopped_on > as_at
