"""The grounds that excuse a missed limit, and the tests the regulations set for them.

A ground removes the duty to meet the limit where meeting it was impractical *because of* that ground. It does
not pause a clock and sets no new day (regulations 5(4), 8(2), 10(4), 13(3) and 27(3)). Workload, shortage of
psychologists, late advice, waiting for a panel or for a school are not grounds.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_FOUR_WEEKS = timedelta(weeks=4)
_ONE_WEEK = timedelta(weeks=1)


class Ground(StrEnum):
    """The lawful grounds, and a mark for what older returns only flag. Values are stored: never change one."""

    SCHOOL_CLOSED = "school_closed"
    EARLY_YEARS_CLOSED = "early_years_closed"
    PERSONAL = "personal"
    ABSENT = "absent"
    MISSED_APPOINTMENT = "missed_appointment"
    NOT_STATED = "not_stated"

    @property
    def words(self) -> str:
        """The ground as a caseworker reads it."""
        return _WORDS[self]


_WORDS: dict[Ground, str] = {
    Ground.SCHOOL_CLOSED: "Advice was asked of a school or college around a closure of 4 weeks",
    Ground.EARLY_YEARS_CLOSED: "Advice was asked of an early years provider around a closure of 4 weeks",
    Ground.PERSONAL: "Exceptional personal circumstances of the child, parent or young person",
    Ground.ABSENT: "Child, parent or young person away from the area for at least 4 weeks without a break",
    Ground.MISSED_APPOINTMENT: "Appointment for an examination or test by the adviser was missed",
    Ground.NOT_STATED: "A return said that an exception applied, without saying which",
}

AUTHORITY_GROUNDS: tuple[Ground, ...] = (
    Ground.SCHOOL_CLOSED,
    Ground.EARLY_YEARS_CLOSED,
    Ground.PERSONAL,
    Ground.ABSENT,
)
"""Grounds for the authority's 6, 16 and 20 weeks and the 14 weeks of a re-assessment."""

ADVISER_GROUNDS: tuple[Ground, ...] = (
    Ground.PERSONAL,
    Ground.ABSENT,
    Ground.MISSED_APPOINTMENT,
)
"""Grounds for the six weeks of a body asked for advice (regulation 8(2)); they excuse that body only."""


@dataclass(frozen=True, slots=True)
class ExceptionFacts:
    """A ground used for one clock: from when to when, and the day somebody approved its use.

    Without a first day it covers the limit from its start. NOT_STATED needs no approval: the return was signed.
    """

    ground: Ground
    starts_on: date | None = None
    ends_on: date | None = None
    approved_on: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether the use of the ground stands on `day`: approved by then, or flagged in a return."""
        if self.approved_on is None:
            return self.ground is Ground.NOT_STATED
        return self.approved_on <= day


def closure_problems(asked_on: date, closed_from: date, reopened_on: date) -> list[str]:
    """Why a closure is not a ground, in words; empty when it is.

    The advice must have been asked from one week before the closure to one week before re-opening, and the
    setting closed for at least 4 weeks without a break. Half terms, Christmas and Easter are too short.
    """
    problems = []
    if reopened_on - closed_from < _FOUR_WEEKS:
        problems.append("The closure is shorter than 4 weeks, so it is not a ground.")
    first, last = closed_from - _ONE_WEEK, reopened_on - _ONE_WEEK
    if not first <= asked_on <= last:
        problems.append(
            f"The advice was asked on {_show(asked_on)}. This ground needs a day from {_show(first)} "
            f"to {_show(last)}."
        )
    return problems


def absence_problems(away_from: date, returned_on: date) -> list[str]:
    """Why an absence from the area is not a ground, in words; empty when it is."""
    if returned_on - away_from < _FOUR_WEEKS:
        return ["The absence is shorter than 4 weeks without a break, so it is not a ground."]
    return []


def _show(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
