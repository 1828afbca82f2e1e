"""A child's page: what happens next and by when; every date and why; everything that happened."""

import datetime
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Child, RequestState
from casework.queries.case_summary import ChildSummary, child_of, child_summary
from casework.queries.merging import merge_of
from casework.queries.timeline import timeline
from casework.rules.permissions import Permission
from casework.services.access_log import record_view
from casework.today import today
from casework.ui.components import Link
from casework.ui.formats import long_date
from casework.web.forms.as_at import AsAtForm
from casework.web.forms.children import ReasonForm
from casework.web.panels import load_panels, steps_for
from casework.web.presenters import events, identity, sections
from casework.web.records import reader_of
from casework.web.worklist_rows import OWN_STEPS

_LATEST = 5


@needs(Permission.SEE_CHILDREN)
def child(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Overview."""
    opened = open_record(request, public_id, "child")
    if isinstance(opened, HttpResponse):
        return opened
    summary, context = opened
    reader = reader_of(request)
    entries = timeline(summary.milestones, exceptions=summary.exceptions, versions=summary.versions)
    context |= {
        "steps": _steps(request, summary),
        "other_steps": _other_steps(request, summary),
        "panels": load_panels(summary, reader=reader),
        "latest": events(entries[:_LATEST], may_correct=False),
        "more": max(len(entries) - _LATEST, 0),
    }
    return render(request, "casework/child.html", context)


@needs(Permission.SEE_CHILDREN)
def child_dates(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Every statutory date, with the reason for it, as it stands or stood on a day."""
    opened = open_record(request, public_id, "child_dates")
    if isinstance(opened, HttpResponse):
        return opened
    _, context = opened
    context["form"] = AsAtForm(
        request.GET if _asks_a_day(request) else None, today=today(), initial={"as_at": context["as_at"]}
    )
    return render(request, "casework/child_dates.html", context)


@needs(Permission.SEE_CHILDREN)
def child_timeline(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything that happened, newest first, corrections struck through."""
    opened = open_record(request, public_id, "child_timeline")
    if isinstance(opened, HttpResponse):
        return opened
    summary, context = opened
    entries = timeline(summary.milestones, exceptions=summary.exceptions, versions=summary.versions)
    context["events"] = events(entries, may_correct=context["may_record"], may_undo=context["may_decide"])
    return render(request, "casework/child_timeline.html", context)


def open_record(
    request: HttpRequest, public_id: uuid.UUID, page: str
) -> tuple[ChildSummary, dict[str, Any]] | HttpResponse:
    """Read the record and log the reading; a restricted record first asks for the reason, once a session."""
    reader, day = reader_of(request), _day(request)
    found = child_of(public_id, reader=reader, as_at=day)
    if found is None:
        return _merged_into(request, public_id, page)
    reason = request.session.get("reasons", {}).get(str(found.pk), "")
    if found.restricted and not reason:
        return _ask_reason(request, found)
    record_view(child=found, by=reader, reason=reason)
    summary = child_summary(found, as_at=day)
    as_at = day if day != today() else None
    context = {
        "summary": summary,
        "identity": identity(summary),
        "sections": sections(found, page, as_at=as_at, reader=reader),
        "as_at": day,
        "nav_key": "children",
        "may_record": reader.may(Permission.RECORD_CASEWORK),
        "may_decide": reader.may(Permission.DECIDE),
    }
    return summary, context


def _merged_into(request: HttpRequest, public_id: uuid.UUID, page: str) -> HttpResponse:
    """Lead from a record that was merged to the one that was kept; what is not there for this reader stays not there."""
    merge = merge_of(public_id)
    kept = merge.merged.merged_into if merge else None
    if merge is None or kept is None or not visible(Child, reader_of(request)).filter(pk=kept.pk).exists():
        raise Http404
    messages.info(
        request,
        f"The record of {merge.merged.name} was merged into this one on {long_date(merge.merged_on)}. "
        "Use this address from now on.",
    )
    return redirect(reverse(page, args=[kept.public_id]))


def _ask_reason(request: HttpRequest, found: Child) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reasons = request.session.get("reasons", {})
        request.session["reasons"] = {**reasons, str(found.pk): form.cleaned_data["reason"]}
        return redirect(request.get_full_path())
    context = {
        "form": form,
        "heading": "This record is restricted",
        "back_url": reverse("children"),
        "submit": "Open the record",
    }
    return render(request, "casework/restricted.html", context)


def _asks_a_day(request: HttpRequest) -> bool:
    return any(name.startswith("as_at") for name in request.GET)


def _day(request: HttpRequest) -> datetime.date:
    """The day asked about; today for none, and for what is no day that has been."""
    if not _asks_a_day(request):
        return today()
    form = AsAtForm(request.GET, today=today())
    return (form.cleaned_data["as_at"] if form.is_valid() else None) or today()


def _steps(request: HttpRequest, summary: ChildSummary) -> list[Link]:
    """The step that takes the child's case further."""
    reader, case = reader_of(request), summary.open_request
    if case is None:
        may_log = reader.may(Permission.RECORD_CASEWORK) and summary.version_in_force is None
        return (
            [Link("Log a request", reverse("log_request", args=[summary.child.public_id]))] if may_log else []
        )
    found = []
    own = OWN_STEPS.get(RequestState(case.request.state))
    if own and reader.may(Permission.DECIDE):
        found.append(Link(own[0], reverse(own[1], args=[case.public_id])))
    return found + [
        Link(step.title, reverse(step.url_name, args=[case.public_id]))
        for step in steps_for(RequestState(case.request.state), reader=reader)
    ]


def _other_steps(request: HttpRequest, summary: ChildSummary) -> list[Link]:
    reader, case = reader_of(request), summary.open_request
    found = []
    if case is not None and reader.may(Permission.RECORD_CASEWORK):
        found.append(Link("Record what happened", reverse("record_milestone", args=[case.public_id])))
    if case is not None and reader.may(Permission.DECIDE):
        found.append(Link("Record an exception", reverse("add_exception", args=[case.public_id])))
    return found
