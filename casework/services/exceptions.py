"""Record that an exception excuses a limit. It never moves the date: the duty remains, as soon as practicable."""

from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.models import AssessmentRequest, Case, ClockException, Ground, User
from casework.rules.clock_words import show_day
from casework.rules.clocks import RULES
from casework.rules.exceptions import absence_problems, closure_problems
from casework.services.refusals import Refused
from casework.services.versions import claim

TWENTY_WEEKS = "A10"


@transaction.atomic
def add(
    *,
    case: Case,
    rule_code: str,
    ground: Ground,
    starts_on: date,
    ends_on: date | None,
    evidence: str,
    approved_on: date,
    by: User,
    on: date,
    family_told_on: date | None = None,
    advice_asked_on: date | None = None,
    part: str = "",
    version: int | None = None,
) -> ClockException:
    """Excuse one limit of a case on one of the lawful grounds. `by` approves it.

    For a closure `starts_on` is the day the setting closed, `ends_on` the day it re-opened and `advice_asked_on`
    the day it was asked for advice. `part` names the one body that is excused, for limits that run once for each; nobody
    else is. Raises Refused (no such limit, ground not met, no evidence) and StaleEdit.
    """
    _check_rule(case, rule_code, ground, part)
    _check_days(case, starts_on, ends_on, approved_on, family_told_on, on=on)
    problems = _problems(ground, starts_on, ends_on, advice_asked_on)
    if problems:
        raise Refused(" ".join(problems), field="starts_on")
    if not evidence.strip():
        raise Refused(
            "Enter the evidence: what made the limit impractical, and how you know.", field="evidence"
        )
    with acting_as(by):
        case = claim(case, version=version)
        exception = ClockException.objects.create(
            case=case,
            rule_code=rule_code,
            part=part,
            ground=ground,
            starts_on=starts_on,
            ends_on=ends_on,
            evidence=evidence.strip(),
            approved_by=by,
            approved_on=approved_on,
            family_told_on=family_told_on,
        )
        if rule_code == TWENTY_WEEKS:
            AssessmentRequest.objects.filter(case=case, excepted=False).update(excepted=True)
        return exception


def _check_rule(case: Case, rule_code: str, ground: Ground, part: str) -> None:
    rule = RULES.get(rule_code)
    clock = case.clocks.filter(rule_code=rule_code, part=part).first()
    if rule is None or clock is None:
        raise Refused("This limit does not run in this case. Choose one that does.", field="rule_code")
    if not rule.grounds or ground == Ground.NOT_STATED:
        raise Refused(
            f"Nothing excuses “{rule.title}”: the law gives no exception for it ({rule.source}).",
            field="ground",
        )
    if ground.value not in {one.value for one in rule.grounds}:
        lawful = "; ".join(Ground(one).label for one in rule.grounds)
        raise Refused(
            f"This ground does not excuse “{rule.title}” ({rule.source}). The grounds that do are: {lawful}.",
            field="ground",
        )


def _check_days(
    case: Case,
    starts_on: date,
    ends_on: date | None,
    approved_on: date,
    family_told_on: date | None,
    *,
    on: date,
) -> None:
    if starts_on > on:
        raise Refused(f"The circumstances cannot begin after today, {show_day(on)}.", field="starts_on")
    if ends_on and ends_on < starts_on:
        raise Refused("The circumstances end before they begin. Check both dates.", field="ends_on")
    if approved_on > on:
        raise Refused(f"The exception cannot be approved after today, {show_day(on)}.", field="approved_on")
    if family_told_on and family_told_on > on:
        raise Refused(
            f"The family cannot have been told after today, {show_day(on)}.", field="family_told_on"
        )
    if case.opened_on and ends_on and ends_on < case.opened_on:
        raise Refused(
            f"The circumstances ended on {show_day(ends_on)}, before the request on {show_day(case.opened_on)}. "
            "Only what happened while the limit ran can excuse it.",
            field="ends_on",
        )


def _problems(
    ground: Ground, starts_on: date, ends_on: date | None, advice_asked_on: date | None
) -> list[str]:
    if ground in {Ground.SCHOOL_CLOSED, Ground.EARLY_YEARS_CLOSED}:
        if ends_on is None:
            return ["Enter the day the setting re-opened."]
        if advice_asked_on is None:
            return ["Enter the day the setting was asked for advice."]
        return closure_problems(advice_asked_on, starts_on, ends_on)
    if ground == Ground.ABSENT:
        return absence_problems(starts_on, ends_on) if ends_on else []
    return []
