"""A child moves into this authority's area: with a plan, during an assessment, or with neither.

From the transfer the plan is treated as made by this authority on the day the authority before made it (SEND Regulations
2014 reg 15(3)), so its day is kept and the reviews go on from there. Our own duties are limits E3 and E4. What section I
names is a record of the placements app, which calls `receive_plan` and adds it in the same transaction.
"""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from casework.audit import acting_as
from casework.events import PlanArrived, publish
from casework.models import (
    AuthorityPart,
    AuthorityRole,
    Case,
    CaseKind,
    Channel,
    Child,
    LocalAuthority,
    Milestone,
    MilestoneKind,
    Plan,
    PlanTransfer,
    PlanVersion,
    RequestSource,
    Stage,
    User,
)
from casework.rules.clock_words import show_day
from casework.services import authorities, milestones, requests, review_calendar
from casework.services.move_checks import ArrivedPlan, check_move, check_plan
from casework.services.refusals import Refused
from casework.services.versions import claim

__all__ = [
    "ArrivedPlan",
    "arrive_during_assessment",
    "arrive_without_plan",
    "call_off",
    "open_move_in",
    "receive_plan",
    "review_due",
    "tell_family",
]

M = MilestoneKind
_A_DAY = timedelta(days=1)
_FOREVER = date(9998, 12, 31)


@transaction.atomic
def open_move_in(
    *,
    child: Child,
    authority: LocalAuthority,
    moved_on: date,
    known_on: date,
    by: User,
    on: date,
    told_by: str = "",
) -> Case:
    """A child with a plan moves, or has moved, here: wait for the plan. `moved_on` may lie ahead. Raises Refused."""
    check_move(child, authority, moved_on, known_on, on=on)
    with acting_as(by):
        Child.objects.select_for_update().get(pk=child.pk)
        _check_no_plan(child, moved_on)
        other = Case.objects.filter(child=child, kind=CaseKind.TRANSFER_IN, closed_on__isnull=True).first()
        if other is not None:
            raise Refused(f"A move in is already recorded ({other.reference}). Go on there.")
        case = Case.objects.create(child=child, kind=CaseKind.TRANSFER_IN, opened_on=min(known_on, moved_on))
        PlanTransfer.objects.create(
            case=case, authority=authority, moved_on=moved_on, known_on=known_on, told_by=told_by.strip()
        )
        if moved_on <= on:
            _become_responsible(child, authority, moved_on, by=by, on=on)
        return case


@transaction.atomic
def receive_plan(
    *, case: Case, transferred_on: date, plan: ArrivedPlan, by: User, on: date, version: int | None = None
) -> PlanVersion:
    """The plan came from the authority before: it is ours from `transferred_on`. Raises Refused and StaleEdit."""
    transfer = _transfer_of(case)
    if transfer.plan_id is not None:
        raise Refused("The plan is already recorded as transferred. Correct that date if it is wrong.")
    check_plan(case.child, transfer, transferred_on, plan, on=on)
    with acting_as(by):
        case = claim(case, version=version)
        starts_on = _first_day(case.child, plan.made_on, transferred_on)
        for kind, day in (
            (M.PLAN_FIRST_MADE, plan.made_on),
            (M.PREVIOUS_REVIEW_COMPLETED, plan.last_reviewed_on),
            (M.PLAN_TRANSFERRED_IN, transferred_on),
        ):
            if day is not None:
                milestones.record(case=case, kind=kind, happened_on=day, by=by, on=on)
        try:
            with transaction.atomic():
                made = Plan.objects.create(
                    child_id=case.child_id,
                    starts_on=starts_on,
                    maintained_from=transferred_on,
                    transferred_from_la=transfer.authority.code,
                )
        except IntegrityError as error:
            raise Refused("This child already has a plan on some of these days.") from error
        first = PlanVersion.objects.create(
            plan=made,
            number=1,
            stage=Stage.FINAL,
            starts_on=starts_on,
            primary_need=plan.primary_need,
            secondary_need=plan.secondary_need,
        )
        PlanTransfer.objects.filter(case=case).update(
            plan=made,
            plan_made_on=plan.made_on,
            last_reviewed_on=plan.last_reviewed_on,
            too_far_to_attend=plan.too_far,
            arrangements=plan.arrangements.strip(),
        )
        _become_responsible(case.child, transfer.authority, transfer.moved_on, by=by, on=on)
        review_calendar.settle(on=on, child_ids=[case.child_id], by=by)
        publish(PlanArrived(case.child_id, made.pk, transferred_on, plan.too_far, by.pk, on))
        return first


@transaction.atomic
def tell_family(
    *,
    case: Case,
    told_on: date,
    will_reassess: bool,
    review_by: date,
    by: User,
    on: date,
    note: str = "",
    version: int | None = None,
) -> Milestone:
    """The family was told that the plan has come, whether we will re-assess, and when we will review it (reg 15(4)).

    Closes the case: what is left, the review, is a case of its own. Raises Refused and StaleEdit.
    """
    transfer = _transfer_of(case)
    if transfer.plan_id is None:
        raise Refused(
            "Record the plan that came first: the six weeks are counted from the day it was transferred."
        )
    last = review_due(case)
    if last is not None and review_by > last:
        raise Refused(
            f"The plan must be reviewed by {show_day(last)} (SEND Regs 2014 reg 15(5)), so the family cannot be told "
            f"a later day. Enter a day up to and including {show_day(last)}.",
            field="review_by",
        )
    with acting_as(by):
        told = milestones.record(
            case=case, kind=M.FAMILY_TOLD_OF_TRANSFER, happened_on=told_on, by=by, on=on, version=version,
            note=note.strip(),
        )  # fmt: skip
        if review_by < told_on:
            raise Refused("The review cannot be before the day the family was told of it.", field="review_by")
        PlanTransfer.objects.filter(case=case).update(will_reassess=will_reassess, review_said_for=review_by)
        Case.objects.filter(pk=case.pk).update(closed_on=told_on, closed_because="family_told")
        return told


@transaction.atomic
def arrive_during_assessment(
    *,
    child: Child,
    authority: LocalAuthority,
    moved_on: date,
    by: User,
    on: date,
    stage: str = "",
    channel: Channel | str = "",
) -> Case:
    """The authority before was assessing when the child moved: a new case, whose limits run from the day of the move.

    Regs 5(1)(b), 10(1) and 13(2): six, sixteen and twenty weeks from this authority becoming responsible. `stage` says how
    far the other authority had come; its advice may be used where everybody agrees (reg 6(4)). Raises Refused, OpenRequest.
    """
    check_move(child, authority, moved_on, moved_on, on=on)
    if moved_on > on:
        raise Refused("Record this once the child has moved: the limits run from that day.", field="moved_on")
    with acting_as(by):
        _check_no_plan(child, moved_on)
        case = requests.log_request(
            child=child,
            source=RequestSource.OTHER,
            received_on=moved_on,
            channel=channel,
            requested_by=f"{authority}, which was assessing. {stage}".strip()[:200],
            brought_to_attention=True,
            by=by,
            on=on,
        )
        _become_responsible(child, authority, moved_on, by=by, on=on)
        return case


@transaction.atomic
def arrive_without_plan(
    *, child: Child, authority: LocalAuthority, moved_on: date, by: User, on: date
) -> AuthorityRole | None:
    """Neither plan nor assessment: only who is responsible. Raises Refused."""
    check_move(child, authority, moved_on, moved_on, on=on)
    if moved_on > on:
        raise Refused("Record this once the child has moved.", field="moved_on")
    with acting_as(by):
        _become_responsible(child, authority, moved_on, by=by, on=on)
        return AuthorityRole.objects.filter(child=child, part=AuthorityPart.RESPONSIBLE, ends_on=None).first()


@transaction.atomic
def call_off(*, case: Case, why: str, by: User, on: date, version: int | None = None) -> Case:
    """The child did not move here, or the plan turned out not to exist: close the case. Raises Refused, StaleEdit."""
    if not why.strip():
        raise Refused("Enter why the move is called off.", field="why")
    transfer = _transfer_of(case)
    if transfer.plan_id is not None:
        raise Refused(
            "The plan has come, so the move cannot be called off. If it moves on, record a move out."
        )
    with acting_as(by, reason=why.strip()):
        case = claim(case, version=version)
        rows = AuthorityRole.objects.filter(child_id=case.child_id, part=AuthorityPart.RESPONSIBLE)
        ours = rows.filter(starts_on=transfer.moved_on, ends_on__isnull=True).first()
        if ours is not None:
            before = rows.filter(authority=transfer.authority, ends_on=transfer.moved_on - _A_DAY).first()
            ours.delete()
            if before is not None:
                AuthorityRole.objects.filter(pk=before.pk).update(ends_on=None)
        Case.objects.filter(pk=case.pk).update(
            closed_on=max(on, case.opened_on or on), closed_because="called_off"
        )
        PlanTransfer.objects.filter(case=case).update(told_by=f"Called off: {why.strip()}"[:200])
        case.refresh_from_db()
        return case


def review_due(case: Case) -> date | None:
    """The last day for the review of a plan that came (limit E4), from the review to come; None while there is none."""
    due: date | None = (
        Case.objects.filter(child_id=case.child_id, kind=CaseKind.ANNUAL_REVIEW, closed_on__isnull=True)
        .filter(clocks__rule_code="E4", clocks__stopped_on__isnull=True)
        .values_list("clocks__due_on", flat=True)
        .first()
    )
    return due


def _become_responsible(child: Child, before: LocalAuthority, moved_on: date, *, by: User, on: date) -> None:
    own = authorities.own_authority()
    rows = AuthorityRole.objects.filter(child=child, part=AuthorityPart.RESPONSIBLE)
    if rows.as_at(moved_on).filter(authority=own).exists():
        return
    authorities.give_part(
        child=child, part=AuthorityPart.RESPONSIBLE, authority=own, starts_on=moved_on, by=by, on=on,
        reason=f"Moved from {before}.",
    )  # fmt: skip


def _transfer_of(case: Case) -> PlanTransfer:
    if case.kind != CaseKind.TRANSFER_IN:
        raise Refused(f"This is not a move in: {case.get_kind_display()}.")
    closed = Case.objects.filter(pk=case.pk, closed_on__isnull=False).first()
    if closed is not None and closed.closed_on is not None:
        raise Refused(f"This move in was finished on {show_day(closed.closed_on)}.")
    return PlanTransfer.objects.select_related("authority").get(case=case)


def _check_no_plan(child: Child, moved_on: date) -> None:
    plan = Plan.objects.filter(child=child).overlapping(moved_on, _FOREVER).first()
    if plan is not None:
        raise Refused(
            f"We maintain a plan of {child.name}, made on {show_day(plan.starts_on)}. A child whose plan is ours cannot "
            "move in with one. If the child had moved away, record the move out first.",
            field="moved_on",
        )


def _first_day(child: Child, made_on: date, transferred_on: date) -> date:
    """The day the plan was made; for a child who comes back, the day after we last maintained it."""
    last: Plan | None = (
        Plan.objects.filter(child=child, ends_on__isnull=False, ends_on__gte=made_on)
        .order_by("-ends_on")
        .first()
    )
    if last is None or last.ends_on is None:
        return made_on
    if last.ends_on >= transferred_on:
        raise Refused(
            f"We maintained a plan to {show_day(last.ends_on)}, so another cannot have come on "
            f"{show_day(transferred_on)}. Check both dates.",
            field="transferred_on",
        )
    return last.ends_on + _A_DAY
