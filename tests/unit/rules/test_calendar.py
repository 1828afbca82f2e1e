"""Dates counted by hand, and what must hold for every date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.calendar import (
    academic_year_of,
    add_months,
    add_weeks,
    add_working_days,
    age_at_31_august,
    age_on,
    caseload_day,
    is_compulsory_school_age,
    is_working_day,
    nc_year,
    school_year_of,
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))
CHRISTMAS_2025 = frozenset({date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)})


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2026, 7, 31), -5, date(2026, 2, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_are_calendar_months_and_clamp_to_the_last_day(day, months, expected):
    assert add_months(day, months) == expected


def test_weeks_run_through_holidays_and_the_change_of_clocks():
    assert add_weeks(date(2025, 6, 2), 20) == date(2025, 10, 20)
    assert add_weeks(date(2025, 10, 20), 2) == date(2025, 11, 3)
    assert add_weeks(date(2026, 3, 20), -2) == date(2026, 3, 6)


@pytest.mark.parametrize(
    ("day", "count", "holidays", "expected"),
    [
        (date(2025, 12, 19), 1, CHRISTMAS_2025, date(2025, 12, 22)),
        (date(2025, 12, 24), 1, CHRISTMAS_2025, date(2025, 12, 29)),
        (date(2025, 12, 24), 5, CHRISTMAS_2025, date(2026, 1, 5)),
        (date(2025, 12, 24), 5, frozenset(), date(2025, 12, 31)),
        (date(2026, 1, 5), -5, CHRISTMAS_2025, date(2025, 12, 24)),
        (date(2026, 1, 3), 0, frozenset(), date(2026, 1, 3)),
    ],
)
def test_working_days(day, count, holidays, expected):
    assert add_working_days(day, count, holidays) == expected


def test_school_and_academic_year_differ_in_august():
    assert school_year_of(date(2025, 8, 31)) == (date(2024, 9, 1), date(2025, 8, 31))
    assert school_year_of(date(2025, 9, 1)) == (date(2025, 9, 1), date(2026, 8, 31))
    assert academic_year_of(date(2025, 8, 1)) == (date(2025, 8, 1), date(2026, 7, 31))
    assert academic_year_of(date(2025, 7, 31)) == (date(2024, 8, 1), date(2025, 7, 31))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2015, 6, 2), date(2025, 6, 1), 9),
        (date(2015, 6, 2), date(2025, 6, 2), 10),
        (date(2012, 2, 29), date(2025, 2, 28), 12),
        (date(2012, 2, 29), date(2025, 3, 1), 13),
        (date(2012, 2, 29), date(2024, 2, 29), 12),
    ],
)
def test_age_on(born, day, age):
    assert age_on(born, day) == age


def test_age_before_birth_is_refused():
    with pytest.raises(ValueError, match="before the date of birth"):
        age_on(date(2025, 1, 2), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("born", "day", "age", "year"),
    [
        (date(2020, 9, 1), date(2025, 10, 1), 4, 0),  # reception, oldest
        (date(2021, 8, 31), date(2025, 10, 1), 4, 0),  # reception, youngest
        (date(2020, 8, 31), date(2025, 10, 1), 5, 1),
        (date(2009, 12, 25), date(2026, 1, 15), 15, 11),
        (date(2006, 9, 2), date(2026, 1, 15), 18, 14),
        (date(2025, 12, 1), date(2026, 1, 15), 0, -4),
    ],
)
def test_caseload_age_is_age_at_31_august_before_the_school_year(born, day, age, year):
    assert caseload_day(day) == date(2025, 8, 31)
    assert age_at_31_august(born, day) == age
    assert nc_year(born, day) == year


@pytest.mark.parametrize(
    ("born", "day", "expected"),
    [
        (date(2020, 6, 10), date(2025, 8, 30), False),
        (date(2020, 6, 10), date(2025, 8, 31), True),
        (date(2020, 9, 1), date(2025, 12, 30), False),
        (date(2020, 9, 1), date(2025, 12, 31), True),
        (date(2010, 8, 31), date(2026, 6, 26), True),  # last Friday in June 2026
        (date(2010, 8, 31), date(2026, 6, 27), False),
        (date(2010, 9, 1), date(2026, 6, 27), True),
    ],
)
def test_compulsory_school_age(born, day, expected):
    assert is_compulsory_school_age(born, day) is expected


@given(DAYS, st.integers(-600, 600))
def test_months_keep_the_day_or_clamp(day, months):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)


@given(DAYS, DAYS, st.integers(-60, 60))
def test_months_keep_the_order_of_days(one, other, months):
    first, second = sorted((one, other))
    assert add_months(first, months) <= add_months(second, months)


@given(DAYS, st.integers(1, 60), st.frozensets(DAYS, max_size=20))
def test_a_working_day_limit_ends_on_a_working_day_and_undoes(day, count, holidays):
    end = add_working_days(day, count, holidays)
    assert is_working_day(end, holidays)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(is_working_day(one, holidays) for one in between) == count


@given(DAYS, st.integers(1, 40))
def test_a_holiday_moves_a_working_day_limit_only_later(day, count):
    plain = add_working_days(day, count, frozenset())
    for n in range(1, (plain - day).days + 1):
        assert add_working_days(day, count, frozenset({day + timedelta(days=n)})) >= plain


@given(DAYS, DAYS)
def test_three_ages_never_go_back(one, other):
    born, day = sorted((one, other))
    assert 0 <= age_at_31_august(born, day) <= age_on(born, day)
    assert age_on(born, day) - age_at_31_august(born, day) <= 1
    assert age_on(born, day) <= age_on(born, day + timedelta(days=1)) <= age_on(born, day) + 1
