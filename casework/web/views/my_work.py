"""What a worker's children need next, in date order; and the same for a team."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import User
from casework.queries import worklist
from casework.rules.permissions import Permission
from casework.today import today
from casework.ui import navigation
from casework.ui.components import Link
from casework.web.records import reader_of
from casework.web.worklist_rows import worklist_rows

PAGE_SIZE = 30
_TABS = (
    ("", "All", "everyone"),
    ("overdue", "Overdue", "overdue"),
    ("week", "Due in 7 days", "in_7_days"),
    ("month", "Due in 28 days", "in_28_days"),
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
    return _worklist(request, reader, reader)


@needs(Permission.RECORD_CASEWORK)
def worker_work(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The worklist of a colleague, for cover and supervision."""
    reader = reader_of(request)
    worker = get_object_or_404(visible(User, reader), public_id=public_id)
    return _worklist(request, worker, reader)


@needs(Permission.RECORD_CASEWORK)
def team(request: HttpRequest) -> HttpResponse:
    """Who carries how many children, and how much of it is late."""
    loads = worklist.team_loads(reader=reader_of(request), as_at=today())
    totals = {
        "children": sum(load.children for load in loads),
        "overdue": sum(load.overdue for load in loads),
        "in_7_days": sum(load.in_7_days for load in loads),
        "in_28_days": sum(load.in_28_days for load in loads),
    }
    return render(request, "casework/team.html", {"loads": loads, "totals": totals, "nav_key": "my_work"})


def _worklist(request: HttpRequest, worker: User, reader: User) -> HttpResponse:
    day = today()
    work = worklist.worklist_of(worker, reader=reader, as_at=day)
    counts = work.counts()
    chosen = request.GET.get("due", "")
    chosen = chosen if chosen in {key for key, _, _ in _TABS} else ""
    page = Paginator(work.part(chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "worker": worker,
        "is_mine": worker.pk == reader.pk,
        "counts": counts,
        "chosen": chosen,
        "tabs": [
            Link(text, f"?due={key}" if key else "?", count=getattr(counts, name), current=key == chosen)
            for key, text, name in _TABS
        ],
        "page": page,
        "rows": worklist_rows(list(page.object_list), reader=reader, as_at=day),
        "team_url": reverse("team"),
        "nav_key": "my_work",
    }
    return render(request, "casework/my_work.html", context)
