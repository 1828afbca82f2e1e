"""The reviews of one child's plan: the one under way, the earlier ones, phase transfers, and why nothing may be due."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from casework.models import CaseKind, Child, Plan, PlanTransfer, Review, ReviewType
from casework.rules.reviews import NotDue, guidance_review_due, next_review_due, not_due_because


@dataclass(frozen=True, slots=True)
class ChildReviews:
    """What the page of a child's reviews shows."""

    plan: Plan | None
    current: Sequence[Review]
    earlier: Sequence[Review]
    last_completed: datetime.date | None
    next_due: datetime.date | None
    not_due: NotDue | None
    guidance: datetime.date | None


def child_reviews(child: Child, *, on: datetime.date) -> ChildReviews:
    """Everything in two statements; reviews under way first, the review to come last among them."""
    plan = Plan.objects.filter(child=child, starts_on__lte=on).order_by("-starts_on").first()
    found = list(
        Review.objects.with_state(on)
        .with_stage()
        .filter(case__child=child)
        .select_related("case__child", "case__phase_transfer__next_setting")
        .order_by("-held_on", "-decided_on", "-pk")
    )
    current = sorted(
        (one for one in found if one.case.closed_on is None),
        key=lambda one: (one.held_on is None, one.case.kind == CaseKind.ANNUAL_REVIEW, one.pk),
    )
    earlier = [one for one in found if one.case.closed_on is not None and (one.held_on or one.decided_on)]
    if plan is None:
        return ChildReviews(None, current, earlier, None, None, None, None)
    here = (
        one.decided_on
        for one in found
        if one.decided_on and one.decided_on >= plan.starts_on and one.type != ReviewType.INTERIM
    )
    last = max((*here, *_before_it_came(plan)), default=None)
    # A plan that came from elsewhere has a limit of its own, which only its clock knows.
    coming = next((one.due_on for one in current if one.due_on and one.decided_on is None), None)
    ended = plan.ends_on is not None and plan.ends_on <= on
    held = max((one.held_on for one in current if one.held_on and not one.decided_on), default=None)
    return ChildReviews(
        plan=plan,
        current=current,
        earlier=earlier,
        last_completed=last,
        next_due=None if ended else coming or next_review_due(plan_made=plan.starts_on, last_completed=last),
        not_due=not_due_because(
            plan_made=plan.starts_on,
            last_completed=last,
            ceased_on=plan.ends_on,
            meeting_held=held,
            on=on,
            due=coming,
        ),
        guidance=None
        if ended
        else guidance_review_due(date_of_birth=child.date_of_birth, last=last or plan.starts_on),
    )


def _before_it_came(plan: Plan) -> list[datetime.date]:
    """The last review by the authority before, for a plan that came from one."""
    if plan.maintained_from is None:
        return []
    rows = PlanTransfer.objects.filter(plan=plan, last_reviewed_on__isnull=False)
    return [row.last_reviewed_on for row in rows if row.last_reviewed_on]
