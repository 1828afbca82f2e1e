"""What the merge fields of one letter stand for, from the records and from what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from casework.models import Case, Child, Decision, LetterWords, MilestoneKind, Question, User
from casework.queries.recipients import Recipient
from casework.rules.calendar import add_weeks
from casework.rules.case_kinds import CaseKind
from casework.rules.clock_words import show_day
from casework.rules.clocks import RULES, due_on
from casework.rules.due_dates import NonWorkingDays
from casework.rules.legal_tests import WHETHER_TO_ASSESS, WHETHER_TO_ISSUE
from casework.rules.letter_fields import FIELDS, Source, of_source
from casework.rules.letter_kinds import LetterKind

_ADVICE_WEEKS = 6
_DAYS_TO_REPLY = 15
_TESTS = {Question.ASSESS: WHETHER_TO_ASSESS, Question.ISSUE: WHETHER_TO_ISSUE}


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a letter goes: somebody around the child on the day, or a setting or service typed in."""

    name: str
    salutation: str
    address: str
    relationship: str
    recipient: Recipient | None = None


@dataclass(slots=True)
class Values:
    """The words of each field; and the fields that the record, or the words of every letter, do not hold."""

    words: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    missing_standing: list[str] = field(default_factory=list)


def values_for(
    *,
    names: tuple[str, ...],
    child: Child,
    case: Case | None,
    kind: LetterKind,
    to: Addressee,
    dated: date,
    by: User,
    authority: str,
    asked: Mapping[str, str],
    calendar: NonWorkingDays,
) -> Values:
    """Words for every field in `names`. What cannot be filled in is listed and not left empty."""
    known = {
        "letter_date": show_day(dated),
        "reference": case.reference if case else f"Child {child.pk:07d}",
        "child_name": child.name,
        "child_first_name": child.preferred_name or child.forename,
        "child_birth_date": show_day(child.date_of_birth),
        "recipient_name": to.name,
        "recipient_salutation": to.salutation,
        "recipient_address": to.address,
        "officer_name": by.name,
        "officer_email": by.email,
        "authority_name": authority,
        "advice_due": show_day(add_weeks(dated, _ADVICE_WEEKS)),
        "reply_by": show_day(dated + timedelta(days=_DAYS_TO_REPLY - 1)),
        **_limits(dated, calendar),
        **_of_case(case),
        **_of_decision(decision_for(kind, case)),
    }
    standing = dict(LetterWords.objects.values_list("field", "words"))
    found = Values()
    for name in names:
        source = FIELDS[name].source
        words = (
            {Source.RECORD: known, Source.STANDING: standing, Source.ASKED: asked}[source]
            .get(name, "")
            .strip()
        )
        if words:
            found.words[name] = words
        else:
            (found.missing_standing if source is Source.STANDING else found.missing).append(
                FIELDS[name].words
            )
    return found


def decision_for(kind: LetterKind, case: Case | None) -> Decision | None:
    """The decision, as it stands, that a letter of this kind tells the family of; None where there is none."""
    if case is None or kind.facts.told_by is None:
        return None
    return (
        Decision.objects.filter(
            milestone__case=case,
            milestone__kind=kind.facts.told_by,
            milestone__replaced=False,
            milestone__withdrawn=False,
        )
        .select_related("milestone")
        .first()
    )


def asked_of(names: tuple[str, ...]) -> list[str]:
    """The fields whose words somebody has to type."""
    return of_source(names, Source.ASKED)


def _limits(dated: date, calendar: NonWorkingDays) -> dict[str, str]:
    """The days on which the rights end that count from this letter (rules H0 and G1)."""
    anchors = {MilestoneKind.APPEALABLE_DECISION_SENT: dated}
    days = {
        "appeal_deadline": due_on(RULES["H0"], anchors, calendar),
        "mediation_deadline": due_on(RULES["G1"], anchors, calendar),
    }
    return {name: show_day(day) for name, day in days.items() if day}


def _of_case(case: Case | None) -> dict[str, str]:
    if case is None or case.kind not in {CaseKind.REQUEST, CaseKind.REASSESSMENT}:
        return {}
    received = case.milestones.filter(
        kind__in=[MilestoneKind.REQUEST_RECEIVED, MilestoneKind.RESPONSIBILITY_BEGAN],
        replaced=False,
        withdrawn=False,
    ).first()
    clock = case.clocks.filter(rule_code__in=["A10", "B2"]).order_by("rule_code").first()
    return {
        "request_received_date": show_day(received.happened_on) if received else "",
        "final_plan_due": show_day(clock.due_on) if clock else "",
    }


def _of_decision(decision: Decision | None) -> dict[str, str]:
    if decision is None:
        return {}
    test = _TESTS.get(Question(decision.question))
    limb = test.limbs.get(decision.test_applied, "") if test else ""
    grounds = [test.grounds.get(code, "") for code in decision.grounds] if test else []
    return {
        "decision_date": show_day(decision.decided_on),
        "decision_reasons": decision.reasons,
        "decision_test": _lower(limb),
        "decision_evidence": "; ".join(_lower(ground) for ground in grounds if ground),
    }


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
