"""Limits of annual reviews, amendments and phase transfers.

The 12 months begin *with* the day the plan was made or last reviewed (section 44(1)), so they end on the day
before the anniversary. A review is complete when the authority decides, not when the meeting takes place.
"""

from casework.rules.case_kinds import CaseKind
from casework.rules.clock_rule import ClockRule, Combine, FixedDay, Limit, Sense, Unit, Verification
from casework.rules.milestones import Milestone as M

REVIEW_RULES: tuple[ClockRule, ...] = (
    ClockRule(
        code="C1",
        title="Complete the first annual review (12 months)",
        duty_holder="The authority",
        source="CFA 2014 s.44(1)",
        verification=Verification.SECONDARY,
        case_kinds=frozenset({CaseKind.ANNUAL_REVIEW}),
        limit=Limit((M.PLAN_FIRST_MADE,), 12, Unit.MONTHS, counts_anchor=True),
        stops=(M.REVIEW_DECIDED,),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
        unless=(
            M.PREVIOUS_REVIEW_COMPLETED,
            M.PLAN_TRANSFERRED_IN,
        ),
    ),
    ClockRule(
        code="C2",
        title="Complete the next annual review (12 months)",
        duty_holder="The authority",
        source="CFA 2014 s.44(1)",
        verification=Verification.SECONDARY,
        case_kinds=frozenset({CaseKind.ANNUAL_REVIEW}),
        limit=Limit((M.PREVIOUS_REVIEW_COMPLETED,), 12, Unit.MONTHS, counts_anchor=True),
        stops=(M.REVIEW_DECIDED,),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
        unless=(M.PLAN_TRANSFERRED_IN,),
    ),
    ClockRule(
        code="C3",
        title="Give notice of the review meeting (2 weeks before)",
        duty_holder="Person arranging the meeting",
        source="SEND Regs 2014 reg 20(3)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER}),
        limit=Limit(
            (
                M.REVIEW_MEETING_HELD,
                M.REVIEW_MEETING_PLANNED,
            ),
            -2,
            Unit.WEEKS,
        ),
        stops=(M.REVIEW_NOTICE_GIVEN,),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
        lead_weeks=4,
    ),
    ClockRule(
        code="C4",
        title="Circulate advice before the review meeting (2 weeks before)",
        duty_holder="Person arranging the meeting",
        source="SEND Regs 2014 reg 20(4)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER}),
        limit=Limit(
            (
                M.REVIEW_MEETING_HELD,
                M.REVIEW_MEETING_PLANNED,
            ),
            -2,
            Unit.WEEKS,
        ),
        stops=(M.REVIEW_ADVICE_CIRCULATED,),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
        lead_weeks=4,
    ),
    ClockRule(
        code="C5",
        title="Review report due (2 weeks from the meeting)",
        duty_holder="School, college or LA",
        source="SEND Regs 2014 reg 20",
        verification=Verification.SECONDARY,
        case_kinds=frozenset({CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER}),
        limit=Limit((M.REVIEW_MEETING_HELD,), 2, Unit.WEEKS),
        stops=(M.REVIEW_REPORT_RECEIVED,),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
    ),
    ClockRule(
        code="C6",
        title="Tell the family the review decision (4 weeks from the meeting)",
        duty_holder="The authority",
        source=(
            "SEND Regs 2014 reg 20(10); reg 21 where the child is not at a setting; R (L, M and P) v "
            "Devon CC [2022] EWHC 493 (Admin)"
        ),
        verification=Verification.SECONDARY,
        case_kinds=frozenset({CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER}),
        limit=Limit((M.REVIEW_MEETING_HELD,), 4, Unit.WEEKS),
        stops=(M.REVIEW_DECIDED,),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
    ),
    ClockRule(
        code="C7",
        title="Send the notice of proposed amendments (4 weeks from the meeting)",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 22(2)(a) read with reg 20(10); Devon CC [2022] EWHC 493 (Admin)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER}),
        limit=Limit((M.REVIEW_MEETING_HELD,), 4, Unit.WEEKS),
        stops=(M.AMENDMENT_NOTICE_SENT,),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
        requires=(
            M.DECIDED_TO_AMEND,
            M.AMENDMENT_NOTICE_SENT,
        ),
    ),
    ClockRule(
        code="C8",
        title="Give the family at least 15 days with the proposed amendments",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 22(2)(c)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER, CaseKind.REASSESSMENT}),
        limit=Limit(
            (
                M.AMENDMENT_NOTICE_SERVED,
                M.AMENDMENT_NOTICE_SENT,
            ),
            15,
            Unit.DAYS,
            counts_anchor=True,
        ),
        sense=Sense.MINIMUM,
        stops=(
            M.AMENDED_PLAN_ISSUED,
            M.PHASE_TRANSFER_PLAN_ISSUED,
        ),
        ends=(
            M.DECIDED_NOT_TO_AMEND,
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
        last_anchor=True,
    ),
    ClockRule(
        code="C9",
        title="Send the final amended plan (8 weeks from the notice, 12 from the meeting)",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 22(3); Devon CC [2022] EWHC 493 (Admin)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER}),
        limit=Limit((M.AMENDMENT_NOTICE_SENT,), 8, Unit.WEEKS),
        second=Limit((M.REVIEW_MEETING_HELD,), 12, Unit.WEEKS),
        combine=Combine.EARLIER,
        stops=(
            M.AMENDED_PLAN_ISSUED,
            M.PHASE_TRANSFER_PLAN_ISSUED,
        ),
        ends=(
            M.DECIDED_NOT_TO_AMEND,
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
    ),
    ClockRule(
        code="C10",
        title="Tell the family you will not amend after all (8 weeks from the notice)",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 22(4)",
        verification=Verification.SECONDARY,
        case_kinds=frozenset({CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER}),
        limit=Limit((M.AMENDMENT_NOTICE_SENT,), 8, Unit.WEEKS),
        stops=(M.DECIDED_NOT_TO_AMEND,),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
        requires=(M.DECIDED_NOT_TO_AMEND,),
    ),
    ClockRule(
        code="C11",
        title="Finish an amendment made without a review (8 weeks from the notice)",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 28 (applies reg 22)",
        verification=Verification.NOT_CONFIRMED,
        case_kinds=frozenset(),
        limit=Limit((M.AMENDMENT_NOTICE_SENT,), 8, Unit.WEEKS),
        stops=(
            M.AMENDED_PLAN_ISSUED,
            M.DECIDED_NOT_TO_AMEND,
        ),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
    ),
    ClockRule(
        code="D1",
        title="Name the next setting in the plan: secondary to post-16 (before 31 March)",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 18(1)(a)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.PHASE_TRANSFER}),
        limit=FixedDay((M.TRANSFER_TO_POST_16,), 3, 31, marker=M.PHASE_TRANSFER_PLAN_DUE),
        stops=(
            M.PHASE_TRANSFER_PLAN_ISSUED,
            M.AMENDED_PLAN_ISSUED,
            M.NEXT_SETTING_ALREADY_NAMED,
        ),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
    ),
    ClockRule(
        code="D2",
        title="Name the next setting in the plan: any other phase (before 15 February)",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 18(1)(b); phases in reg 2(1)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.PHASE_TRANSFER}),
        limit=FixedDay((M.TRANSFER_TO_NEXT_PHASE,), 2, 15, marker=M.PHASE_TRANSFER_PLAN_DUE),
        stops=(
            M.PHASE_TRANSFER_PLAN_ISSUED,
            M.AMENDED_PLAN_ISSUED,
            M.NEXT_SETTING_ALREADY_NAMED,
        ),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
    ),
    ClockRule(
        code="D3",
        title="Review and amend for a move between post-16 institutions (5 months before)",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 18(2)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.PHASE_TRANSFER}),
        limit=Limit((M.POST_16_MOVE_PLANNED,), -5, Unit.MONTHS),
        stops=(
            M.PHASE_TRANSFER_PLAN_ISSUED,
            M.AMENDED_PLAN_ISSUED,
            M.NEXT_SETTING_ALREADY_NAMED,
        ),
        ends=(
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
        lead_weeks=12,
    ),
)
