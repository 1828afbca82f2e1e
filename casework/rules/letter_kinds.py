"""What kinds of letter there are: to whom each goes, what it must say by law, and which day of the case it is.

Sources: SEND Regulations 2014 regs 5(3) and 10(3) (what a refusal must say), 13 and 14 (draft and final plan), 22
(amendment notice), 31 (ceasing), 32 (mediation information), 8 (advice), 20 (review notice); Children and Families Act
2014 ss. 32 (information and advice), 36(5), 51, 52 and 57 (disagreement resolution).
"""

from dataclasses import dataclass
from enum import StrEnum

from casework.rules.case_kinds import CaseKind
from casework.rules.milestones import Milestone as M


class LetterKind(StrEnum):
    """Values are stored in the database: never change one."""

    ASSESS = "assess"
    REFUSE_ASSESS = "refuse_assess"
    REFUSE_ISSUE = "refuse_issue"
    ADVICE_REQUEST = "advice_request"
    ADVICE_REMINDER = "advice_reminder"
    DRAFT_PLAN = "draft_plan"
    FINAL_PLAN = "final_plan"
    REVIEW_NOTICE = "review_notice"
    AMENDMENT_NOTICE = "amendment_notice"
    CEASE_CONSULT = "cease_consult"
    CEASE_DECIDED = "cease_decided"
    OTHER = "other"

    @property
    def facts(self) -> "LetterFacts":
        """What is special to this kind."""
        return FACTS[self]


class Goes(StrEnum):
    """To whom a letter goes."""

    DECIDER = "decider"
    """Whoever decides about the plan: the parent, the young person, or whoever stands in for them."""
    FAMILY = "family"
    """Anybody around the child who may be written to."""
    BODY = "body"
    """A setting, service or professional."""
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """`must_say` are the fields a template of this kind has to have. `told_by` is the milestone of the day it is sent.

    `records` says whether sending records that milestone; else the day is compared with what a decision has recorded.
    `dated` letters carry limits counted from their date, so they go on that day.
    """

    words: str
    goes: Goes
    cases: frozenset[CaseKind]
    must_say: tuple[str, ...] = ()
    told_by: M | None = None
    records: bool = False
    dated: bool = False


_APPEAL = (
    "appeal_deadline",
    "tribunal",
    "mediation_deadline",
    "mediation_adviser",
    "disagreement_resolution",
    "sendiass",
)
_ANY = frozenset(CaseKind)
_ASSESSING = frozenset({CaseKind.REQUEST, CaseKind.REASSESSMENT})
_REVIEWING = frozenset({CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER})
_REFUSAL = ("decision_reasons", *_APPEAL)

FACTS: dict[LetterKind, LetterFacts] = {
    LetterKind.ASSESS: LetterFacts(
        "Decision to assess", Goes.DECIDER, _ASSESSING, ("final_plan_due", "sendiass"), M.DECIDED_TO_ASSESS, dated=True
    ),
    LetterKind.REFUSE_ASSESS: LetterFacts(
        "Refusal to assess", Goes.DECIDER, _ASSESSING, _REFUSAL, M.DECIDED_NOT_TO_ASSESS, dated=True
    ),
    LetterKind.REFUSE_ISSUE: LetterFacts(
        "Refusal to issue a plan", Goes.DECIDER, _ASSESSING, _REFUSAL, M.DECIDED_NOT_TO_ISSUE, dated=True
    ),
    LetterKind.ADVICE_REQUEST: LetterFacts(
        "Request for advice", Goes.BODY, _ASSESSING, ("advice_wanted", "advice_due"), dated=True
    ),
    LetterKind.ADVICE_REMINDER: LetterFacts(
        "Reminder of advice", Goes.BODY, _ASSESSING, ("advice_asked_date", "advice_was_due")
    ),
    LetterKind.DRAFT_PLAN: LetterFacts(
        "Draft plan: cover letter", Goes.DECIDER, _ASSESSING, ("reply_by", "sendiass"), M.DRAFT_PLAN_SERVED, dated=True
    ),
    LetterKind.FINAL_PLAN: LetterFacts(
        "Final plan: cover letter", Goes.DECIDER, _ASSESSING | _REVIEWING, _APPEAL, M.FINAL_PLAN_ISSUED, dated=True
    ),
    LetterKind.REVIEW_NOTICE: LetterFacts(
        "Notice of a review meeting", Goes.FAMILY, _REVIEWING, ("review_date", "review_place"), M.REVIEW_NOTICE_GIVEN,
        records=True,
    ),
    LetterKind.AMENDMENT_NOTICE: LetterFacts(
        "Amendment notice", Goes.DECIDER, _REVIEWING, ("proposed_amendments", "reply_by", "sendiass"),
        M.AMENDMENT_NOTICE_SENT, dated=True,
    ),
    LetterKind.CEASE_CONSULT: LetterFacts(
        "Ceasing: we are thinking of it", Goes.DECIDER, frozenset({CaseKind.CEASING}) | _REVIEWING,
        ("cease_reasons", "sendiass"), M.CEASE_CONSULTED,
    ),
    LetterKind.CEASE_DECIDED: LetterFacts(
        "Ceasing: we have decided", Goes.DECIDER, frozenset({CaseKind.CEASING}) | _REVIEWING,
        ("cease_reasons", "cease_date", *_APPEAL), M.CEASE_DECIDED, dated=True,
    ),
    LetterKind.OTHER: LetterFacts("Other letter", Goes.ANYBODY, _ANY),
}  # fmt: skip


def letter_kind_choices() -> list[tuple[str, str]]:
    """Value and words of every kind, in the order of the process."""
    return [(kind.value, kind.facts.words) for kind in LetterKind]
