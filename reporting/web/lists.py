"""The children and cases behind a figure, live from the records by the code that counts them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from casework.access.web import needs
from casework.models import AccessAction, User
from casework.rules.permissions import Permission
from casework.services.access_log import record_readings
from casework.today import today
from casework.ui.components import Link
from casework.web.presenters import child_url
from casework.web.records import reader_of
from reporting.compute import Item, ListPage, compute, list_page, listed
from reporting.exports import csv_lines
from reporting.indicator import Indicator, Part, Unit
from reporting.queries.listed import ListedRecord, listed_children, listed_requests
from reporting.subjects import OPEN_REQUESTS, REQUESTS
from reporting.web import indicator_choices, indicator_csv, indicator_page, indicator_periods
from reporting.web.indicator import csv_response, question_refused
from reporting.web.indicator_access import indicator_or_404
from reporting.web.indicator_figures import Figures, figures_of, latest_day, state_of
from reporting.web.indicator_question import Question, QuestionError, read_part, read_question
from reporting.web.lists_columns import columns_of, day_of, export_columns

PAGE_SIZE = 50
_MONEY = {Unit.POUNDS, Unit.POUNDS_EACH}


@dataclass(frozen=True)
class Asked:
    """A list: its question and the figure it stands behind."""

    question: Question
    part: Part

    @property
    def arguments(self) -> dict[str, Any]:
        """As `reporting.compute` takes them."""
        return {"window": self.question.window, "where": self.question.where, "part": self.part}

    @property
    def of_money(self) -> bool:
        """Whether the figure is an amount, to which the rows add."""
        return self.question.indicator.unit in _MONEY and self.part is Part.NUMERATOR


@needs(Permission.SEE_REPORTS)
@needs(Permission.SEE_CHILDREN)
@require_safe
def indicator_list(request: HttpRequest, code: str) -> HttpResponse:
    """One page of the list, with what the report says and what it would say now."""
    wanted = indicator_or_404(request, code)
    made = state_of(wanted)
    try:
        asked = _asked(request, wanted, latest_day(made, today=today()))
    except QuestionError as error:
        return question_refused(request, wanted, str(error))
    question = asked.question
    page, found = _page(asked, request.GET.get("page", "1"))
    records = _records(asked, found.items, reader_of(request))
    columns = columns_of(wanted)
    figures = figures_of(question, made)
    context = {
        "indicator": wanted,
        "days": indicator_periods.words(wanted, question.window),
        "what": _what(asked),
        "chosen": indicator_choices.filter_sentences(question),
        "page": page,
        "columns": columns,
        "rows": [
            (record, child_url(record.child) if record.child else "", [(c, c.value(record)) for c in columns])
            for record in records
        ],
        "count": found.count,
        "live_total": _live_total(asked, found.count),
        "figure": _figure(asked, figures),
        "figures": figures,
        "of_money": asked.of_money,
        "csv_url": question.address("indicator_list_csv", part=asked.part.value),
        "nav_key": "reports",
        "breadcrumbs": [
            Link("Reports", reverse("reports")),
            Link(
                wanted.title, Question(wanted, question.window, wanted_split(wanted), {}).address("indicator")
            ),
            Link("List"),
        ],
    }
    return render(request, "reporting/indicator_list.html", context)


@needs(Permission.SEE_REPORTS)
@needs(Permission.SEE_CHILDREN)
@require_safe
def indicator_list_csv(request: HttpRequest, code: str) -> HttpResponse | StreamingHttpResponse:
    """The whole list as CSV. Every child in it who may be seen is written into the access log as exported."""
    wanted = indicator_or_404(request, code)
    made = state_of(wanted)
    try:
        asked = _asked(request, wanted, latest_day(made, today=today()))
    except QuestionError as error:
        return question_refused(request, wanted, str(error))
    reader = reader_of(request)
    records = _records(asked, listed(wanted, **asked.arguments), reader)
    record_readings(
        (record.child.pk for record in records if record.child), by=reader, action=AccessAction.EXPORT
    )
    columns = export_columns(wanted)

    def rows() -> Iterator[list[Any]]:
        for record in records:
            yield [column.value(record) for column in columns]

    lines = csv_lines([column.heading for column in columns], rows())
    return csv_response(lines, indicator_csv.file_name(asked.question, f"list-{asked.part.value}"))


def wanted_split(wanted: Indicator) -> Any:
    """The dimension an indicator's page begins with."""
    return wanted.dimension(wanted.by_default[0]) if wanted.by_default else None


def _asked(request: HttpRequest, wanted: Indicator, on: date) -> Asked:
    question = read_question(request.GET, wanted, on=on)
    return Asked(Question(wanted, question.window, None, question.where), read_part(request.GET, wanted))


def _page(asked: Asked, number: str) -> tuple[Page[int], ListPage]:
    """The page of that number; the first for what is no number, the last for one past the end."""
    wanted = int(number) if number.isdecimal() and int(number) > 0 else 1
    while True:
        found = list_page(
            asked.question.indicator, **asked.arguments, limit=PAGE_SIZE, offset=(wanted - 1) * PAGE_SIZE
        )
        page = Paginator(range(found.count), PAGE_SIZE).get_page(wanted)
        if page.number == wanted:
            return page, found
        wanted = page.number


def _records(asked: Asked, items: list[Item], reader: User) -> list[ListedRecord]:
    if asked.question.indicator.subject.code in {REQUESTS.code, OPEN_REQUESTS.code}:
        return listed_requests(items, reader=reader)
    return listed_children(items, reader=reader, on=day_of(asked.question, asked.part))


def _what(asked: Asked) -> str:
    wanted = asked.question.indicator
    return wanted.numerator_words if asked.part is Part.NUMERATOR else wanted.denominator_words


def _live_total(asked: Asked, count: int) -> str:
    """What the report would say now: the number of rows, or the sum of their amounts."""
    if not asked.of_money:
        return f"{count:,}"
    question = asked.question
    table = compute(question.indicator, window=question.window, where=question.where)
    return _amount(asked, table.total.numerator)


def _figure(asked: Asked, figures: Figures) -> str:
    total = figures.table.total
    amount = total.numerator if asked.part is Part.NUMERATOR else total.denominator
    return _amount(asked, amount or Decimal(0))


def _amount(asked: Asked, amount: Decimal) -> str:
    return indicator_page.figure_words(asked.question.indicator, asked.part, amount)
