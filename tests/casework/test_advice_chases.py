"""Chases and reminders: a log, the next day to chase, and what cannot be recorded."""

import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.models import (
    AdviceBody,
    AdviceChase,
    AdviceReminder,
    ChaseMeans,
    Milestone,
    MilestoneKind,
)
from casework.rules.advice import next_chase
from casework.services import advice, clocks
from casework.services.advice import Ask
from casework.services.refusals import Refused
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
def case(assessment):
    return assessment


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
