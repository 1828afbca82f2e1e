"""What a clock was on a given day. Nothing is stored: any past day can be shown again.

A stop after the day asked about counts as still open. The day the limit falls on is in time: a decision on
day 42 meets six weeks, a plan on day 140 meets twenty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from casework.rules.clock_rule import Sense
from casework.rules.exceptions import ExceptionFacts

DUE_SOON_DAYS = 28


class ClockStatus(StrEnum):
    """The state of a clock on a day."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    OVERDUE_EXCUSED = "overdue_excused"
    MET = "met"
    LATE = "late"
    LATE_EXCUSED = "late_excused"
    TOO_SOON = "too_soon"
    ENDED = "ended"

    @property
    def words(self) -> str:
        """The state as a caseworker reads it."""
        return _WORDS[self]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self in _OPEN


_WORDS: dict[ClockStatus, str] = {
    ClockStatus.NOT_STARTED: "Not started",
    ClockStatus.RUNNING: "Running",
    ClockStatus.DUE_SOON: "Due soon",
    ClockStatus.OVERDUE: "Overdue",
    ClockStatus.OVERDUE_EXCUSED: "Overdue, excused",
    ClockStatus.MET: "Met",
    ClockStatus.LATE: "Late",
    ClockStatus.LATE_EXCUSED: "Late, excused",
    ClockStatus.TOO_SOON: "Too soon",
    ClockStatus.ENDED: "Ended",
}

_OPEN = frozenset(
    {
        ClockStatus.NOT_STARTED,
        ClockStatus.RUNNING,
        ClockStatus.DUE_SOON,
        ClockStatus.OVERDUE,
        ClockStatus.OVERDUE_EXCUSED,
    }
)


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """The stored facts of one clock. `ended`: it closed because the duty fell away, undone."""

    started_on: date | None
    due_on: date | None
    closed_on: date | None = None
    ended: bool = False
    sense: Sense = Sense.MAXIMUM


def status_on(
    clock: ClockFacts,
    exceptions: Sequence[ExceptionFacts],
    as_at: date,
    due_soon_days: int = DUE_SOON_DAYS,
) -> ClockStatus:
    """The state of the clock at the end of `as_at`.

    A minimum is "running" until the period is over and then "met", or "too soon" when acted on before. A
    right that lapses unused is "ended", never overdue. Exceptions count from the day they were approved.
    """
    if clock.due_on is None:
        return ClockStatus.NOT_STARTED
    if clock.closed_on is not None and clock.closed_on <= as_at:
        return _closed(clock, clock.closed_on, clock.due_on, excused=is_excused(clock, exceptions, as_at))
    if clock.started_on is None or as_at < clock.started_on:
        return ClockStatus.NOT_STARTED
    if as_at > clock.due_on:
        if clock.sense is Sense.MINIMUM:
            return ClockStatus.MET
        if clock.sense is Sense.WINDOW:
            return ClockStatus.ENDED
        excused = is_excused(clock, exceptions, as_at)
        return ClockStatus.OVERDUE_EXCUSED if excused else ClockStatus.OVERDUE
    soon = clock.sense is not Sense.MINIMUM and clock.due_on - as_at <= timedelta(days=due_soon_days)
    return ClockStatus.DUE_SOON if soon else ClockStatus.RUNNING


def is_excused(clock: ClockFacts, exceptions: Sequence[ExceptionFacts], as_at: date) -> bool:
    """Whether an approved ground touches the time between the start and the last day of the limit.

    Only limits a duty must meet can be excused; approval after `as_at` does not count yet.
    """
    if clock.due_on is None or clock.started_on is None or clock.sense is not Sense.MAXIMUM:
        return False
    return any(
        exception.counts_on(as_at)
        and (exception.starts_on or clock.started_on) <= clock.due_on
        and (exception.ends_on is None or exception.ends_on >= clock.started_on)
        for exception in exceptions
    )


def _closed(clock: ClockFacts, closed_on: date, due: date, *, excused: bool) -> ClockStatus:
    if clock.ended:
        return ClockStatus.ENDED
    if clock.sense is Sense.MINIMUM:
        return ClockStatus.TOO_SOON if closed_on <= due else ClockStatus.MET
    if closed_on <= due:
        return ClockStatus.MET
    return ClockStatus.LATE_EXCUSED if excused else ClockStatus.LATE
