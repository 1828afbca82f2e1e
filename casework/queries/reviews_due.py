"""Which plans are to be reviewed when, set-based for the whole authority."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from casework.access.scope import visible
from casework.models import AssignmentPart, CaseAssignment, CaseKind, Plan, Review, ReviewType, User
from casework.queries.attended import with_setting
from casework.rules.calendar import add_months
from casework.rules.reviews import ReviewState

OVERDUE, LATER, ANY_DAY = "overdue", "later", "any"
MONTHS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ReviewFilters:
    """What a list of reviews is narrowed by; None leaves it as it is.

    `month` is the first day of the month the review is due in. `due` is OVERDUE for those past their last day, LATER for
    those due after the months of the board, ANY_DAY for every one that is not decided.
    `setting` is the key of an establishment, 0 where none is known.
    """

    setting: int | None = None
    area: str = ""
    worker: User | None = None
    state: ReviewState | None = None
    month: datetime.date | None = None
    due: str = ""


def open_reviews(*, reader: User, on: datetime.date, chosen: ReviewFilters | None = None) -> QuerySet[Any]:
    """Annual reviews in which something is still to be done, with `state`, `act_by` and the setting attended."""
    rows = (
        visible(Review, reader)
        .filter(case__kind=CaseKind.ANNUAL_REVIEW, case__closed_on__isnull=True)
        .with_state(on)  # type: ignore[attr-defined]
    )
    return _narrowed(with_setting(rows, child="case__child", on=on), chosen or ReviewFilters(), on)


def listed(rows: QuerySet[Any], *, on: datetime.date) -> QuerySet[Any]:
    """The rows of a page: child, lead worker and the last completed review; soonest next duty first."""
    lead = CaseAssignment.objects.as_at(on).filter(child=OuterRef("case__child"), part=AssignmentPart.LEAD)
    last = (
        Review.objects.filter(plan=OuterRef("plan"), decided_on__isnull=False)
        .exclude(type=ReviewType.INTERIM)
        .order_by()
        .values("plan")
        .annotate(last=Max("decided_on"))
    )
    found: QuerySet[Any] = (
        rows.select_related("case__child__area", "plan")
        .annotate(lead=Subquery(lead.values("user__name")[:1]), last_review=Subquery(last.values("last")))
        .order_by(F("act_by").asc(nulls_last=True), "case__child__surname", "case__child__forename", "pk")
    )
    return found


def plans_by_review(*, reader: User, on: datetime.date) -> QuerySet[Plan]:
    """Every plan in force with `next_due`, `last_review` and `state` of the review that comes first."""
    reviews: Any = Review.objects
    current: Any = (
        reviews.filter(plan=OuterRef("pk"), case__closed_on__isnull=True)
        .filter(case__kind=CaseKind.ANNUAL_REVIEW)
        .exclude(type=ReviewType.INTERIM)
        .with_state(on)
        .order_by(F("decided_on").asc(nulls_last=True), "act_by")
    )
    undecided: Any = current.filter(decided_on__isnull=True)
    completed = (
        Review.objects.filter(plan=OuterRef("pk"), decided_on__isnull=False)
        .exclude(type=ReviewType.INTERIM)
        .order_by()
        .values("plan")
        .annotate(last=Max("decided_on"))
    )
    found: QuerySet[Plan] = (
        visible(Plan, reader)
        .as_at(on)  # type: ignore[attr-defined]
        .annotate(
            next_due=Subquery(undecided.values("due_on")[:1]),
            last_review=Subquery(completed.values("last")),
            state=Subquery(undecided.values("state")[:1], output_field=CharField()),
        )
    )
    return found


def never_reviewed(*, reader: User, on: datetime.date) -> QuerySet[Any]:
    """Plans in force of which no review is recorded, neither a meeting nor a decision; oldest plan first."""
    full = Review.objects.filter(plan=OuterRef("pk")).exclude(type=ReviewType.INTERIM)
    reviewed = full.filter(Q(held_on__isnull=False) | Q(decided_on__isnull=False))
    due = full.filter(case__closed_on__isnull=True, decided_on__isnull=True)
    lead = CaseAssignment.objects.as_at(on).filter(child=OuterRef("child"), part=AssignmentPart.LEAD)
    rows = (
        visible(Plan, reader)
        .as_at(on)  # type: ignore[attr-defined]
        .filter(~Exists(reviewed))
        .select_related("child__area")
        .annotate(next_due=Subquery(due.values("due_on")[:1]), lead=Subquery(lead.values("user__name")[:1]))
        .order_by("starts_on", "child__surname", "child__forename", "pk")
    )
    return with_setting(rows, child="child", on=on)


def _narrowed(rows: QuerySet[Any], chosen: ReviewFilters, on: datetime.date) -> QuerySet[Any]:
    if chosen.setting is not None:
        rows = rows.filter(setting=chosen.setting) if chosen.setting else rows.filter(setting__isnull=True)
    if chosen.area:
        rows = rows.filter(case__child__area__code=chosen.area)
    if chosen.worker is not None:
        led = CaseAssignment.objects.as_at(on).filter(user=chosen.worker, part=AssignmentPart.LEAD)
        rows = rows.filter(case__child__in=led.values("child"))
    if chosen.state is not None:
        rows = rows.filter(state=chosen.state)
    if chosen.due:
        rows = _undecided(rows)
    if chosen.due == OVERDUE:
        rows = rows.filter(due_on__lt=on)
    if chosen.due == LATER:
        rows = rows.filter(due_on__gte=add_months(on.replace(day=1), MONTHS_SHOWN))
    if chosen.month is not None:
        last = add_months(chosen.month, 1)
        rows = _undecided(rows).filter(due_on__gte=max(chosen.month, on), due_on__lt=last)
    return rows


def _undecided(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(decided_on__isnull=True, due_on__isnull=False)
