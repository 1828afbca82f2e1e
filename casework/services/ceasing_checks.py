"""What the law does not allow in ceasing a plan, in words."""

from datetime import date

from casework.models import Case, CeaseReason, Child, Milestone, MilestoneKind, NoAppeal, Review
from casework.rules.calendar import add_months, age_on
from casework.rules.ceasing import AFTER_CONSULTING, earliest_end, latest_end_by_age
from casework.rules.clock_words import show_day
from casework.services import clocks, milestones
from casework.services.decision_days import check_decided_and_told
from casework.services.refusals import Refused

M = MilestoneKind
_ADULT = 18


def may_end_from(case: Case) -> date | None:
    """The first day that can be the plan's end, once the family was told; None before that."""
    standing = milestones.standing_of(case)
    told = standing.get(M.CEASE_DECIDED)
    if not told:
        return None
    certificate = standing.get(M.MEDIATION_CERTIFICATE_ISSUED)
    return earliest_end(told[0], certificate[0] if certificate else None, clocks.calendar())


def check_reason(child: Child, reason: CeaseReason, day: date) -> None:
    """Raise Refused for a reason that is not decided after consulting, or not under 18 (reg 29)."""
    if reason not in AFTER_CONSULTING:
        raise Refused(
            f"“{CeaseReason(reason).label}” is not decided after consulting. "
            + (
                "Record a move out."
                if reason == CeaseReason.TRANSFERRED
                else "End the plan without consultation."
            ),
            field="reason",
        )
    young = age_on(child.date_of_birth, max(day, child.date_of_birth)) < _ADULT
    if young and reason in (CeaseReason.NOT_ENGAGING, CeaseReason.EMPLOYMENT):
        adult = add_months(child.date_of_birth, _ADULT * 12)
        raise Refused(
            f"{child.name} is under 18 until {show_day(adult)}. A plan does not cease because somebody under 18 is not in "
            "education or training: review it and amend it (SEND Regs 2014 reg 29).",
            field="reason",
        )


def check_reviewed_first(case: Case, standing: milestones.Standing, decided_on: date) -> None:
    """Reg 30: a young person of 18 or over stopped attending, so the plan is reviewed before it may cease."""
    stopped = standing.get(M.STOPPED_ATTENDING)
    if not stopped:
        return
    reviewed = Review.objects.filter(
        case__child_id=case.child_id, held_on__gte=stopped[0], held_on__lte=decided_on
    ).exists()
    if not reviewed:
        raise Refused(
            f"{case.child.name} stopped attending on {show_day(stopped[0])}. Review the plan first and find out whether "
            "they wish to return (SEND Regs 2014 reg 30): no review meeting since that day is recorded."
        )


def check_days(standing: milestones.Standing, decided_on: date, told_on: date, *, on: date) -> None:
    """Raise Refused for days out of order: consulted, decided, told."""
    check_decided_and_told(decided_on, told_on, on=on)
    consulted = standing[M.CEASE_CONSULTED][0]
    if decided_on < consulted:
        raise Refused(
            f"The decision on {show_day(decided_on)} is before the family was consulted on {show_day(consulted)}. "
            "Check both dates.",
            field="decided_on",
        )


def check_time_to_appeal(
    case: Case, standing: milestones.Standing, ended_on: date, no_appeal: NoAppeal | None
) -> None:
    """Raise Refused while the family can appeal or an appeal is not over (s.45(4)), unless that is answered."""
    told = standing[M.CEASE_DECIDED][0]
    if ended_on < told:
        raise Refused(
            f"The family was told on {show_day(told)}. The plan cannot have ended before that.",
            field="ended_on",
        )
    pending = _appeal_pending(case, told)
    if pending and no_appeal is None:
        raise Refused(
            f"{pending} Keep the plan until the appeal is decided (CFA 2014 s.45(4)). If it was dismissed or withdrawn, "
            "say so.",
            field="no_appeal",
        )
    first = may_end_from(case)
    if no_appeal is None and first is not None and ended_on < first:
        raise Refused(
            f"The family can appeal until {show_day(_before(first))}, so the plan goes on until then: the first day it "
            f"can end is {show_day(first)}. If no appeal is possible, say why.",
            field="ended_on",
        )
    if (
        no_appeal in (NoAppeal.DISMISSED, NoAppeal.APPEAL_WITHDRAWN)
        and not pending
        and not _appeals(case, told)
    ):
        raise Refused(
            "No appeal is recorded, so none was dismissed or withdrawn. Record the appeal and its end first.",
            field="no_appeal",
        )
    if no_appeal == NoAppeal.TOO_OLD:
        check_age(case.child, ended_on)


def _appeals(case: Case, told: date) -> list[Milestone]:
    """Appeals registered since the family was told, in this case or one of their own."""
    return list(
        Milestone.objects.filter(
            case__child_id=case.child_id, kind=M.APPEAL_REGISTERED, happened_on__gte=told, replaced=False,
            withdrawn=False,
        ).select_related("case")
    )  # fmt: skip


def _appeal_pending(case: Case, told: date) -> str:
    """Words about an appeal that is registered and not over; "" when there is none."""
    for row in _appeals(case, told):
        over = row.case.milestones.filter(
            kind__in=(M.CEASING_APPEAL_DISMISSED, M.APPEAL_WITHDRAWN), replaced=False, withdrawn=False
        )
        if row.case.closed_on is None and not over.exists():
            return f"An appeal was registered on {show_day(row.happened_on)} and is not over."
    return ""


def check_age(child: Child, ended_on: date) -> None:
    """Raise Refused before the 25th birthday."""
    birthday = add_months(child.date_of_birth, 25 * 12)
    if ended_on < birthday:
        raise Refused(
            f"{child.name} turns 25 on {show_day(birthday)}. The plan can be kept to "
            f"{show_day(latest_end_by_age(child.date_of_birth))} (CFA 2014 s.46).",
            field="ended_on",
        )


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
