"""Advice: a clock for each body, chases, reminders, existing advice and what cannot be recorded."""

import datetime
import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.models import (
    AdviceBody,
    AdviceChase,
    AdviceEnd,
    AdviceReminder,
    AdviceRequest,
    ChaseMeans,
    Clock,
    ClockException,
    ExistingAdvice,
    Ground,
    Milestone,
    MilestoneKind,
)
from casework.rules.advice import AdviceBody as Body
from casework.rules.advice import Agrees, next_chase, standard_bodies
from casework.services import advice, clocks, corrections, decisions, exceptions, existing_advice
from casework.services.advice import Ask
from casework.services.existing_advice import Agreement
from casework.services.refusals import Refused, StaleEdit
from tests.casework.conftest import MONDAY
from tests.factories.advice import (
    AdviceChaseFactory,
    AdviceRequestFactory,
)
from tests.factories.cases import CaseAssignmentFactory

D = datetime.date
DAY, UTC = datetime.timedelta(days=1), datetime.UTC
LATER = MONDAY + 200 * DAY
ASKED, CAME = MONDAY + 33 * DAY, MONDAY + 60 * DAY
HEALTH, PSYCHOLOGY, FAMILY = Ask(AdviceBody.HEALTH), Ask(AdviceBody.PSYCHOLOGY), Ask(AdviceBody.FAMILY)


def day(number):
    return MONDAY + number * DAY


@pytest.fixture
def case(log_request, caseworker):
    """An assessment under way, the decision told on day 32."""
    found = log_request()
    decisions.decide_to_assess(case=found, decided_on=day(30), told_on=day(32), by=caseworker, on=LATER)
    return found


@pytest.fixture
def ask(case, caseworker):
    def ask_them(*whom, asked_on=ASKED, on=LATER, **different):
        return advice.ask(case=case, whom=whom, asked_on=asked_on, by=caseworker, on=on, **different)

    return ask_them


@pytest.fixture
def receive(case, caseworker):
    def receive_from(*rows, received_on=CAME, on=LATER):
        return advice.receive(case=case, advice=rows, received_on=received_on, by=caseworker, on=on)

    return receive_from


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


# Existing advice


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


# Chasing


def test_a_chase_is_logged_for_many_and_moves_no_date(ask, caseworker):
    health, psychology = ask(HEALTH, PSYCHOLOGY)
    assert health.chase_on == day(68)
    advice.chase(
        advice=[health, psychology], chased_on=day(70), means=ChaseMeans.EMAIL, to_whom="Designated officer",
        note="Promised for Friday", next_on=day(74), by=caseworker, on=day(70),
    )  # fmt: skip
    assert AdviceChase.objects.count() == 2
    health.refresh_from_db()
    assert (health.chase_on, health.due_on) == (day(74), day(75))
    advice.chase(advice=[health], chased_on=day(74), means=ChaseMeans.TELEPHONE, by=caseworker, on=day(74))
    health.refresh_from_db()
    assert health.chase_on == day(81)
    assert not list(clocks.differences())


@pytest.mark.parametrize(
    ("different", "field", "words"),
    [
        ({"advice": []}, "advice", "Select at least one"),
        ({"chased_on": day(71)}, "chased_on", "cannot be after today"),
        ({"chased_on": day(32)}, "chased_on", "after the chase on"),
        ({"next_on": day(70)}, "next_on", "must be after this one"),
    ],
)
def test_what_a_chase_cannot_be(ask, caseworker, different, field, words):
    rows = ask(HEALTH)
    with pytest.raises(Refused, match=words) as refused:
        advice.chase(
            **{
                "advice": rows,
                "chased_on": day(70),
                "means": ChaseMeans.EMAIL,
                "by": caseworker,
                "on": day(70),
            }
            | different
        )
    assert refused.value.field == field
    assert not AdviceChase.objects.exists()


def test_nobody_is_chased_who_has_answered_meanwhile(ask, receive, caseworker):
    health, psychology = ask(HEALTH, PSYCHOLOGY)
    receive(psychology)
    with pytest.raises(Refused, match="Leave it out"):
        advice.chase(
            advice=[health, psychology], chased_on=day(70), means=ChaseMeans.EMAIL, by=caseworker, on=day(70)
        )
    assert not AdviceChase.objects.exists()


@given(
    asked=st.dates(D(2020, 1, 1), D(2030, 1, 1)),
    chases=st.lists(st.tuples(st.integers(0, 100), st.none() | st.integers(1, 40)), max_size=4),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_next_chase_in_sql_is_that_of_the_rules(db, asked, chases):
    due = asked + 42 * DAY
    with transaction.atomic():
        row = AdviceRequestFactory()
        for kind, part in ((MilestoneKind.REQUEST_RECEIVED, ""), (MilestoneKind.ADVICE_REQUESTED, row.part)):
            Milestone.objects.create(
                case=row.case,
                kind=kind,
                part=part,
                happened_on=asked,
                recorded_at=datetime.datetime(2035, 1, 1, tzinfo=UTC),
            )
        last = None
        for after, ahead in chases:
            on = asked + after * DAY
            chase = AdviceChaseFactory(advice=row, chased_on=on, next_on=ahead and on + ahead * DAY)
            if last is None or chase.chased_on >= last.chased_on:
                last = chase
        clocks.rebuild(case=row.case)
        row.refresh_from_db()
        expected = next_chase(
            due, asked, chased_on=last and last.chased_on, next_on=last.next_on if last else None
        )
        assert row.chase_on == expected
        transaction.set_rollback(True)


def test_reminders_are_written_once_for_each_day_that_was_set(ask, receive, case, caseworker):
    CaseAssignmentFactory(child=case.child, user=caseworker)
    health, _ = ask(HEALTH, PSYCHOLOGY)
    assert advice.remind(on=day(67)) == 0
    assert advice.remind(on=day(69)) == 2  # the task was missed on the day itself
    assert advice.remind(on=day(69)) == advice.remind(on=day(70)) == 0
    reminder = AdviceReminder.objects.filter(advice=health).get()
    assert (reminder.for_day, reminder.made_on, reminder.worker) == (day(68), day(69), caseworker)
    advice.chase(
        advice=[health], chased_on=day(70), means=ChaseMeans.EMAIL, next_on=day(72), by=caseworker, on=day(70)
    )
    assert advice.remind(on=day(72)) == 1
    receive(health)
    assert advice.remind(on=day(90)) == 0


def test_a_public_id_is_what_the_milestones_carry(ask):
    [health] = ask(HEALTH)
    assert uuid.UUID(health.part) == health.public_id
    assert Milestone.objects.get(part=health.part).note == "Health"
