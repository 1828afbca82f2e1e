"""A child moves to another authority: hand over the plan with its papers, or close the request that was open.

The plan is transferred on the day of the move, or within 15 working days of learning of it where there was less notice
than that (limits E1 and E2). Until it is transferred it is ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.models import (
    AssessmentRequest,
    AuthorityPart,
    AuthorityRole,
    Case,
    CaseKind,
    CeaseReason,
    Child,
    LocalAuthority,
    Milestone,
    MilestoneKind,
    Paper,
    Plan,
    PlanTransfer,
    TransferPaper,
    User,
)
from casework.rules.clock_words import show_day
from casework.services import authorities, milestones, plan_endings
from casework.services.move_checks import check_move
from casework.services.refusals import Refused
from casework.services.versions import claim

M = MilestoneKind


@dataclass(frozen=True, slots=True)
class Sent:
    """A paper sent: the day, and how it can be proved. Without a day: there is no such paper."""

    sent_on: date | None
    proof: str = ""


@transaction.atomic
def open_move_out(
    *,
    child: Child,
    authority: LocalAuthority,
    moved_on: date,
    known_on: date,
    by: User,
    on: date,
    told_by: str = "",
) -> Case:
    """A child whose plan is ours moves, or will move, to another authority: the limit to hand the plan over runs.

    Raises Refused (no plan, own authority, a date that cannot be, a move out open already).
    """
    check_move(child, authority, moved_on, known_on, on=on, arriving=False)
    with acting_as(by):
        Child.objects.select_for_update().get(pk=child.pk)
        plan: Plan | None = Plan.objects.filter(child=child).as_at(min(moved_on, on)).first()
        if plan is None or plan.ends_on is not None:
            raise Refused(
                f"{child.name} has no plan in force here on {show_day(min(moved_on, on))}, so there is none to transfer. "
                "If a request is open, record the move there."
            )
        if plan.maintained_from and moved_on < plan.maintained_from:
            raise Refused(
                f"The plan came to us on {show_day(plan.maintained_from)}, after that day. Check the date of the move.",
                field="moved_on",
            )
        other = Case.objects.filter(child=child, kind=CaseKind.TRANSFER_OUT, closed_on__isnull=True).first()
        if other is not None:
            raise Refused(f"A move out is already recorded ({other.reference}). Go on there.")
        case = Case.objects.create(child=child, kind=CaseKind.TRANSFER_OUT, opened_on=min(known_on, moved_on))
        PlanTransfer.objects.create(
            case=case, authority=authority, plan=plan, moved_on=moved_on, known_on=known_on, told_by=told_by.strip()
        )  # fmt: skip
        milestones.record(case=case, kind=M.MOVE_KNOWN, happened_on=known_on, by=by, on=on)
        milestones.record(case=case, kind=M.MOVED_AWAY, happened_on=moved_on, by=by, on=on)
        case.refresh_from_db()
        return case


@transaction.atomic
def record_papers(
    *, case: Case, papers: Mapping[Paper, Sent], by: User, on: date, version: int | None = None
) -> list[TransferPaper]:
    """What was sent to the new authority, with day and proof; what was recorded before is replaced by what is given.

    Papers left out stay as they are. Raises Refused and StaleEdit.
    """
    transfer = _transfer_of(case, may_be_closed=True)
    with acting_as(by):
        claim(case, version=version)
        for paper, sent in papers.items():
            _check_paper(transfer, paper, sent, on=on)
            TransferPaper.objects.update_or_create(
                transfer=transfer,
                paper=paper,
                defaults={
                    "sent_on": sent.sent_on,
                    "proof": sent.proof.strip() if sent.sent_on else "",
                    "not_held": sent.sent_on is None,
                },
            )
        return list(transfer.papers.all())


@transaction.atomic
def hand_over(
    *, case: Case, transferred_on: date, proof: str, by: User, on: date, version: int | None = None
) -> Plan:
    """The plan went to the new authority: ours ends that day, and with it what stands open because of it.

    Raises Refused (before the move, in the future, no proof, plan ended) and StaleEdit.
    """
    transfer = _transfer_of(case)
    if transferred_on < transfer.moved_on:
        raise Refused(
            f"The child moves on {show_day(transfer.moved_on)}. The plan is transferred on that day or later: until then it "
            "is ours. Check both dates.",
            field="ended_on",
        )
    if not proof.strip():
        raise Refused("Enter how it can be proved that the plan was sent.", field="proof")
    with acting_as(by):
        case = claim(case, version=version)
        assert transfer.plan is not None  # noqa: S101 - a move out is opened for a plan
        plan = plan_endings.end_plan(
            plan=transfer.plan,
            case=case,
            ends_on=transferred_on,
            reason=CeaseReason.TRANSFERRED,
            by=by,
            on=on,
        )
        record_papers(case=case, papers={Paper.PLAN: Sent(transferred_on, proof)}, by=by, on=on)
        _stop_being_responsible(case.child, transfer.authority, transfer.moved_on, by=by, on=on)
        return plan


@transaction.atomic
def leave_without_plan(
    *,
    case: Case,
    authority: LocalAuthority,
    moved_on: date,
    by: User,
    on: date,
    version: int | None = None,
) -> Milestone:
    """A child moves while we assess: our request is closed, not late, and the new authority begins (SEN2 item 2.7).

    Raises Refused and StaleEdit.
    """
    if case.kind != CaseKind.REQUEST:
        raise Refused(f"This is not a request: {case.get_kind_display()}.")
    check_move(case.child, authority, moved_on, moved_on, on=on, arriving=False)
    with acting_as(by):
        moved = milestones.record(
            case=case, kind=M.MOVED_AWAY, happened_on=moved_on, by=by, on=on, version=version
        )
        AssessmentRequest.objects.filter(case=case).update(moved_to_la=authority.code)
        _stop_being_responsible(case.child, authority, moved_on, by=by, on=on)
        return moved


@transaction.atomic
def call_off(*, case: Case, why: str, by: User, on: date, version: int | None = None) -> Case:
    """The family stays: the limits fall away and the case is closed. Raises Refused and StaleEdit."""
    if not why.strip():
        raise Refused("Enter why the move is called off.", field="why")
    _transfer_of(case)
    with acting_as(by, reason=why.strip()):
        case = claim(case, version=version)
        for row in case.milestones.filter(
            kind__in=(M.MOVE_KNOWN, M.MOVED_AWAY), replaced=False, withdrawn=False
        ):
            Milestone.objects.filter(pk=row.pk).update(replaced=True)
            Milestone.objects.create(
                case=case, kind=row.kind, happened_on=row.happened_on, recorded_by=by, replaces=row,
                withdrawn=True, reason_for_correction=f"The move was called off: {why.strip()}"[:300],
            )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(
            closed_on=max(on, case.opened_on or on), closed_because="called_off"
        )
        milestones.rebuild(case)
        case.refresh_from_db()
        return case


def _stop_being_responsible(
    child: Child, authority: LocalAuthority, moved_on: date, *, by: User, on: date
) -> None:
    rows = AuthorityRole.objects.filter(child=child, part=AuthorityPart.RESPONSIBLE)
    if rows.as_at(moved_on).filter(authority=authority).exists():
        return
    authorities.give_part(
        child=child, part=AuthorityPart.RESPONSIBLE, authority=authority, starts_on=moved_on, by=by, on=on,
        reason=f"Moved to {authority}.",
    )  # fmt: skip


def _transfer_of(case: Case, *, may_be_closed: bool = False) -> PlanTransfer:
    if case.kind != CaseKind.TRANSFER_OUT:
        raise Refused(f"This is not a move out: {case.get_kind_display()}.")
    closed = Case.objects.filter(pk=case.pk, closed_on__isnull=False).first()
    if closed is not None and closed.closed_on is not None and not may_be_closed:
        raise Refused(f"This move out was finished on {show_day(closed.closed_on)}.")
    return PlanTransfer.objects.select_related("authority", "plan").get(case=case)


def _check_paper(transfer: PlanTransfer, paper: Paper, sent: Sent, *, on: date) -> None:
    name = Paper(paper).label
    if sent.sent_on is None:
        if paper == Paper.PLAN:
            raise Refused("The plan itself must be sent: it cannot be marked as not held.", field=str(paper))
        return
    if sent.sent_on > on:
        raise Refused(f"“{name}” cannot be sent after today, {show_day(on)}.", field=str(paper))
    if sent.sent_on < transfer.known_on:
        raise Refused(
            f"“{name}” was sent on {show_day(sent.sent_on)}, before you learned of the move on "
            f"{show_day(transfer.known_on)}. Check both dates.",
            field=str(paper),
        )
    if not sent.proof.strip():
        raise Refused(f"Enter how it can be proved that “{name}” was sent.", field=str(paper))
