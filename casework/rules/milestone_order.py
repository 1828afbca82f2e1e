"""Which milestone must not come before which, with a message that says what to correct.

Same-day is always in order: authorities decide on the day a request arrives and send on the day they decide.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from casework.rules.case_kinds import CaseKind
from casework.rules.milestone_facts import milestone_words
from casework.rules.milestones import Milestone as M

_STARTS = (M.REQUEST_RECEIVED, M.RESPONSIBILITY_BEGAN)

ORDER: dict[M, tuple[M, ...]] = {
    M.BODIES_TOLD_CONSIDERING: _STARTS,
    M.DECIDED_TO_ASSESS: _STARTS,
    M.DECIDED_NOT_TO_ASSESS: _STARTS,
    M.REQUEST_WITHDRAWN: _STARTS,
    M.BODIES_TOLD_OF_DECISION: _STARTS,
    M.ADVICE_REQUESTED: _STARTS,
    M.ADVICE_RECEIVED: (*_STARTS, M.ADVICE_REQUESTED),
    M.ADVICE_NOT_NEEDED: (*_STARTS, M.ADVICE_REQUESTED),
    M.ASSESSMENT_WITHDRAWN: (*_STARTS, M.DECIDED_TO_ASSESS),
    M.DECIDED_TO_ISSUE: (*_STARTS, M.DECIDED_TO_ASSESS),
    M.DECIDED_NOT_TO_ISSUE: (*_STARTS, M.DECIDED_TO_ASSESS),
    M.DRAFT_PLAN_SERVED: (*_STARTS, M.DECIDED_TO_ASSESS),
    M.FINAL_PLAN_ISSUED: (*_STARTS, M.DECIDED_TO_ASSESS, M.DRAFT_PLAN_SERVED),
    M.SETTING_REPLIED: (M.SETTING_CONSULTED,),
    M.REPRESENTATIONS_RECEIVED: (M.DRAFT_PLAN_SERVED, M.AMENDMENT_NOTICE_SENT),
    M.PREVIOUS_REVIEW_COMPLETED: (M.PLAN_FIRST_MADE,),
    M.REVIEW_MEETING_HELD: (M.PLAN_FIRST_MADE, M.PREVIOUS_REVIEW_COMPLETED, M.REVIEW_NOTICE_GIVEN),
    M.REVIEW_REPORT_RECEIVED: (M.REVIEW_MEETING_HELD,),
    M.REVIEW_DECIDED: (M.REVIEW_MEETING_HELD,),
    M.DECIDED_TO_AMEND: (M.REVIEW_MEETING_HELD,),
    M.AMENDMENT_NOTICE_SENT: (M.REVIEW_MEETING_HELD,),
    M.AMENDMENT_NOTICE_SERVED: (M.AMENDMENT_NOTICE_SENT,),
    M.DRAFT_AMENDED_PLAN_ISSUED: (M.REVIEW_MEETING_HELD,),
    M.DECIDED_NOT_TO_AMEND: (M.REVIEW_MEETING_HELD, M.AMENDMENT_NOTICE_SENT),
    M.AMENDED_PLAN_ISSUED: (M.REVIEW_MEETING_HELD, M.AMENDMENT_NOTICE_SENT),
    M.PHASE_TRANSFER_PLAN_ISSUED: (M.REVIEW_MEETING_HELD, M.AMENDMENT_NOTICE_SENT),
    M.NEXT_SETTING_ALREADY_NAMED: (M.REVIEW_DECIDED,),
    M.PLAN_TRANSFERRED_IN: (M.PLAN_FIRST_MADE, M.PREVIOUS_REVIEW_COMPLETED),
    M.FAMILY_TOLD_OF_TRANSFER: (M.PLAN_TRANSFERRED_IN,),
    M.PLAN_TRANSFERRED_OUT: (M.MOVE_KNOWN, M.MOVED_AWAY),
    M.CEASE_DECIDED: (M.CEASE_CONSULTED, M.STOPPED_ATTENDING),
    M.DECIDED_NOT_TO_CEASE: (M.CEASE_CONSULTED, M.STOPPED_ATTENDING),
    M.PLAN_CEASED: (M.CEASE_DECIDED,),
    M.MEDIATION_ADVISER_CONTACTED: (M.APPEALABLE_DECISION_SENT,),
    M.MEDIATION_DECLINED: (M.APPEALABLE_DECISION_SENT, M.MEDIATION_ADVISER_CONTACTED),
    M.MEDIATION_CERTIFICATE_ISSUED: (M.APPEALABLE_DECISION_SENT, M.MEDIATION_ADVISER_CONTACTED),
    M.MEDIATION_REQUESTED: (M.APPEALABLE_DECISION_SENT,),
    M.HEALTH_TOLD_OF_MEDIATION: (M.HEALTH_MEDIATION_REQUESTED, M.HEALTH_ONLY_MEDIATION_REQUESTED),
    M.MEDIATION_HELD: (M.APPEALABLE_DECISION_SENT, M.MEDIATION_REQUESTED),
    M.AGREED_TO_ASSESS: (M.MEDIATION_HELD,),
    M.AGREED_TO_MAKE_PLAN: (M.MEDIATION_HELD,),
    M.AGREED_TO_AMEND: (M.MEDIATION_HELD,),
    M.AGREED_TO_CHANGE_SETTING: (M.MEDIATION_HELD,),
    M.AGREED_OTHER_ISSUE: (M.MEDIATION_HELD,),
    M.AGREEMENT_CARRIED_OUT: (M.MEDIATION_HELD, M.AGREED_OTHER_ISSUE),
    M.AUTHORITY_TOLD_OF_AGREEMENT: (M.AGREED_WITHOUT_AUTHORITY,),
    M.APPEAL_REGISTERED: (M.APPEALABLE_DECISION_SENT, M.CEASE_DECIDED),
    M.APPEAL_WITHDRAWN: (M.APPEAL_REGISTERED,),
    M.NOT_OPPOSED_ASSESSMENT: (M.APPEAL_REGISTERED,),
    M.NOT_OPPOSED_CONTENT: (M.APPEAL_REGISTERED,),
    M.TRIBUNAL_ORDERED: (M.APPEAL_REGISTERED,),
    M.ORDERED_TO_ASSESS: (M.APPEAL_REGISTERED,),
    M.ORDERED_TO_MAKE_PLAN: (M.APPEAL_REGISTERED,),
    M.ORDERED_TO_AMEND: (M.APPEAL_REGISTERED,),
    M.ORDERED_TO_CHANGE_SETTING: (M.APPEAL_REGISTERED,),
    M.CEASING_APPEAL_DISMISSED: (M.APPEAL_REGISTERED,),
    M.RECOMMENDATION_ANSWERED: (M.RECOMMENDATION_RECEIVED,),
    M.PERSONAL_BUDGET_DECIDED: (M.PERSONAL_BUDGET_REQUESTED,),
    M.DIRECT_PAYMENTS_REVIEWED: (M.DIRECT_PAYMENTS_STARTED,),
    M.SEN2_RETURN_SUBMITTED: (M.SEN2_CENSUS_DAY,),
}
"""Kind -> the kinds it must not precede. A predecessor that was never recorded does not matter here: leaving
out a step is a question of data quality, not of order."""


def order_problems(
    kind: M,
    day: date,
    recorded: Mapping[M, Sequence[date]],
    case_kind: CaseKind | None = None,
) -> list[str]:
    """What is wrong with recording `kind` on `day` beside the milestones already `recorded`, in words.

    Compares with the first day of each predecessor, and the first day of each successor with `day`. When a
    row is corrected, leave the row being replaced out of `recorded`. An empty list means: in order.
    """
    problems = [
        _message(kind, day, earlier, min(recorded[earlier]), case_kind)
        for earlier in ORDER.get(kind, ())
        if recorded.get(earlier) and day < min(recorded[earlier])
    ]
    first_day = min((day, *recorded.get(kind, ())))
    for later, predecessors in ORDER.items():
        days = recorded.get(later)
        if kind in predecessors and days and min(days) < first_day:
            problems.append(_message(later, min(days), kind, first_day, case_kind))
    return problems


def _message(later: M, later_day: date, earlier: M, earlier_day: date, case_kind: CaseKind | None) -> str:
    return (
        f"“{milestone_words(later, case_kind)}” ({_show(later_day)}) is before "
        f"“{milestone_words(earlier, case_kind)}” ({_show(earlier_day)}). Check both dates."
    )


def _show(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
