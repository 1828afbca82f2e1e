"""Amend a plan after a review: the notice with its proposed text, then the final amended plan or the reasons why not.

Casework owns the versions. What section I names in the amended plan is a record of the placements app, which calls
`issue_final` and adds it in the same transaction.
"""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from casework.audit import acting_as
from casework.models import (
    Answer,
    Case,
    CaseKind,
    Decision,
    Milestone,
    MilestoneKind,
    Need,
    Plan,
    PlanVersion,
    Question,
    Stage,
    TextState,
    User,
)
from casework.rules.clock_words import show_day
from casework.rules.undertakings import DONE_BY, undertaken
from casework.services import milestones, plan_texts, review_calendar
from casework.services.refusals import Refused

M = MilestoneKind
_FINAL = (Stage.FINAL, Stage.AMENDED_FINAL)
_FINISHED = {
    M.AMENDED_PLAN_ISSUED: "The final amended plan was sent on",
    M.PHASE_TRANSFER_PLAN_ISSUED: "The amended plan was sent on",
    M.DECIDED_NOT_TO_AMEND: "The family was told of the decision not to amend on",
}


@transaction.atomic
def send_notice(
    *,
    case: Case,
    sent_on: date,
    by: User,
    on: date,
    served_on: date | None = None,
    version: int | None = None,
) -> PlanVersion:
    """Record that the plan went to the family with the proposed amendments and the evidence (reg 22(2)(a)).

    Makes the version with the proposed text; the draft of the case, if there is one, is sealed as that text. `served_on`
    is the day the family had it, from which its 15 days count; they count from `sent_on` until it is known. Raises
    Refused and StaleEdit.
    """
    standing = _open_to_amend(case)
    if M.REVIEW_MEETING_HELD not in standing and case.kind != CaseKind.REASSESSMENT:
        raise Refused("Record the day the meeting was held first: the four weeks are counted from it.")
    plan = _plan_of(case, sent_on)
    current = _in_force(plan)
    with acting_as(by):
        sent = milestones.record(
            case=case, kind=M.AMENDMENT_NOTICE_SENT, happened_on=sent_on, by=by, on=on, version=version
        )
        if served_on is not None:
            milestones.record(case=case, kind=M.AMENDMENT_NOTICE_SERVED, happened_on=served_on, by=by, on=on)
        proposed = PlanVersion.objects.create(
            plan=plan,
            number=_next_number(plan),
            stage=Stage.PROPOSED,
            served_on=served_on or sent_on,
            primary_need=current.primary_need,
            secondary_need=current.secondary_need,
        )
        draft = plan_texts.current_text(case)
        if draft is not None and draft.is_open:
            plan_texts.seal(text=draft, state=TextState.SERVED, plan_version=proposed, served_as=sent, by=by)
        return proposed


@transaction.atomic
def record_served(
    *, case: Case, served_on: date, by: User, on: date, version: int | None = None
) -> Milestone:
    """Record the day the notice reached the family: day 1 of its 15 days. Raises Refused and StaleEdit."""
    standing = milestones.standing_of(case)
    if M.AMENDMENT_NOTICE_SENT not in standing:
        raise Refused("Record that the amendment notice was sent first.")
    if len(standing.get(M.AMENDMENT_NOTICE_SERVED, [])) >= len(standing[M.AMENDMENT_NOTICE_SENT]):
        raise Refused(
            f"The notice was served on {show_day(standing[M.AMENDMENT_NOTICE_SERVED][-1])}. "
            "Correct that date if it is wrong."
        )
    with acting_as(by):
        served = milestones.record(
            case=case, kind=M.AMENDMENT_NOTICE_SERVED, happened_on=served_on, by=by, on=on, version=version
        )
        proposed = PlanVersion.objects.filter(plan__child_id=case.child_id, stage=Stage.PROPOSED)
        latest = proposed.order_by("-pk").first()
        if latest is not None:
            PlanVersion.objects.filter(pk=latest.pk).update(served_on=served_on)
        return served


@transaction.atomic
def issue_final(
    *,
    case: Case,
    issued_on: date,
    by: User,
    on: date,
    primary_need: Need | str = "",
    secondary_need: Need | str | None = None,
    version: int | None = None,
) -> PlanVersion:
    """Record that the final amended plan was sent: it is in force from that day, the version before until the day before.

    The needs are those given, else those the draft of the case ranks first, else as they were; the draft becomes the
    version's text and is sealed. Raises Refused (no notice, dates out of order, needs unlike the draft's) and StaleEdit.
    A plan sent before the family had its 15 days is recorded as it happened; clock C8 then says "too soon".
    """
    standing = _open_to_amend(case)
    noticed = M.AMENDMENT_NOTICE_SENT in standing or M.DRAFT_AMENDED_PLAN_ISSUED in standing
    if not noticed and not _bound_to_amend(standing):
        raise Refused(
            "Record the amendment notice first: the family must see the proposed changes before the plan is final."
        )
    plan = _plan_of(case, issued_on)
    current = _in_force(plan)
    if current.starts_on is not None and issued_on <= current.starts_on:
        raise Refused(
            f"The plan in force was sent on {show_day(current.starts_on)}. The amended plan must be later.",
            field="happened_on",
        )
    plan_texts.check_needs(case, primary_need, secondary_need)
    ranked = plan_texts.ranked_needs(case) or (current.primary_need, current.secondary_need)
    primary = primary_need or ranked[0]
    secondary = ranked[1] if secondary_need is None else secondary_need
    if secondary and secondary == primary:
        raise Refused("The secondary need must differ from the primary need.", field="secondary_need")
    with acting_as(by):
        milestones.record(
            case=case, kind=_final_kind(case), happened_on=issued_on, by=by, on=on, version=version
        )
        PlanVersion.objects.filter(pk=current.pk).update(ends_on=issued_on - timedelta(days=1))
        try:
            with transaction.atomic():
                amended = PlanVersion.objects.create(
                    plan=plan,
                    number=_next_number(plan),
                    stage=Stage.AMENDED_FINAL,
                    starts_on=issued_on,
                    primary_need=primary,
                    secondary_need=secondary,
                    personal_budget=current.personal_budget,
                    organised_arrangements=current.organised_arrangements,
                    direct_payment=current.direct_payment,
                )
        except IntegrityError as error:
            raise Refused(
                "Another version of this plan is in force on that day.", field="happened_on"
            ) from error
        plan_texts.finish(case=case, plan_version=amended, by=by)
        review_calendar.settle(on=on, child_ids=[case.child_id], by=by)
        return amended


@transaction.atomic
def decide_not_to_amend(
    *,
    case: Case,
    reasons: str,
    decided_on: date,
    told_on: date,
    by: User,
    on: date,
    version: int | None = None,
) -> Decision:
    """After the notice, decide to leave the plan as it is, with reasons (reg 22(4)). Raises Refused and StaleEdit."""
    if not reasons.strip():
        raise Refused("Enter the reasons in words: the family may appeal against them.", field="reasons")
    standing = _open_to_amend(case)
    if M.AMENDMENT_NOTICE_SENT not in standing:
        raise Refused(
            "No amendment notice is recorded, so there is nothing to decide. Decide the review instead."
        )
    if told_on < decided_on:
        raise Refused(
            f"The family was told on {show_day(told_on)}, before the decision on {show_day(decided_on)}. "
            "Check both dates.",
            field="told_on",
        )
    with acting_as(by):
        milestone = milestones.record(
            case=case, kind=M.DECIDED_NOT_TO_AMEND, happened_on=told_on, by=by, on=on, version=version
        )
        decision = Decision.objects.create(
            milestone=milestone,
            question=Question.REVIEW,
            answer=Answer.MAINTAIN,
            decided_on=decided_on,
            decided_by=by,
            reasons=reasons.strip(),
        )
        plan_texts.set_aside(case=case, by=by)
        review_calendar.settle(on=on, child_ids=[case.child_id], by=by)
        return decision


def _open_to_amend(case: Case) -> milestones.Standing:
    standing = milestones.standing_of(case)
    for kind, words in _FINISHED.items():
        if kind in standing:
            raise Refused(f"{words} {show_day(standing[kind][0])}. Correct that entry if it is wrong.")
    answer = (
        Decision.objects.filter(
            milestone__case=case, milestone__kind=M.REVIEW_DECIDED, milestone__replaced=False,
            milestone__withdrawn=False,
        )
        .values_list("answer", flat=True)
        .first()
    )  # fmt: skip
    if answer in (Answer.MAINTAIN, Answer.CEASE):
        raise Refused(
            f"The decision after this review was to {answer} the plan. Correct that decision before you amend the plan."
        )
    return standing


def _bound_to_amend(standing: milestones.Standing) -> bool:
    """Whether an order, an agreement or an appeal not opposed settles the amendments: then no notice comes before them."""
    return any(M.AMENDED_PLAN_ISSUED in DONE_BY[one] for one in undertaken(standing))


def _final_kind(case: Case) -> MilestoneKind:
    return M.PHASE_TRANSFER_PLAN_ISSUED if case.kind == CaseKind.PHASE_TRANSFER else M.AMENDED_PLAN_ISSUED


def _plan_of(case: Case, day: date) -> Plan:
    plan: Plan | None = Plan.objects.filter(child_id=case.child_id).as_at(day).first()
    if plan is None:
        raise Refused(
            f"{case.child.name} has no plan in force on {show_day(day)}. Check the date.", field="happened_on"
        )
    return plan


def _in_force(plan: Plan) -> PlanVersion:
    version: PlanVersion | None = (
        plan.versions.filter(stage__in=_FINAL, ends_on__isnull=True).order_by("-number").first()
    )
    if version is None:
        raise Refused("This plan has no final version to amend. Record the plan as it was first issued.")
    return version


def _next_number(plan: Plan) -> int:
    return int(plan.versions.aggregate(last=Max("number"))["last"] or 0) + 1
