"""Personal budgets and direct payments: asked for, decided, paid, reviewed (CFA 2014 s.49; SI 2014/1652)."""

from datetime import date

from django.db import transaction

from casework.models import Case, Child, Milestone, MilestoneKind, User
from casework.queries.plan_texts import WRITTEN_IN
from casework.services import milestones
from casework.services.refusals import Refused

M = MilestoneKind
STEPS = (
    M.PERSONAL_BUDGET_REQUESTED,
    M.PERSONAL_BUDGET_DECIDED,
    M.DIRECT_PAYMENTS_STARTED,
    M.DIRECT_PAYMENTS_REVIEWED,
)
_AFTER = {
    M.PERSONAL_BUDGET_DECIDED: M.PERSONAL_BUDGET_REQUESTED,
    M.DIRECT_PAYMENTS_STARTED: M.PERSONAL_BUDGET_DECIDED,
    M.DIRECT_PAYMENTS_REVIEWED: M.DIRECT_PAYMENTS_STARTED,
}
_WHY_NOT = {
    M.PERSONAL_BUDGET_REQUESTED: "A personal budget is asked for while a plan is drafted, reviewed or re-assessed, and the "
    "child has no such case open. Open a review first.",
    M.PERSONAL_BUDGET_DECIDED: "No request for a personal budget is waiting for a decision. Record the request first.",
    M.DIRECT_PAYMENTS_STARTED: "No personal budget was decided for which payments have not begun. Record the decision "
    "first.",
    M.DIRECT_PAYMENTS_REVIEWED: "No direct payment has been recorded as begun, so there is none to review.",
}


def case_for(child: Child, kind: MilestoneKind) -> Case | None:
    """The case in which this step of a personal budget is recorded now; None where it cannot be."""
    cases = Case.objects.filter(child=child, kind__in=WRITTEN_IN).order_by("-opened_on", "-pk")
    if kind == M.PERSONAL_BUDGET_REQUESTED:
        return cases.filter(closed_on__isnull=True).first()
    for case in cases.filter(milestones__kind=_AFTER[kind]).distinct():
        standing = milestones.standing_of(case)
        before, done = len(standing.get(_AFTER[kind], ())), len(standing.get(kind, ()))
        if before and (kind == M.DIRECT_PAYMENTS_REVIEWED or done < before):
            return case
    return None


@transaction.atomic
def record(
    *,
    child: Child,
    kind: MilestoneKind,
    happened_on: date,
    words: str,
    by: User,
    on: date,
    version: int | None = None,
) -> Milestone:
    """Record one step; `words` say what was asked, decided and why, or who is paid how much. Raises Refused, StaleEdit.

    `version` is that of the case `case_for` gave when the page was read.
    """
    case = case_for(child, kind)
    if case is None:
        raise Refused(_WHY_NOT[kind])
    if not words.strip():
        raise Refused(
            "Enter what was decided and why: reasons for a refusal must be given in writing."
            if kind == M.PERSONAL_BUDGET_DECIDED
            else "Enter what the personal budget is for.",
            field="words",
        )
    return milestones.record(
        case=case, kind=kind, happened_on=happened_on, note=words.strip(), by=by, on=on, version=version
    )
