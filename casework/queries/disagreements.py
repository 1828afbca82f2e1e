"""Mediation and appeals with how they stand, what is due and when: of one child, or every open one."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import OuterRef, QuerySet, Subquery

from casework.access.scope import visible
from casework.models import (
    Appeal,
    AssignmentPart,
    Case,
    CaseAssignment,
    CaseKind,
    Child,
    Clock,
    DirectionKind,
    Mediation,
    Milestone,
    MilestoneKind,
    RoleCode,
    TribunalDirection,
    TribunalHearing,
    TribunalOrder,
    User,
)
from casework.models.tribunal import RECOMMENDATIONS
from casework.queries.worklist import DUTIES
from casework.rules.appeal_rights import Appealable
from casework.rules.clocks import RULES
from casework.rules.disagreements import AppealState, Ending, MediationState, appeal_state, mediation_state
from casework.rules.undertakings import Undertaking, to_carry_out, undertaken

M = MilestoneKind
_KINDS = (CaseKind.MEDIATION, CaseKind.APPEAL)
Recorded = dict[MilestoneKind, list[datetime.date]]


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to be done by a day."""

    what: str
    due_on: datetime.date


@dataclass(frozen=True)
class Standing:
    """One mediation or appeal as it stands: everything a page or a list shows of it."""

    case: Case
    recorded: Recorded
    clocks: Sequence[Clock]
    directions: Sequence[TribunalDirection]
    hearings: Sequence[TribunalHearing]
    orders: Sequence[TribunalOrder]
    lead: str = ""
    lead_id: int | None = None

    @property
    def is_appeal(self) -> bool:
        """An appeal; otherwise a mediation."""
        return self.case.kind == CaseKind.APPEAL

    @property
    def detail(self) -> Mediation | Appeal:
        """What is special to it."""
        return self.case.appeal if self.is_appeal else self.case.mediation

    @property
    def against(self) -> Appealable:
        """The decision disputed."""
        return Appealable(self.detail.against)

    @property
    def officer(self) -> str:
        """Who works it: the tribunal officer of an appeal, otherwise the child's lead worker."""
        officer = self.case.appeal.officer if self.is_appeal else None
        return officer.name if officer else self.lead

    @property
    def officer_id(self) -> int | None:
        """The key of the tribunal officer of an appeal."""
        return self.case.appeal.officer_id if self.is_appeal else None

    @cached_property
    def state(self) -> MediationState | AppealState:
        """How it stands."""
        closed = self.case.closed_on is not None
        if self.is_appeal:
            return appeal_state(self.recorded, closed=closed)
        return mediation_state(self.recorded, closed=closed)

    @property
    def ending(self) -> str:
        """What came of a closed one."""
        return Ending(self.case.closed_because).words if self.case.closed_on else ""

    @property
    def conceded_on(self) -> datetime.date | None:
        """The day an appeal was conceded, while its order is still to come."""
        return self.case.appeal.conceded_on if self.is_appeal else None

    @cached_property
    def to_carry_out(self) -> list[Undertaking]:
        """What was ordered or agreed and is not done."""
        return to_carry_out(self.recorded)

    @property
    def is_live(self) -> bool:
        """Whether the Tribunal is still to decide: only then do its directions and hearings count."""
        return self.is_appeal and self.case.closed_on is None and not undertaken(self.recorded)

    @cached_property
    def open_directions(self) -> list[TribunalDirection]:
        """Directions still to be done, and recommendations still to be answered."""
        return [
            row
            for row in self.directions
            if row.is_open and (self.is_live or DirectionKind(row.kind) in RECOMMENDATIONS)
        ]

    @cached_property
    def todo(self) -> list[ToDo]:
        """Everything this authority must do, soonest first: statutory limits, directions, the time agreed in writing."""
        found = [
            ToDo(RULES[clock.rule_code].title, clock.due_on)
            for clock in self.clocks
            if clock.stopped_on is None and clock.rule_code in DUTIES
        ]
        found += [ToDo(row.words, row.due_on) for row in self.open_directions]
        agreed_for = None if self.is_appeal else self.case.mediation.carry_out_by
        if agreed_for and self.to_carry_out:
            found.append(ToDo("Carry out the agreement, at the time agreed in writing", agreed_for))
        return sorted(found, key=lambda one: (one.due_on, one.what))

    @property
    def next(self) -> ToDo | None:
        """What is due first."""
        return self.todo[0] if self.todo else None

    def next_hearing(self, on: datetime.date) -> TribunalHearing | None:
        """The hearing to come, while the Tribunal is still to decide."""
        if not self.is_live:
            return None
        return next((row for row in self.hearings if not row.outcome and row.listed_for >= on), None)

    @property
    def appealed_on(self) -> datetime.date | None:
        """The day the appeal was registered."""
        return min(self.recorded.get(M.APPEAL_REGISTERED, ()), default=None)


def officers() -> QuerySet[User]:
    """The people who may work an appeal."""
    roles = (RoleCode.CASEWORKER, RoleCode.MANAGER)
    return User.objects.filter(memberships__role__in=roles).distinct().order_by("name")


def of_child(child: Child) -> list[Standing]:
    """Every mediation and appeal of a child, open ones first, then the latest; a fixed number of statements."""
    rows = _cases(Case.objects.filter(child=child))
    found = _standings(rows)
    return sorted(
        found,
        key=lambda one: (
            one.case.closed_on is not None,
            -(one.case.opened_on or datetime.date.min).toordinal(),
        ),
    )


def of_case(case: Case) -> Standing:
    """One mediation or appeal."""
    return _standings(_cases(Case.objects.filter(pk=case.pk)))[0]


def open_ones(*, reader: User, on: datetime.date) -> list[Standing]:
    """Every open mediation and appeal this person may see, soonest duty first, those without one last.

    An authority has some hundreds at a time, so they are read whole and sorted here: six statements whatever the number.
    """
    lead = CaseAssignment.objects.as_at(on).filter(child=OuterRef("child"), part=AssignmentPart.LEAD)
    rows = _cases(visible(Case, reader).filter(closed_on__isnull=True)).annotate(
        lead=Subquery(lead.values("user__name")[:1]), lead_id=Subquery(lead.values("user")[:1])
    )
    return sorted(_standings(rows), key=lambda one: _order(one, on))


def _order(one: Standing, on: datetime.date) -> tuple[datetime.date, str, str, int]:
    hearing = one.next_hearing(on)
    days = [day for day in (one.next and one.next.due_on, hearing and hearing.listed_for) if day]
    child = one.case.child
    return min(days, default=datetime.date.max), child.surname, child.forename, one.case.pk


def _cases(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.filter(kind__in=_KINDS).select_related(
        "child", "mediation__decision", "appeal__decision", "appeal__officer"
    )


def _standings(rows: Iterable[Case]) -> list[Standing]:
    cases = [case for case in rows if getattr(case, "mediation", None) or getattr(case, "appeal", None)]
    ids = [case.pk for case in cases]
    recorded: dict[int, Recorded] = {pk: {} for pk in ids}
    milestones = Milestone.objects.filter(case__in=ids, replaced=False, withdrawn=False)
    for case_id, kind, day in milestones.values_list("case_id", "kind", "happened_on"):
        recorded[case_id].setdefault(M(kind), []).append(day)
    clocks, directions = defaultdict(list), defaultdict(list)
    hearings, orders = defaultdict(list), defaultdict(list)
    for clock in Clock.objects.filter(case__in=ids).order_by("due_on", "pk"):
        clocks[clock.case_id].append(clock)
    for direction in TribunalDirection.objects.filter(case__in=ids):
        directions[direction.case_id].append(direction)
    for hearing in TribunalHearing.objects.filter(case__in=ids):
        hearings[hearing.case_id].append(hearing)
    for order in TribunalOrder.objects.filter(
        milestone__case__in=ids, milestone__replaced=False, milestone__withdrawn=False
    ).select_related("milestone"):
        orders[order.milestone.case_id].append(order)
    return [
        Standing(
            case=case,
            recorded=recorded[case.pk],
            clocks=clocks[case.pk],
            directions=directions[case.pk],
            hearings=hearings[case.pk],
            orders=orders[case.pk],
            lead=getattr(case, "lead", None) or "",
            lead_id=getattr(case, "lead_id", None),
        )
        for case in cases
    ]
