"""Rows of annual reviews: the latest one, the one decided before it where it is undecided, and the one to come.

The one to come is what `casework.services.review_calendar` would open; a test holds the two equal.
"""

from casework.rules.case_kinds import CaseKind
from casework.rules.milestones import Milestone as M
from config.demo.bulk_cases import (
    EARLIER_REVIEW_CASE,
    REPEATS,
    REVIEW_CASE,
    REVIEW_TO_COME_CASE,
    Decided,
    Tables,
    case_row,
    milestone_rows,
    review_row,
)
from config.demo.lives import PlanLife, Review

ANSWERS = {"A": "amend", "M": "maintain", "C": "cease"}


def review_rows(tables: Tables, child: int, plan: PlanLife, day: int) -> None:
    """The annual reviews of a plan as they stand on a day."""
    last = min(day, plan.end)
    held = [review for review in plan.reviews if plan.start <= review.meeting <= last]
    in_force = plan.end > day
    latest = held[-1] if held else None
    decided = latest
    if latest is not None and latest.decided > last:
        decided = next((review for review in reversed(held) if review.decided <= last), None)
        if decided is not None:
            _review(tables, child * REPEATS + EARLIER_REVIEW_CASE, child, plan, decided, day, {})
    start = {M.PREVIOUS_REVIEW_COMPLETED: decided.decided} if decided else {M.PLAN_FIRST_MADE: plan.start}
    waits = latest is not None and latest.decided > last
    if latest is not None:
        _review(
            tables,
            child * REPEATS + REVIEW_CASE,
            child,
            plan,
            latest,
            day,
            start if waits and in_force else {},
        )
    if in_force and not waits:
        case = child * REPEATS + REVIEW_TO_COME_CASE
        case_row(tables, case, child, CaseKind.ANNUAL_REVIEW, next(iter(start.values())), 0, "", "caseworker")
        limits = milestone_rows(tables, case, CaseKind.ANNUAL_REVIEW, start, "system")
        review_row(tables, case, child, start, limits, "", superseded=False)


def _review(
    tables: Tables, case: int, child: int, plan: PlanLife, review: Review, day: int, start: dict[M, int]
) -> None:
    last = min(day, plan.end)
    happened = {**start, M.REVIEW_MEETING_HELD: review.meeting}
    decision: Decided | None = None
    closed = 0
    if review.decided <= last:
        happened[M.REVIEW_DECIDED] = review.decided
        decision = ("review", ANSWERS[review.outcome])
        closed = review.decided if review.outcome != "A" else 0
        if review.draft <= last:
            happened[M.DRAFT_AMENDED_PLAN_ISSUED] = review.draft
        if review.amended <= last:
            happened[M.AMENDED_PLAN_ISSUED] = closed = review.amended
    if plan.end <= day and not closed:
        happened[M.PLAN_CEASED] = closed = plan.end
    case_row(tables, case, child, CaseKind.ANNUAL_REVIEW, review.meeting, closed, "reviewed", "return")
    limits = milestone_rows(tables, case, CaseKind.ANNUAL_REVIEW, happened, "return", decision)
    review_row(tables, case, child, happened, limits, decision[1] if decision else "", superseded=False)
