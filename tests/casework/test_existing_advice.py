"""Existing advice stands in for new advice only when adviser, authority and family all agree."""

import datetime

import pytest

from casework.models import (
    AdviceBody,
    AdviceEnd,
    Clock,
    ExistingAdvice,
    Milestone,
    MilestoneKind,
)
from casework.rules.advice import Agrees
from casework.services import corrections, existing_advice
from casework.services.advice import Ask
from casework.services.existing_advice import Agreement
from casework.services.refusals import Refused
from tests.casework.conftest import MONDAY

D = datetime.date
DAY, UTC = datetime.timedelta(days=1), datetime.UTC
LATER = MONDAY + 200 * DAY
ASKED, CAME = MONDAY + 33 * DAY, MONDAY + 60 * DAY
HEALTH, PSYCHOLOGY, FAMILY = Ask(AdviceBody.HEALTH), Ask(AdviceBody.PSYCHOLOGY), Ask(AdviceBody.FAMILY)


def day(number):
    return MONDAY + number * DAY


@pytest.fixture
def case(assessment):
    return assessment


def clock_of(row):
    clock = Clock.objects.get(case=row.case, rule_code="A5", part=str(row.public_id))
    return clock.started_on, clock.due_on, clock.stopped_on, clock.stop_kind


def agreement(number, name="Fern Dale"):
    return Agreement(day(number), name)


def propose(case, caseworker, whose, agreements, **different):
    return existing_advice.propose(
        **{
            "case": case,
            "whose": whose,
            "what": "Psychologist's report of 3 March 2025",
            "given_on": D(2025, 3, 3),
            "agreements": agreements,
            "by": caseworker,
            "on": LATER,
        }
        | different
    )


ALL = {Agrees.ADVISER: agreement(40), Agrees.AUTHORITY: agreement(41), Agrees.FAMILY: agreement(45)}


@pytest.mark.parametrize("missing", list(Agrees))
def test_two_agreements_are_not_enough_and_the_third_is(ask, case, caseworker, missing):
    [psychology] = ask(PSYCHOLOGY)
    two = {party: given for party, given in ALL.items() if party is not missing}
    existing = propose(case, caseworker, psychology, two)
    psychology.refresh_from_db()
    assert (existing.missing, existing.accepted_on) == ([missing], None)
    assert (psychology.ended_on, clock_of(psychology)[2]) == (None, None)
    existing = propose(case, caseworker, psychology, {missing: ALL[missing]})
    psychology.refresh_from_db()
    assert existing.accepted_on == day(45)
    assert (psychology.ended_on, psychology.ended_because) == (day(45), AdviceEnd.EXISTING)
    assert clock_of(psychology)[2:] == (day(45), "ended")


def test_existing_advice_of_a_body_nobody_asked(case, caseworker):
    existing = propose(case, caseworker, PSYCHOLOGY, ALL)
    assert existing.accepted_on == day(45)
    assert (existing.advice.asked_on, existing.advice.ended_because) == (None, AdviceEnd.EXISTING)
    assert not Clock.objects.filter(rule_code="A5").exists()
    assert Milestone.objects.get(kind=MilestoneKind.ADVICE_NOT_NEEDED).note.endswith(
        "All three agree (reg 6(4))."
    )


def test_a_proposal_not_agreed_may_still_be_asked(ask, case, caseworker):
    existing = propose(case, caseworker, PSYCHOLOGY, {Agrees.AUTHORITY: agreement(40)})
    [asked] = ask(PSYCHOLOGY)
    assert asked.pk == existing.pk
    assert asked.due_on == day(75)


def test_taking_the_acceptance_back_starts_the_clock_again(ask, case, caseworker):
    [psychology] = ask(PSYCHOLOGY)
    propose(case, caseworker, psychology, ALL)
    milestone = Milestone.objects.get(kind=MilestoneKind.ADVICE_NOT_NEEDED)
    corrections.withdraw(milestone=milestone, reason="The mother did not agree", by=caseworker)
    psychology.refresh_from_db()
    assert (psychology.ended_on, psychology.existing.accepted_on) == (None, None)
    assert clock_of(psychology)[2] is None


@pytest.mark.parametrize(
    ("different", "field", "words"),
    [
        ({"what": " "}, "what", "Enter which advice this is"),
        ({"given_on": LATER + DAY}, "given_on", "cannot have been given after today"),
        ({"agreements": {Agrees.FAMILY: Agreement(day(40), " ")}}, "family_agreed_by", "Enter who agreed"),
        (
            {"agreements": {Agrees.ADVISER: Agreement(LATER + DAY, "Fern")}},
            "adviser_agreed_on",
            "after today",
        ),
        (
            {"agreements": {Agrees.ADVISER: Agreement(D(2025, 3, 2), "Fern")}},
            "adviser_agreed_on",
            "before the advice",
        ),
    ],
)
def test_what_existing_advice_cannot_be(case, caseworker, different, field, words):
    with pytest.raises(Refused, match=words) as refused:
        propose(case, caseworker, PSYCHOLOGY, ALL, **different) if "agreements" not in different else propose(
            case, caseworker, PSYCHOLOGY, **different
        )
    assert refused.value.field == field
    assert not ExistingAdvice.objects.exists()


def test_new_advice_needs_no_stand_in(ask, receive, case, caseworker):
    [psychology] = ask(PSYCHOLOGY)
    receive(psychology)
    with pytest.raises(Refused, match="nothing needs to stand in"):
        propose(case, caseworker, psychology, ALL)
