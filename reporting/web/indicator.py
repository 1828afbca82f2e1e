"""Pages of one indicator: its figures, their picture and their CSV."""

import hashlib
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from casework.access.web import needs
from casework.rules.permissions import Permission
from casework.today import today
from casework.ui.components import Link
from casework.web.records import reader_of
from reporting.dimensions import MonthDimension
from reporting.exports import csv_lines
from reporting.indicator import Indicator
from reporting.models import SnapshotState
from reporting.web import charts, indicator_choices, indicator_csv, indicator_page, indicator_periods
from reporting.web.indicator_access import indicator_or_404, may_list
from reporting.web.indicator_beside import companions
from reporting.web.indicator_figures import Figures, figures_of, latest_day, state_of
from reporting.web.indicator_form import OwnDays, asked_window
from reporting.web.indicator_question import Question, QuestionError, filterable, read_question

SVG = "image/svg+xml"
PICTURE_SECONDS = 24 * 60 * 60


@needs(Permission.SEE_REPORTS)
@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Figures with picture, definition and filters. What the form sends becomes the one address of the question."""
    wanted = indicator_or_404(request, code)
    made = state_of(wanted)
    try:
        question = read_question(request.GET, wanted, on=latest_day(made, today=today()))
        form = OwnDays(wanted, request.GET if "period" in request.GET else None, today=today())
        if form.is_bound and form.is_valid():
            window = asked_window(form, request.GET["period"], question.window)
            return redirect(Question(wanted, window, question.by, question.where).address("indicator"))
    except QuestionError as error:
        return question_refused(request, wanted, str(error))
    return render(request, "reporting/indicator.html", _context(request, question, form, made))


@needs(Permission.SEE_REPORTS)
@require_safe
def indicator_picture(request: HttpRequest, code: str) -> HttpResponse:
    """The picture of the same question. It is drawn once for each set of figures."""
    wanted = indicator_or_404(request, code)
    made = state_of(wanted)
    try:
        question = read_question(request.GET, wanted, on=latest_day(made, today=today()))
    except QuestionError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    return picture(request, figures_of(question, made))


@needs(Permission.SEE_REPORTS)
@require_safe
def indicator_figures(request: HttpRequest, code: str) -> HttpResponse | StreamingHttpResponse:
    """The table as CSV."""
    wanted = indicator_or_404(request, code)
    made = state_of(wanted)
    try:
        question = read_question(request.GET, wanted, on=latest_day(made, today=today()))
    except QuestionError as error:
        return question_refused(request, wanted, str(error))
    figures = figures_of(question, made)
    return csv_response(
        indicator_csv.figure_lines(question, figures), indicator_csv.file_name(question, "figures")
    )


@needs(Permission.SEE_REPORTS)
@require_safe
def indicator_about(request: HttpRequest, code: str) -> HttpResponse | StreamingHttpResponse:
    """What goes with the figures' CSV: definition, source, filter and time, as CSV."""
    wanted = indicator_or_404(request, code)
    made = state_of(wanted)
    try:
        question = read_question(request.GET, wanted, on=latest_day(made, today=today()))
    except QuestionError as error:
        return question_refused(request, wanted, str(error))
    lines = csv_lines(("item", "words"), indicator_csv.about_rows(question, figures_of(question, made)))
    return csv_response(lines, indicator_csv.file_name(question, "about"))


def picture(request: HttpRequest, figures: Figures) -> HttpResponse:
    """An SVG of the table with an ETag made of the figures themselves."""
    table = figures.table
    rows = indicator_page.bars_of(table) if table.by else []
    upright = bool(table.by) and isinstance(table.by[0], MonthDimension)
    drawn = repr((charts.VERSION, upright, table.indicator.unit, rows))
    tag = hashlib.sha256(drawn.encode()).hexdigest()
    if request.headers.get("If-None-Match") == f'"{tag}"':
        response = HttpResponse(status=304)
    else:
        svg = cache.get_or_set(
            f"picture:{tag}",
            lambda: charts.columns(rows, table.indicator.unit) if upright else charts.bars(rows),
            PICTURE_SECONDS,
        )
        response = HttpResponse(svg, content_type=SVG)
    response.headers["ETag"] = f'"{tag}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def question_refused(request: HttpRequest, wanted: Indicator, why: str) -> HttpResponse:
    """An address that cannot be answered: why, and the way back."""
    return render(request, "reporting/question_refused.html", {"indicator": wanted, "why": why}, status=400)


def csv_response(lines: Any, name: str) -> StreamingHttpResponse:
    """A CSV file to keep, of figures that no cache on the way may hold."""
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _context(
    request: HttpRequest, question: Question, form: OwnDays, made: SnapshotState | None
) -> dict[str, Any]:
    wanted = question.indicator
    figures = figures_of(question, made)
    links = may_list(reader_of(request))
    values = {dimension.code: dimension.values() for dimension in filterable(wanted)}
    return {
        "indicator": wanted,
        "question": question,
        "form": form,
        "days": indicator_periods.words(wanted, question.window),
        "figures": figures,
        "total": indicator_page.headline(question, figures.table, links=links),
        "table": indicator_page.shown_table(question, figures.table, links=links),
        "picture_url": question.address("indicator_picture") if question.by and figures.table.rows else "",
        "picture_words": indicator_page.picture_words(question, figures.table),
        "under_table": indicator_page.classification_words(question, figures.table),
        "period_groups": indicator_choices.period_groups(question, on=latest_day(made, today=today())),
        "split_groups": indicator_choices.split_groups(question),
        "filter_groups": indicator_choices.filter_groups(question, values),
        "chosen": indicator_choices.chosen_links(question, values),
        "clear_url": Question(wanted, question.window, question.by, {}).address("indicator"),
        "csv_url": question.address("indicator_figures"),
        "about_url": question.address("indicator_about"),
        "may_list": links,
        "beside": companions(question, made),
        "how": indicator_page.how_counted(question),
        "tabs": [
            Link("Figures", question.address("indicator"), current=True),
            Link("Over time", question.address("indicator_trend")),
        ],
        "nav_key": "reports",
        "breadcrumbs": [Link("Reports", reverse("reports")), Link(wanted.title)],
    }
