"""Keep one review ahead of every plan in force, so that its twelve months always run.

The review to come is a case like any other: it is opened as soon as the plan is made or the last review is complete, and
holds one fact, from which limit C1 or C2 counts. So every plan in force has its clock in the work lists, in "why this
date" and on any past day, without a second way of counting. `settle` is idempotent: after an import, a correction or a
plan that ceased, it makes the facts equal to the records again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.columns import CameFrom
from casework.models import (
    Case,
    CaseKind,
    CeaseReason,
    Milestone,
    MilestoneKind,
    Plan,
    PlanTransfer,
    Review,
    ReviewType,
    User,
)
from casework.services import clocks, review_tables

M = MilestoneKind
_CHUNK = 2000
_ANCHORS = (M.PLAN_FIRST_MADE, M.PREVIOUS_REVIEW_COMPLETED, M.PLAN_TRANSFERRED_IN)
Start = list[tuple[MilestoneKind, date]]
_MOVED = "The plan or an earlier review has another date."
_FOLDED = "Another review of this plan is open."


@dataclass(slots=True)
class Settled:
    """How many reviews were opened, given another start, or ended."""

    opened: int = 0
    moved: int = 0
    ended: int = 0

    def __add__(self, other: "Settled") -> "Settled":
        return Settled(self.opened + other.opened, self.moved + other.moved, self.ended + other.ended)


@dataclass(slots=True)
class _Work:
    """What a chunk of plans needs."""

    cases: list[Case] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    replaced: list[int] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    settled: Settled = field(default_factory=Settled)


def settle(*, on: date, child_ids: Collection[int] | None = None, by: User | None = None) -> Settled:
    """See that each plan in force on `on` has one undecided review with the right start, and no other plan has one.

    `child_ids` None means everybody: each chunk is a transaction, so that a stopped run does no harm.
    """
    total = Settled()
    for children in _chunks(child_ids):
        with transaction.atomic(), acting_as(by, source="review calendar"):
            total += _settle(children, on, by)
    return total


def _settle(children: list[int], on: date, by: User | None) -> Settled:
    review_tables.write(child_ids=children)
    plans = {
        plan.child_id: plan
        for plan in Plan.objects.select_for_update()
        .filter(child_id__in=children, starts_on__lte=on)
        .order_by("child_id", "starts_on")
    }
    open_reviews, completed = _reviews(children)
    carried = _carried(plans.values())
    anchors = _anchors([review.pk for reviews in open_reviews.values() for review in reviews])
    work = _Work()
    for child_id, plan in plans.items():
        reviews = open_reviews.get(child_id, [])
        if plan.ends_on is not None and plan.ends_on <= on:
            _end(work, plan, reviews, by)
            continue
        # A look between two reviews neither is the review to come nor starts the next twelve months.
        reviews = [review for review in reviews if review.type != ReviewType.INTERIM]
        start = _start_of(plan, completed.get(child_id, ()), carried.get(plan.pk))
        if not reviews:
            _open(work, child_id, start, by)
            continue
        current, *others = reviews
        _anchor(work, current.pk, anchors.get(current.pk, []), start, by)
        for other in (one for one in others if one.held_on is None):
            for row in anchors.get(other.pk, []):
                _withdraw(work, row, _FOLDED, by)
    Milestone.objects.filter(pk__in=work.replaced).update(replaced=True)
    Case.objects.bulk_create(work.cases)
    for milestone in work.milestones:
        milestone.case_id = milestone.case.pk if milestone.case_id is None else milestone.case_id
    Milestone.objects.bulk_create(work.milestones)
    touched = work.touched | {case.pk for case in work.cases}
    if touched:
        clocks.rebuild_many(case_ids=touched)
    return work.settled


def _start_of(plan: Plan, completed: Collection[date], carried: PlanTransfer | None) -> Start:
    """The facts the next limit counts from: C1 or C2; E4 for a plan that came and was not reviewed here since."""
    came = plan.maintained_from
    last = max((day for day in completed if day >= (came or plan.starts_on)), default=None)
    if last:
        return [(M.PREVIOUS_REVIEW_COMPLETED, last)]
    if came is None:
        return [(M.PLAN_FIRST_MADE, plan.starts_on)]
    before = carried.last_reviewed_on if carried else None
    made = (carried.plan_made_on if carried else None) or plan.starts_on
    start = (M.PREVIOUS_REVIEW_COMPLETED, before) if before else (M.PLAN_FIRST_MADE, made)
    return [start, (M.PLAN_TRANSFERRED_IN, came)]


def _carried(plans: Iterable[Plan]) -> dict[int, PlanTransfer]:
    """What the plans that came from elsewhere bring with them; no statement where none did."""
    came = [plan.pk for plan in plans if plan.maintained_from]
    if not came:
        return {}
    rows = PlanTransfer.objects.filter(plan__in=came, case__kind=CaseKind.TRANSFER_IN)
    return {row.plan_id: row for row in rows if row.plan_id is not None}


def _open(work: _Work, child_id: int, start: Start, by: User | None) -> None:
    case = Case(child_id=child_id, kind=CaseKind.ANNUAL_REVIEW, opened_on=max(day for _, day in start))
    work.cases.append(case)
    work.milestones.extend(_fact(case, one, by) for one in start)
    work.settled.opened += 1


def _anchor(work: _Work, case_id: int, standing: list[Milestone], start: Start, by: User | None) -> None:
    if sorted((row.kind, row.happened_on) for row in standing) == sorted(
        (str(kind), day) for kind, day in start
    ):
        return
    for row in standing:
        _withdraw(work, row, _MOVED, by)
    work.milestones.extend(_fact(case_id, one, by) for one in start)
    work.touched.add(case_id)
    work.settled.moved += 1


def _end(work: _Work, plan: Plan, reviews: list[Review], by: User | None) -> None:
    moved = plan.cease_reason == CeaseReason.TRANSFERRED
    kind = M.PLAN_TRANSFERRED_OUT if moved else M.PLAN_CEASED
    for review in reviews:
        assert plan.ends_on is not None  # noqa: S101 - the caller has looked
        work.milestones.append(_fact(review.pk, (kind, plan.ends_on), by))
        work.touched.add(review.pk)
        work.settled.ended += 1


def _withdraw(work: _Work, row: Milestone, reason: str, by: User | None) -> None:
    work.replaced.append(row.pk)
    work.touched.add(row.case_id)
    work.milestones.append(
        Milestone(
            case_id=row.case_id,
            kind=row.kind,
            happened_on=row.happened_on,
            replaces=row,
            withdrawn=True,
            reason_for_correction=reason,
            recorded_by=by,
            came_from=CameFrom.OTHER_SYSTEM,
        )
    )


def _fact(case: Case | int, start: tuple[MilestoneKind, date], by: User | None) -> Milestone:
    kind, day = start
    which = {"case_id": case} if isinstance(case, int) else {"case": case}
    return Milestone(**which, kind=kind, happened_on=day, recorded_by=by, came_from=CameFrom.OTHER_SYSTEM)


def _reviews(children: list[int]) -> tuple[dict[int, list[Review]], dict[int, list[date]]]:
    """Open undecided annual reviews by child, the one that has come furthest first; and the days of decisions."""
    undecided: dict[int, list[Review]] = defaultdict(list)
    completed: dict[int, list[date]] = defaultdict(list)
    for review in Review.objects.filter(case__child_id__in=children).select_related("case").order_by("pk"):
        interim = review.type == ReviewType.INTERIM
        if review.decided_on is not None and not interim:
            completed[review.case.child_id].append(review.decided_on)
        elif (
            review.decided_on is None
            and review.case.kind == CaseKind.ANNUAL_REVIEW
            and review.case.closed_on is None
        ):
            undecided[review.case.child_id].append(review)
    for reviews in undecided.values():
        reviews.sort(key=lambda one: (one.held_on is None, one.planned_on is None, one.pk))
    return undecided, completed


def _anchors(case_ids: Iterable[int]) -> dict[int, list[Milestone]]:
    found: dict[int, list[Milestone]] = defaultdict(list)
    rows = Milestone.objects.filter(case_id__in=case_ids, kind__in=_ANCHORS, replaced=False, withdrawn=False)
    for row in rows.order_by("pk"):
        found[row.case_id].append(row)
    return found


def _chunks(child_ids: Collection[int] | None) -> Iterator[list[int]]:
    if child_ids is not None:
        wanted = sorted(set(child_ids))
        for first in range(0, len(wanted), _CHUNK):
            yield wanted[first : first + _CHUNK]
        return
    children = Plan.objects.order_by("child_id").values_list("child_id", flat=True).distinct()
    last = 0
    while chunk := list(children.filter(child_id__gt=last)[:_CHUNK]):
        yield chunk
        last = chunk[-1]
