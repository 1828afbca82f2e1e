"""End a plan, with everything that runs because of it; and take a wrong end back.

A plan ends here for every reason: ceased, moved to another authority, died. What stands open beside it (reviews, phase
transfers, a re-assessment, a move) is closed by the same fact. Placements and payments are not touched: an event tells
whoever must look at them.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q

from casework.audit import acting_as
from casework.events import PlanCeased, PlanReopened, publish
from casework.models import (
    AuthorityPart,
    AuthorityRole,
    Case,
    CaseKind,
    CeaseReason,
    Milestone,
    MilestoneKind,
    Plan,
    PlanTransfer,
    Stage,
    User,
)
from casework.queries.plan_endings import CLOSED_BY_THE_END, open_beside
from casework.rules.clock_words import show_day
from casework.services import milestones, review_calendar
from casework.services.refusals import Refused
from casework.services.versions import claim

M = MilestoneKind
ENDS = (M.PLAN_CEASED, M.PLAN_TRANSFERRED_OUT)
# Their closing follows from their milestones; that of the others is recorded.
_DERIVED = (CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER, CaseKind.REASSESSMENT)
_PLAN_ENDED = "plan_ended"
_FINAL = (Stage.FINAL, Stage.AMENDED_FINAL)


@transaction.atomic
def end_plan(*, plan: Plan, case: Case, ends_on: date, reason: CeaseReason, by: User, on: date) -> Plan:
    """Make `ends_on` the last day of the plan; `case` is the one it ends in. Raises Refused."""
    with acting_as(by):
        plan = claim(plan, version=None)
        check_end(plan, ends_on, on=on)
        kind = M.PLAN_TRANSFERRED_OUT if reason == CeaseReason.TRANSFERRED else M.PLAN_CEASED
        milestones.record(case=case, kind=kind, happened_on=ends_on, by=by, on=on)
        Plan.objects.filter(pk=plan.pk).update(ends_on=ends_on, cease_reason=reason)
        plan.versions.filter(stage__in=_FINAL, ends_on__isnull=True).update(ends_on=ends_on)
        Case.objects.filter(pk=case.pk).update(
            closed_on=ends_on, closed_because="transferred" if kind is M.PLAN_TRANSFERRED_OUT else "ceased"
        )
        for other in open_beside(plan.child_id).exclude(pk=case.pk):
            _close(other, kind, ends_on, by)
        review_calendar.settle(on=on, child_ids=[plan.child_id], by=by)
        plan.refresh_from_db()
        publish(PlanCeased(plan.child_id, plan.pk, ends_on, str(reason), by.pk, on))
        return plan


def check_end(plan: Plan, ends_on: date, *, on: date) -> None:
    """Raise Refused unless the plan can have ended on that day."""
    if plan.ends_on is not None:
        raise Refused(
            f"This plan ended on {show_day(plan.ends_on)}: {plan.get_cease_reason_display().lower()}. "
            "It cannot end twice. Correct that if it is wrong."
        )
    if ends_on > on:
        raise Refused(
            f"{show_day(ends_on)} is after today, {show_day(on)}. Record the end once the plan has ended.",
            field="ended_on",
        )
    begun = plan.maintained_from or plan.starts_on
    if ends_on < begun:
        words = "was transferred to us" if plan.maintained_from else "was made"
        raise Refused(f"{show_day(ends_on)} is before the plan {words} on {show_day(begun)}. Check both dates.",
                      field="ended_on")  # fmt: skip
    later = plan.versions.filter(stage__in=_FINAL, starts_on__gt=ends_on).order_by("starts_on").first()
    if later is not None:
        raise Refused(
            f"An amended plan was sent on {show_day(later.starts_on)}, after {show_day(ends_on)}. Check both dates.",
            field="ended_on",
        )
    decided = (
        Milestone.objects.filter(
            case__child_id=plan.child_id, kind=M.REVIEW_DECIDED, replaced=False, withdrawn=False,
            happened_on__gt=ends_on,
        )
        .order_by("happened_on")
        .first()
    )  # fmt: skip
    if decided is not None:
        raise Refused(
            f"A review was decided on {show_day(decided.happened_on)}, after {show_day(ends_on)}. Check both dates.",
            field="ended_on",
        )


def _close(case: Case, kind: MilestoneKind, ends_on: date, by: User) -> None:
    day = max(ends_on, case.opened_on or ends_on)
    Milestone.objects.create(case=case, kind=kind, happened_on=day, recorded_by=by)
    if case.kind not in _DERIVED:
        Case.objects.filter(pk=case.pk).update(closed_on=day, closed_because=_PLAN_ENDED)
    milestones.rebuild(case)


@transaction.atomic
def move_end(*, case: Case, now: date, reason: str, by: User, on: date) -> None:
    """The end of the plan that was recorded in `case` is another day. The caller has corrected the milestone of `case`."""
    plan = plan_ended_in(case)
    if plan is None or plan.ends_on is None:
        return
    was = plan.ends_on
    Plan.objects.filter(pk=plan.pk).update(ends_on=None, cease_reason="")
    plan.versions.filter(stage__in=_FINAL, ends_on=was).update(ends_on=None)
    cease_reason = plan.cease_reason
    plan.ends_on = None
    check_end(plan, now, on=on)
    plan.versions.filter(stage__in=_FINAL, ends_on__isnull=True).update(ends_on=now)
    Plan.objects.filter(pk=plan.pk).update(ends_on=now, cease_reason=cease_reason)
    Case.objects.filter(pk=case.pk).update(closed_on=now)
    for row in _copies(plan, was, case):
        day = max(now, row.case.opened_on or now)
        _replaced(row, day, reason, by)
        if row.case.kind not in _DERIVED:
            Case.objects.filter(pk=row.case_id).update(closed_on=day)
        milestones.rebuild(row.case)


@transaction.atomic
def reopen(*, case: Case, reason: str, by: User, on: date) -> Plan:
    """The plan did not end: it is in force again, and so is what closed with it. The caller takes back the milestone of
    `case`. Raises Refused when the child has another plan since."""
    plan = plan_ended_in(case)
    if plan is None or plan.ends_on is None:
        raise Refused("No plan ended in this case, so there is nothing to open again.")
    newer = Plan.objects.filter(child_id=plan.child_id, starts_on__gt=plan.ends_on).first()
    if newer is not None:
        raise Refused(
            f"This child has a newer plan, made on {show_day(newer.starts_on)}. Two plans cannot be in force."
        )
    was = plan.ends_on
    Plan.objects.filter(pk=plan.pk).update(ends_on=None, cease_reason="")
    plan.versions.filter(stage__in=_FINAL, ends_on=was).update(ends_on=None)
    Case.objects.filter(pk=case.pk).update(closed_on=None, closed_because="")
    for row in _copies(plan, was, case):
        _replaced(row, row.happened_on, reason, by, withdrawn=True)
        if row.case.kind not in _DERIVED:
            Case.objects.filter(pk=row.case_id).update(closed_on=None, closed_because="")
        milestones.rebuild(row.case)
    _take_back_role(case, by)
    plan.refresh_from_db()
    review_calendar.settle(on=on, child_ids=[plan.child_id], by=by)
    publish(PlanReopened(plan.child_id, plan.pk, by.pk, on))
    return plan


def plan_ended_in(case: Case) -> Plan | None:
    """The plan that this case of ceasing or moving out was about."""
    return (
        Plan.objects.select_for_update(of=("self",))
        .filter(Q(ceasings__case=case) | Q(transfers__case=case))
        .order_by("-starts_on")
        .first()
    )


def _copies(plan: Plan, was: date, case: Case) -> list[Milestone]:
    """The same fact in the cases that closed with the plan."""
    rows = Milestone.objects.filter(
        case__child_id=plan.child_id, case__kind__in=CLOSED_BY_THE_END, kind__in=ENDS, happened_on__gte=was,
        replaced=False, withdrawn=False,
    ).exclude(case=case)  # fmt: skip
    return list(rows.select_related("case"))


def _replaced(row: Milestone, day: date, reason: str, by: User, *, withdrawn: bool = False) -> None:
    Milestone.objects.filter(pk=row.pk).update(replaced=True)
    Milestone.objects.create(
        case_id=row.case_id, kind=row.kind, happened_on=day, recorded_by=by, replaces=row, withdrawn=withdrawn,
        reason_for_correction=reason,
    )  # fmt: skip


def _take_back_role(case: Case, by: User) -> None:
    """The other authority did not become responsible after all."""
    transfer = PlanTransfer.objects.filter(case=case).first()
    if transfer is None:
        return
    rows = AuthorityRole.objects.filter(child_id=case.child_id, part=AuthorityPart.RESPONSIBLE)
    given = rows.filter(authority=transfer.authority, starts_on=transfer.moved_on).first()
    if given is None:
        return
    before = rows.filter(ends_on__lt=given.starts_on).order_by("-ends_on").first()
    given.delete()
    if before is not None:
        AuthorityRole.objects.filter(pk=before.pk).update(ends_on=None)
