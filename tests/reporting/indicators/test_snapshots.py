"""Snapshots say what `compute` says, for every indicator, split and filter, on random populations."""

from datetime import date, timedelta
from itertools import combinations

import pytest

from casework.rules.calendar import add_months
from reporting.compute import Part, compute, count_listed, listed
from reporting.count_days import census_day, count_days, month_starts
from reporting.indicator import Indicator, Unit
from reporting.queries.snapshots import NotKept, figures, trend
from reporting.registry import INDICATORS, indicator
from reporting.services.snapshots import build_snapshots_now
from reporting.windows import Timing, Window
from tests.reporting.indicators.population import AS_AT, Population

SEEDS = (1, 2)


@pytest.fixture(scope="module", params=SEEDS)
def population(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: object):
    """Records that stay for the tests of this module, with a snapshot of them."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        Population(request.param).write(90)
        build_snapshots_now(as_at=AS_AT)
        yield request.param
        call_command("flush", verbosity=0, interactive=False)


pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("population")]


def windows(one: Indicator) -> list[Window]:
    """Count days: the ends, a census day and some between; or months, one month up to the day, and years."""
    if one.timing is Timing.STOCK:
        days = count_days(AS_AT)
        # Growth needs the day a year before.
        return [Window.day(day) for day in (AS_AT, census_day(2025), *days[24::9]) if one.unit is not Unit.GROWTH
                or add_months(day, -12) in days]  # fmt: skip
    starts = month_starts(AS_AT)
    return [
        Window(date(2026, 1, 1), AS_AT),
        Window(date(2025, 1, 1), date(2025, 12, 31)),
        Window(starts[0], AS_AT),
        *[Window(day, add_months(day, 1) - timedelta(days=1)) for day in starts[5:60:11]],
    ]


def same(one: Indicator, window: Window, by: tuple[str, ...], where: dict[str, list[str]]) -> None:
    live = compute(one, window=window, by=by, where=where)
    kept = figures(one, window=window, by=by, where=where)
    assert kept.rows == live.rows, (one.code, window, by, where)
    assert kept.total == live.total, (one.code, window, by, where)


@pytest.mark.parametrize("code", INDICATORS)
def test_every_split(code: str) -> None:
    one = indicator(code)
    names = [dimension.code for dimension in one.dimensions]
    plain = [name for name in names if name not in {"published_groups", "management_plan", "benchmarking"}]
    splits = [(), *[(name,) for name in names], *combinations(plain[:1] + plain[-3:], 2), tuple(plain[-3:])]
    for by in splits:
        for window in windows(one)[:: 1 if len(by) < 2 else 4]:
            same(one, window, by, {})


@pytest.mark.parametrize("code", INDICATORS)
def test_every_filter_and_its_list(code: str) -> None:
    one = indicator(code)
    window = windows(one)[0] if one.timing is Timing.STOCK else windows(one)[2]
    for dimension in one.dimensions:
        values = list(dimension.values()) or ["2025-03", "2026-01"]
        for value in values:
            where = {dimension.code: [value]}
            same(one, window, (), where)
            same(one, window, (one.dimensions[-2].code,), where)
            total = compute(one, window=window, where=where).total
            items = listed(one, window=window, where=where)
            if one.unit in {Unit.POUNDS, Unit.POUNDS_EACH}:
                assert sum(item.amount or 0 for item in items) == total.numerator
            else:
                assert len(items) == total.numerator == count_listed(one, window=window, where=where)
            if one.has_denominator:
                assert (
                    count_listed(one, window=window, where=where, part=Part.DENOMINATOR) == total.denominator
                )
    two = {one.dimensions[0].code: list(one.dimensions[0].values())[:3], "area": ["north", "not_recorded"]}
    same(one, window, (), two)
    same(one, window, (one.dimensions[1].code, one.dimensions[2].code), two)


@pytest.mark.parametrize("code", INDICATORS)
def test_trend_is_the_figures_of_each_day(code: str) -> None:
    one = indicator(code)
    found = trend(one, where={"area": ["north"]}, by=(one.dimensions[0].code,))
    assert list(found) == sorted(found)
    assert (len(found), max(found)) == (
        (62, AS_AT) if one.timing is Timing.STOCK else (61, date(2026, 1, 1))
    ) or (one.unit is Unit.GROWTH)
    for day in list(found)[::7]:
        table = found[day]
        assert (
            table.rows
            == compute(one, window=table.window, where=table.where, by=(one.dimensions[0].code,)).rows
        )


def test_days_that_are_not_kept_are_refused() -> None:
    for code, window in (
        ("D9", Window.day(date(2026, 1, 28))),
        ("D9", Window.day(date(2019, 1, 1))),
        ("D10", Window.day(count_days(AS_AT)[0])),
        ("D1", Window(date(2025, 1, 2), date(2025, 1, 31))),
        ("D1", Window(date(2025, 1, 1), date(2025, 1, 30))),
        ("D1", Window(date(2026, 1, 1), date(2026, 1, 31))),
    ):
        with pytest.raises(NotKept):
            figures(indicator(code), window=window)


def test_a_page_asks_the_same_number_of_questions_for_any_window(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        figures(indicator("P1"), window=Window.day(AS_AT), by=("reform_plan",), where={"age": ["16_to_19"]})
    with django_assert_num_queries(2):
        trend(indicator("D9"), by=("need",))
