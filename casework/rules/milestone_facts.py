"""What each milestone is called, which cases it belongs to, how often it may be recorded.

The words say whose day is meant, because the law counts from the day something was *received*, *served* or
*told*, and these differ (statutory process, section 11, rule 1).
"""

from dataclasses import dataclass

from casework.rules.case_kinds import CaseKind
from casework.rules.milestones import Milestone as M

_REQ = CaseKind.REQUEST
_REA = CaseKind.REASSESSMENT
_REV = CaseKind.ANNUAL_REVIEW
_PHA = CaseKind.PHASE_TRANSFER
_IN = CaseKind.TRANSFER_IN
_OUT = CaseKind.TRANSFER_OUT
_CEA = CaseKind.CEASING
_MED = CaseKind.MEDIATION
_APP = CaseKind.APPEAL
# A personal budget may be asked for while a plan is drafted, reviewed or re-assessed (SI 2014/1652 reg 4).
_PLANNING = (_REQ, _REA, _REV, _PHA)


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """One kind of dated fact, described.

    `words` is a label of the day, `repeatable` allows more than one row in a case, `may_be_future` allows a
    day after the day of recording (planned meetings, days fixed by law). No case kinds: not part of a case.
    """

    words: str
    case_kinds: frozenset[CaseKind]
    repeatable: bool = False
    may_be_future: bool = False


def _in(*kinds: CaseKind) -> frozenset[CaseKind]:
    return frozenset(kinds)


def _once(words: str, *kinds: CaseKind) -> MilestoneFacts:
    return MilestoneFacts(words, _in(*kinds))


def _often(words: str, *kinds: CaseKind) -> MilestoneFacts:
    return MilestoneFacts(words, _in(*kinds), repeatable=True)


def _ahead(words: str, *kinds: CaseKind) -> MilestoneFacts:
    return MilestoneFacts(words, _in(*kinds), may_be_future=True)


FACTS: dict[M, MilestoneFacts] = {
    M.REQUEST_RECEIVED: _once("Request received", _REQ, _REA),
    M.RESPONSIBILITY_BEGAN: _once("Authority became responsible", _REQ),
    M.BODIES_TOLD_CONSIDERING: _often(
        "Health, social care and setting told assessment is considered", _REQ, _REA
    ),
    M.DECIDED_TO_ASSESS: _once("Family told of the decision to assess", _REQ, _REA, _MED, _APP),
    M.DECIDED_NOT_TO_ASSESS: _once("Family told of the decision not to assess", _REQ, _REA),
    M.BODIES_TOLD_OF_DECISION: _often("Health, social care and setting told of the decision", _REQ, _REA),
    M.REQUEST_WITHDRAWN: _once("Request withdrawn", _REQ, _REA),
    M.MOVED_AWAY: _ahead("Child or young person moved to another authority's area", _REQ, _REA, _OUT),
    M.ADVICE_REQUESTED: _often("Request for advice received by the adviser", _REQ, _REA),
    M.ADVICE_RECEIVED: _often("Advice received", _REQ, _REA),
    M.ADVICE_NOT_NEEDED: _often("Advice not needed: withdrawn, or existing advice used", _REQ, _REA),
    M.ASSESSMENT_WITHDRAWN: _once("Assessment withdrawn or stopped", _REQ, _REA),
    M.DECIDED_TO_ISSUE: _once("Decision to issue a plan", _REQ, _REA, _MED, _APP),
    M.DECIDED_NOT_TO_ISSUE: _once("Family told of the decision not to issue a plan", _REQ, _MED, _APP),
    M.DRAFT_PLAN_SERVED: _often("Draft plan served on the family", _REQ, _REA, _MED, _APP),
    M.REPRESENTATIONS_RECEIVED: _often("Family's views on the draft received", _REQ, _REA, _REV, _PHA),
    M.SETTING_CONSULTED: _often("Consultation received by the setting", _REQ, _REA, _REV, _PHA),
    M.SETTING_REPLIED: _often("Setting replied to the consultation", _REQ, _REA, _REV, _PHA),
    M.FINAL_PLAN_ISSUED: _once("Final plan sent to the family", _REQ, _REA, _MED, _APP),
    M.PLAN_FIRST_MADE: _once("Plan first made", _REV, _IN),
    M.PREVIOUS_REVIEW_COMPLETED: _once("Previous review completed", _REV, _IN),
    M.REVIEW_MEETING_PLANNED: _ahead("Review meeting planned for", _REV, _PHA),
    M.REVIEW_NOTICE_GIVEN: _once("Notice of the review meeting given", _REV, _PHA),
    M.REVIEW_ADVICE_CIRCULATED: _once("Advice for the review meeting circulated", _REV, _PHA),
    M.REVIEW_MEETING_HELD: _once("Review meeting held", _REV, _PHA),
    M.REVIEW_REPORT_RECEIVED: _once("Review report received by the authority", _REV, _PHA),
    M.REVIEW_DECIDED: _once("Family told of the review decision", _REV, _PHA, _IN, _CEA),
    M.DECIDED_TO_AMEND: _once("Decision to amend the plan", _REV, _PHA, _REA),
    M.DECIDED_NOT_TO_AMEND: _once("Family told of the decision not to amend", _REV, _PHA, _REA),
    M.AMENDMENT_NOTICE_SENT: _often("Amendment notice sent", _REV, _PHA, _REA, _MED, _APP),
    M.AMENDMENT_NOTICE_SERVED: _often("Amendment notice served on the family", _REV, _PHA, _REA, _MED, _APP),
    M.DRAFT_AMENDED_PLAN_ISSUED: _often("Draft amended plan sent", _REV, _PHA, _REA),
    M.AMENDED_PLAN_ISSUED: _once("Final amended plan sent to the family", _REV, _PHA, _REA, _MED, _APP),
    M.TRANSFER_TO_POST_16: _ahead("Transfer from secondary school to post-16", _PHA),
    M.TRANSFER_TO_NEXT_PHASE: _ahead("Transfer to the next phase of school", _PHA),
    M.POST_16_MOVE_PLANNED: _ahead("Move between post-16 institutions planned for", _PHA),
    M.PHASE_TRANSFER_PLAN_DUE: _ahead("Amended plan due before (15 February or 31 March)", _PHA),
    M.PHASE_TRANSFER_PLAN_ISSUED: _once("Amended plan naming the next setting sent", _PHA),
    M.NEXT_SETTING_ALREADY_NAMED: _once("Plan found to name the next setting already", _PHA),
    M.MOVE_KNOWN: _once("Old authority became aware of the move", _OUT),
    M.PLAN_TRANSFERRED_IN: _once("Plan transferred to this authority", _IN, _REV),
    M.FAMILY_TOLD_OF_TRANSFER: _once("Family told the plan has transferred", _IN),
    M.PLAN_TRANSFERRED_OUT: _once("Plan transferred to the new authority", _OUT, _REV, _PHA, _CEA, _REA, _IN),
    M.CEASE_CONSULTED: _once("Family and setting consulted about ceasing", _CEA),
    M.CEASE_DECIDED: _once("Family told of the decision to cease", _CEA),
    M.DECIDED_NOT_TO_CEASE: _once("Family told that the plan goes on", _CEA),
    M.STOPPED_ATTENDING: _once("Young person stopped attending", _CEA),
    M.TURNS_25: _ahead("Young person's 25th birthday"),
    M.PLAN_CEASED: _once("Plan ceased", _CEA, _REV, _PHA, _REA, _IN, _OUT, _APP),
    M.APPEALABLE_DECISION_SENT: _once("Decision letter with appeal right sent", _MED, _APP),
    M.MEDIATION_ADVISER_CONTACTED: _once("Family contacted the mediation adviser", _MED),
    M.MEDIATION_DECLINED: _once("Family told the adviser it does not want mediation", _MED),
    M.MEDIATION_CERTIFICATE_ISSUED: _once("Mediation certificate issued", _MED, _APP, _CEA),
    M.MEDIATION_REQUESTED: _once("Authority told the family wants mediation", _MED),
    M.HEALTH_MEDIATION_REQUESTED: _once("Authority told mediation includes health provision", _MED),
    M.HEALTH_ONLY_MEDIATION_REQUESTED: _once("Authority told mediation is about health only", _MED),
    M.HEALTH_TOLD_OF_MEDIATION: _once("Health commissioner told of the issues", _MED),
    M.MEDIATION_HELD: _often("Mediation held", _MED),
    M.AGREED_TO_ASSESS: _once("Mediation agreement: to assess", _MED),
    M.AGREED_TO_MAKE_PLAN: _once("Mediation agreement: to make a plan", _MED),
    M.AGREED_TO_AMEND: _once("Mediation agreement: to amend the plan", _MED),
    M.AGREED_TO_CHANGE_SETTING: _once("Mediation agreement: to change the setting named", _MED),
    M.AGREED_OTHER_ISSUE: _once("Mediation agreement on an issue without appeal right", _MED),
    M.AGREED_WITHOUT_AUTHORITY: _once("Mediation agreement reached without the authority", _MED),
    M.OTHER_TIMESCALE_AGREED: _once("Other timescale agreed in writing", _MED),
    M.AGREEMENT_CARRIED_OUT: _once("Mediation agreement carried out", _MED),
    M.AUTHORITY_TOLD_OF_AGREEMENT: _once("Authority told of the agreement", _MED),
    M.APPEAL_REGISTERED: _once("Appeal registered by the Tribunal", _APP, _CEA, _MED),
    M.APPEAL_WITHDRAWN: _once("Appeal withdrawn", _APP),
    M.NOT_OPPOSED_ASSESSMENT: _once("Tribunal told: appeal about assessing not opposed", _APP),
    M.NOT_OPPOSED_CONTENT: _once("Tribunal told: appeal about content not opposed", _APP),
    M.TRIBUNAL_ORDERED: _often("Tribunal order", _APP),
    M.ORDERED_TO_ASSESS: _once("Order: assess or re-assess", _APP),
    M.ORDERED_TO_MAKE_PLAN: _once("Order: make a plan", _APP),
    M.ORDERED_TO_AMEND: _once("Order: amend the content of the plan", _APP),
    M.ORDERED_TO_CHANGE_SETTING: _once("Order: change only the setting or type named", _APP),
    M.CEASING_APPEAL_DISMISSED: _once("Order: appeal against ceasing dismissed", _APP),
    M.RECOMMENDATION_RECEIVED: _once("Health or social care recommendation received", _APP),
    M.RECOMMENDATION_ANSWERED: _once("Recommendation answered in writing", _APP),
    M.PERSONAL_BUDGET_REQUESTED: _often("Personal budget requested", *_PLANNING),
    M.PERSONAL_BUDGET_DECIDED: _often("Personal budget decided", *_PLANNING),
    M.DIRECT_PAYMENTS_STARTED: _once("First direct payment", *_PLANNING),
    M.DIRECT_PAYMENTS_REVIEWED: _often("Direct payments reviewed", *_PLANNING),
    M.SEN2_CENSUS_DAY: _ahead("SEN2 census day"),
    M.SEN2_RETURN_SUBMITTED: _often("SEN2 return submitted"),
}

_REASSESSMENT_WORDS: dict[M, str] = {
    M.REQUEST_RECEIVED: "Request to re-assess received",
    M.DECIDED_TO_ASSESS: "Family told of the decision to re-assess",
    M.DECIDED_NOT_TO_ASSESS: "Family told of the decision not to re-assess",
    M.DECIDED_TO_ISSUE: "Decision to replace the plan",
    M.FINAL_PLAN_ISSUED: "Replacement plan sent to the family",
}


def milestone_words(kind: M, case_kind: CaseKind | None = None) -> str:
    """The label of a milestone; re-assessments have words of their own for five of them."""
    if case_kind is CaseKind.REASSESSMENT and kind in _REASSESSMENT_WORDS:
        return _REASSESSMENT_WORDS[kind]
    return FACTS[kind].words


def milestones_of(case_kind: CaseKind) -> list[M]:
    """The kinds that can be recorded on a case of this kind, in the order of the process."""
    return [kind for kind in M if case_kind in FACTS[kind].case_kinds]


def milestone_choices(case_kind: CaseKind | None = None) -> list[tuple[str, str]]:
    """Value and words: of one kind of case, or of every milestone that belongs to a case."""
    kinds = milestones_of(case_kind) if case_kind else list(M)
    return [(kind.value, milestone_words(kind, case_kind)) for kind in kinds]


def is_repeatable(kind: M) -> bool:
    """Whether a case may hold more than one row of this kind at a time."""
    return FACTS[kind].repeatable


def may_be_future(kind: M) -> bool:
    """Whether the day may lie after the day of recording."""
    return FACTS[kind].may_be_future


ONCE_ONLY: frozenset[M] = frozenset(kind for kind in M if not FACTS[kind].repeatable)
"""Kinds of which a case holds at most one row that is not replaced (for the database constraint)."""
