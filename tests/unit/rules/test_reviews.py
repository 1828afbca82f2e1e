"""When a plan is next to be reviewed, and why it may not be due."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.reviews import (
    NotDue,
    guidance_review_due,
    latest_meeting_day,
    latest_notice_day,
    next_review_due,
    not_due_because,
)

D = datetime.date
DAYS = st.dates(D(2014, 9, 1), D(2040, 12, 31))


@pytest.mark.parametrize(
    ("made", "last", "due"),
    [
        (D(2025, 3, 10), None, D(2026, 3, 9)),
        (
            D(2024, 2, 29),
            None,
            D(2025, 2, 27),
        ),  # 12 months from 29 February end on the 28th, the day before it
        (D(2025, 3, 10), D(2026, 2, 13), D(2027, 2, 12)),
        (D(2013, 5, 1), None, D(2014, 4, 30)),  # made before the regulations came into force
        (D(2025, 1, 1), None, D(2025, 12, 31)),
    ],
)
def test_the_twelve_months_begin_with_the_day(made, last, due):
    assert next_review_due(plan_made=made, last_completed=last) == due


@given(DAYS, DAYS)
def test_a_later_start_never_gives_an_earlier_due_day(one, other):
    early, late = sorted((one, other))
    assert next_review_due(plan_made=early, last_completed=None) <= next_review_due(
        plan_made=late, last_completed=None
    )
    assert next_review_due(plan_made=early, last_completed=early) <= next_review_due(
        plan_made=early, last_completed=late
    )


@pytest.mark.parametrize(
    ("different", "why"),
    [
        ({}, NotDue.NEW_PLAN),
        ({"on": D(2025, 12, 15)}, None),  # twelve weeks before 9 March 2026
        ({"on": D(2026, 7, 1)}, None),
        ({"last_completed": D(2026, 2, 13), "on": D(2026, 7, 1)}, NotDue.REVIEWED),
        ({"meeting_held": D(2025, 5, 1)}, NotDue.IN_PROGRESS),
        ({"ceased_on": D(2025, 5, 1)}, NotDue.CEASED),
    ],
)
def test_why_nothing_is_due(different, why):
    facts = {
        "plan_made": D(2025, 3, 10), "last_completed": None, "ceased_on": None, "meeting_held": None,
        "on": D(2025, 6, 1),
    }  # fmt: skip
    assert not_due_because(**facts | different) == why


def test_guidance_asks_for_six_months_until_the_fifth_birthday():
    born = D(2022, 5, 4)
    assert guidance_review_due(date_of_birth=born, last=D(2026, 3, 10)) == D(2026, 9, 10)
    assert guidance_review_due(date_of_birth=born, last=D(2026, 11, 4)) is None  # five on 4 May 2027


def test_counting_back_from_a_meeting_and_from_a_last_day():
    assert latest_notice_day(D(2026, 2, 3)) == D(2026, 1, 20)
    assert latest_meeting_day(D(2026, 4, 14)) == D(2026, 1, 20)
