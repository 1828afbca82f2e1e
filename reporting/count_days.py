"""The days and months for which figures are kept, so that trends need not be worked out again."""

from datetime import date, timedelta

from casework.rules.calendar import add_months

YEARS_KEPT = 5
_MONTHS_KEPT = 12 * YEARS_KEPT
_THURSDAY = 3


def census_day(year: int) -> date:
    """The SEN2 and school census day: the third Thursday in January."""
    first = date(year, 1, 1)
    return first + timedelta(days=(_THURSDAY - first.weekday()) % 7 + 14)


def first_kept(as_at: date) -> date:
    """The first day figures are kept for: the first of the month, five years before."""
    return add_months(as_at.replace(day=1), -_MONTHS_KEPT)


def count_days(as_at: date) -> tuple[date, ...]:
    """The days on which stocks are counted, in order, the last of them `as_at`.

    The first of each month over five years, the January census days, and `as_at`; also the day a year before each of
    the latter two, so that growth is exact.
    """
    first = first_kept(as_at)
    special = [
        day for year in range(first.year, as_at.year + 1) if first <= (day := census_day(year)) <= as_at
    ]
    special.append(as_at)
    year_before = [day for one in special if (day := add_months(one, -12)) >= first]
    return tuple(sorted({*month_starts(as_at), *special, *year_before}))


def month_starts(as_at: date) -> tuple[date, ...]:
    """The first day of each month kept, up to the month of `as_at`."""
    first = first_kept(as_at)
    return tuple(add_months(first, month) for month in range(_MONTHS_KEPT + 1))
