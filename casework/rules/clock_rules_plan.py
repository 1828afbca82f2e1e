"""Limits of moves between authorities, of ceasing, of personal budgets and of the statutory return."""

from datetime import date

from casework.rules.case_kinds import CaseKind
from casework.rules.clock_rule import (
    AcademicYearEnd,
    ClockRule,
    Combine,
    Limit,
    PublishedDays,
    Sense,
    Unit,
    Verification,
)
from casework.rules.milestones import Milestone as M

# A personal budget may be asked for while a plan is drafted, reviewed or re-assessed (SI 2014/1652 reg 4).
_PLANNING = frozenset(
    {CaseKind.REQUEST, CaseKind.REASSESSMENT, CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER}
)

PLAN_RULES: tuple[ClockRule, ...] = (
    ClockRule(
        code="E1",
        title="Transfer the plan on the day of the move",
        duty_holder="The old authority",
        source="SEND Regs 2014 reg 15(2)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.TRANSFER_OUT}),
        limit=Limit((M.MOVED_AWAY,), 0, Unit.DAYS),
        stops=(M.PLAN_TRANSFERRED_OUT,),
        notice_working_days=15,
        notice_given=True,
    ),
    ClockRule(
        code="E2",
        title="Transfer the plan (15 working days beginning with the day you became aware)",
        duty_holder="The old authority",
        source="SEND Regs 2014 reg 15(2)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.TRANSFER_OUT}),
        limit=Limit((M.MOVE_KNOWN,), 15, Unit.WORKING_DAYS, counts_anchor=True),
        stops=(M.PLAN_TRANSFERRED_OUT,),
        notice_working_days=15,
        notice_given=False,
    ),
    ClockRule(
        code="E3",
        title="Tell the family about the transfer, re-assessment and review (6 weeks)",
        duty_holder="The new authority",
        source="SEND Regs 2014 reg 15(4)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.TRANSFER_IN}),
        limit=Limit((M.PLAN_TRANSFERRED_IN,), 6, Unit.WEEKS),
        stops=(M.FAMILY_TOLD_OF_TRANSFER,),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
    ),
    ClockRule(
        code="E4",
        title=(
            "Review the transferred plan (later of 3 months from transfer and 12 months from the last review)"
        ),
        duty_holder="The new authority",
        source="SEND Regs 2014 reg 15(5)",
        verification=Verification.SECONDARY,
        case_kinds=frozenset({CaseKind.ANNUAL_REVIEW}),
        limit=Limit((M.PLAN_TRANSFERRED_IN,), 3, Unit.MONTHS, counts_anchor=True),
        second=Limit(
            (
                M.PREVIOUS_REVIEW_COMPLETED,
                M.PLAN_FIRST_MADE,
            ),
            12,
            Unit.MONTHS,
            counts_anchor=True,
        ),
        combine=Combine.LATER,
        stops=(M.REVIEW_DECIDED,),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
    ),
    ClockRule(
        code="F1",
        title="Consult the family and the setting before ceasing",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 31(1)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.CEASING}),
        stops=(M.CEASE_CONSULTED,),
    ),
    ClockRule(
        code="F2",
        title="Tell the family, the setting and health that the plan will cease",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 31(2)-(3); CFA 2014 s.45",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.CEASING}),
        stops=(M.CEASE_DECIDED,),
    ),
    ClockRule(
        code="F3",
        title="Keep the plan until the time to appeal is over",
        duty_holder="The authority",
        source="CFA 2014 s.45(4); Explanatory Notes para 247",
        verification=Verification.SECONDARY,
        case_kinds=frozenset({CaseKind.CEASING}),
        limit=Limit((M.CEASE_DECIDED,), 2, Unit.MONTHS),
        second=Limit((M.MEDIATION_CERTIFICATE_ISSUED,), 1, Unit.MONTHS),
        combine=Combine.LATER,
        sense=Sense.MINIMUM,
        stops=(M.PLAN_CEASED,),
        ends=(
            M.APPEAL_REGISTERED,
            M.DECIDED_NOT_TO_CEASE,
            M.PLAN_TRANSFERRED_OUT,
        ),
        appeal_window=True,
    ),
    ClockRule(
        code="F4",
        title="Review first when a young person of 18 or over stops attending",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 30",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.CEASING}),
        stops=(M.REVIEW_DECIDED,),
    ),
    ClockRule(
        code="F5",
        title="Plan may be kept to the end of the academic year of the 25th birthday",
        duty_holder="The authority",
        source="CFA 2014 s.46; DfE SEN2 cease reason 1",
        verification=Verification.SECONDARY,
        case_kinds=frozenset(),
        limit=AcademicYearEnd((M.TURNS_25,)),
        sense=Sense.WINDOW,
        stops=(M.PLAN_CEASED,),
    ),
    ClockRule(
        code="I1",
        title="Review direct payments (first 3 months)",
        duty_holder="The authority",
        source="SEN (Personal Budgets) Regs 2014 (SI 2014/1652) reg 11",
        verification=Verification.SECONDARY,
        case_kinds=_PLANNING,
        limit=Limit((M.DIRECT_PAYMENTS_STARTED,), 3, Unit.MONTHS, counts_anchor=True),
        stops=(M.DIRECT_PAYMENTS_REVIEWED,),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
    ),
    ClockRule(
        code="I2",
        title="Consider a request for a personal budget",
        duty_holder="The authority",
        source="CFA 2014 s.49; SI 2014/1652 regs 4, 7",
        verification=Verification.SECONDARY,
        case_kinds=_PLANNING,
        stops=(M.PERSONAL_BUDGET_DECIDED,),
    ),
    ClockRule(
        code="J1",
        title="Submit the SEN2 return",
        duty_holder="The authority",
        source="DfE SEN2 guidance page, version of 26 September 2025",
        verification=Verification.SECONDARY,
        case_kinds=frozenset(),
        limit=PublishedDays(
            (M.SEN2_CENSUS_DAY,),
            ((date(2026, 1, 15), date(2026, 3, 12)), (date(2027, 1, 21), date(2027, 3, 11))),
        ),
        stops=(M.SEN2_RETURN_SUBMITTED,),
    ),
)
