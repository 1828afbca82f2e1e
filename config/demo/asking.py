"""A request for an assessment and what becomes of it, with the lags that give the published timeliness."""

from datetime import date
from random import Random

from config.demo.latent import Choice
from config.demo.lives import Request
from config.demo.shares import (
    DECIDED_IN_SIX_WEEKS,
    EXCEPTION,
    EXCEPTION_IN_TIME,
    EXPORTED,
    ISSUED_AFTER_A_YEAR,
    ISSUED_IN_20_WEEKS,
    NO_PLAN_AFTER_ASSESSMENT,
    NO_PLAN_MEDIATION,
    NO_PLAN_TRIBUNAL,
    OTHER_MEDIATION,
    OTHER_TRIBUNAL,
    REFUSAL_BY_AGE,
    REFUSAL_BY_YEAR,
    REFUSAL_LATER,
    REFUSED_MEDIATION,
    REFUSED_TRIBUNAL,
    SOURCES,
    TOLD_NO_PLAN_IN_16_WEEKS,
    WITHDRAWN_BEFORE_DECISION,
    WITHDRAWN_IN_ASSESSMENT,
    YOUTH_ACCOMMODATION,
)

SIX_WEEKS, SIXTEEN_WEEKS, TWENTY_WEEKS, A_YEAR = 42, 112, 140, 364
ELSEWHERE_LA = "XXX"
"""SEN2's code for an authority that is not known: no real one is named."""

_MONTHS = Choice({1: 90, 2: 90, 3: 100, 4: 70, 5: 100, 6: 100, 7: 90, 8: 30, 9: 70, 10: 90, 11: 95, 12: 60})
_SOURCE = Choice({source: share for source, (share, _) in SOURCES.items()})
_CHANNEL = Choice({"portal": 45, "email": 30, "form": 15, "letter": 5, "telephone": 3, "in_person": 2})
_EXCEPTION_RATE = (ISSUED_IN_20_WEEKS - EXCEPTION * EXCEPTION_IN_TIME) / (1 - EXCEPTION)
_YEAR_REFUSAL = 0.266
_FRIDAY = 4
_FIRST_DAYS = {year: date(year, 1, 1).toordinal() for year in range(2010, 2060)}
_MONTH_DAYS = {
    (year, month): date(year, month, 1).toordinal() for year in range(2010, 2060) for month in range(1, 13)
}


def received_in(year: int, until: int, random: Random) -> int:
    """A day in a calendar year, up to `until`, mostly a working day; fewer in August."""
    while True:
        month = _MONTHS.at(random.random())
        day = working_day(_MONTH_DAYS[year, month] + int(random.random() * 28), random)
        if day <= until:
            return max(day, _FIRST_DAYS[year])


def working_day(day: int, random: Random) -> int:
    """The Friday before for a weekend, except now and then."""
    beyond = (day - 1) % 7 - _FRIDAY
    return day - beyond if beyond > 0 and random.random() > 0.04 else day


def request(received: int, year: int, age: int, random: Random) -> Request:
    """A request received on a day by an authority for a child of an age, with all that follows."""
    draw = random.random
    source = _SOURCE.at(draw())
    refused = SOURCES[source][1] * REFUSAL_BY_AGE[max(2, min(age, 20))] * _year_level(year)
    channel = _CHANNEL.at(draw())
    if draw() < WITHDRAWN_BEFORE_DECISION:
        withdrawn = working_day(received + 3 + int(draw() * 35), random)
        return Request(received, source, channel, "W", max(received, withdrawn))
    answered = max(received, working_day(received + _decision_lag(random), random))
    asked = Request(received, source, channel, "N" if draw() < refused else "Y", answered)
    asked.youth_accommodation = draw() < YOUTH_ACCOMMODATION and age >= 10
    if asked.answer == "N":
        asked.mediation = draw() < REFUSED_MEDIATION
        asked.tribunal = draw() < REFUSED_TRIBUNAL
    else:
        _assess(asked, random)
    return asked


def _year_level(year: int) -> float:
    return REFUSAL_BY_YEAR.get(year, REFUSAL_LATER) / _YEAR_REFUSAL * 1.06


def _decision_lag(random: Random) -> int:
    draw = random.random()
    if draw < DECIDED_IN_SIX_WEEKS:
        spread = random.random()
        return 12 + int(spread * 74) if spread < 0.3 else 34 + int((spread - 0.3) * 12.8)
    return SIX_WEEKS + 4 + min(90, int(random.expovariate(1 / 16)))


def _assess(asked: Request, random: Random) -> None:
    draw = random.random
    if draw() < EXPORTED:
        asked.moved_to = ELSEWHERE_LA
        asked.moved = asked.answered + 5 + int(draw() * 60)
        return
    which = draw()
    if which < WITHDRAWN_IN_ASSESSMENT:
        asked.outcome = "W"
        asked.concluded = asked.answered + 10 + int(draw() * 60)
        return
    if which < WITHDRAWN_IN_ASSESSMENT + NO_PLAN_AFTER_ASSESSMENT:
        asked.outcome = "N"
        in_time = draw() < TOLD_NO_PLAN_IN_16_WEEKS
        lag = 84 + int(draw() * 29) if in_time else 115 + int(random.expovariate(1 / 30))
        asked.concluded = _after(asked.received + lag, asked.answered + 20, random)
        asked.no_plan_mediation = draw() < NO_PLAN_MEDIATION
        asked.no_plan_tribunal = draw() < NO_PLAN_TRIBUNAL
        return
    asked.outcome = "Y"
    asked.excepted = draw() < EXCEPTION
    asked.concluded = _after(asked.received + _plan_lag(asked, random), asked.answered + 35, random)
    asked.decided_to_issue = max(asked.answered + 7, asked.concluded - 18 - int(draw() * 24))
    asked.other_mediation = draw() < OTHER_MEDIATION
    asked.other_tribunal = draw() < OTHER_TRIBUNAL


def _plan_lag(asked: Request, random: Random) -> int:
    draw = random.random()
    in_time = EXCEPTION_IN_TIME if asked.excepted else _EXCEPTION_RATE
    if draw < in_time:
        spread = random.random()
        return 96 + int(spread * 75) if spread < 0.4 else 128 + int((spread - 0.4) * 21.5)
    if draw > 1 - ISSUED_AFTER_A_YEAR:
        return A_YEAR + 3 + int(random.random() * 180)
    return min(A_YEAR, TWENTY_WEEKS + 3 + int(random.expovariate(1 / 62)))


def _after(day: int, earliest: int, random: Random) -> int:
    return max(working_day(day, random), earliest)
