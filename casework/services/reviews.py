"""Work a review through its steps: plan the meeting, give notice, hold it, receive the report, decide.

What follows a decision to amend is in `casework.services.amendments`. The same steps serve an annual review and the review
of a phase transfer.
"""

from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.models import (
    Answer,
    Case,
    CaseKind,
    Child,
    Decision,
    Milestone,
    MilestoneKind,
    Plan,
    Question,
    Review,
    User,
)
from casework.models.reviews import ReviewType
from casework.rules.clock_words import show_day
from casework.services import amendments, corrections, milestones, review_calendar
from casework.services.decision_days import check_decided_and_told
from casework.services.refusals import Refused
from casework.services.versions import claim

M = MilestoneKind
_KINDS = (CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER)
_BEFORE_THE_MEETING = (M.REVIEW_NOTICE_GIVEN, M.REVIEW_ADVICE_CIRCULATED)


def review_of(plan: Plan, *, on: date, by: User | None = None) -> Review:
    """The review to come of a plan in force, opened now if it is missing. Raises Refused when the plan has ended."""
    review_calendar.settle(on=on, child_ids=[plan.child_id], by=by)
    review = (
        Review.objects.filter(case__child_id=plan.child_id, case__kind=CaseKind.ANNUAL_REVIEW)
        .filter(case__closed_on__isnull=True, decided_on__isnull=True)
        .exclude(type=ReviewType.INTERIM)
        .order_by("held_on", "planned_on", "pk")
        .first()
    )
    if review is None:
        raise Refused("This plan is not in force, so it has no review to come.")
    return review


@transaction.atomic
def bring_forward(
    *, case: Case, type: ReviewType, why: str, by: User, on: date, version: int | None = None
) -> Review:
    """Say that the review to come is an early or half-yearly one, and why. Raises Refused and StaleEdit.

    Any of these that is completed starts the next twelve months, so there is one review to come and not two. An interim
    review does not, and is a case of its own: `open_interim`.
    """
    if type == ReviewType.INTERIM:
        raise Refused(
            "An interim review does not take the place of the review to come. Open it beside it.",
            field="type",
        )
    if type != ReviewType.ANNUAL and not why.strip():
        raise Refused("Enter why the review is held before it is due.", field="why")
    with acting_as(by):
        case = claim(_checked(case), version=version)
        standing = milestones.standing_of(case)
        if M.REVIEW_DECIDED in standing:
            raise Refused("This review is complete. Open the review to come instead.")
        Review.objects.filter(case=case).update(
            type=type, why="" if type == ReviewType.ANNUAL else why.strip()
        )
        return Review.objects.get(case=case)


@transaction.atomic
def open_interim(*, plan: Plan, why: str, by: User, on: date) -> Review:
    """A look at part of the plan between two reviews: its steps are those of a review, but the twelve months go on.

    Section 44(1) asks for a review of the plan every twelve months. A meeting that looks at a part of it is none, so it does
    not move the next one; an amendment that follows is made as after any review. Raises Refused (plan ended, one is open).
    """
    if not why.strip():
        raise Refused("Enter why the review is held before it is due.", field="why")
    if plan.ends_on is not None and plan.ends_on <= on:
        raise Refused("This plan is not in force, so there is nothing to review.")
    with acting_as(by):
        Child.objects.select_for_update().get(pk=plan.child_id)
        running = Review.objects.filter(
            case__child_id=plan.child_id,
            type=ReviewType.INTERIM,
            case__closed_on__isnull=True,
            decided_on__isnull=True,
        )
        if running.exists():
            raise Refused("An interim review is already open. Go on there.", field="type")
        case = Case.objects.create(child_id=plan.child_id, kind=CaseKind.ANNUAL_REVIEW, opened_on=on)
        return Review.objects.create(case=case, plan=plan, type=ReviewType.INTERIM, why=why.strip())


@transaction.atomic
def plan_meeting(
    *, case: Case, planned_on: date, by: User, on: date, version: int | None = None, why_moved: str = ""
) -> Milestone:
    """Plan the meeting, or move it. Raises Refused (held already, in the past) and StaleEdit."""
    standing = milestones.standing_of(_checked(case))
    if M.REVIEW_MEETING_HELD in standing:
        raise Refused(
            f"The meeting was held on {show_day(standing[M.REVIEW_MEETING_HELD][0])}. "
            "Correct that date if it is wrong.",
            field="happened_on",
        )
    if planned_on < on:
        raise Refused(
            f"{show_day(planned_on)} has passed. If the meeting took place, record that it was held; "
            "otherwise enter a day from today on.",
            field="happened_on",
        )
    planned = case.milestones.filter(kind=M.REVIEW_MEETING_PLANNED, replaced=False, withdrawn=False).first()
    if planned is None:
        return milestones.record(
            case=case, kind=M.REVIEW_MEETING_PLANNED, happened_on=planned_on, by=by, on=on, version=version
        )
    return corrections.correct(
        milestone=planned,
        happened_on=planned_on,
        reason=why_moved.strip() or "The meeting was moved.",
        by=by,
        on=on,
        version=version,
    )


def give_notice(
    *, case: Case, given_on: date, by: User, on: date, version: int | None = None, note: str = ""
) -> Milestone:
    """Notice of the meeting was given to those invited (reg 20(3)). `note` says to whom."""
    return _before_meeting(M.REVIEW_NOTICE_GIVEN, case, given_on, by, on, version, note)


def circulate_advice(
    *, case: Case, circulated_on: date, by: User, on: date, version: int | None = None, note: str = ""
) -> Milestone:
    """Advice and information were circulated (reg 20(4)). `note` says whose, and who did not reply."""
    return _before_meeting(M.REVIEW_ADVICE_CIRCULATED, case, circulated_on, by, on, version, note)


@transaction.atomic
def hold_meeting(
    *, case: Case, held_on: date, by: User, on: date, version: int | None = None, note: str = ""
) -> Milestone:
    """The meeting took place. Everything after it is counted from this day. Raises Refused and StaleEdit."""
    _checked(case)
    if held_on > on:
        raise Refused(
            f"{show_day(held_on)} is after today, {show_day(on)}, so the meeting cannot have been held. "
            "Plan the meeting for that day instead, and record it once it has taken place.",
            field="happened_on",
        )
    return _once(M.REVIEW_MEETING_HELD, case, held_on, by, on, version, note)


@transaction.atomic
def receive_report(
    *, case: Case, received_on: date, by: User, on: date, version: int | None = None, note: str = ""
) -> Milestone:
    """The authority received the report of the meeting (reg 20). `note` keeps what the setting recommends."""
    standing = milestones.standing_of(_checked(case))
    _needs_meeting(standing, "the report was received")
    return _once(M.REVIEW_REPORT_RECEIVED, case, received_on, by, on, version, note)


@transaction.atomic
def decide(
    *,
    case: Case,
    answer: Answer,
    reasons: str,
    decided_on: date,
    told_on: date,
    by: User,
    on: date,
    notice_sent_on: date | None = None,
    version: int | None = None,
) -> Decision:
    """Maintain, amend or cease the plan after a review, with reasons (reg 20(10)).

    `told_on`, the day the letter went, ends the four weeks and completes the review; the next twelve months begin. To
    amend, the notice of proposed amendments belongs with the letter, within the same four weeks (Devon case):
    `notice_sent_on` records it at once. Raises Refused and StaleEdit.
    """
    if answer not in (Answer.MAINTAIN, Answer.AMEND, Answer.CEASE):
        raise Refused("Select whether to maintain, amend or cease the plan.", field="answer")
    if not reasons.strip():
        raise Refused("Enter the reasons in words: the family must be told why.", field="reasons")
    standing = milestones.standing_of(_checked(case))
    if M.REVIEW_DECIDED not in standing:
        _needs_meeting(standing, "the decision was made")
    _check_days(standing, decided_on, told_on, on=on)
    with acting_as(by):
        milestone = milestones.record(
            case=case, kind=M.REVIEW_DECIDED, happened_on=told_on, by=by, on=on, version=version
        )
        decision = Decision.objects.create(
            milestone=milestone,
            question=Question.REVIEW,
            answer=answer,
            decided_on=decided_on,
            decided_by=by,
            reasons=reasons.strip(),
        )
        if answer == Answer.AMEND:
            milestones.record(case=case, kind=M.DECIDED_TO_AMEND, happened_on=told_on, by=by, on=on)
            if notice_sent_on is not None:
                amendments.send_notice(case=case, sent_on=notice_sent_on, by=by, on=on)
        milestones.rebuild(case)
        review_calendar.settle(on=on, child_ids=[case.child_id], by=by)
    return decision


@transaction.atomic
def record_earlier(*, plan: Plan, completed_on: date, by: User, on: date, note: str = "") -> Case:
    """A review that was completed before Waymark held it: the twelve months then count from it. Raises Refused."""
    if completed_on < plan.starts_on:
        raise Refused(
            f"{show_day(completed_on)} is before the plan was made on {show_day(plan.starts_on)}. Check the date.",
            field="happened_on",
        )
    with acting_as(by):
        case = Case.objects.create(
            child_id=plan.child_id, kind=CaseKind.ANNUAL_REVIEW, opened_on=completed_on
        )
        milestones.record(
            case=case, kind=M.REVIEW_DECIDED, happened_on=completed_on, by=by, on=on, note=note.strip()
        )
        review_calendar.settle(on=on, child_ids=[plan.child_id], by=by)
    return case


def _before_meeting(
    kind: MilestoneKind, case: Case, day: date, by: User, on: date, version: int | None, note: str
) -> Milestone:
    standing = milestones.standing_of(_checked(case))
    held = standing.get(M.REVIEW_MEETING_HELD)
    if held and day > held[0]:
        raise Refused(
            f"{show_day(day)} is after the meeting on {show_day(held[0])}. Enter the day it was sent, "
            "which must be before the meeting.",
            field="happened_on",
        )
    if not held and M.REVIEW_MEETING_PLANNED not in standing:
        raise Refused(
            "Plan the meeting first: the two weeks are counted back from its day.", field="happened_on"
        )
    return _once(kind, case, day, by, on, version, note)


def _once(
    kind: MilestoneKind, case: Case, day: date, by: User, on: date, version: int | None, note: str
) -> Milestone:
    standing = milestones.standing_of(case)
    if kind in standing:
        raise Refused(
            f"“{milestones.words_of(kind, case)}” is already recorded on {show_day(standing[kind][0])}. "
            "Correct that date instead of recording it again."
        )
    return milestones.record(
        case=case, kind=kind, happened_on=day, by=by, on=on, version=version, note=note.strip()
    )


def _needs_meeting(standing: milestones.Standing, what: str) -> None:
    if M.REVIEW_MEETING_HELD not in standing:
        raise Refused(
            f"Record the day the meeting was held before you record that {what}: every limit of a review is counted "
            "from the meeting."
        )


def _check_days(standing: milestones.Standing, decided_on: date, told_on: date, *, on: date) -> None:
    check_decided_and_told(decided_on, told_on, on=on)
    held = standing.get(M.REVIEW_MEETING_HELD)
    if held and decided_on < held[0]:
        raise Refused(
            f"The decision on {show_day(decided_on)} is before the meeting on {show_day(held[0])}. Check both dates.",
            field="decided_on",
        )


def _checked(case: Case) -> Case:
    if case.kind not in _KINDS:
        raise Refused(f"This is not a review: {case.get_kind_display()}.")
    ended = Case.objects.filter(pk=case.pk, closed_because__in=("plan_ended", "superseded")).first()
    if ended is not None and ended.closed_on is not None:
        why = "the plan ended" if ended.closed_because == "plan_ended" else "a later review took its place"
        raise Refused(
            f"This review closed on {show_day(ended.closed_on)} because {why}. Nothing more is to be recorded."
        )
    return case
