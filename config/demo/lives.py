"""One child's years with the authority, as plain values. Days are ordinals (`date.toordinal`); 0 and None mean none."""

from dataclasses import dataclass, field

from placements.rules.provision import Leaf

FOREVER = 4_000_000
"""An ordinal later than any day in use."""


@dataclass(slots=True)
class Request:
    """A request for an assessment and what came of it. Dates may lie after the day the authority is looked at."""

    received: int
    source: str
    channel: str
    answer: str
    """Y or N, the decision to assess; W withdrawn before it."""
    answered: int
    youth_accommodation: bool = False
    mediation: bool = False
    tribunal: bool = False
    moved_to: str = ""
    moved: int = FOREVER
    outcome: str = ""
    """Y plan issued, N decided not to issue, W withdrawn; only after the answer Y."""
    decided_to_issue: int = FOREVER
    concluded: int = FOREVER
    """Plan issued, family told that none will be, or withdrawn."""
    no_plan_mediation: bool = False
    no_plan_tribunal: bool = False
    other_mediation: bool = False
    other_tribunal: bool = False
    excepted: bool = False


@dataclass(slots=True)
class Spell:
    """A place from one day to another. `end` is the last day."""

    start: int
    end: int
    leaf: Leaf
    setting: int
    """Position in the register of settings; -1 for a setting code or nothing recorded."""
    residential: int = 0
    """Weeks a year in residence; 0 for none."""
    work_based: str = ""
    rank: int = 1


@dataclass(slots=True)
class Review:
    """An annual review."""

    meeting: int
    decided: int
    outcome: str
    draft: int
    amended: int


@dataclass(slots=True)
class Version:
    """A final or amended final version of a plan. `names` is the place section I names; None for a type only."""

    start: int
    need: str
    secondary: str
    names: Spell | None


@dataclass(slots=True)
class PlanLife:
    """A plan from the day it was made to the day it ceased."""

    start: int
    end: int
    reason: str
    from_la: str
    arrived: int
    """The day it was transferred in; the start for a plan made here."""
    personal_budget: bool
    organised: bool
    direct_payment: str
    spells: list[Spell] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    phase_transfers: list[tuple[int, int]] = field(default_factory=list)
    """Due day and final-plan day."""


@dataclass(slots=True)
class Life:
    """A child."""

    number: int
    """1 for the first child; identifiers are made from it."""
    surname: str
    forename: str
    born: int
    sex: str
    ethnicity: str
    area: int
    postcode: str
    moved_home: int
    """The day the family moved to `later_postcode` in the same area; FOREVER if it did not."""
    later_postcode: str
    upn: str
    upn_from: int
    uln: str
    uln_from: int
    no_number_reason: str
    """Why there is neither, from the age of six."""
    wrong_upn: bool
    """The check letter is wrong, as some are in real files."""
    request: Request | None = None
    plan: PlanLife | None = None
