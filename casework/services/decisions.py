"""The two decisions on a request: whether to assess, and whether to issue a plan.

`told_on`, the day the family was told, is what the regulations count; `decided_on` is kept beside it. Where a panel's
recommendation is recorded (`casework.services.panels`), the decision takes it over, and one that departs from it says why.
"""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.models import Answer, Case, CaseKind, Decision, MilestoneKind, Question, User
from casework.queries.last_assessed import BAR_MONTHS, last_assessed
from casework.rules.calendar import add_months
from casework.rules.clock_words import show_day
from casework.rules.legal_tests import WHETHER_TO_ASSESS, WHETHER_TO_ISSUE, WHETHER_TO_REASSESS, LegalTest
from casework.services import milestones, panels
from casework.services.decision_days import check_decided_and_told
from casework.services.refusals import Refused

M = MilestoneKind


def decide_to_assess(
    *,
    case: Case,
    decided_on: date,
    told_on: date,
    by: User,
    on: date,
    reasons: str = "",
    departed_because: str = "",
    version: int | None = None,
) -> Decision:
    """Carry out an assessment (reg 5), or a re-assessment (reg 25). Raises Refused and StaleEdit."""
    again = case.kind == CaseKind.REASSESSMENT
    return _decide(
        case,
        M.DECIDED_TO_ASSESS,
        Question.REASSESS if again else Question.ASSESS,
        Answer.REASSESS if again else Answer.ASSESS,
        decided_on,
        told_on,
        by,
        on,
        version,
        reasons,
        departed_because,
    )


def refuse_to_assess(
    *,
    case: Case,
    limb: str,
    grounds: Collection[str],
    reasons: str,
    decided_on: date,
    told_on: date,
    by: User,
    on: date,
    departed_because: str = "",
    version: int | None = None,
) -> Decision:
    """Refuse to assess: which part of the test is not met, coded grounds and reasons in words (s.36(5)).

    Of a re-assessment: which of the two reasons of regulation 24 applies.
    """
    again = case.kind == CaseKind.REASSESSMENT
    _check_refusal(WHETHER_TO_REASSESS if again else WHETHER_TO_ASSESS, limb, grounds, reasons)
    if again and limb == "recent":
        _check_recent(case, decided_on)
    return _decide(
        case,
        M.DECIDED_NOT_TO_ASSESS,
        Question.REASSESS if again else Question.ASSESS,
        Answer.REFUSE_REASSESS if again else Answer.REFUSE_ASSESS,
        decided_on,
        told_on,
        by,
        on,
        version,
        reasons,
        departed_because,
        limb,
        grounds,
    )


def decide_to_issue(
    *,
    case: Case,
    decided_on: date,
    told_on: date,
    by: User,
    on: date,
    reasons: str = "",
    departed_because: str = "",
    version: int | None = None,
) -> Decision:
    """Issue a plan. The 20 weeks go on until the final plan is sent. Raises Refused and StaleEdit."""
    return _decide(
        case, M.DECIDED_TO_ISSUE, Question.ISSUE, Answer.ISSUE, decided_on, told_on, by, on, version, reasons,
        departed_because,
    )  # fmt: skip


def refuse_to_issue(
    *,
    case: Case,
    limb: str,
    grounds: Collection[str],
    reasons: str,
    decided_on: date,
    told_on: date,
    by: User,
    on: date,
    departed_because: str = "",
    version: int | None = None,
) -> Decision:
    """Decide after the assessment that no plan is necessary, with reasons (reg 10)."""
    _check_refusal(WHETHER_TO_ISSUE, limb, grounds, reasons)
    return _decide(
        case, M.DECIDED_NOT_TO_ISSUE, Question.ISSUE, Answer.REFUSE_ISSUE, decided_on, told_on, by, on, version,
        reasons, departed_because, limb, grounds,
    )  # fmt: skip


@transaction.atomic
def _decide(
    case: Case,
    kind: MilestoneKind,
    question: Question,
    answer: Answer,
    decided_on: date,
    told_on: date,
    by: User,
    on: date,
    version: int | None,
    reasons: str,
    departed_because: str,
    limb: str = "",
    grounds: Collection[str] = (),
) -> Decision:
    _check_days(case, decided_on, told_on, on=on)
    outcome = panels.undecided_outcome(case, question)
    panels.check_departure(outcome, answer, departed_because)
    with acting_as(by):
        milestone = milestones.record(
            case=case, kind=kind, happened_on=told_on, by=by, on=on, version=version
        )
        decision = Decision.objects.create(
            milestone=milestone,
            question=question,
            answer=answer,
            decided_on=decided_on,
            decided_by=by,
            test_applied=limb,
            grounds=sorted(grounds),
            reasons=reasons.strip(),
        )
        panels.take_over(outcome, decision, departed_because)
        return decision


def _check_days(case: Case, decided_on: date, told_on: date, *, on: date) -> None:
    check_decided_and_told(decided_on, told_on, on=on)
    received = min(
        milestones.standing_of(case).get(M.REQUEST_RECEIVED, [])
        or milestones.standing_of(case).get(M.RESPONSIBILITY_BEGAN, []),
        default=None,
    )
    if received and decided_on < received:
        raise Refused(
            f"The decision on {show_day(decided_on)} is before the request was received on {show_day(received)}. "
            "Check both dates.",
            field="decided_on",
        )


def _check_recent(case: Case, decided_on: date) -> None:
    last = last_assessed(case.child, before=decided_on)
    if last is None or add_months(last, BAR_MONTHS) <= decided_on:
        known = f"ended on {show_day(last)}" if last else "is not recorded"
        raise Refused(
            f"The last assessment {known}, so this reason does not apply on {show_day(decided_on)}. Choose the other one, "
            "or re-assess.",
            field="limb",
        )


def _check_refusal(test: LegalTest, limb: str, grounds: Collection[str], reasons: str) -> None:
    if limb not in test.limbs:
        raise Refused("Select the part of the legal test that is not met.", field="limb")
    if not grounds or not set(grounds) <= set(test.grounds):
        raise Refused("Select at least one ground from the list.", field="grounds")
    if not reasons.strip():
        raise Refused("Enter the reasons in words: the family must be told why.", field="reasons")
