"""Correct what was recorded wrongly: a new row replaces the old one, which stays, with the reason."""

from datetime import date, timedelta

from django.db import transaction

from casework.audit import acting_as
from casework.models import Case, Decision, Milestone, MilestoneKind, Plan, PlanVersion, Stage, User
from casework.rules.case_kinds import CaseKind
from casework.rules.clock_words import show_day
from casework.rules.disagreements import AGREEMENTS
from casework.rules.undertakings import STARTS, STEPS
from casework.services import disagreement_links, move_corrections, plan_endings, review_calendar
from casework.services.milestones import check_day, rebuild, standing_of, words_of
from casework.services.refusals import Refused
from casework.services.versions import claim

M = MilestoneKind
_STARTS = (M.REQUEST_RECEIVED, M.RESPONSIBILITY_BEGAN)

# Steps that rest on a decision: while one of them stands, the decision cannot be taken away.
_RESTS_ON: dict[MilestoneKind, tuple[MilestoneKind, ...]] = {
    M.DECIDED_TO_ASSESS: (
        M.DRAFT_PLAN_SERVED, M.DECIDED_TO_ISSUE, M.DECIDED_NOT_TO_ISSUE, M.FINAL_PLAN_ISSUED, M.ASSESSMENT_WITHDRAWN
    ),
    M.ADVICE_REQUESTED: (M.ADVICE_RECEIVED,),
    M.DECIDED_TO_ISSUE: (M.FINAL_PLAN_ISSUED,),
    M.REVIEW_MEETING_HELD: (M.REVIEW_DECIDED, M.AMENDMENT_NOTICE_SENT),
    M.REVIEW_DECIDED: (
        M.AMENDMENT_NOTICE_SENT, M.DECIDED_NOT_TO_AMEND, M.AMENDED_PLAN_ISSUED, M.PHASE_TRANSFER_PLAN_ISSUED
    ),
    M.AMENDMENT_NOTICE_SENT: (M.DECIDED_NOT_TO_AMEND,),
    M.MEDIATION_HELD: (*AGREEMENTS, M.AGREED_WITHOUT_AUTHORITY),
    M.APPEAL_REGISTERED: (
        M.APPEAL_WITHDRAWN, M.NOT_OPPOSED_ASSESSMENT, M.NOT_OPPOSED_CONTENT, M.TRIBUNAL_ORDERED, M.ORDERED_TO_ASSESS,
        M.ORDERED_TO_MAKE_PLAN, M.ORDERED_TO_AMEND, M.ORDERED_TO_CHANGE_SETTING, M.CEASING_APPEAL_DISMISSED,
        M.RECOMMENDATION_RECEIVED,
    ),
    **{start: STEPS[one] for start, one in STARTS.items() if one in STEPS},
    M.CEASE_CONSULTED: (M.CEASE_DECIDED, M.DECIDED_NOT_TO_CEASE),
    M.CEASE_DECIDED: (M.PLAN_CEASED,),
    M.MOVED_AWAY: (M.PLAN_TRANSFERRED_OUT,),
    M.MOVE_KNOWN: (M.PLAN_TRANSFERRED_OUT,),
}  # fmt: skip

_AMENDED = (M.AMENDED_PLAN_ISSUED, M.PHASE_TRANSFER_PLAN_ISSUED)
_MOVES_THE_NEXT_REVIEW = (M.REVIEW_DECIDED, M.FINAL_PLAN_ISSUED)
_ARRIVALS = (M.PLAN_TRANSFERRED_IN, M.PLAN_FIRST_MADE, M.PREVIOUS_REVIEW_COMPLETED)
_CLOSES: dict[MilestoneKind, tuple[CaseKind, ...]] = {
    M.DECIDED_NOT_TO_CEASE: (CaseKind.CEASING,),
    M.FAMILY_TOLD_OF_TRANSFER: (CaseKind.TRANSFER_IN,),
}


@transaction.atomic
def correct(
    *, milestone: Milestone, happened_on: date, reason: str, by: User, on: date, version: int | None = None
) -> Milestone:
    """Give a milestone another day. Raises Refused (no reason, same day, out of order) and StaleEdit."""
    reason = _given(reason)
    with acting_as(by, reason=reason):
        case = claim(milestone.case, version=version)
        old = _held(milestone)
        if happened_on == old.happened_on:
            raise Refused(f"The date is already {show_day(happened_on)}.", field="happened_on")
        kind = MilestoneKind(old.kind)
        standing = standing_of(case, without=old, part=old.part)
        check_day(case, kind, happened_on, standing, on=on)
        decision = Decision.objects.filter(milestone=old).first()
        if decision and decision.decided_on > happened_on:
            raise Refused(
                f"The decision was made on {show_day(decision.decided_on)}, so the family cannot have been told "
                f"on {show_day(happened_on)}.",
                field="happened_on",
            )
        new = _replace(old, happened_on=happened_on, reason=reason, by=by)
        if decision:
            Decision.objects.filter(pk=decision.pk).update(milestone=new)
        if kind is M.FINAL_PLAN_ISSUED:
            _move_plan(case, old.happened_on, happened_on)
        for row in _beside(old):
            _replace(row, happened_on=happened_on, reason=reason, by=by)
        if kind in _AMENDED:
            _move_amended(case, old.happened_on, happened_on)
        disagreement_links.after_correction(old, new)
        if _ended_a_plan(case, kind):
            plan_endings.move_end(case=case, now=happened_on, reason=reason, by=by, on=on)
        if case.kind in (CaseKind.TRANSFER_IN, CaseKind.TRANSFER_OUT):
            move_corrections.carry(case=case, kind=kind, was=old.happened_on, now=happened_on, by=by, on=on)
        rebuild(case)
        if kind in _MOVES_THE_NEXT_REVIEW:
            review_calendar.settle(on=on, child_ids=[case.child_id], by=by)
        return new


@transaction.atomic
def withdraw(*, milestone: Milestone, reason: str, by: User, version: int | None = None) -> Milestone:
    """Say that a milestone never happened; it stays on the timeline, struck through. Raises Refused, StaleEdit."""
    reason = _given(reason)
    with acting_as(by, reason=reason):
        case = claim(milestone.case, version=version)
        old = _held(milestone)
        kind = MilestoneKind(old.kind)
        if kind in _STARTS and case.kind in {CaseKind.REQUEST, CaseKind.REASSESSMENT}:
            raise Refused(
                "The start of a request cannot be taken away, because every date runs from it. "
                "Correct the date, or record that the request was withdrawn."
            )
        if kind is M.FINAL_PLAN_ISSUED and Plan.objects.filter(request=case).exists():
            raise Refused(
                "A plan was made from this. Correct the date if it is wrong; a plan is ended by ceasing it."
            )
        if kind in _ARRIVALS and case.kind == CaseKind.TRANSFER_IN:
            raise Refused("A plan was recorded from this. Correct the date if it is wrong.")
        if kind in _AMENDED and _sent_on(case, old.happened_on) is not None:
            raise Refused("A version of the plan was made from this. Correct the date if it is wrong.")
        disagreement_links.check_withdrawal(old)
        standing = standing_of(case, without=old, part=old.part)
        for later in _RESTS_ON.get(kind, ()):
            if later in standing:
                raise Refused(f"“{words_of(later, case)}” rests on this. Take that away first.")
        new = _replace(old, happened_on=old.happened_on, reason=reason, by=by, withdrawn=True)
        for row in _beside(old):
            _replace(row, happened_on=row.happened_on, reason=reason, by=by, withdrawn=True)
        disagreement_links.after_correction(old, new)
        if kind in _CLOSES and case.kind in _CLOSES[kind]:
            Case.objects.filter(pk=case.pk).update(closed_on=None, closed_because="")
        rebuild(case)
        if _ended_a_plan(case, kind):
            new.refresh_from_db(fields=["recorded_at"])
            plan_endings.reopen(case=case, reason=reason, by=by, on=new.recorded_at.date())
        if kind in _MOVES_THE_NEXT_REVIEW:
            new.refresh_from_db(fields=["recorded_at"])
            review_calendar.settle(on=new.recorded_at.date(), child_ids=[case.child_id], by=by)
        return new


def _ended_a_plan(case: Case, kind: MilestoneKind) -> bool:
    """Whether this fact, in this case, is what ended a plan; in other cases it only repeats it."""
    return kind in plan_endings.ENDS and case.kind in (CaseKind.CEASING, CaseKind.TRANSFER_OUT)


def _beside(old: Milestone) -> list[Milestone]:
    """What was recorded with a review's decision as part of it: that the answer was to amend."""
    if old.kind != M.REVIEW_DECIDED:
        return []
    return list(
        Milestone.objects.filter(
            case_id=old.case_id, kind=M.DECIDED_TO_AMEND, replaced=False, withdrawn=False
        )
    )


def _given(reason: str) -> str:
    if not reason.strip():
        raise Refused("Enter why the record was wrong.", field="reason")
    return reason.strip()


def _held(milestone: Milestone) -> Milestone:
    """The row as it is now; another person may have replaced it a moment ago."""
    row = Milestone.objects.get(pk=milestone.pk)
    if row.replaced or row.withdrawn:
        raise Refused("This entry has already been corrected. Correct the entry that stands now.")
    return row


def _replace(
    old: Milestone, *, happened_on: date, reason: str, by: User, withdrawn: bool = False
) -> Milestone:
    Milestone.objects.filter(pk=old.pk).update(replaced=True)
    return Milestone.objects.create(
        case_id=old.case_id,
        kind=old.kind,
        happened_on=happened_on,
        part=old.part,
        note=old.note,
        recorded_by=by,
        replaces=old,
        withdrawn=withdrawn,
        reason_for_correction=reason,
    )


def _move_plan(case: Case, was: date, now: date) -> None:
    """The plan and its first final version begin on the day the final plan was sent."""
    for plan in Plan.objects.filter(request=case, starts_on=was):
        plan.versions.filter(starts_on=was).update(starts_on=now)
        Plan.objects.filter(pk=plan.pk).update(starts_on=now)


def _move_amended(case: Case, was: date, now: date) -> None:
    """The amended version begins on the day it was sent, and the version before it ends on the day before."""
    version = _sent_on(case, was)
    if version is None:
        return
    before = version.plan.versions.filter(ends_on=was - timedelta(days=1)).first()
    if before is not None:
        if before.starts_on is not None and now <= before.starts_on:
            raise Refused(
                f"The version before was sent on {show_day(before.starts_on)}. The amended plan must be later.",
                field="happened_on",
            )
        # The earlier version first gives way, so that at no moment two are in force.
        PlanVersion.objects.filter(pk=before.pk).update(ends_on=min(was, now) - timedelta(days=1))
    PlanVersion.objects.filter(pk=version.pk).update(starts_on=now)
    if before is not None:
        PlanVersion.objects.filter(pk=before.pk).update(ends_on=now - timedelta(days=1))


def _sent_on(case: Case, day: date) -> PlanVersion | None:
    """The amended version that was sent on a day."""
    return PlanVersion.objects.filter(
        plan__child_id=case.child_id, stage=Stage.AMENDED_FINAL, starts_on=day
    ).first()


def rests_on(kind: MilestoneKind) -> tuple[MilestoneKind, ...]:
    """The steps that rest on this one: while one of them stands, it cannot be taken away."""
    return _RESTS_ON.get(kind, ())
