"""Views of My work that people keep by name."""

import uuid
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Area, SavedFilter, Team
from casework.queries.desk import ALL, PARTS
from casework.queries.teamwork import teams_of
from casework.rules.permissions import Permission
from casework.services import saved_filters
from casework.services.refusals import Refused
from casework.today import today
from casework.web.forms.my_work import SaveFilterForm, WorkFilterForm
from casework.web.records import reader_of
from casework.web.refused import add_refusal


@needs(Permission.RECORD_CASEWORK)
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the view that is shown; `query` is its address, of which only known filters are kept."""
    reader = reader_of(request)
    sent = request.POST if request.method == "POST" else None
    query = _known((request.POST if sent is not None else request.GET).get("query", ""), request)
    shared = list(visible(Team, reader).filter(pk__in=teams_of(reader, on=today())))
    form = SaveFilterForm(sent, teams=shared)
    if sent is not None and form.is_valid():
        given = form.cleaned_data
        team = next((one for one in shared if str(one.pk) == given["team"]), None)
        try:
            row = saved_filters.save(
                name=given["name"], query=query, team=team, is_default=given["is_default"], by=reader
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"This view is kept as “{row.name}”.")
            return redirect(f"{reverse('my_work')}?{query}")
    context = {
        "form": form,
        "query": query,
        "heading": "Keep this view of My work",
        "submit": "Keep this view",
        "back_url": f"{reverse('my_work')}?{query}",
        "cancel_url": f"{reverse('my_work')}?{query}",
        "nav_key": "my_work",
    }
    return render(request, "casework/teamwork/save_filter.html", context)


@needs(Permission.RECORD_CASEWORK)
def remove_filter(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take one of one's own views away."""
    reader = reader_of(request)
    row = get_object_or_404(visible(SavedFilter, reader), public_id=public_id, owner=reader)
    if request.method == "POST":
        saved_filters.remove(saved=row, by=reader)
        messages.success(request, f"The view “{row.name}” is taken away.")
    return redirect(f"{reverse('my_work')}?due={ALL}")


def _known(query: str, request: HttpRequest) -> str:
    """The parts of an address that My work understands; anything else is dropped."""
    form = WorkFilterForm(QueryDict(query[:500]), areas=list(visible(Area, reader_of(request))))
    part = dict(parse_qsl(query[:500])).get("due", ALL)
    return urlencode({"due": part if part in PARTS else ALL, **form.given})
