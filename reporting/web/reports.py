"""The first page of reports. It reads snapshots only, and is put together once for each of them."""

import hashlib
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.access.web import needs
from casework.rules.calendar import add_months
from casework.rules.permissions import Permission
from casework.web.records import reader_of
from reporting.indicator import Indicator
from reporting.models import SnapshotState
from reporting.queries import snapshots
from reporting.queries.overview import states, totals
from reporting.web.indicator_access import allowed
from reporting.web.indicator_question import Question
from reporting.web.reports_tiles import Days, Line, Maker, Tile, over_20_weeks

_SECONDS = 24 * 60 * 60
_MONTHS_READ = 26
_IN_TIME = "of new plans issued within 20 weeks, exceptions excluded"
_LAYOUT = 2
"""Rises when the tiles change, so that none put together before is served from the cache."""


@needs(Permission.SEE_REPORTS)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Tiles by question, and every indicator by name."""
    reader = reader_of(request)
    indicators = allowed(reader)
    made = states()
    ready = all(code in made for code in indicators)
    context: dict[str, Any] = {
        "indicators": list(indicators.values()),
        "may_rebuild": reader.may(Permission.REBUILD_REPORTS),
        "nav_key": "reports",
        "made": next(iter(made.values()), None) if ready else None,
        "tiles": _tiles(indicators, made) if ready else [],
    }
    return render(request, "reporting/reports.html", context)


def _tiles(indicators: dict[str, Indicator], made: dict[str, SnapshotState]) -> list[Tile]:
    """Kept until the next snapshot: the key holds the time of each."""
    times = repr([(code, made[code].computed_at) for code in sorted(indicators)])
    key = f"reports:{_LAYOUT}:{hashlib.sha256(times.encode()).hexdigest()}"
    tiles: list[Tile] | None = cache.get(key)
    if tiles is None:
        tiles = _make(indicators, made)
        cache.set(key, tiles, _SECONDS)
    return tiles


def _make(indicators: dict[str, Indicator], made: dict[str, SnapshotState]) -> list[Tile]:
    days = Days(next(iter(made.values())).as_at)
    maker = Maker(totals(indicators.values(), since=add_months(days.on, -_MONTHS_READ)), days)
    tiles = [_in_time(maker, indicators), _who_asks(maker, indicators), _where(maker, indicators)]
    if "M1" in indicators:
        tiles.append(_cost(maker, indicators))
    return [*tiles, _waiting(maker, indicators), _plans(maker, indicators)]


def _in_time(maker: Maker, by_code: dict[str, Indicator]) -> Tile:
    lines = [
        maker.line(by_code["D7"], "Within 20 weeks, exceptions included"),
        maker.line(by_code["D7S"], "Decided whether to assess within 6 weeks"),
    ]
    return maker.tile("Are we in time?", by_code["D7X"], _IN_TIME, lines)


def _who_asks(maker: Maker, by_code: dict[str, Indicator]) -> Tile:
    sources = maker.bars(_table(maker, by_code["D2"], "source"), most=3)
    lines = [
        *sources,
        maker.line(by_code["D4"], "Refused an assessment, of all requests"),
        maker.line(by_code["D4A"], "Refusals taken to mediation or appeal"),
    ]
    return maker.tile("Who asks, and what do we decide?", by_code["D1"], "requests for an assessment", lines)


def _where(maker: Maker, by_code: dict[str, Indicator]) -> Tile:
    table = _table(maker, by_code["P1"], "published_groups")
    lines = maker.bars(table, most=6)
    first = lines[0] if lines else Line("any type of provision", "0%")
    return Tile(
        question="Where are children?",
        figure=first.figure,
        words=f"of plans in {first.words[:1].lower()}{first.words[1:]}, the largest of DfE’s published groups",
        url=maker.address(by_code["P1"]),
        changes=[],
        spark=None,
        lines=lines,
    )


def _cost(maker: Maker, by_code: dict[str, Indicator]) -> Tile:
    groups = maker.bars(_table(maker, by_code["M1"], "published_groups"), most=3)
    lines = [*groups, maker.line(by_code["M2"], "On average for a child with a cost")]
    return maker.tile("What does it cost?", by_code["M1"], "in a full year, at the rates of the day", lines)


def _waiting(maker: Maker, by_code: dict[str, Indicator]) -> Tile:
    table = _table(maker, by_code["D8"], "case_age")
    ages = Question(by_code["D8"], table.window, table.by[0], {"case_age": ("to_52_weeks", "over_52_weeks")})
    late = Line("Past 20 weeks", f"{over_20_weeks(table):,.0f}", ages.address("indicator"))
    return maker.tile("Who is waiting?", by_code["D8"], "requests open", [late, *_stages(maker, by_code)])


def _stages(maker: Maker, by_code: dict[str, Indicator]) -> list[Line]:
    table = _table(maker, by_code["D8"], "stage")
    question = Question(by_code["D8"], table.window, table.by[0], {})
    return [
        Line(row.labels[0], row.shown, question.narrowed(table.by[0], row.dims[0]).address("indicator"))
        for row in table.rows
    ]


def _plans(maker: Maker, by_code: dict[str, Indicator]) -> Tile:
    needs = maker.bars(_table(maker, by_code["D9"], "need"), most=4)
    lines = [*needs, maker.line(by_code["D10"], "Growth in a year")]
    return maker.tile("How many plans?", by_code["D9"], "EHC plans held", lines)


def _table(maker: Maker, indicator: Indicator, by: str) -> Any:
    return snapshots.figures(indicator, window=maker.days.now(indicator), by=(by,))
