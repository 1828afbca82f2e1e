"""Log a request for an EHC needs assessment."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Area, Case, Channel, Child, MilestoneKind, RequestSource
from casework.queries.consequences import Step, consequences
from casework.queries.request_warnings import request_warnings
from casework.rules.case_kinds import CaseKind
from casework.rules.permissions import Permission
from casework.services import clocks
from casework.services.requests import log_request as log
from casework.today import today
from casework.ui.components import Link, Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.requests import ATTENTION, RequestForm, as_logged
from casework.web.presenters import child_url, plain_identity
from casework.web.records import child_or_404, reader_of, request_case_or_404


@needs(Permission.RECORD_CASEWORK)
def log_request(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Who asked, when it arrived, how it came. A child with an open request is led to that request."""
    child = child_or_404(request, public_id)
    reader, day = reader_of(request), today()
    open_case = (
        visible(Case, reader).filter(child=child, kind=CaseKind.REQUEST, closed_on__isnull=True).first()
    )
    if open_case is not None and not (request.method == "POST" and page == "check"):
        return _already_open(request, child, open_case)
    areas = visible(Area, reader)
    initial = {"area": child.area_id, "received_on": day}

    def act(given: Given, version: int) -> str:
        case = log(child=child, by=reader, on=day, **as_logged(given))
        return reverse("request_logged", args=[case.public_id])

    def what_follows(given: Given) -> list[str]:
        kind = (
            MilestoneKind.RESPONSIBILITY_BEGAN
            if given["footing"] == ATTENTION
            else MilestoneKind.REQUEST_RECEIVED
        )
        step = Step(kind, given["received_on"])
        dates = consequences(CaseKind.REQUEST, {}, step, calendar=clocks.calendar())
        return [*request_warnings(child, received_on=given["received_on"]), *dates]

    task = CheckedTask(
        name="log_request",
        subject=child.public_id,
        child=child,
        heading="Log a request",
        form=lambda data: RequestForm(data, child=child, today=day, areas=areas, initial=initial),
        rows=lambda given: _rows(reverse("log_request", args=[child.public_id]), given),
        act=act,
        consequences=what_follows,
        check_heading="Check the request before you log it",
        submit="Log the request",
    )
    return task.run(request, page)


@needs(Permission.RECORD_CASEWORK)
def request_logged(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What was logged, and what to do next."""
    case = request_case_or_404(request, public_id)
    first = case.clocks.filter(stopped_on__isnull=True).order_by("due_on").first()
    steps: list[Link | str] = [
        "Tell the family that the request has arrived, and ask for their views.",
        (
            "Tell the health commissioner, social care and the head, principal or early years lead that you are considering "
            "an assessment."
        ),
        Link(f"Go to {case.child.name}’s page", child_url(case.child)),
    ]
    if reader_of(request).may(Permission.DECIDE):
        steps.insert(2, Link("Decide whether to assess", reverse("decide_to_assess", args=[case.public_id])))
    context = {
        "panel_title": "Request logged",
        "panel_text": f"{case.reference}: tell the family by {long_date(first.due_on)}"
        if first
        else case.reference,
        "next_steps": steps,
    }
    return render(request, "casework/layouts/confirmation.html", context)


def _already_open(request: HttpRequest, child: Child, case: Case) -> HttpResponse:
    context = {
        "identity": plain_identity(child, today()),
        "case": case,
        "child_url": child_url(child),
        "back_url": child_url(child),
    }
    return render(request, "casework/request_open.html", context, status=409)


def _rows(url: str, given: Given) -> list[Row]:
    attention = given["footing"] == ATTENTION
    footing = "Brought to your attention" if attention else "Request under section 36(1)"
    arrived = "Became responsible on" if attention else "Received on"
    return [
        Row("Who asked", RequestSource(given["source"]).label, url, "who asked"),
        Row("Name and role", given["requested_by"] or "Not given", url, "the name"),
        Row("Footing", footing, url, "how the law sees it"),
        Row(arrived, long_date(given["received_on"]), url, "the day it arrived"),
        Row("How it came", Channel(given["channel"]).label, url, "how it came"),
        Row("Area", given["area"].name if given["area"] else "Not chosen", url, "the area"),
    ]
