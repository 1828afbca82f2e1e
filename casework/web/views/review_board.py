"""Reviews that are due: a board by setting and month, the list behind every count, and plans never reviewed."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import AccessAction, Area, Establishment, RoleCode, User
from casework.queries import review_board, reviews_due
from casework.queries.review_board import Board, SettingRow
from casework.queries.reviews_due import ANY_DAY, LATER, OVERDUE
from casework.rules.permissions import Permission
from casework.rules.reviews import ReviewState
from casework.services.access_log import record_readings
from casework.today import today
from casework.ui.components import Link
from casework.ui.spreadsheets import csv_response
from casework.web.forms.review_filters import DAYS, ReviewFilterForm
from casework.web.records import reader_of
from casework.web.views.child_reviews import TAGS

PAGE_SIZE = 50
SETTINGS_ON_A_PAGE = 25
CSV_COLUMNS = (
    "Reference", "Surname", "Forename", "Date of birth", "Setting", "Area", "Lead worker", "Plan made", "Last review",
    "Review due", "Meeting planned", "Meeting held", "Report received", "Family told", "Decision", "Notice sent",
    "State", "Next duty by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardCell:
    """A count and the list it opens; `column` says which for those who do not see the heading."""

    number: int
    url: str
    column: str


@needs(Permission.SEE_CHILDREN)
def board(request: HttpRequest) -> HttpResponse:
    """How many reviews are due at each setting in each month."""
    form, day, reader = _form(request), today(), reader_of(request)
    context: dict[str, Any] = {"form": form, "nav_key": "reviews", "views": views_of_reviews("board")}
    if form.is_valid():
        rows = reviews_due.open_reviews(reader=reader, on=day, chosen=form.chosen)
        found = review_board.board(rows, on=day)
        page = Paginator(found.rows, SETTINGS_ON_A_PAGE).get_page(request.GET.get("page"))
        kept = _kept(form)
        context |= {
            "board": found,
            "page": page,
            "rows": [_cells(row, found, kept) for row in page.object_list],
            "totals": _cells(found.totals, found, kept, everywhere=True),
            "states": _states(found, kept),
            "filters": _filters(form, reader),
            "clear_url": f"{reverse('reviews')}?worker=",
        }
    return render(request, "casework/reviews/board.html", context)


@needs(Permission.SEE_CHILDREN)
def review_list(request: HttpRequest) -> HttpResponse:
    """The reviews behind a count, soonest next duty first."""
    form, day, reader = _form(request), today(), reader_of(request)
    context: dict[str, Any] = {"form": form, "nav_key": "reviews", "views": views_of_reviews("list")}
    if form.is_valid():
        rows = reviews_due.open_reviews(reader=reader, on=day, chosen=form.chosen)
        page = Paginator(reviews_due.listed(rows, on=day), PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "rows": [_shown(row, day) for row in page.object_list],
            "filters": _filters(form, reader),
            "clear_url": f"{reverse('reviews_list')}?worker=",
            "csv_url": f"{reverse('reviews_csv')}?{form.address}",
        }
    return render(request, "casework/reviews/list.html", context)


@needs(Permission.SEE_CHILDREN)
def review_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file; its taking is logged for every child in it."""
    form, day, reader = _form(request), today(), reader_of(request)
    if not form.is_valid():
        return render(
            request,
            "casework/reviews/list.html",
            {"form": form, "views": views_of_reviews("list")},
            status=400,
        )
    rows = reviews_due.listed(reviews_due.open_reviews(reader=reader, on=day, chosen=form.chosen), on=day)
    record_readings(
        rows.order_by().values_list("case__child", flat=True), by=reader, action=AccessAction.EXPORT
    )
    return csv_response(f"reviews-{day}.csv", CSV_COLUMNS, _csv_rows(rows.iterator(chunk_size=2000)))


@needs(Permission.SEE_CHILDREN)
def never_reviewed(request: HttpRequest) -> HttpResponse:
    """Plans in force of which no review is recorded, oldest first."""
    day = today()
    rows = reviews_due.never_reviewed(reader=reader_of(request), on=day)
    late_only = request.GET.get("due") == OVERDUE
    shown = rows.filter(next_due__lt=day) if late_only else rows
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "nav_key": "reviews",
        "views": views_of_reviews("never"),
        "page": page,
        "late_only": late_only,
        "number": page.paginator.count,
    }
    return render(request, "casework/reviews/never.html", context)


def _form(request: HttpRequest) -> ReviewFilterForm:
    """The filters of the address. Who leads children begins with those; `worker=` without a name means everybody's."""
    reader, data = reader_of(request), request.GET.copy()
    if "worker" not in data and review_board.leads_anybody(reader, on=today()):
        data["worker"] = str(reader.public_id)
    workers = (
        visible(User, reader)
        .filter(memberships__role=RoleCode.CASEWORKER)
        .distinct()
        .order_by("name")
        .only("public_id", "name")
    )
    return ReviewFilterForm(data, areas=visible(Area, reader), workers=workers)


def views_of_reviews(current: str) -> list[Link]:
    """The pages under "Reviews"."""
    pages = (
        ("board", "By setting and month", "reviews"),
        ("list", "List", "reviews_list"),
        ("never", "No review recorded", "reviews_never"),
        ("transfers", "Phase transfers", "phase_transfers"),
        ("returns", "Returns from settings", "review_returns"),
    )
    return [Link(text, reverse(name), current=key == current) for key, text, name in pages]


def _kept(form: ReviewFilterForm) -> dict[str, str]:
    """The filters as the address writes them, without those that a cell sets itself."""
    return {
        "worker": form.data.get("worker", ""),
        **{name: form.data[name] for name in ("state", "area", "setting") if form.data.get(name)},
    }


def _cells(
    row: SettingRow, found: Board, kept: dict[str, str], *, everywhere: bool = False
) -> dict[str, Any]:
    where = kept if everywhere else {**kept, "setting": str(row.setting)}
    url = f"{reverse('reviews_list')}?{urlencode(where)}"
    cells = [BoardCell(row.overdue, f"{url}&month={OVERDUE}", "overdue")]
    cells += [
        BoardCell(number, f"{url}&month={month.isoformat()[:7]}", f"{month:%B %Y}")
        for month, number in zip(found.months, row.months, strict=True)
    ]
    cells += [
        BoardCell(row.later, f"{url}&month={LATER}", "later"),
        BoardCell(row.total, f"{url}&month={ANY_DAY}", "in all"),
    ]
    return {"name": row.name, "url": url, "cells": cells}


def _states(found: Board, kept: dict[str, str]) -> list[Link]:
    others = {name: value for name, value in kept.items() if name != "state"}
    return [
        Link(
            state.words,
            f"{reverse('reviews_list')}?{urlencode({**others, 'state': state.value})}",
            count=number,
        )
        for state, number in found.states.items()
        if state is not ReviewState.NOT_DUE
    ]


def _filters(form: ReviewFilterForm, reader: User) -> list[Link]:
    """What is on, each as a link that takes it away."""
    given, data = form.cleaned_data, form.data
    words = {
        "state": ReviewState(given["state"]).words if given["state"] else "",
        "area": str(given["area"] or ""),
        "worker": str(given["worker"] or ""),
        "setting": _setting_words(given["setting"], reader),
        "month": _month_words(given["month"]),
    }
    on = {name: data[name] for name in words if data.get(name)}
    return [
        Link(text, "?" + urlencode({**on, name: ""})) for name, text in words.items() if text and name in on
    ]


def _setting_words(setting: int | None, reader: User) -> str:
    if setting is None:
        return ""
    if setting == 0:
        return "No setting recorded"
    found = visible(Establishment, reader).filter(pk=setting).first()
    return found.name if found else "A setting that is not known"


def _month_words(month: str) -> str:
    if month in DAYS:
        return DAYS[month]
    return f"Due in {datetime.date.fromisoformat(f'{month}-01'):%B %Y}" if month else ""


def _shown(row: Any, day: datetime.date) -> dict[str, Any]:
    state = ReviewState(row.state)
    return {
        "review": row,
        "child": row.case.child,
        "url": reverse("child_reviews", args=[row.case.child.public_id]),
        "state": state.words,
        "colour": TAGS.get(state, "grey"),
        "waits_for": state.waits_for,
        "late": bool(row.act_by and row.act_by < day),
    }


def _csv_rows(rows: Iterable[Any]) -> Iterator[list[Any]]:
    for row in rows:
        child = row.case.child
        yield [
            row.case.reference, child.surname, child.forename, child.date_of_birth, row.setting_name,
            child.area.name if child.area else "", row.lead, row.plan.starts_on if row.plan else None, row.last_review,
            row.due_on, row.planned_on, row.held_on, row.report_on, row.decided_on, row.get_answer_display(),
            row.amendment_sent_on, ReviewState(row.state).words, row.act_by,
        ]  # fmt: skip
