"""Limits of the request, the assessment and the plan, and of a re-assessment.

The 6, 16 and 20 weeks run from one day: receipt, or the day the authority became responsible.
"""

from casework.rules.case_kinds import CaseKind
from casework.rules.clock_rule import ClockRule, Limit, Per, Sense, Unit, Verification
from casework.rules.exceptions import ADVISER_GROUNDS, AUTHORITY_GROUNDS
from casework.rules.milestones import Milestone as M

ASSESSMENT_RULES: tuple[ClockRule, ...] = (
    ClockRule(
        code="A1",
        title="Tell the family whether you will assess (6 weeks)",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 5(1)(a), reg 4(1); CFA 2014 s.36(3)-(5)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.REQUEST}),
        limit=Limit((M.REQUEST_RECEIVED,), 6, Unit.WEEKS),
        stops=(
            M.DECIDED_TO_ASSESS,
            M.DECIDED_NOT_TO_ASSESS,
        ),
        ends=(
            M.REQUEST_WITHDRAWN,
            M.ASSESSMENT_WITHDRAWN,
            M.MOVED_AWAY,
        ),
        grounds=AUTHORITY_GROUNDS,
    ),
    ClockRule(
        code="A2",
        title="Tell the family whether you will assess (6 weeks from becoming responsible)",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 5(1)(b), reg 4(1)(b); CFA 2014 ss.24, 36(3)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.REQUEST}),
        limit=Limit((M.RESPONSIBILITY_BEGAN,), 6, Unit.WEEKS),
        stops=(
            M.DECIDED_TO_ASSESS,
            M.DECIDED_NOT_TO_ASSESS,
        ),
        ends=(
            M.REQUEST_WITHDRAWN,
            M.ASSESSMENT_WITHDRAWN,
            M.MOVED_AWAY,
        ),
        unless=(M.REQUEST_RECEIVED,),
        grounds=AUTHORITY_GROUNDS,
    ),
    ClockRule(
        code="A3",
        title="Tell health, social care and the setting that you are considering an assessment",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 4(2)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.REQUEST}),
        stops=(M.BODIES_TOLD_CONSIDERING,),
    ),
    ClockRule(
        code="A4",
        title="Tell health, social care and the setting that you will assess",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 5(2)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.REQUEST, CaseKind.REASSESSMENT}),
        stops=(M.BODIES_TOLD_OF_DECISION,),
    ),
    ClockRule(
        code="A5",
        title="Advice due from the body asked (6 weeks)",
        duty_holder="Health, social care, school or other body",
        source="SEND Regs 2014 reg 8(1)-(2)",
        verification=Verification.SECONDARY,
        case_kinds=frozenset({CaseKind.REQUEST, CaseKind.REASSESSMENT}),
        limit=Limit((M.ADVICE_REQUESTED,), 6, Unit.WEEKS),
        stops=(M.ADVICE_RECEIVED,),
        ends=(
            M.ADVICE_NOT_NEEDED,
            M.REQUEST_WITHDRAWN,
            M.ASSESSMENT_WITHDRAWN,
            M.MOVED_AWAY,
            M.DECIDED_NOT_TO_ISSUE,
            M.FINAL_PLAN_ISSUED,
        ),
        grounds=ADVISER_GROUNDS,
        per=Per.ADVICE_REQUEST,
    ),
    ClockRule(
        code="A6",
        title="Tell the family if you will not issue a plan (16 weeks)",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 10(1)-(4); CFA 2014 s.36(9)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.REQUEST}),
        limit=Limit(
            (
                M.REQUEST_RECEIVED,
                M.RESPONSIBILITY_BEGAN,
            ),
            16,
            Unit.WEEKS,
        ),
        stops=(M.DECIDED_NOT_TO_ISSUE,),
        ends=(
            M.DECIDED_TO_ISSUE,
            M.FINAL_PLAN_ISSUED,
            M.DECIDED_NOT_TO_ASSESS,
            M.REQUEST_WITHDRAWN,
            M.ASSESSMENT_WITHDRAWN,
            M.MOVED_AWAY,
        ),
        grounds=AUTHORITY_GROUNDS,
    ),
    ClockRule(
        code="A7",
        title="Send the draft plan",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 13(1); council timetables put the draft at week 16",
        verification=Verification.SECONDARY,
        case_kinds=frozenset({CaseKind.REQUEST, CaseKind.REASSESSMENT}),
        stops=(M.DRAFT_PLAN_SERVED,),
    ),
    ClockRule(
        code="A8",
        title="Give the family at least 15 days with the draft plan",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 13(1)(a); CFA 2014 s.38",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.REQUEST, CaseKind.REASSESSMENT}),
        limit=Limit((M.DRAFT_PLAN_SERVED,), 15, Unit.DAYS, counts_anchor=True),
        sense=Sense.MINIMUM,
        stops=(M.FINAL_PLAN_ISSUED,),
        ends=(
            M.DECIDED_NOT_TO_ISSUE,
            M.REQUEST_WITHDRAWN,
            M.ASSESSMENT_WITHDRAWN,
            M.MOVED_AWAY,
        ),
        last_anchor=True,
    ),
    ClockRule(
        code="A9",
        title="Setting to answer the consultation (15 days, guidance)",
        duty_holder="School, college or other setting",
        source=(
            "CFA 2014 s.39(2), s.40(3) (duty to consult); SEND Code of Practice 2015 para 9.83 (15 days)"
        ),
        verification=Verification.SECONDARY,
        case_kinds=frozenset(
            {CaseKind.REQUEST, CaseKind.REASSESSMENT, CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER}
        ),
        limit=Limit((M.SETTING_CONSULTED,), 15, Unit.DAYS),
        stops=(M.SETTING_REPLIED,),
        per=Per.CONSULTATION,
    ),
    ClockRule(
        code="A10",
        title="Send the final plan (20 weeks)",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 13(2)-(3); notice contents reg 14",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.REQUEST}),
        limit=Limit(
            (
                M.REQUEST_RECEIVED,
                M.RESPONSIBILITY_BEGAN,
            ),
            20,
            Unit.WEEKS,
        ),
        stops=(M.FINAL_PLAN_ISSUED,),
        ends=(
            M.DECIDED_NOT_TO_ASSESS,
            M.DECIDED_NOT_TO_ISSUE,
            M.REQUEST_WITHDRAWN,
            M.ASSESSMENT_WITHDRAWN,
            M.MOVED_AWAY,
        ),
        grounds=AUTHORITY_GROUNDS,
    ),
    ClockRule(
        code="B1",
        title="Tell the family whether you will re-assess (15 days)",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 25(1), reg 24; CFA 2014 s.44(2)",
        verification=Verification.SECONDARY,
        case_kinds=frozenset({CaseKind.REASSESSMENT}),
        limit=Limit((M.REQUEST_RECEIVED,), 15, Unit.DAYS),
        stops=(
            M.DECIDED_TO_ASSESS,
            M.DECIDED_NOT_TO_ASSESS,
        ),
        ends=(
            M.REQUEST_WITHDRAWN,
            M.ASSESSMENT_WITHDRAWN,
            M.MOVED_AWAY,
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
    ),
    ClockRule(
        code="B2",
        title="Send the final amended or replacement plan (14 weeks from telling the family)",
        duty_holder="The authority",
        source="SEND Regs 2014 reg 27(1)-(3)",
        verification=Verification.PRIMARY,
        case_kinds=frozenset({CaseKind.REASSESSMENT}),
        limit=Limit((M.DECIDED_TO_ASSESS,), 14, Unit.WEEKS),
        stops=(
            M.FINAL_PLAN_ISSUED,
            M.AMENDED_PLAN_ISSUED,
        ),
        ends=(
            M.DECIDED_NOT_TO_AMEND,
            M.REQUEST_WITHDRAWN,
            M.ASSESSMENT_WITHDRAWN,
            M.MOVED_AWAY,
            M.PLAN_CEASED,
            M.PLAN_TRANSFERRED_OUT,
        ),
        grounds=AUTHORITY_GROUNDS,
    ),
)
