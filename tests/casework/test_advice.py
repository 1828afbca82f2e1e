"""Advice: a clock for each body, chases, reminders, existing advice and what cannot be recorded."""

import datetime
import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.models import (
    AdviceBody,
    AdviceEnd,
    AdviceRequest,
    Clock,
    ClockException,
    Ground,
    Milestone,
    MilestoneKind,
)
from casework.rules.advice import AdviceBody as Body
from casework.rules.advice import standard_bodies
from casework.services import advice, clocks, corrections, decisions, exceptions
from casework.services.advice import Ask
from casework.services.refusals import Refused, StaleEdit
from tests.casework.conftest import MONDAY
from tests.factories.advice import (
    AdviceRequestFactory,
)

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


# Whom to ask


@pytest.mark.parametrize(
    ("born", "on", "needs", "more"),
    [
        (D(2016, 5, 4), D(2025, 6, 2), set(), ()),
        (D(2016, 5, 4), D(2025, 6, 2), {"HI"}, (Body.SENSORY,)),
        (D(2016, 5, 4), D(2025, 6, 2), {"ASD", "MSI"}, (Body.SENSORY,)),
        (D(2011, 8, 31), D(2024, 8, 31), set(), ()),  # the last day of year 8
        (D(2011, 8, 31), D(2024, 9, 1), set(), (Body.ADULTHOOD,)),  # year 9 begins
        (D(2011, 9, 1), D(2024, 9, 1), set(), ()),  # a day younger: year 8
        (D(2005, 1, 1), D(2025, 1, 1), {"VI"}, (Body.SENSORY, Body.ADULTHOOD)),
        (D(2025, 6, 3), D(2025, 6, 2), set(), ()),
    ],
)
def test_the_bodies_the_law_names(born, on, needs, more):
    always = (Body.FAMILY, Body.EDUCATION, Body.HEALTH, Body.PSYCHOLOGY, Body.SOCIAL_CARE)
    assert standard_bodies(born, on, frozenset(needs)) == (*always, *more)


def test_the_values_of_the_database_are_those_of_the_rules():
    assert AdviceBody.choices == [(body.value, body.words) for body in Body]
    assert all(body.source.startswith("SEND Regs 2014 reg 6") and body.hint for body in Body)


# A clock for each


def test_each_body_has_a_clock_of_its_own(ask, receive, case):
    health, psychology = ask(HEALTH, PSYCHOLOGY)
    [family] = ask(FAMILY, asked_on=day(40))
    assert (health.asked_on, health.due_on, health.received_on) == (day(33), day(75), None)
    assert clock_of(health) == clock_of(psychology) == (day(33), day(75), None, "")
    assert clock_of(family) == (day(40), day(82), None, "")
    receive(psychology, received_on=day(75))
    assert clock_of(psychology) == (day(33), day(75), day(75), "done")
    assert clock_of(health) == (day(33), day(75), None, "")
    assert not list(clocks.differences())


def test_the_answer_of_one_body_may_come_before_another_was_asked(ask, receive):
    [health] = ask(HEALTH)
    receive(health, received_on=day(35))
    [psychology] = ask(PSYCHOLOGY, asked_on=day(50))
    assert psychology.received_on is None
    assert clock_of(psychology)[2] is None


days_of_bodies = st.lists(
    st.tuples(st.integers(33, 120), st.none() | st.integers(0, 90)), min_size=1, max_size=5
)


@given(drawn=days_of_bodies)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_clock_is_six_weeks_from_its_own_request(case, caseworker, drawn):
    with transaction.atomic():
        rows = []
        for number, (asked, _) in enumerate(drawn):
            rows += advice.ask(
                case=case, whom=[Ask(AdviceBody.OTHER, f"Person {number}")], asked_on=day(asked), by=caseworker,
                on=LATER + 365 * DAY,
            )  # fmt: skip
        for row, (asked, after) in zip(rows, drawn, strict=True):
            if after is not None:
                advice.receive(
                    case=case,
                    advice=[row],
                    received_on=day(asked + after),
                    by=caseworker,
                    on=LATER + 365 * DAY,
                )
        for row, (asked, after) in zip(rows, drawn, strict=True):
            row.refresh_from_db()
            answered = None if after is None else day(asked + after)
            assert (row.asked_on, row.due_on, row.received_on) == (day(asked), day(asked + 42), answered)
            assert clock_of(row) == (day(asked), day(asked + 42), answered, "" if after is None else "done")
        assert not list(clocks.differences())
        transaction.set_rollback(True)


def test_the_case_ending_ends_what_was_not_answered(ask, receive, case, caseworker):
    health, psychology = ask(HEALTH, PSYCHOLOGY)
    receive(health, received_on=day(60))
    decisions.refuse_to_issue(
        case=case, limb="not_necessary", grounds=["support_working"], reasons="The school meets the needs.",
        decided_on=day(100), told_on=day(101), by=caseworker, on=LATER,
    )  # fmt: skip
    assert clock_of(health)[2:] == (day(60), "done")
    assert clock_of(psychology)[2:] == (day(101), "ended")


def test_a_correction_moves_one_body_only(ask, receive, caseworker):
    health, psychology = ask(HEALTH, PSYCHOLOGY)
    receive(health, received_on=day(60))
    milestone = Milestone.objects.get(kind=MilestoneKind.ADVICE_REQUESTED, part=health.part)
    corrections.correct(
        milestone=milestone, happened_on=day(40), reason="Typed wrongly", by=caseworker, on=LATER
    )
    health.refresh_from_db()
    assert (health.asked_on, health.due_on, health.received_on) == (day(40), day(82), day(60))
    psychology.refresh_from_db()
    assert psychology.due_on == day(75)
    new = Milestone.objects.get(kind=MilestoneKind.ADVICE_REQUESTED, part=health.part, replaced=False)
    with pytest.raises(Refused, match="is before"):
        corrections.correct(milestone=new, happened_on=day(61), reason="Again", by=caseworker, on=LATER)
    with pytest.raises(Refused, match="rests on this"):
        corrections.withdraw(milestone=new, reason="Never sent", by=caseworker)


def test_a_request_that_never_happened_leaves_no_clock(ask, caseworker):
    [health] = ask(HEALTH)
    milestone = Milestone.objects.get(part=health.part)
    corrections.withdraw(milestone=milestone, reason="Wrong child", by=caseworker)
    health.refresh_from_db()
    assert (health.asked_on, health.due_on, health.chase_on) == (None, None, None)
    assert not Clock.objects.filter(part=health.part).exists()


def test_a_drift_is_found_and_mended(ask, case):
    [health] = ask(HEALTH)
    AdviceRequest.objects.filter(pk=health.pk).update(due_on=day(90))
    assert [(one.case_id, one.what) for one in clocks.differences()] == [(case.pk, "advice")]
    clocks.rebuild(case=case)
    assert not list(clocks.differences())


# What excuses


def test_an_exception_excuses_one_body_and_never_the_authority(ask, case, caseworker):
    health, psychology = ask(HEALTH, PSYCHOLOGY)
    exceptions.add(
        case=case, rule_code="A5", part=health.part, ground=Ground.MISSED_APPOINTMENT, starts_on=day(50), ends_on=None,
        evidence="Letter from the clinic: appointment of day 50 missed.", approved_on=day(60), by=caseworker, on=LATER,
    )  # fmt: skip
    status = dict(Clock.objects.with_status(LATER).filter(rule_code="A5").values_list("part", "status"))
    assert status == {health.part: "overdue_excused", psychology.part: "overdue"}
    assert Clock.objects.with_status(LATER).get(rule_code="A10").status == "overdue"
    health.refresh_from_db()
    assert health.due_on == day(75), "an exception moves no date"


@pytest.mark.parametrize("ground", [Ground.SCHOOL_CLOSED, Ground.EARLY_YEARS_CLOSED, Ground.NOT_STATED])
def test_other_grounds_do_not_excuse_a_body(ask, case, caseworker, ground):
    [health] = ask(HEALTH)
    with pytest.raises(Refused, match="excuse") as refused:
        exceptions.add(
            case=case, rule_code="A5", part=health.part, ground=ground, starts_on=day(50), ends_on=day(90),
            evidence="Summer", approved_on=day(60), by=caseworker, on=LATER, advice_asked_on=day(50),
        )  # fmt: skip
    assert refused.value.field == "ground"
    assert not ClockException.objects.exists()


def test_a_missed_appointment_never_excuses_the_authority(case, caseworker):
    with pytest.raises(Refused, match="The grounds that do are"):
        exceptions.add(
            case=case, rule_code="A10", ground=Ground.MISSED_APPOINTMENT, starts_on=day(50), ends_on=None,
            evidence="Letter", approved_on=day(60), by=caseworker, on=LATER,
        )  # fmt: skip


def test_an_exception_names_a_body_that_was_asked(case, caseworker):
    with pytest.raises(Refused, match="does not run in this case"):
        exceptions.add(
            case=case, rule_code="A5", ground=Ground.ABSENT, starts_on=day(50), ends_on=day(90), evidence="Abroad",
            approved_on=day(60), by=caseworker, on=LATER,
        )  # fmt: skip


# What cannot be recorded


@pytest.mark.parametrize(
    ("whom", "different", "words", "field"),
    [
        ((), {}, "Select at least one body to ask", "bodies"),
        ((Ask("witness"),), {}, "Select the body from the list", "bodies"),
        ((HEALTH,), {"asked_on": LATER + DAY}, "cannot be after today", "happened_on"),
        ((HEALTH,), {"asked_on": day(-1)}, "is before “Request received”", "happened_on"),
        ((HEALTH, HEALTH), {}, "Health is chosen twice", "bodies"),
    ],
)
def test_what_cannot_be_asked(ask, whom, different, words, field):
    with pytest.raises(Refused, match=words) as refused:
        ask(*whom, **different)
    assert refused.value.field == field
    assert not AdviceRequest.objects.exists()


def test_nobody_is_asked_before_the_decision_to_assess(log_request, caseworker):
    with pytest.raises(Refused, match="The decision to assess is not recorded yet"):
        advice.ask(case=log_request(), whom=[HEALTH], asked_on=day(5), by=caseworker, on=LATER)


def test_a_second_person_of_a_body_may_be_asked_and_the_same_again_after_an_answer(ask, receive):
    [first] = ask(HEALTH)
    ask(Ask(AdviceBody.HEALTH, "Dr Moss,  speech and language"))
    with pytest.raises(
        Refused, match=r"Dr Moss, speech and language.* has not answered\. Chase that request"
    ):
        ask(Ask(AdviceBody.HEALTH, "Dr Moss, speech and language"))
    receive(first)
    [again] = ask(HEALTH, asked_on=day(70))
    assert again.pk != first.pk


def test_two_people_asking_at_once(ask, case):
    ask(HEALTH, version=2)
    with pytest.raises(StaleEdit):
        ask(PSYCHOLOGY, version=2)


@pytest.mark.parametrize(
    ("received", "words"),
    [(day(32), "cannot have come on 4 July 2025"), (LATER + DAY, "cannot be after today")],
)
def test_advice_cannot_come_before_it_was_asked_for_or_in_the_future(ask, receive, received, words):
    [health] = ask(HEALTH)
    with pytest.raises(Refused, match=words):
        receive(health, received_on=received)
    health.refresh_from_db()
    assert health.received_on is None


def test_advice_is_received_once_and_only_where_it_was_asked_for(ask, receive, case, caseworker):
    with pytest.raises(Refused, match="Select at least one body"):
        receive()
    [health] = ask(HEALTH)
    receive(health)
    with pytest.raises(Refused, match="came on 1 August 2025"):
        receive(health)
    elsewhere = AdviceRequestFactory()
    with pytest.raises(Refused, match="belongs to another case"):
        receive(elsewhere)
    unasked = AdviceRequestFactory(case=case)
    with pytest.raises(Refused, match="has not been asked yet"):
        receive(unasked)


def test_withdrawing_needs_a_reason_and_ends_the_clock(ask, receive, caseworker):
    health, psychology = ask(HEALTH, PSYCHOLOGY)
    with pytest.raises(Refused, match="Enter why") as refused:
        advice.withdraw(advice=health, ended_on=day(50), why=" ", by=caseworker, on=LATER)
    assert refused.value.field == "why"
    health = advice.withdraw(advice=health, ended_on=day(50), why="Asked twice", by=caseworker, on=LATER)
    assert (health.ended_on, health.ended_because, health.chase_on) == (day(50), AdviceEnd.WITHDRAWN, None)
    assert clock_of(health)[2:] == (day(50), "ended")
    with pytest.raises(Refused, match="not needed since 22 July 2025"):
        advice.withdraw(advice=health, ended_on=day(51), why="Again", by=caseworker, on=LATER)
    with pytest.raises(Refused, match="not needed since"):
        receive(health)
    receive(psychology)
    with pytest.raises(Refused, match="This advice came on"):
        advice.withdraw(advice=psychology, ended_on=day(80), why="Late", by=caseworker, on=LATER)


def test_a_public_id_is_what_the_milestones_carry(ask):
    [health] = ask(HEALTH)
    assert uuid.UUID(health.part) == health.public_id
    assert Milestone.objects.get(part=health.part).note == "Health"
