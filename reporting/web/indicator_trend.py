"""An indicator over time, month by month, from snapshots."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from casework.access.web import needs
from casework.rules.permissions import Permission
from casework.today import today
from casework.ui.components import Cell, Column, Link
from casework.ui.formats import short_date
from casework.web.records import reader_of
from reporting.dimensions import MonthDimension
from reporting.exports import csv_lines
from reporting.indicator import Part
from reporting.queries import snapshots
from reporting.tables import Row, Table
from reporting.web import charts, indicator_choices, indicator_csv, indicator_page
from reporting.web.indicator import PICTURE_SECONDS, SVG, csv_response, question_refused
from reporting.web.indicator_access import indicator_or_404, may_list
from reporting.web.indicator_figures import latest_day, state_of
from reporting.web.indicator_question import Question, QuestionError, read_question
from reporting.windows import Timing, Window

MONTHS = 36
_MONTHS_IN_TABLE = 13
_LINES = 7

Trend = Mapping[date, Table]


@needs(Permission.SEE_REPORTS)
@require_safe
def indicator_trend(request: HttpRequest, code: str) -> HttpResponse:
    """Three years as a picture, thirteen months as a table."""
    wanted = indicator_or_404(request, code)
    made = state_of(wanted)
    try:
        question = _question(request, code, latest_day(made, today=today()))
    except QuestionError as error:
        return question_refused(request, wanted, str(error))
    links = may_list(reader_of(request))
    trend = _trend(question)
    context = {
        "indicator": wanted,
        "question": question,
        "made": made,
        "trend": trend,
        "picture_url": question.address("indicator_trend_picture"),
        "picture_words": _words(question, trend),
        "columns": _columns(question, trend),
        "rows": _rows(question, trend, links=links),
        "chosen": indicator_choices.filter_sentences(question),
        "csv_url": question.address("indicator_trend_csv"),
        "may_list": links,
        "tabs": [
            Link("Figures", question.address("indicator")),
            Link("Over time", question.address("indicator_trend"), current=True),
        ],
        "nav_key": "reports",
        "breadcrumbs": [Link("Reports", reverse("reports")), Link(wanted.title)],
    }
    return render(request, "reporting/indicator_trend.html", context)


@needs(Permission.SEE_REPORTS)
@require_safe
def indicator_trend_picture(request: HttpRequest, code: str) -> HttpResponse:
    """The lines. Redrawn only when a snapshot has been made since."""
    wanted = indicator_or_404(request, code)
    made = state_of(wanted)
    try:
        question = _question(request, code, latest_day(made, today=today()))
    except QuestionError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    drawn = (
        charts.VERSION,
        "trend",
        question.pairs(),
        made and made.computed_at,
        wanted.code,
        wanted.version,
    )
    tag = hashlib.sha256(repr(drawn).encode()).hexdigest()
    if request.headers.get("If-None-Match") == f'"{tag}"':
        response = HttpResponse(status=304)
    else:
        svg = cache.get_or_set(
            f"picture:{tag}",
            lambda: charts.lines(_points(question, _trend(question)), wanted.unit),
            PICTURE_SECONDS,
        )
        response = HttpResponse(svg, content_type=SVG)
    response.headers["ETag"] = f'"{tag}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@needs(Permission.SEE_REPORTS)
@require_safe
def indicator_trend_csv(request: HttpRequest, code: str) -> HttpResponse | StreamingHttpResponse:
    """Every month there is, as CSV."""
    wanted = indicator_or_404(request, code)
    made = state_of(wanted)
    try:
        question = _question(request, code, latest_day(made, today=today()))
    except QuestionError as error:
        return question_refused(request, wanted, str(error))
    by = question.by
    split = (by.code, f"{by.code}_words") if by else ()
    heading = (
        "indicator", "definition_version", "first_day", "last_day", "worked_out_at", "filter", *split,
        "numerator", "denominator", "value", "unit",
    )  # fmt: skip

    def lines() -> Iterator[tuple[Any, ...]]:
        for table in snapshots.trend(wanted, by=question.split, where=question.where).values():
            days = (table.window.first, table.window.last)
            shared = (
                wanted.code,
                wanted.version,
                *days,
                made and made.computed_at,
                indicator_csv.filter_words(question),
            )
            for row in table.rows:
                yield (
                    *shared,
                    *row.dims,
                    *row.labels,
                    row.numerator,
                    row.denominator,
                    row.value,
                    wanted.unit.value,
                )

    return csv_response(csv_lines(heading, lines()), f"{wanted.code}-over-time.csv")


def _question(request: HttpRequest, code: str, on: date) -> Question:
    """As asked, without months: they are what the lines run over."""
    question = read_question(request.GET, indicator_or_404(request, code), on=on)
    where = {name: values for name, values in question.where.items() if name != "month"}
    return replace(question, by=None if isinstance(question.by, MonthDimension) else question.by, where=where)


def _trend(question: Question) -> Trend:
    """The split is drawn only where the rows are shares of one whole, or few."""
    return snapshots.trend(question.indicator, by=question.split, where=question.where, months=MONTHS)


def _lines_of(trend: Trend) -> list[str]:
    """The values drawn: those with the largest figures on the last day, in the table's order."""
    last = list(trend.values())[-1]
    largest = sorted(last.rows, key=lambda row: -(row.value or Decimal(0)))[:_LINES]
    return [row.dims[0] for row in last.rows if row in largest]


def _points(question: Question, trend: Trend) -> list[charts.Point]:
    if not trend:
        return []
    if question.by is None:
        return [
            charts.Point(day, table.total.value)
            for day, table in trend.items()
            if table.total.value is not None
        ]
    drawn = _lines_of(trend)
    points = []
    for value in drawn:
        for day, table in trend.items():
            row = _row_of(table, value)
            if row and row.value is not None:
                points.append(charts.Point(day, row.value, row.labels[0]))
    return points


def _row_of(table: Table, value: str) -> Row | None:
    return next((row for row in table.rows if row.dims == (value,)), None)


def _words(question: Question, trend: Trend) -> str:
    if not trend:
        return ""
    first, last = next(iter(trend.values())), list(trend.values())[-1]
    start = f"Lines. {question.indicator.title}, {_day(question, first)} to {_day(question, last)}"
    if question.by is None:
        return f"{start}: from {first.total.shown} to {last.total.shown}."
    told = []
    for value in _lines_of(trend):
        before, now = _row_of(first, value), _row_of(last, value)
        told.append(
            f"{now.labels[0] if now else value} from {before.shown if before else 'none'} to {now.shown if now else 'none'}"
        )
    return f"{start}: {'; '.join(told)}."


def _day(question: Question, table: Table) -> str:
    stock = question.indicator.timing is Timing.STOCK
    return short_date(table.window.last) if stock else f"{table.window.first:%b %Y}"


def _columns(question: Question, trend: Trend) -> list[Column]:
    first = Column("Day" if question.indicator.timing is Timing.STOCK else "Month")
    if question.by is None or not trend:
        return [
            first,
            *(Column(words, numeric=True) for words in indicator_page.figure_headings(question.indicator)),
        ]
    last = list(trend.values())[-1]
    names = [row.labels[0] for value in _lines_of(trend) if (row := _row_of(last, value))]
    return [first, *(Column(name, numeric=True) for name in names), Column("All", numeric=True)]


def _rows(question: Question, trend: Trend, *, links: bool) -> list[list[Any]]:
    """Newest first."""
    rows = []
    for table in reversed(list(trend.values())[-_MONTHS_IN_TABLE:]):
        asked = replace(question, window=Window(table.window.first, table.window.last))
        if question.by is None:
            rows.append(
                [_day(question, table), *indicator_page.figure_cells(asked, table.total, links=links)]
            )
            continue
        cells = [
            _linked(asked.narrowed(question.by, value), row, links=links)
            if (row := _row_of(table, value))
            else Cell("0")
            for value in _lines_of(trend)
        ]
        rows.append([_day(question, table), *cells, _linked(asked, table.total, links=links)])
    return rows


def _linked(question: Question, row: Row, *, links: bool) -> Cell:
    shown = indicator_page.short_figure(question.indicator, row)
    address = question.list_address(Part.NUMERATOR) if links and row.numerator else ""
    return Cell(shown, address, hidden="listed")
