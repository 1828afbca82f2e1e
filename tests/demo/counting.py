"""Counts of a generated population on a day."""

from collections import Counter
from datetime import date

from config.demo.lives import Life
from config.demo.places import age_31_august
from config.demo.population import holds_plan
from config.demo.shares_provision import LEAVES
from placements.rules.provision import Leaf

GROUP_OF = {leaf: group.removesuffix("_16") for group, leaves in LEAVES.items() for leaf in leaves}
GROUP_OF[Leaf.MAINTAINED_NURSERY] = "mainstream"


def year_of(ordinal: int) -> int:
    """The calendar year of an ordinal."""
    return date.fromordinal(ordinal).year


def shares(counts: Counter) -> dict:
    """Counts as shares of all."""
    total = sum(counts.values())
    return {key: count / total for key, count in counts.items()}


def groups_on(lives: list[Life], on: date) -> dict[str, float]:
    """Placement groups of the plans held."""
    return shares(Counter(_group(life, on.toordinal()) for life in lives if holds_plan(life, on.toordinal())))


def needs_on(lives: list[Life], on: date) -> dict[str, float]:
    """Primary needs of the plans held."""
    day = on.toordinal()
    return shares(
        Counter(
            next((v.need for v in reversed(life.plan.versions) if v.start <= day), life.plan.versions[0].need)
            for life in lives
            if holds_plan(life, day)
        )
    )


def age_bands_on(lives: list[Life], on: date) -> dict[str, float]:
    """Ages on 31 August before, in the published bands."""
    year = on.year if on.month >= 9 else on.year - 1
    return shares(
        Counter(band(age_31_august(life.born, year)) for life in lives if holds_plan(life, on.toordinal()))
    )


def band(age: int) -> str:
    """The published age band."""
    return next(name for name, last in BANDS if age <= last)


BANDS = (("under 5", 4), ("5 to 10", 10), ("11 to 15", 15), ("16 to 19", 19), ("20 to 25", 25))


def _group(life: Life, day: int) -> str:
    return next(
        (GROUP_OF[s.leaf] for s in life.plan.spells if s.rank == 1 and s.start <= day <= s.end),
        "not_recorded",
    )
