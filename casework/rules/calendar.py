"""Counting days the way the law words it: weeks, calendar months, working days, school years and ages.

The regulations use four units, so there are four functions and not one "add days" (statutory process,
section 1). Nothing here knows what day it is.
"""

from calendar import monthrange
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

_SATURDAY = 5
_SEPTEMBER = 9
_AUGUST = 8
_RECEPTION_AGE = 4


def add_weeks(day: date, weeks: int) -> date:
    """The same weekday `weeks` later (earlier when negative). Weeks run through holidays."""
    return day + timedelta(weeks=weeks)


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or the last day of that month where it has no such day."""
    position = day.year * 12 + day.month - 1 + months
    year, month = position // 12, position % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def is_working_day(day: date, non_working_days: AbstractSet[date]) -> bool:
    """Monday to Friday and not one of the given non-working days (bank holidays)."""
    return day.weekday() < _SATURDAY and day not in non_working_days


def add_working_days(day: date, count: int, non_working_days: AbstractSet[date]) -> date:
    """The `count`th working day after `day`, which is itself not counted. `count` 0 is `day` itself.

    A negative count goes back.
    """
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        if is_working_day(day, non_working_days):
            left -= 1
    return day


def working_day_on_or_after(day: date, non_working_days: AbstractSet[date]) -> date:
    """`day` when it is a working day, otherwise the next one."""
    while not is_working_day(day, non_working_days):
        day += timedelta(days=1)
    return day


def school_year_of(day: date) -> tuple[date, date]:
    """First and last day of the school year `day` falls in: 1 September to 31 August."""
    start = day.year if day.month >= _SEPTEMBER else day.year - 1
    return date(start, 9, 1), date(start + 1, 8, 31)


def academic_year_of(day: date) -> tuple[date, date]:
    """First and last day of the academic year of further education: 1 August to 31 July.

    This is the year that section 46 of the 2014 Act means for students in the further education sector (SEND
    Regulations 2014, regulation 46); for others their course may end it.
    """
    start = day.year if day.month >= _AUGUST else day.year - 1
    return date(start, 8, 1), date(start + 1, 7, 31)


def age_on(date_of_birth: date, day: date) -> int:
    """Age in whole years on `day`. Someone born on 29 February has a birthday on 1 March in other years.

    Raises ValueError when `day` is before the date of birth.
    """
    if day < date_of_birth:
        message = "The day is before the date of birth."
        raise ValueError(message)
    before_birthday = (day.month, day.day) < (date_of_birth.month, date_of_birth.day)
    return day.year - date_of_birth.year - before_birthday


def caseload_day(day: date) -> date:
    """31 August before the school year `day` falls in."""
    start, _ = school_year_of(day)
    return start - timedelta(days=1)


def age_at_31_august(date_of_birth: date, day: date) -> int:
    """Age on 31 August before the school year `day` falls in: the age DfE uses for caseload.

    A child born after that 31 August counts as 0, as in the published group "under 5".
    """
    return age_on(date_of_birth, max(date_of_birth, caseload_day(day)))


def nc_year(date_of_birth: date, day: date) -> int:
    """National curriculum year by age: 0 is reception, 1 is year 1, negative before school.

    Children can be placed out of year, so this is the expected year and never the recorded one.
    """
    return age_at_31_august(date_of_birth, day) - _RECEPTION_AGE


def is_compulsory_school_age(date_of_birth: date, day: date) -> bool:
    """Whether `day` falls in compulsory school age (Education Act 1996, section 8).

    From the first of 31 August, 31 December and 31 March on or after the fifth birthday, to the last Friday
    in June of the school year in which the young person turns 16. The section itself was not read.
    """
    return _compulsory_start(date_of_birth) <= day <= _compulsory_end(date_of_birth)


def compulsory_school_age_ends(date_of_birth: date) -> date:
    """The last day of compulsory school age; from the day after a child is a young person (Education Act 1996 s. 8)."""
    return _compulsory_end(date_of_birth)


def _compulsory_start(date_of_birth: date) -> date:
    fifth = add_months(date_of_birth, 60)
    prescribed = (
        date(fifth.year, 3, 31),
        date(fifth.year, 8, 31),
        date(fifth.year, 12, 31),
    )
    return next(day for day in prescribed if day >= fifth)


def _compulsory_end(date_of_birth: date) -> date:
    _, school_year_end = school_year_of(add_months(date_of_birth, 16 * 12))
    june_end = date(school_year_end.year, 6, 30)
    return june_end - timedelta(days=(june_end.weekday() - 4) % 7)
