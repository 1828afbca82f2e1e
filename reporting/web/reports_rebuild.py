"""Work the figures out now: ask for it, and watch it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from casework.access.scope import visible
from casework.access.web import needs
from casework.rules.permissions import Permission
from casework.today import today
from casework.web.records import reader_of
from reporting.models import RunState, SnapshotRun
from reporting.services.snapshots import ask_for_snapshots


@needs(Permission.REBUILD_REPORTS)
@require_POST
def rebuild_reports(request: HttpRequest) -> HttpResponse:
    """Ask for new figures. Who asks twice, or while it runs, is shown the run there is."""
    day = today()
    open_runs = visible(SnapshotRun, reader_of(request)).filter(
        as_at=day, state__in=[RunState.WAITING, RunState.RUNNING]
    )
    run = open_runs.first() or ask_for_snapshots(by=reader_of(request), as_at=day)
    return redirect("rebuild_progress", run.public_id)


@needs(Permission.REBUILD_REPORTS)
@require_safe
def rebuild_progress(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far a run has come; reloads itself until it has ended."""
    run = get_object_or_404(
        visible(SnapshotRun, reader_of(request)).select_related("asked_by"), public_id=public_id
    )
    finished = run.state in {RunState.DONE, RunState.FAILED}
    context = {
        "run": run,
        "heading": _HEADINGS[RunState(run.state)],
        "done": run.steps if run.state == RunState.DONE else run.steps_done,
        "total": run.steps or 1,
        "what": "Steps done",
        "detail": run.message if run.state == RunState.RUNNING else "",
        "finished": finished,
        "reports_url": reverse("reports"),
        "nav_key": "reports",
    }
    return render(request, "reporting/rebuild.html", context)


_HEADINGS = {
    RunState.WAITING: "Waiting to work the figures out",
    RunState.RUNNING: "Working the figures out",
    RunState.DONE: "The figures are worked out",
    RunState.FAILED: "The figures could not be worked out",
}
