"""The history of a child's records, field by field, and the same as a file for a subject access request."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from casework.access.web import needs
from casework.models import AccessAction, Child
from casework.queries.history import Act, History
from casework.rules.permissions import Permission
from casework.services.access_log import record_view
from casework.today import today
from casework.ui.components import Link
from casework.ui.formats import long_date
from casework.ui.spreadsheets import csv_response
from casework.web.forms.history import HistoryForm
from casework.web.records import reader_of
from casework.web.views.child import open_record

PAGE_SIZE = 30
CSV_COLUMNS = (
    "When", "Who", "Through", "Reason given", "Record", "What happened", "Field", "Before", "After",
    "Worked out by Waymark",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownAct:
    """An act with the words for where it was done."""

    act: Act
    through: str


@needs(Permission.SEE_CHILDREN)
def child_history(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Who changed what, when and why, newest first."""
    opened = open_record(request, public_id, "child_history")
    if isinstance(opened, HttpResponse):
        return opened
    summary, context = opened
    found, form = _found(request, summary.child)
    acts = found.narrowed(form.wanted)
    page = Paginator(acts, PAGE_SIZE).get_page(request.GET.get("page"))
    told = found.tell(page.object_list)
    address = reverse("child_history", args=[summary.child.public_id])
    context |= {
        "form": form,
        "page": page,
        "acts": [ShownAct(act, through(act)) for act in told],
        "filters": _chosen(form, found),
        "clear_url": address,
        "csv_url": _csv_url(request, summary.child)
        if reader_of(request).may(Permission.EXPORT_HISTORY)
        else "",
    }
    return render(request, "casework/child_history.html", context)


@needs(Permission.EXPORT_HISTORY)
def child_history_csv(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """The history as a file, one field a line, without what is withheld: it may be given away. Taking it is logged."""
    opened = open_record(request, public_id, "child_history")
    if isinstance(opened, HttpResponse):
        return opened
    child = opened[0].child
    found, form = _found(request, child, for_family=True)
    record_view(child=child, by=reader_of(request), action=AccessAction.EXPORT, reason="History as a file")
    told = found.tell(found.narrowed(form.wanted))
    return csv_response(f"history-{child.public_id}.csv", CSV_COLUMNS, _csv_rows(told))


def through(act: Act) -> str:
    """Where it was done: the page, by the name of its address, or what was read in; "" where neither is known."""
    if act.source and act.user is not None:
        return act.source
    if not act.route:
        return ""
    try:
        name = resolve(act.route).url_name or ""
    except Resolver404:
        return ""
    return f"page “{name.replace('_', ' ').replace('-', ' ')}”"


def _found(request: HttpRequest, child: Child, *, for_family: bool = False) -> tuple[History, HistoryForm]:
    found = History(child, reader=reader_of(request), on=today(), for_family=for_family)
    form = HistoryForm(
        request.GET,
        kinds=[(kind.key, kind.title) for kind in found.kinds],
        people=list(found.people.items()),
        today=today(),
    )
    return found, form


def _csv_url(request: HttpRequest, child: Child) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    url = reverse("child_history_csv", args=[child.public_id])
    return f"{url}?{asked.urlencode()}" if asked else url


def _chosen(form: HistoryForm, found: History) -> list[Link]:
    """What is narrowed by, each as a link that takes it away."""
    wanted = form.wanted
    words = {
        "kind": next((kind.title for kind in found.kinds if kind.key == wanted.kind), ""),
        "by": found.people.get(wanted.by, ""),
        "since": f"From {long_date(wanted.since)}" if wanted.since else "",
        "until": f"To {long_date(wanted.until)}" if wanted.until else "",
    }
    return [
        Link(text, "?" + urlencode([(key, value) for key, value in form.data.items()
                                    if key.partition("-")[0] not in (name, "page") and value]))
        for name, text in words.items()
        if text
    ]  # fmt: skip


def _csv_rows(acts: list[Act]) -> Iterator[tuple[Any, ...]]:
    for act in acts:
        at = timezone.localtime(act.at)
        head = (f"{at:%Y-%m-%d %H:%M}", act.who, through(act), act.reason)
        for line in act.lines:
            named = (*head, line.kind.title, line.title)
            if not line.changes:
                yield (*named, "", "", "", "")
            for change in line.changes:
                yield (*named, change.label, change.before, change.after, "Yes" if change.derived else "")
