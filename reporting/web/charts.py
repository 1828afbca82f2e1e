"""Pictures of figures, drawn on the server as SVG from one specification. Each stands beside the table it draws.

Altair and its renderer are slow to import and only pictures need them, so they are imported when the first is drawn.
Colour never carries a meaning alone: bars are labelled, lines have points of different shapes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from reporting.indicator import Indicator, Unit

VERSION = 2
"""Rises when pictures change, so that none drawn before is served from the cache."""

ACCENT = "#0b4f5c"
QUIET = "#71868b"
# Told apart by people who see few colours, on white, and by the shape of the points.
LINES = ("#0b4f5c", "#c2571a", "#5b3f8c", "#3a7d34", "#b0234b", "#7a6a00", "#2f6fb2", "#555f63")
_FONT = "Arial, Helvetica, sans-serif"
_INK = "#0b0c0c"
_GRID = "#dfe6e8"
_BAR = 26
_LABEL_PIXELS = 330


@dataclass(frozen=True)
class Bar:
    """One bar. `quiet` is for what a classification does not show or nobody recorded."""

    label: str
    value: Decimal
    shown: str
    quiet: bool = False


@dataclass(frozen=True)
class Point:
    """A value on a day, of one line where there are several."""

    on: date
    value: Decimal
    line: str = ""


def bars(rows: Sequence[Bar]) -> str:
    """Horizontal bars in the order of the table, each with its figure at its end. Returns SVG."""
    alt = _altair()
    data = [
        {"label": row.label, "value": float(row.value), "shown": row.shown, "quiet": row.quiet}
        for row in rows
    ]
    order = [row.label for row in rows]
    longest = max((len(row.shown) for row in rows), default=0)
    most = max((float(row.value) for row in rows), default=0)
    least = min((float(row.value) for row in rows), default=0)
    base = alt.Chart(alt.Data(values=data)).encode(
        y=alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=_LABEL_PIXELS, labelPadding=8)),
        x=alt.X(
            "value:Q",
            title=None,
            axis=None,
            # Room at the end of the longest bar for its figure.
            scale=alt.Scale(domain=[min(0.0, least), (most or 1) * (1 + 0.028 * longest)], nice=False),
        ),
    )
    drawn = base.mark_bar(height=_BAR - 8).encode(
        color=alt.condition("datum.quiet", alt.value(QUIET), alt.value(ACCENT))
    )
    figures = base.mark_text(align="left", dx=6, fontSize=13, color=_INK).encode(text="shown:N")
    return _svg((drawn + figures).properties(width=330, height=_BAR * max(1, len(rows))))


def columns(rows: Sequence[Bar], unit: Unit) -> str:
    """Upright columns, for months in order. Returns SVG."""
    alt = _altair()
    data = [{"label": row.label, "value": float(row.value)} for row in rows]
    chart = (
        alt.Chart(alt.Data(values=data))
        .mark_bar(color=ACCENT)
        .encode(
            x=alt.X("label:N", sort=None, title=None, axis=alt.Axis(labelAngle=-60, labelOverlap=True)),
            y=alt.Y("value:Q", title=None, axis=_value_axis(unit), scale=_value_scale(unit)),
        )
    )
    return _svg(chart.properties(width=alt.Step(30) if len(rows) <= 16 else 520, height=230))


def lines(points: Sequence[Point], unit: Unit) -> str:
    """Values over time, a line for each of a few categories. Returns SVG."""
    alt = _altair()
    names = list(dict.fromkeys(point.line for point in points))
    data = [{"on": point.on.isoformat(), "value": float(point.value), "line": point.line} for point in points]
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X(
            "on:T",
            title=None,
            axis=alt.Axis(format="%b %Y", grid=False, tickCount=8, labelFlush=False, labelOverlap=True),
        ),
        y=alt.Y("value:Q", title=None, axis=_value_axis(unit), scale=_value_scale(unit)),
    )
    if len(names) > 1:
        palette = [LINES[place % len(LINES)] for place in range(len(names))]
        legend = alt.Legend(title=None, orient="bottom", columns=2, labelLimit=260, symbolSize=70)
        colour = alt.Color("line:N", sort=names, scale=alt.Scale(domain=names, range=palette), legend=legend)
        shape = alt.Shape("line:N", sort=names, scale=alt.Scale(domain=names), legend=legend)
        base = base.encode(color=colour, shape=shape)
        chart = base.mark_line(strokeWidth=2) + base.mark_point(filled=True, size=34)
    else:
        chart = base.mark_line(strokeWidth=2.5, color=ACCENT, point=alt.OverlayMarkDef(color=ACCENT, size=34))
    return _svg(chart.properties(width=520, height=230))


def shown_value(indicator: Indicator, value: Decimal) -> Decimal:
    """The value a picture draws: money in whole pounds, the rest as it is."""
    return value.quantize(Decimal(1)) if indicator.unit in {Unit.POUNDS, Unit.POUNDS_EACH} else value


def _value_axis(unit: Unit) -> Any:
    alt = _altair()
    formats = {
        Unit.PERCENTAGE: "datum.value + '%'",
        Unit.GROWTH: "datum.value + '%'",
        Unit.POUNDS: "'£' + format(datum.value, '.3~s')",
        Unit.POUNDS_EACH: "'£' + format(datum.value, ',')",
        Unit.COUNT: "format(datum.value, ',')",
    }
    return alt.Axis(labelExpr=formats[unit], tickCount=5, grid=True, domain=False, ticks=False)


def _value_scale(unit: Unit) -> Any:
    return _altair().Scale(zero=unit is not Unit.GROWTH, nice=True)


@cache
def _altair() -> Any:
    import altair

    return altair


def _svg(chart: Any) -> str:
    import vl_convert

    text = {"labelFont": _FONT, "titleFont": _FONT, "labelFontSize": 13, "labelColor": _INK}
    finished = (
        chart.configure(font=_FONT, background="white", padding=4)
        .configure_view(stroke=None)
        .configure_axis(**text, gridColor=_GRID, domainColor="#8a9a9d", tickColor="#8a9a9d")
        .configure_legend(labelFont=_FONT, labelFontSize=13, labelColor=_INK)
    )
    drawn: str = vl_convert.vegalite_to_svg(finished.to_dict(validate=False))
    return drawn
