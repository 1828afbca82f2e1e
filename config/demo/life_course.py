"""Puts a child together: who the child is, how the child came to the authority, and what followed."""

from dataclasses import dataclass
from datetime import date
from random import Random

from casework.rules.identifiers import make_uln, make_upn
from config.demo.areas import AREAS
from config.demo.asking import ELSEWHERE_LA, received_in, request
from config.demo.day import FIRST_DAY, LA_CODE
from config.demo.latent import Choice
from config.demo.lives import FOREVER, Life, Request
from config.demo.names import forename, surname
from config.demo.places import Register, school_year, september
from config.demo.plan_course import course
from config.demo.shares import ETHNICITIES, MALE, PLANS_BY_AGE, REQUESTS_BY_AGE

TWINS = 0.006
_TWENTY_AND_OVER = 20
_FIRST = FIRST_DAY.toordinal()
_PLANS_BEGAN = date(2014, 9, 1).toordinal()
_AREA = Choice({position: area.share for position, area in enumerate(AREAS)})
_ETHNICITY = Choice(ETHNICITIES)
_PLAN_AGE = Choice(PLANS_BY_AGE)
_REQUEST_AGE = Choice(REQUESTS_BY_AGE)
_YEAR = 365.2425
_MOVES_HOME = 0.16
_WRONG_UPN = 0.002


@dataclass(slots=True)
class Making:
    """What is needed to make the children of a block, and the last one, whose twin may come next."""

    register: Register
    random: Random
    until: int
    number: int = 0
    twin_of: Life | None = None


def held_at_the_start(making: Making) -> Life:
    """A child whose plan was already held on the first day; earlier history is not known."""
    random = making.random
    age = _PLAN_AGE.at(random.random())
    life = _child(
        making, september(FIRST_DAY.year - 1 - age) - 1 - int(random.random() * 364.9), expects_number=True
    )
    made = max(
        _PLANS_BEGAN + int(random.random() * 60),
        life.born + 700,
        _FIRST - 20 - int(random.expovariate(1 / 1500)),
    )
    return _with_plan(making, life, made, _FIRST, new=_FIRST - made < 300)


def asking(making: Making, year: int) -> Life:
    """A child for whom a request is received in a calendar year; a twin's comes a little after the first one's."""
    random, twin = making.random, making.twin_of
    while True:
        if twin is not None and twin.request is not None:
            received = min(making.until, twin.request.received + int(random.random() * 40))
            age = int((received - twin.born) / _YEAR)
        else:
            received = received_in(year, making.until, random)
            age = _REQUEST_AGE.at(random.random())
            age += int(random.random() * 4) if age == _TWENTY_AND_OVER else 0
        asked = request(received, year, age, random)
        if year >= FIRST_DAY.year or _open_on_the_first_day(asked):
            break
    born = received - int((age + random.random()) * _YEAR)
    life = _child(making, born, expects_number=asked.answer == "Y")
    life.request = asked
    if asked.outcome == "Y" and asked.concluded <= making.until:
        return _with_plan(making, life, asked.concluded, asked.concluded, new=True)
    return life


def arriving(making: Making, year: int) -> Life:
    """A child who moves in with a plan made by another authority; twins arrive together."""
    random, twin = making.random, making.twin_of
    arrived = twin.plan.arrived if twin and twin.plan else received_in(year, making.until, random)
    age = max(3, min(19, _PLAN_AGE.at(random.random())))
    life = _child(making, arrived - int((age + random.random()) * _YEAR), expects_number=True)
    made = max(_PLANS_BEGAN, life.born + 700, arrived - 60 - int(random.expovariate(1 / 900)))
    return _with_plan(making, life, made, arrived, new=False, from_la=ELSEWHERE_LA)


def _with_plan(
    making: Making, life: Life, made: int, watched_from: int, *, new: bool, from_la: str = ""
) -> Life:
    life.plan = course(
        making.register,
        life.born,
        life.area,
        made,
        watched_from,
        making.until,
        making.random,
        new=new,
        from_la=from_la,
    )
    return life


def _open_on_the_first_day(asked: Request) -> bool:
    last = min(asked.concluded if asked.outcome else asked.answered, asked.moved)
    return last >= _FIRST


def _child(making: Making, born: int, *, expects_number: bool) -> Life:
    random, number = making.random, making.number
    draw = random.random
    twin, making.twin_of = making.twin_of, None
    if twin is not None:
        life = _identity(number, twin.surname, twin.born, twin.area, twin.postcode, random)
        while life.forename == twin.forename:
            life.forename = forename(random)
        life.ethnicity = twin.ethnicity
        life.moved_home, life.later_postcode = twin.moved_home, twin.later_postcode
    else:
        area = _AREA.at(draw())
        life = _identity(number, surname(random), born, area, AREAS[area].postcode(random), random)
        if draw() < _MOVES_HOME:
            life.moved_home = _FIRST + int(draw() * (making.until - _FIRST))
            life.later_postcode = AREAS[area].postcode(random)
        if draw() < TWINS:
            making.twin_of = life
    _numbers(life, random, expected=expects_number)
    return life


def _identity(number: int, family: str, born: int, area: int, postcode: str, random: Random) -> Life:
    return Life(
        number=number,
        surname=family,
        forename=forename(random),
        born=born,
        sex="M" if random.random() < MALE else "F",
        ethnicity=_ETHNICITY.at(random.random()),
        area=area,
        postcode=postcode,
        moved_home=FOREVER,
        later_postcode="",
        upn="",
        upn_from=FOREVER,
        uln="",
        uln_from=FOREVER,
        no_number_reason="UN2",
        wrong_upn=False,
    )


def _numbers(life: Life, random: Random, *, expected: bool) -> None:
    """UPN from about the start of school, ULN from 14; some never have one."""
    started = school_year(life.born) + 4
    if random.random() < (0.97 if expected else 0.9):
        body = f"{life.number:07d}"
        life.upn = make_upn(LA_CODE, f"{1000 + int(body[:4]):04d}", f"{started % 100:02d}", body[4:])
        life.upn_from = september(started) - int(random.random() * 300)
        life.wrong_upn = random.random() < _WRONG_UPN
        if life.wrong_upn:
            life.upn = ("A" if life.upn[0] != "A" else "B") + life.upn[1:]
    if random.random() < 0.93:
        life.uln = make_uln(f"99{life.number:07d}") or ""
        life.uln_from = september(school_year(life.born) + 14) + 30
    if not expected:
        life.no_number_reason = "UN10"
