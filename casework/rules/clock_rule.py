"""What a statutory limit is made of. The limits themselves are in the `clock_rules_*` modules.

The shapes are those that `docs/domain/deadlines.csv` needs and no others.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules.case_kinds import CaseKind
from casework.rules.exceptions import Ground
from casework.rules.milestones import Milestone

REGULATIONS_IN_FORCE = date(2014, 9, 1)
"""The SEND Regulations 2014 came into force on this day (regulation 1)."""


class Unit(StrEnum):
    """The units the law uses."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    WORKING_DAYS = "working days"


class Sense(StrEnum):
    """What the last day of a limit means."""

    MAXIMUM = "maximum"
    """The duty must be done on or before the last day."""
    MINIMUM = "minimum"
    """The whole period must be allowed: acting on or before the last day is too soon."""
    WINDOW = "window"
    """A right that may be used until the last day and then lapses; nobody is late."""


class Combine(StrEnum):
    """How the two parts of a limit give one day."""

    EARLIER = "earlier"
    LATER = "later"


class Per(StrEnum):
    """Limits that run once for each body asked, and not once for a case."""

    ADVICE_REQUEST = "advice_request"
    CONSULTATION = "consultation"


class Verification(StrEnum):
    """How far the row was checked; the words of `deadlines.csv`."""

    PRIMARY = "primary text read"
    SECONDARY = "secondary source read"
    NOT_CONFIRMED = "not confirmed in this research"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many units from an anchor: the first of `anchors` that is recorded.

    `counts_anchor`: the anchor day is day 1 ("beginning with the day"). A negative `length` counts back.
    """

    anchors: tuple[Milestone, ...]
    length: int
    unit: Unit
    counts_anchor: bool = False


@dataclass(frozen=True, slots=True)
class FixedDay:
    """Before a fixed day of the anchor's calendar year: that day itself is late.

    `marker` is a milestone that carries the fixed day itself (as SEN2 returns give it), for cases where the
    day of transfer is not recorded. The rule applies only when the marker is the fixed day or the day before.
    """

    anchors: tuple[Milestone, ...]
    month: int
    day: int
    marker: Milestone


@dataclass(frozen=True, slots=True)
class AcademicYearEnd:
    """The last day of the academic year (to 31 July) the anchor falls in."""

    anchors: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class PublishedDays:
    """Days published year by year, with no rule behind them: pairs of anchor day and last day."""

    anchors: tuple[Milestone, ...]
    days: tuple[tuple[date, date], ...]


Shape = Limit | FixedDay | AcademicYearEnd | PublishedDays


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One statutory limit.

    `code` is the row id in `deadlines.csv`; a row that holds several limits has codes such as H9.1 and `row`
    names it. `limit` None: the text sets no limit, so the rule is a step to record and never a clock.
    `stops` are the milestones that fulfil the duty, `ends` those that make it fall away. The rule applies
    only when one of `requires` is recorded (if any are named) and none of `unless` is.
    `notice_working_days` with `notice_given` picks between the two limits of regulation 15(2).
    `appeal_window` moves a last day in August or from 25 December to 1 January. `last_anchor` counts from
    the last of a repeated anchor instead of the first. `lead_weeks` says how long before the last day a
    limit that counts back is shown; it is not law. `grounds` are the exceptions that can excuse lateness;
    they never move a day.
    """

    code: str
    title: str
    duty_holder: str
    source: str
    verification: Verification
    case_kinds: frozenset[CaseKind]
    limit: Shape | None = None
    second: Limit | None = None
    combine: Combine | None = None
    sense: Sense = Sense.MAXIMUM
    stops: tuple[Milestone, ...] = ()
    ends: tuple[Milestone, ...] = ()
    requires: tuple[Milestone, ...] = ()
    unless: tuple[Milestone, ...] = ()
    grounds: tuple[Ground, ...] = ()
    per: Per | None = None
    row: str = ""
    notice_working_days: int = 0
    notice_given: bool = True
    appeal_window: bool = False
    last_anchor: bool = False
    lead_weeks: int = 0
    applies_from: date = REGULATIONS_IN_FORCE
    applies_to: date | None = None

    @property
    def csv_row(self) -> str:
        """The id of the row in `deadlines.csv`."""
        return self.row or self.code

    @property
    def enabled(self) -> bool:
        """Whether the limit is switched on unless an authority says otherwise: only confirmed rows are."""
        return self.verification is not Verification.NOT_CONFIRMED

    @property
    def anchors(self) -> tuple[Milestone, ...]:
        """The milestones the limit counts from, in order of preference; empty without a limit."""
        return self.limit.anchors if self.limit else ()
