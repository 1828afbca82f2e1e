"""Carry a corrected day of a move into what was made from it: the move itself, the plan, who is responsible."""

from datetime import date, timedelta

from casework.models import (
    AuthorityPart,
    AuthorityRole,
    Case,
    MilestoneKind,
    Plan,
    PlanTransfer,
    PlanVersion,
    User,
)
from casework.rules.clock_words import show_day
from casework.services import review_calendar
from casework.services.refusals import Refused

M = MilestoneKind
_COLUMNS = {
    M.MOVED_AWAY: "moved_on",
    M.MOVE_KNOWN: "known_on",
    M.PLAN_FIRST_MADE: "plan_made_on",
    M.PREVIOUS_REVIEW_COMPLETED: "last_reviewed_on",
}


def carry(*, case: Case, kind: MilestoneKind, was: date, now: date, by: User, on: date) -> None:
    """After the milestone was corrected, within the same transaction. Raises Refused for a day the plan cannot have."""
    column = _COLUMNS.get(kind)
    if column is not None:
        PlanTransfer.objects.filter(case=case).update(**{column: now})
    plan = Plan.objects.filter(transfers__case=case).first()
    if kind is M.PLAN_TRANSFERRED_IN and plan is not None:
        if now < plan.starts_on or (plan.ends_on and now > plan.ends_on):
            raise Refused(
                f"The plan was made on {show_day(plan.starts_on)}. It came on that day or later, and before it ended.",
                field="happened_on",
            )
        Plan.objects.filter(pk=plan.pk).update(maintained_from=now)
    if kind is M.PLAN_FIRST_MADE and plan is not None and plan.starts_on == was:
        Plan.objects.filter(pk=plan.pk).update(starts_on=now)
        PlanVersion.objects.filter(plan=plan, starts_on=was).update(starts_on=now)
    if kind is M.MOVED_AWAY:
        _move_role(case, was, now)
    if plan is not None:
        review_calendar.settle(on=on, child_ids=[case.child_id], by=by)


def _move_role(case: Case, was: date, now: date) -> None:
    rows = AuthorityRole.objects.filter(child_id=case.child_id, part=AuthorityPart.RESPONSIBLE)
    given = rows.filter(starts_on=was).first()
    if given is None:
        return
    before = rows.filter(ends_on=was - timedelta(days=1)).first()
    if before is not None:
        if now <= before.starts_on:
            raise Refused(
                f"{before.authority} is responsible from {show_day(before.starts_on)}. The move must be later.",
                field="happened_on",
            )
        AuthorityRole.objects.filter(pk=before.pk).update(ends_on=min(was, now) - timedelta(days=1))
    AuthorityRole.objects.filter(pk=given.pk).update(starts_on=now)
    if before is not None:
        AuthorityRole.objects.filter(pk=before.pk).update(ends_on=now - timedelta(days=1))
