"""What a worker's children need next, in date order."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import AccessAction, Area, SavedFilter, User
from casework.queries.desk import ALL, MONTH, OVERDUE, PARTS, WAITING, WEEK, Desk, desk_of
from casework.rules.permissions import Permission
from casework.services.access_log import record_readings
from casework.today import today
from casework.ui import navigation
from casework.ui.components import Link
from casework.ui.spreadsheets import csv_response
from casework.web.forms.my_work import WorkFilterForm
from casework.web.records import reader_of
from casework.web.work_row_html import work_row_html
from casework.web.worklist_rows import WorkRow, worklist_rows

PAGE_SIZE = 30
CSV_COLUMNS = (
    "Surname", "Forename", "Year group", "Age", "What is due", "Statutory", "Why", "By", "Left", "Status", "Waiting for",
    "Waiting since", "Last contact", "Flags", "Covered for",
)  # fmt: skip
_TABS = (
    (OVERDUE, "Overdue"),
    (WEEK, "Due in 7 days"),
    (MONTH, "Due in 28 days"),
    (WAITING, "Waiting on others"),
    (ALL, "All"),
)


@needs(None)
def home(request: HttpRequest) -> HttpResponse:
    """The first page this person's role may open."""
    items = navigation.items_for(request.user)
    if items:
        return redirect(items[0].url)
    return render(request, "casework/no_role.html", status=403)


@needs(None)
def my_work(request: HttpRequest) -> HttpResponse:
    """The worklist of the person who is signed in; who has none goes to the first page their role may open."""
    reader = reader_of(request)
    if not reader.may(Permission.RECORD_CASEWORK):
        return home(request)
    filters = list(visible(SavedFilter, reader).select_related("owner"))
    opens = next((row for row in filters if row.is_default and row.owner_id == reader.pk), None)
    if opens and opens.query and not request.GET:
        return redirect(f"{reverse('my_work')}?{opens.query}")
    return _worklist(request, reader, reader, filters=filters)


@needs(Permission.RECORD_CASEWORK)
def worker_work(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The worklist of a colleague, for cover and supervision."""
    reader = reader_of(request)
    worker = get_object_or_404(visible(User, reader), public_id=public_id)
    return _worklist(request, worker, reader, filters=[])


@needs(Permission.RECORD_CASEWORK)
def my_work_csv(request: HttpRequest) -> HttpResponseBase:
    """My work as it is filtered, as a file."""
    reader = reader_of(request)
    return _csv(request, reader, reader)


@needs(Permission.RECORD_CASEWORK)
def worker_work_csv(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """A colleague's worklist as it is filtered, as a file."""
    reader = reader_of(request)
    return _csv(request, get_object_or_404(visible(User, reader), public_id=public_id), reader)


def _worklist(
    request: HttpRequest, worker: User, reader: User, *, filters: list[SavedFilter]
) -> HttpResponse:
    day = today()
    whole = desk_of(worker, reader=reader, as_at=day)
    form, part = _form(request, reader), _part(request)
    desk = whole.narrowed(form.chosen)
    page = Paginator(desk.part(part), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = worklist_rows(list(page.object_list), reader=reader, as_at=day)
    is_mine, kept = worker.pk == reader.pk, {"due": part}
    csv_name, args = ("my_work_csv", []) if is_mine else ("worker_work_csv", [worker.public_id])
    context = {
        "worker": worker,
        "is_mine": is_mine,
        "day": whole.day(),
        "chosen": part,
        "tabs": _tabs(desk, part, form.given),
        "filter_form": form,
        "filters_on": form.tags(kept),
        "keep": kept,
        "clear_url": f"?{urlencode(kept)}",
        "covers": whole.covers,
        "page": page,
        "rows": rows,
        "lines": [work_row_html(row) for row in rows],
        "csv_url": f"{reverse(csv_name, args=args)}?{urlencode({**kept, **form.given})}",
        "query": urlencode({**kept, **form.given}),
        "may_allocate": reader.may(Permission.ALLOCATE),
        "nav_key": "my_work",
    }
    if is_mine:
        context |= _saved(reader, filters, urlencode({**kept, **form.given}))
    return render(request, "casework/my_work.html", context)


def _saved(reader: User, filters: list[SavedFilter], query: str) -> dict[str, Any]:
    """The views that this person keeps or may use, and the form that keeps the one shown."""
    return {
        "saved": [(row, f"?{row.query}", row.query == query, row.owner_id == reader.pk) for row in filters],
        "save_url": reverse("save_filter"),
        "save_query": urlencode({"query": query}),
    }


def _csv(request: HttpRequest, worker: User, reader: User) -> HttpResponseBase:
    day = today()
    items = desk_of(worker, reader=reader, as_at=day).narrowed(_form(request, reader).chosen)
    shown = list(items.part(_part(request)))
    record_readings((item.child.pk for item in shown), by=reader, action=AccessAction.EXPORT)
    rows = worklist_rows(shown, reader=reader, as_at=day)
    return csv_response(f"my-work-{day}.csv", CSV_COLUMNS, _lines(rows))


def _lines(rows: Iterable[WorkRow]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            row.child.surname, row.child.forename, row.year_group, row.age, row.what,
            "Yes" if row.statutory else "No", row.why, row.due, row.away, row.status, row.waits_for, row.waits_since,
            row.last_contact, "; ".join(flag.text for flag in row.flags), row.covers,
        ]  # fmt: skip


def _form(request: HttpRequest, reader: User) -> WorkFilterForm:
    return WorkFilterForm(request.GET, areas=list(visible(Area, reader).only("name")))


def _part(request: HttpRequest) -> str:
    part = request.GET.get("due", ALL)
    return part if part in PARTS else ALL


def _tabs(desk: Desk, part: str, given: dict[str, str]) -> list[Link]:
    return [
        Link(text, f"?{urlencode({'due': key, **given})}", count=len(desk.part(key)), current=key == part)
        for key, text in _TABS
    ]
