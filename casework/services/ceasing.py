"""Cease a plan, in two stages: consult about it, then decide; the plan goes on until the time to appeal is over.

CFA 2014 s.45 and SEND Regulations 2014 regs 29 to 31. Where the authority is no longer responsible (the child died, left
England, or the academic year of the 25th birthday has ended) there is nothing to consult about: `end_at_once`. A move to
another authority in England is a transfer of the plan and is recorded as one (`moves_out`).
"""

from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.models import (
    Answer,
    Case,
    CaseKind,
    CeaseReason,
    Ceasing,
    Child,
    Decision,
    MilestoneKind,
    NoAppeal,
    Plan,
    Question,
    User,
)
from casework.rules.ceasing import AT_ONCE
from casework.rules.clock_words import show_day
from casework.services import milestones, plan_endings
from casework.services.ceasing_checks import (
    check_age,
    check_days,
    check_reason,
    check_reviewed_first,
    check_time_to_appeal,
)
from casework.services.refusals import Refused
from casework.services.versions import claim

M = MilestoneKind


@transaction.atomic
def consult(
    *,
    plan: Plan,
    reason: CeaseReason,
    why: str,
    consulted_on: date,
    by: User,
    on: date,
    setting_consulted: str = "",
    stopped_attending_on: date | None = None,
    wishes_to_return: bool | None = None,
) -> Case:
    """Tell the family that ceasing is considered, and consult them and the head or principal named in the plan.

    Reg 31(1). Raises Refused (plan ended, a reason that is no decision, under 18 and out of education: reg 29).
    """
    check_reason(plan.child, reason, consulted_on)
    if not why.strip():
        raise Refused("Enter why you consider ceasing, in words the family will read.", field="why")
    if consulted_on > on:
        raise Refused(
            f"The family cannot have been consulted after today, {show_day(on)}. Record it once the letter has gone.",
            field="consulted_on",
        )
    if stopped_attending_on is not None and stopped_attending_on > consulted_on:
        raise Refused(
            f"They stopped attending on {show_day(stopped_attending_on)}, after the family was consulted. Check both "
            "dates.",
            field="stopped_attending_on",
        )
    with acting_as(by):
        Child.objects.select_for_update().get(pk=plan.child_id)
        plan = Plan.objects.select_related("child").get(pk=plan.pk)
        plan_endings.check_end(plan, max(consulted_on, plan.maintained_from or plan.starts_on), on=on)
        if consulted_on < (plan.maintained_from or plan.starts_on):
            raise Refused("That is before the plan was ours. Check the date.", field="consulted_on")
        _check_none_open(plan.child)
        case = Case.objects.create(
            child_id=plan.child_id, kind=CaseKind.CEASING, opened_on=stopped_attending_on or consulted_on
        )
        Ceasing.objects.create(
            case=case,
            plan=plan,
            reason=reason,
            why=why.strip(),
            setting_consulted=setting_consulted.strip(),
            wishes_to_return=wishes_to_return,
        )
        if stopped_attending_on is not None:
            milestones.record(
                case=case, kind=M.STOPPED_ATTENDING, happened_on=stopped_attending_on, by=by, on=on
            )
        milestones.record(case=case, kind=M.CEASE_CONSULTED, happened_on=consulted_on, by=by, on=on)
        return Case.objects.get(pk=case.pk)


@transaction.atomic
def decide(
    *,
    case: Case,
    cease: bool,
    reasons: str,
    decided_on: date,
    told_on: date,
    by: User,
    on: date,
    reason: CeaseReason | None = None,
    family_views: str = "",
    setting_views: str = "",
    version: int | None = None,
) -> Decision:
    """Decide to cease, or that the plan goes on. `told_on`, the day the letter went, begins the time to appeal.

    Raises Refused (no consultation, no review first, dates out of order) and StaleEdit.
    """
    ceasing = _open(case)
    if not reasons.strip():
        raise Refused("Enter the reasons in words: the family must be told why.", field="reasons")
    standing = milestones.standing_of(case)
    if M.CEASE_CONSULTED not in standing:
        raise Refused("Consult the family and the setting first (SEND Regs 2014 reg 31(1)).")
    check_days(standing, decided_on, told_on, on=on)
    if cease:
        check_reason(case.child, reason or CeaseReason(ceasing.reason), decided_on)
        check_reviewed_first(case, standing, decided_on)
    with acting_as(by):
        case = claim(case, version=version)
        milestone = milestones.record(
            case=case,
            kind=M.CEASE_DECIDED if cease else M.DECIDED_NOT_TO_CEASE,
            happened_on=told_on,
            by=by,
            on=on,
        )
        Ceasing.objects.filter(case=case).update(
            reason=reason or ceasing.reason,
            family_views=family_views.strip() or ceasing.family_views,
            setting_views=setting_views.strip() or ceasing.setting_views,
        )
        if not cease:
            Case.objects.filter(pk=case.pk).update(closed_on=told_on, closed_because="plan_goes_on")
        return Decision.objects.create(
            milestone=milestone,
            question=Question.CEASE,
            answer=Answer.CEASE if cease else Answer.MAINTAIN,
            decided_on=decided_on,
            decided_by=by,
            reasons=reasons.strip(),
        )


@transaction.atomic
def end(
    *,
    case: Case,
    ended_on: date,
    by: User,
    on: date,
    no_appeal: NoAppeal | str = "",
    no_appeal_proof: str = "",
    version: int | None = None,
) -> Plan:
    """The plan has ended: `ended_on` is its last day, after the time to appeal is over (s.45(4)).

    Earlier only with `no_appeal`, which says why no appeal is possible, and its proof. Raises Refused and StaleEdit.
    """
    ceasing = _open(case)
    standing = milestones.standing_of(case)
    if M.CEASE_DECIDED not in standing:
        raise Refused(
            "Record the decision to cease and the day the family was told before the end of the plan."
        )
    if no_appeal and not no_appeal_proof.strip():
        raise Refused(
            "Enter how it is known that no appeal is possible: a letter, an order and its date.",
            field="no_appeal_proof",
        )
    check_time_to_appeal(case, standing, ended_on, NoAppeal(no_appeal) if no_appeal else None)
    with acting_as(by):
        case = claim(case, version=version)
        Ceasing.objects.filter(case=case).update(no_appeal=no_appeal, no_appeal_proof=no_appeal_proof.strip())
        return plan_endings.end_plan(
            plan=ceasing.plan, case=case, ends_on=ended_on, reason=CeaseReason(ceasing.reason), by=by, on=on
        )


@transaction.atomic
def end_at_once(*, plan: Plan, reason: CeaseReason, ended_on: date, why: str, by: User, on: date) -> Plan:
    """The authority is no longer responsible, so there is neither consultation nor decision. `why` says how it is known.

    Raises Refused for a reason that needs both, for a 25th birthday that has not come, and for dates that cannot be.
    """
    if reason not in AT_ONCE:
        words = "Record a move out: the plan is transferred and does not cease." if (
            reason == CeaseReason.TRANSFERRED
        ) else "Consult the family and the setting, then decide (SEND Regs 2014 reg 31)."  # fmt: skip
        raise Refused(f"“{CeaseReason(reason).label}” cannot end a plan at once. {words}", field="reason")
    if not why.strip():
        raise Refused("Enter how it is known, such as the letter and its date.", field="why")
    child = plan.child
    if reason == CeaseReason.MAXIMUM_AGE:
        check_age(child, ended_on)
    if reason == CeaseReason.DECEASED and child.died_on and child.died_on != ended_on:
        raise Refused(
            f"{child.name} is recorded as having died on {show_day(child.died_on)}. The plan ends that day.",
            field="ended_on",
        )
    with acting_as(by):
        plan = Plan.objects.select_related("child").get(pk=plan.pk)
        plan_endings.check_end(plan, ended_on, on=on)
        running = Case.objects.filter(child=child, kind=CaseKind.CEASING, closed_on__isnull=True).first()
        case = running or Case.objects.create(child=child, kind=CaseKind.CEASING, opened_on=ended_on)
        if running is None:
            Ceasing.objects.create(
                case=case, plan=plan, reason=reason, why=why.strip(), without_consultation=True
            )
        else:
            Ceasing.objects.filter(case=case).update(
                reason=reason, no_appeal=_WHY_NO_APPEAL[reason], no_appeal_proof=why.strip()[:300]
            )
        if reason == CeaseReason.DECEASED and child.died_on is None:
            Child.objects.filter(pk=child.pk).update(died_on=ended_on)
        return plan_endings.end_plan(plan=plan, case=case, ends_on=ended_on, reason=reason, by=by, on=on)


_WHY_NO_APPEAL = {
    CeaseReason.DECEASED: NoAppeal.DIED,
    CeaseReason.LEFT_ENGLAND: NoAppeal.LEFT_AREA,
    CeaseReason.MAXIMUM_AGE: NoAppeal.TOO_OLD,
}


def _open(case: Case) -> Ceasing:
    if case.kind != CaseKind.CEASING:
        raise Refused(f"This is not a case of ceasing: {case.get_kind_display()}.")
    row = Case.objects.get(pk=case.pk)
    if row.closed_on is not None:
        ended = (
            "the plan ended"
            if row.closed_because != "plan_goes_on"
            else "it was decided that the plan goes on"
        )
        raise Refused(f"This was finished on {show_day(row.closed_on)}: {ended}.")
    return Ceasing.objects.select_related("plan__child").get(case=case)


def _check_none_open(child: Child) -> None:
    other = Case.objects.filter(child=child, kind=CaseKind.CEASING, closed_on__isnull=True).first()
    if other is not None:
        raise Refused(f"Ceasing this plan is already being considered ({other.reference}). Go on there.")
