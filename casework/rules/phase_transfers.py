"""Who moves to another phase of education in a year, and by when the plan must name the next setting.

The cohort follows from the year group *and* the age range of the setting attended: a child in year 6 leaves a primary
and a junior school but not an all-through school or a middle school (statutory process, section 7).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from casework.rules.milestones import Milestone
from casework.rules.reviews import latest_meeting_day

_FIRST_AGE_OF_A_YEAR = 5  # children turn 5 in reception (year 0), 11 in year 6, 16 in year 11
_NURSERY_AGE = 5
_POST_16 = 16
YOUNGEST_YEAR = -1
OLDEST_YEAR = 15


class Phase(StrEnum):
    """Which move it is (SEND Regulations 2014 regs 2(1) and 18(1))."""

    EARLY_YEARS = "early_years"
    INFANT_TO_JUNIOR = "infant_junior"
    PRIMARY_TO_MIDDLE = "primary_middle"
    TO_SECONDARY = "to_secondary"
    MIDDLE_TO_SECONDARY = "middle_secondary"
    TO_POST_16 = "to_post_16"

    @property
    def words(self) -> str:
        """The move as a caseworker reads it."""
        return _WORDS[self]

    @property
    def milestone(self) -> Milestone:
        """The fact that starts the clock: D1 for the move to post-16, D2 for every other."""
        return Milestone.TRANSFER_TO_POST_16 if self is Phase.TO_POST_16 else Milestone.TRANSFER_TO_NEXT_PHASE


_WORDS: dict[Phase, str] = {
    Phase.EARLY_YEARS: "Early years to school",
    Phase.INFANT_TO_JUNIOR: "Infant to junior",
    Phase.PRIMARY_TO_MIDDLE: "Primary to middle",
    Phase.TO_SECONDARY: "Primary or junior to secondary",
    Phase.MIDDLE_TO_SECONDARY: "Middle to secondary",
    Phase.TO_POST_16: "Secondary to post-16",
}


class Stage(StrEnum):
    """How far a phase transfer has come."""

    COHORT = "cohort"
    TO_REVIEW = "to_review"
    REVIEWED = "reviewed"
    NOTICE = "notice"
    NAMED = "named"
    FINAL = "final"

    @property
    def words(self) -> str:
        """The stage as a caseworker reads it."""
        return _STAGES[self]


_STAGES: dict[Stage, str] = {
    Stage.COHORT: "Not opened",
    Stage.TO_REVIEW: "Review to hold",
    Stage.REVIEWED: "Review held",
    Stage.NOTICE: "Notice sent",
    Stage.NAMED: "Setting agreed",
    Stage.FINAL: "Final, or named already",
}


class Certainty(StrEnum):
    """How far the records say that a child is in the cohort."""

    LEAVING = "leaving"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Move:
    """A child's move in one year. `why` says what it follows from."""

    phase: Phase
    certainty: Certainty
    why: str


_USUAL: dict[int, Phase] = {-1: Phase.EARLY_YEARS, 6: Phase.TO_SECONDARY, 11: Phase.TO_POST_16}


def leaving_year(high_age: int) -> int:
    """The last year group of a setting whose oldest pupils turn `high_age`; nurseries end before reception."""
    return YOUNGEST_YEAR if high_age <= _NURSERY_AGE else high_age - _FIRST_AGE_OF_A_YEAR


def phase_of_setting(high_age: int) -> Phase:
    """Which move children make when they leave a setting that ends at this age."""
    for last_age, phase in (
        (_NURSERY_AGE, Phase.EARLY_YEARS),
        (7, Phase.INFANT_TO_JUNIOR),
        (10, Phase.PRIMARY_TO_MIDDLE),
        (11, Phase.TO_SECONDARY),
        (15, Phase.MIDDLE_TO_SECONDARY),
    ):
        if high_age <= last_age:
            return phase
    return Phase.TO_POST_16


def move_of(*, year_group: int, low_age: int | None, high_age: int | None) -> Move | None:
    """The move of a child in `year_group` at a setting of these ages; None when there is none this year.

    `year_group` is that of the school year before the move. Without an age range (no setting recorded, or a setting
    whose ages the register does not say) the usual years are offered to be checked. Year 11 at a school that goes on
    is offered too: staying in a school's sixth form is no transfer, leaving for a college is.
    """
    if low_age is not None and low_age >= _POST_16:
        return None  # a college or sixth-form college: moves between them are limit D3
    if high_age is None:
        usual = _USUAL.get(year_group)
        return Move(usual, Certainty.CHECK, "Year group only: no age range is known") if usual else None
    if year_group >= leaving_year(high_age):
        return Move(phase_of_setting(high_age), Certainty.LEAVING, f"The setting ends at age {high_age}")
    if year_group == _USUAL_POST_16:
        return Move(Phase.TO_POST_16, Certainty.CHECK, "The setting goes on: may stay in its sixth form")
    return None


_USUAL_POST_16 = 11


def deadline(phase: Phase, year: int) -> date:
    """The day before which the plan must name the next setting: that day itself is late."""
    return date(year, 3, 31) if phase is Phase.TO_POST_16 else date(year, 2, 15)


def last_day(phase: Phase, year: int) -> date:
    """The last day in time: 30 March or 14 February."""
    return deadline(phase, year) - timedelta(days=1)


def last_meeting(phase: Phase, year: int) -> date:
    """The last day for the review meeting on the longest timetable: twelve weeks before the last day."""
    return latest_meeting_day(last_day(phase, year))


def transfer_day(year: int) -> date:
    """The day a move of `year` counts from: 1 September. Only its year decides a limit."""
    return date(year, 9, 1)


def born_between(year_group: int, year: int) -> tuple[date, date]:
    """First and last birth day of those in `year_group` in the school year that ends in `year`."""
    first = year - 1 - year_group - _FIRST_AGE_OF_A_YEAR
    return date(first, 9, 1), date(first + 1, 8, 31)
