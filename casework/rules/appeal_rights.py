"""Which decisions may be appealed to the Tribunal, until when, and why that day (CFA 2014 s.51(2))."""

from collections.abc import Set as AbstractSet
from datetime import date
from enum import StrEnum

from casework.rules.case_kinds import CaseKind
from casework.rules.clocks import RULES, due_on, explain
from casework.rules.milestones import Milestone as M

RULE = RULES["H0"]
ADVISER_RULE = RULES["G1"]


class Appealable(StrEnum):
    """The decisions of section 51(2). Values are stored: never change one."""

    REFUSE_ASSESS = "refuse_assess"
    REFUSE_ISSUE = "refuse_issue"
    CONTENTS = "contents"
    REFUSE_REASSESS = "refuse_reassess"
    NOT_AMENDED = "not_amended"
    CEASE = "cease"

    @property
    def words(self) -> str:
        """What was decided, as a caseworker reads it."""
        return _WORDS[self]

    @property
    def short(self) -> str:
        """The same in two or three words, for lists."""
        return _SHORT[self]

    @property
    def source(self) -> str:
        """The paragraph of the Act."""
        return f"CFA 2014 s.51(2)({_PARAGRAPHS[self]})"


_WORDS: dict[Appealable, str] = {
    Appealable.REFUSE_ASSESS: "Refusal to assess",
    Appealable.REFUSE_ISSUE: "Refusal to issue a plan",
    Appealable.CONTENTS: "Contents of the plan (sections B, F and I)",
    Appealable.REFUSE_REASSESS: "Refusal to re-assess",
    Appealable.NOT_AMENDED: "Decision not to amend the plan",
    Appealable.CEASE: "Decision to cease the plan",
}

_SHORT: dict[Appealable, str] = {
    Appealable.REFUSE_ASSESS: "refusal to assess",
    Appealable.REFUSE_ISSUE: "no plan",
    Appealable.CONTENTS: "contents",
    Appealable.REFUSE_REASSESS: "refusal to re-assess",
    Appealable.NOT_AMENDED: "not amended",
    Appealable.CEASE: "ceasing",
}

_PARAGRAPHS: dict[Appealable, str] = {
    Appealable.REFUSE_ASSESS: "a",
    Appealable.REFUSE_ISSUE: "b",
    Appealable.CONTENTS: "c",
    Appealable.REFUSE_REASSESS: "d",
    Appealable.NOT_AMENDED: "e",
    Appealable.CEASE: "f",
}

ABOUT_A_PLAN: frozenset[Appealable] = frozenset({Appealable.CONTENTS, Appealable.NOT_AMENDED})
"""Appeals that name the sections disputed."""

WITH_RECOMMENDATIONS: frozenset[Appealable] = frozenset(set(Appealable) - {Appealable.REFUSE_ASSESS})
"""Appeals in which the Tribunal may also recommend health and social care provision (SI 2017/1306)."""

DECISIONS: tuple[M, ...] = (
    M.DECIDED_NOT_TO_ASSESS,
    M.DECIDED_NOT_TO_ISSUE,
    M.FINAL_PLAN_ISSUED,
    M.AMENDED_PLAN_ISSUED,
    M.PHASE_TRANSFER_PLAN_ISSUED,
    M.REVIEW_DECIDED,
    M.DECIDED_NOT_TO_AMEND,
    M.CEASE_DECIDED,
)
"""The milestones that may carry a right of appeal; a review decided does so only where the plan is not amended."""

_BY_KIND: dict[M, Appealable] = {
    M.DECIDED_NOT_TO_ASSESS: Appealable.REFUSE_ASSESS,
    M.DECIDED_NOT_TO_ISSUE: Appealable.REFUSE_ISSUE,
    M.FINAL_PLAN_ISSUED: Appealable.CONTENTS,
    M.AMENDED_PLAN_ISSUED: Appealable.CONTENTS,
    M.PHASE_TRANSFER_PLAN_ISSUED: Appealable.CONTENTS,
    M.DECIDED_NOT_TO_AMEND: Appealable.NOT_AMENDED,
    M.CEASE_DECIDED: Appealable.CEASE,
}
_AFTER_A_REVIEW: dict[str, Appealable] = {"maintain": Appealable.NOT_AMENDED, "cease": Appealable.CEASE}


def appealable(kind: M, case_kind: CaseKind, answer: str = "") -> Appealable | None:
    """Which decision of section 51(2) this milestone tells the family of; None where there is no right of appeal.

    `answer` is that of the decision after a review ("maintain", "amend", "cease"): to amend carries no right until the
    amended plan is sent. A re-assessment that is refused is (d), not (a).
    """
    if kind is M.REVIEW_DECIDED:
        return _AFTER_A_REVIEW.get(answer)
    if kind is M.DECIDED_NOT_TO_ASSESS and case_kind is CaseKind.REASSESSMENT:
        return Appealable.REFUSE_REASSESS
    return _BY_KIND.get(kind)


def last_day_to_appeal(sent_on: date, certificate_on: date | None, calendar: AbstractSet[date]) -> date:
    """Two months from the letter or one month from the mediation certificate, the later, moved out of the holidays."""
    last = due_on(RULE, _anchors(sent_on, certificate_on), calendar)
    assert last is not None  # noqa: S101 - the letter alone starts the limit
    return last


def why_that_day(sent_on: date, certificate_on: date | None, calendar: AbstractSet[date]) -> str:
    """The arithmetic of the last day in words."""
    return explain(RULE, _anchors(sent_on, certificate_on), calendar)


def needs_certificate(against: Appealable, sections: str) -> bool:
    """Whether a mediation certificate is needed: not where only the setting or type in section I is disputed (s.55)."""
    return not (against in ABOUT_A_PLAN and sections == "I")


def _anchors(sent_on: date, certificate_on: date | None) -> dict[M, date]:
    days = {M.APPEALABLE_DECISION_SENT: sent_on}
    return days | {M.MEDIATION_CERTIFICATE_ISSUED: certificate_on} if certificate_on else days
