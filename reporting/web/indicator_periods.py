"""The periods a reader may choose: for a flow whole months and years, for a stock the days that are counted.

Every period states its kind: calendar, academic (September to August) and financial (April to March) years are never
mixed (recovery plans, section 9).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from casework.rules.calendar import add_months
from casework.ui.formats import long_date
from reporting.count_days import YEARS_KEPT, census_day
from reporting.indicator import Indicator
from reporting.windows import Timing, Window

_MONTHS_OFFERED = 24
_ACADEMIC = 9
_FINANCIAL = 4
_CALENDAR = 1


@dataclass(frozen=True)
class Period:
    """One choice: its days and its words."""

    window: Window
    words: str


@dataclass(frozen=True)
class Group:
    """Choices of one kind."""

    words: str
    periods: tuple[Period, ...]


def last_whole_month(on: date) -> date:
    """The last day of the last month that has ended on `on`, which may be that day itself."""
    following = on + timedelta(days=1)
    return following.replace(day=1) - timedelta(days=1)


def twelve_months_to(day: date) -> Window:
    """The twelve months that end on a month's last day."""
    return Window(add_months(day.replace(day=1), -11), day)


def default_window(indicator: Indicator, *, on: date) -> Window:
    """What a page begins with: a stock on `on`, a flow over the twelve whole months up to it, so that no season weighs."""
    return Window.day(on) if indicator.timing is Timing.STOCK else twelve_months_to(last_whole_month(on))


def groups(indicator: Indicator, *, on: date) -> tuple[Group, ...]:
    """The choices, newest first."""
    return _days(on) if indicator.timing is Timing.STOCK else _stretches(on)


def words(indicator: Indicator, window: Window) -> str:
    """The days in words: "on 30 September 2026", "1 October 2025 to 30 September 2026"."""
    if indicator.timing is Timing.STOCK:
        return f"on {long_date(window.last)}"
    return f"{long_date(window.first)} to {long_date(window.last)}"


def _days(on: date) -> tuple[Group, ...]:
    firsts = [add_months(on.replace(day=1), -months) for months in range(_MONTHS_OFFERED + 1)]
    census = [day for year in range(on.year, on.year - YEARS_KEPT - 1, -1) if (day := census_day(year)) <= on]
    return (
        Group("Latest", (Period(Window.day(on), long_date(on)),)),
        Group(
            "Census days", tuple(Period(Window.day(day), f"{long_date(day)}, SEN2 census") for day in census)
        ),
        Group(
            "First of the month",
            tuple(Period(Window.day(day), long_date(day)) for day in firsts if day != on),
        ),
    )


def _stretches(on: date) -> tuple[Group, ...]:
    end = last_whole_month(on)
    month = end.replace(day=1)
    return (
        Group(
            "Latest",
            (
                Period(twelve_months_to(end), f"12 months to {long_date(end)}"),
                Period(Window(add_months(month, -2), end), f"3 months to {long_date(end)}"),
                Period(Window(month, end), f"{month:%B %Y}"),
            ),
        ),
        Group("Calendar years", _years(on, _CALENDAR)),
        Group("Academic years, September to August", _years(on, _ACADEMIC)),
        Group("Financial years, April to March", _years(on, _FINANCIAL)),
    )


def _years(on: date, first_month: int) -> tuple[Period, ...]:
    newest = on.year if on.month >= first_month else on.year - 1
    return tuple(_year(year, first_month, on) for year in range(newest, newest - YEARS_KEPT, -1))


def _year(year: int, first_month: int, on: date) -> Period:
    first = date(year, first_month, 1)
    last = add_months(first, 12) - timedelta(days=1)
    name = str(year) if first_month == _CALENDAR else f"{year}/{(year + 1) % 100:02d}"
    if last <= on:
        return Period(Window(first, last), name)
    return Period(Window(first, on), f"{name} so far, to {long_date(on)}")
