"""Which place a child has in each school year, as spells from one day to another."""

from bisect import bisect
from datetime import date
from random import Random

from config.demo.areas import AREAS
from config.demo.latent import POST_16_AGE, Choice, group_at, leaf_in
from config.demo.lives import FOREVER, Spell
from config.demo.settings_register import Setting
from config.demo.shares_provision import LEAVES, RESIDENTIAL, RESIDENTIAL_52, WORK_BASED, WORK_BASED_IN_FE
from placements.rules.provision import Leaf

SPECIAL = frozenset(LEAVES["special"])
NOWHERE = -1
_CODED = frozenset(LEAVES["elsewhere"]) | frozenset(LEAVES["elsewhere_16"]) - {Leaf.NOT_RECORDED}
_WITH_NUMBER = frozenset({Leaf.ONLINE_PROVIDER, Leaf.WELSH_ESTABLISHMENT, Leaf.OTHER_SCHOOL})
_IN_OWN_AREA = 0.85
_MOVES_IN_YEAR = 0.02
_SETTLES_IN_A_SEPTEMBER = 0.7
_LEAVES_IN_JULY = 0.02
_ON_ROLL_FROM_THE_FIRST = 0.97
"""Settings put children on roll from 1 September, whatever day lessons begin."""
_NURSERY_IN_MAINTAINED = 0.18
_WORK_BASED = Choice(WORK_BASED)


class Register:
    """The settings by type, age and area, for quick choosing."""

    def __init__(self, settings: list[Setting]) -> None:
        self.settings = settings
        self._open: dict[tuple[Leaf, int], list[list[int]]] = {}
        for setting in settings:
            for age in range(
                setting.kind.low_age, setting.kind.high_age + (setting.kind.high_age == _OLDEST)
            ):
                areas = self._open.setdefault((setting.leaf, age), [[] for _ in AREAS])
                areas[setting.area].append(setting.position)
        self._any = {
            leaf: [setting.position for setting in settings if setting.leaf is leaf]
            for leaf in {setting.leaf for setting in settings}
        }

    def choose(self, leaf: Leaf, age: int, area: int, random: Random) -> int:
        """A setting of this type that takes this age, mostly in the child's own area; NOWHERE for a type without."""
        everywhere = self._any.get(leaf)
        if everywhere is None:
            return NOWHERE
        areas = self._open.get((leaf, age))
        if areas is None:
            return everywhere[int(random.random() * len(everywhere))]
        here = areas[area]
        if not here or random.random() > _IN_OWN_AREA:
            here = [position for positions in areas for position in positions]
        return here[int(random.random() * len(here))]

    def takes(self, position: int, age: int) -> bool:
        """Whether a setting still has children of this age."""
        kind = self.settings[position].kind
        return kind.low_age <= age < kind.high_age or kind.high_age == _OLDEST


_OLDEST = 25


class Standing:
    """A child's fixed standing in the shares of provision."""

    __slots__ = ("leaf", "provision")

    def __init__(self, random: Random) -> None:
        self.provision, self.leaf = random.random(), random.random()


def spells(
    register: Register,
    standing: Standing,
    needs: dict[int, str],
    born: int,
    area: int,
    start: int,
    end: int,
    until: int,
    random: Random,
    *,
    new: bool,
) -> list[Spell]:
    """The places of a plan from `start` (or from before it) to `end`, as far as `until`.

    `needs` gives the primary need in each school year by its first calendar year. `new` says the plan began here on
    `start`; otherwise the child has been settled for some time.
    """
    last = min(end, until)
    year = school_year(start)
    first = new
    age = age_31_august(born, year)
    current = _spell(register, standing, needs[year], age, area, random, first=first)
    current.start = _entered(current, born, year, start, random)
    made = [current]
    while True:
        if random.random() < _MOVES_IN_YEAR and current.setting >= 0:
            day = september(year) + 45 + int(random.random() * 240)
            if current.start + 30 < day < last - 30:
                other = register.choose(current.leaf, age, area, random)
                if other != current.setting:
                    current.end = day - 1
                    current = _at(current.leaf, other, day, age, random)
                    made.append(current)
        year += 1
        autumn = september(year)
        if autumn > last:
            break
        age = age_31_august(born, year)
        if first and (autumn - start < 60 or random.random() > _SETTLES_IN_A_SEPTEMBER):
            new_place = _spell(register, standing, needs[year], age, area, random, first=True)
        else:
            first = False
            new_place = _spell(register, standing, needs[year], age, area, random, first=False)
        if _stays(register, current, new_place, age):
            continue
        current.end = autumn - 41 if random.random() < _LEAVES_IN_JULY else autumn - 1
        current.end = max(current.end, current.start)
        new_place.start = (
            autumn if random.random() < _ON_ROLL_FROM_THE_FIRST else autumn + int(random.random() * 20)
        )
        current = new_place
        made.append(current)
    return [spell for spell in _closed(made, end) if spell.leaf is not Leaf.NOT_RECORDED]


def _closed(made: list[Spell], end: int) -> list[Spell]:
    """Nothing goes on after the plan has ceased: a school place does, but no longer as this plan's."""
    kept = [spell for spell in made if spell.start <= end]
    for spell in kept:
        spell.end = min(spell.end, end)
    return kept


def _spell(
    register: Register, standing: Standing, need: str, age: int, area: int, random: Random, *, first: bool
) -> Spell:
    group = group_at(age, need, standing.provision, first=first)
    leaf = leaf_in(group, age, standing.leaf)
    if leaf is Leaf.MAINSTREAM_MAINTAINED and age <= 4 and random.random() < _NURSERY_IN_MAINTAINED:
        leaf = Leaf.MAINTAINED_NURSERY
    return _at(leaf, register.choose(leaf, age, area, random), 0, age, random)


def _at(leaf: Leaf, setting: int, start: int, age: int, random: Random) -> Spell:
    spell = Spell(start, FOREVER, leaf, setting)
    if leaf in RESIDENTIAL and random.random() < RESIDENTIAL[leaf]:
        spell.residential = 52 if random.random() < RESIDENTIAL_52 else 38
    if age >= POST_16_AGE and leaf in LEAVES["fe"] and random.random() < WORK_BASED_IN_FE:
        spell.work_based = _WORK_BASED.at(random.random())
    return spell


def _stays(register: Register, current: Spell, new: Spell, age: int) -> bool:
    """A child moves when the type changes or the setting has no more years for the child."""
    if current.setting < 0:
        return current.leaf is new.leaf
    return current.leaf is new.leaf and register.takes(current.setting, age)


def _entered(spell: Spell, born: int, year: int, start: int, random: Random) -> int:
    """The day of entry: a school place usually began before the plan, in the September of the child's phase."""
    if spell.setting < 0:
        return start
    age = age_31_august(born, year)
    phase = min(
        (phase for phase in (3, 4, 11, 16) if phase <= age), key=lambda phase: age - phase, default=age
    )
    earliest = september(year - (age - phase))
    entered = september(year - int(random.random() * (age - phase + 1)))
    return max(min(entered, start), min(earliest, start))


_SEPTEMBERS = {year: date(year, 9, 1).toordinal() for year in range(1990, 2060)}
_SEPTEMBER_LIST = list(_SEPTEMBERS.values())
_AUGUST = {year: day - 1 for year, day in _SEPTEMBERS.items()}
_FIRST_OF_LIST = 1990


def september(year: int) -> int:
    """1 September of a year."""
    return _SEPTEMBERS[year]


def school_year(day: int) -> int:
    """The calendar year in which the school year of a day began."""
    return _FIRST_OF_LIST - 1 + bisect(_SEPTEMBER_LIST, day)


def age_31_august(born: int, year: int) -> int:
    """Age on 31 August of a year; 0 for a child not yet born."""
    return max(0, int((_AUGUST[year] - born + 0.5) / 365.2425))
