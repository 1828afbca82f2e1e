"""Advice in an assessment: whom the law has the authority ask, whose agreement existing advice needs, when to chase.

SEND Regulations 2014 regulations 6 and 8; the Children and Families Act 2014 section 36. Nothing here knows what day it is.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from casework.rules.calendar import nc_year

_YEAR_NINE = 9
DUE_SOON_DAYS = 7
"""How long before its last day an answer is shown as due soon. Ours, not law."""
FIRST_CHASE_DAYS = 7
"""How long before the last day a body is first reminded. Ours, not law."""
CHASE_AGAIN_DAYS = 7
"""How long after a chase without a day of its own the next one is due. Ours, not law."""


class AdviceBody(StrEnum):
    """Who is asked. Values are stored in the database: never change one."""

    FAMILY = "family"
    EDUCATION = "education"
    HEALTH = "health"
    PSYCHOLOGY = "psychology"
    SOCIAL_CARE = "social_care"
    SENSORY = "sensory"
    ADULTHOOD = "adulthood"
    REQUESTED = "requested"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The body as a caseworker calls it."""
        return _FACTS[self].words

    @property
    def source(self) -> str:
        """Where the law names it."""
        return _FACTS[self].source

    @property
    def hint(self) -> str:
        """Who that is, and when they must be asked."""
        return _FACTS[self].hint

    @property
    def is_bound(self) -> bool:
        """Whether the six weeks of regulation 8 bind this body; the family and people of their choice are only asked."""
        return self not in (AdviceBody.FAMILY, AdviceBody.REQUESTED)


@dataclass(frozen=True, slots=True)
class _Facts:
    words: str
    source: str
    hint: str


_FACTS: dict[AdviceBody, _Facts] = {
    AdviceBody.FAMILY: _Facts(
        "Parents or young person", "SEND Regs 2014 reg 6(1)(a)", "Their views, wishes and feelings too"
    ),
    AdviceBody.EDUCATION: _Facts(
        "School, college or early years setting",
        "SEND Regs 2014 reg 6(1)(b)",
        "The head, principal or early years lead; an education adviser where there is no setting",
    ),
    AdviceBody.HEALTH: _Facts(
        "Health",
        "SEND Regs 2014 reg 6(1)(c)",
        "A health care professional whom the health commissioner names",
    ),
    AdviceBody.PSYCHOLOGY: _Facts(
        "Educational psychologist",
        "SEND Regs 2014 reg 6(1)(d)",
        "A shortage of psychologists excuses nothing",
    ),
    AdviceBody.SOCIAL_CARE: _Facts(
        "Social care",
        "SEND Regs 2014 reg 6(1)(e)",
        "“Not known to the team” is not advice: ask for an assessment",
    ),
    AdviceBody.SENSORY: _Facts(
        "Specialist teacher for hearing or vision",
        "SEND Regs 2014 reg 6(2)",
        "Needed where hearing or vision is impaired",
    ),
    AdviceBody.ADULTHOOD: _Facts(
        "Preparation for adulthood", "SEND Regs 2014 reg 6(1)(g)", "Needed in and after year 9"
    ),
    AdviceBody.REQUESTED: _Facts(
        "Someone the family asks for",
        "SEND Regs 2014 reg 6(1)(h)",
        "Anyone the parents or young person reasonably ask the authority to ask",
    ),
    AdviceBody.OTHER: _Facts(
        "Someone else",
        "SEND Regs 2014 reg 6(1)(f)",
        "Anyone else whose advice the authority thinks appropriate",
    ),
}

_ALWAYS = (
    AdviceBody.FAMILY,
    AdviceBody.EDUCATION,
    AdviceBody.HEALTH,
    AdviceBody.PSYCHOLOGY,
    AdviceBody.SOCIAL_CARE,
)
SENSORY_NEEDS = frozenset({"HI", "VI", "MSI"})
"""Types of need (SEN2 item 5.8a) with which a specialist teacher must be consulted."""


def standard_bodies(
    date_of_birth: date, on: date, needs: frozenset[str] = frozenset()
) -> tuple[AdviceBody, ...]:
    """The bodies the law has the authority ask for this child: five always, two more by need and by age.

    `needs` are the types of need that are known. Year 9 is taken from age, so ask also for a child placed a year up.
    """
    found = list(_ALWAYS)
    if needs & SENSORY_NEEDS:
        found.append(AdviceBody.SENSORY)
    if date_of_birth <= on and nc_year(date_of_birth, on) >= _YEAR_NINE:
        found.append(AdviceBody.ADULTHOOD)
    return tuple(found)


class Agrees(StrEnum):
    """Whose agreement existing advice needs before it can stand in for new advice: all three (reg 6(4))."""

    ADVISER = "adviser"
    AUTHORITY = "authority"
    FAMILY = "family"

    @property
    def words(self) -> str:
        """The party, inside a sentence."""
        return _PARTIES[self]


_PARTIES = {
    Agrees.ADVISER: "the person who gave the advice",
    Agrees.AUTHORITY: "the authority",
    Agrees.FAMILY: "the parents or young person",
}


class AdviceState(StrEnum):
    """How far a request for advice has come on a day."""

    NOT_ASKED = "not_asked"
    AGREEING = "agreeing"
    WAITING = "waiting"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    OVERDUE_EXCUSED = "overdue_excused"
    RECEIVED = "received"
    RECEIVED_LATE = "received_late"
    EXISTING = "existing"
    NOT_NEEDED = "not_needed"
    FELL_AWAY = "fell_away"

    @property
    def words(self) -> str:
        """The state as a caseworker reads it."""
        return _STATE_WORDS[self]

    @property
    def colour(self) -> str:
        """Colour of its tag."""
        return _STATE_COLOURS[self]

    @property
    def is_waiting(self) -> bool:
        """Whether the answer is still to come."""
        return self in _WAITING


_STATE_WORDS = {
    AdviceState.NOT_ASKED: "Not asked",
    AdviceState.AGREEING: "Existing advice: not all agree yet",
    AdviceState.WAITING: "Waiting",
    AdviceState.DUE_SOON: "Due soon",
    AdviceState.OVERDUE: "Late",
    AdviceState.OVERDUE_EXCUSED: "Late, excused",
    AdviceState.RECEIVED: "Received",
    AdviceState.RECEIVED_LATE: "Received late",
    AdviceState.EXISTING: "Existing advice used",
    AdviceState.NOT_NEEDED: "Not needed",
    AdviceState.FELL_AWAY: "Case closed before it came",
}
_STATE_COLOURS = {
    AdviceState.NOT_ASKED: "grey",
    AdviceState.AGREEING: "purple",
    AdviceState.WAITING: "blue",
    AdviceState.DUE_SOON: "yellow",
    AdviceState.OVERDUE: "red",
    AdviceState.OVERDUE_EXCUSED: "purple",
    AdviceState.RECEIVED: "green",
    AdviceState.RECEIVED_LATE: "orange",
    AdviceState.EXISTING: "green",
    AdviceState.NOT_NEEDED: "grey",
    AdviceState.FELL_AWAY: "grey",
}
_WAITING = frozenset(
    {AdviceState.WAITING, AdviceState.DUE_SOON, AdviceState.OVERDUE, AdviceState.OVERDUE_EXCUSED}
)


def next_chase(
    due_on: date, asked_on: date, *, chased_on: date | None = None, next_on: date | None = None
) -> date:
    """The day to chase on: the one that was agreed at the last chase, else a week before the last day, else weekly.

    `chased_on` is the last chase and `next_on` the day it set, if any. After a chase without one, a week later, and not
    before the answer is late.
    """
    if chased_on is None:
        return max(asked_on, due_on - timedelta(days=FIRST_CHASE_DAYS))
    if next_on is not None:
        return next_on
    return max(due_on + timedelta(days=1), chased_on + timedelta(days=CHASE_AGAIN_DAYS))
