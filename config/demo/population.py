"""Generates children one after another: the same seed gives the same children, any number of them.

Each block of children has a random generator of its own, so blocks can be made by several processes and in any
order. The mix of a block (plans already held on the first day, requests of each year, transfers in) is the mix of the
whole, so that any number of children from the beginning is the same kind of population.
"""

from collections.abc import Iterator
from datetime import date
from random import Random

from config.demo.day import DEMO_DAY, FIRST_DAY, SEED
from config.demo.latent import Choice
from config.demo.life_course import Making, arriving, asking, held_at_the_start
from config.demo.lives import Life
from config.demo.places import Register
from config.demo.settings_register import settings
from config.demo.shares import PLANS_AT_START, REQUESTS_BY_YEAR, TRANSFERS_IN

BLOCK = 2_000
"""Children in a block."""
SETTINGS_FOR_PLANS = 6_000
"""The register grows by one set of settings for each so many plans."""
_MOST_COPIES = 90


def register_for(plans: int) -> Register:
    """The settings of an authority that holds so many plans."""
    return Register(settings(max(1, min(_MOST_COPIES, round(plans / SETTINGS_FOR_PLANS)))))


def lives(register: Register, as_at: date = DEMO_DAY, seed: int = SEED) -> Iterator[Life]:
    """Children without end, in order of their number."""
    number = 0
    while True:
        yield from block(number, register, as_at, seed)
        number += 1


def population(
    plans: int, as_at: date = DEMO_DAY, seed: int = SEED, register: Register | None = None
) -> Iterator[Life]:
    """The children of an authority that holds exactly `plans` plans on the day."""
    day = as_at.toordinal()
    left = plans
    for life in lives(register or register_for(plans), as_at, seed):
        yield life
        left -= holds_plan(life, day)
        if not left:
            return


def holds_plan(life: Life, day: int) -> bool:
    """Whether a plan is held for the child on a day."""
    return life.plan is not None and life.plan.arrived <= day <= life.plan.end


def block(number: int, register: Register, as_at: date, seed: int) -> list[Life]:
    """The children of one block."""
    random = Random(f"{seed}:{number}")
    kinds = _kinds(as_at)
    making = Making(register, random, as_at.toordinal())
    made: list[Life] = []
    what, year = "held", 0
    first = number * BLOCK + 1
    for child in range(first, first + BLOCK):
        if making.twin_of is None:
            what, year = kinds.at(random.random())
        making.number = child
        if what == "held":
            made.append(held_at_the_start(making))
        elif what == "request":
            made.append(asking(making, year))
        else:
            made.append(arriving(making, year))
    return made


def _kinds(as_at: date) -> Choice[tuple[str, int]]:
    """How children come to the authority, weighted by England's numbers up to the day."""
    weights: dict[tuple[str, int], float] = {("held", 0): PLANS_AT_START}
    held = PLANS_AT_START
    for year in range(FIRST_DAY.year - 1, as_at.year + 1):
        part = 1.0 if year < as_at.year else as_at.timetuple().tm_yday / 365
        # Of the year before the first day, only what was still open on that day matters.
        weights["request", year] = REQUESTS_BY_YEAR[year] * (part if year >= FIRST_DAY.year else _STILL_OPEN)
        if year >= FIRST_DAY.year:
            weights["arrival", year] = held * TRANSFERS_IN * part
            held = round(held * 1.105)
    return Choice(weights)


_STILL_OPEN = 0.42
