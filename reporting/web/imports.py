"""Bringing a return in: upload it, look at what it would do, let it go, see what was done."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from casework.access.scope import visible
from casework.access.web import needs
from casework.rules.permissions import Permission
from casework.web.records import reader_of
from reporting.models import DoubtfulMatch, ImportState, ReturnImport, Severity
from reporting.queries.imports import rules_of, waiting_matches
from reporting.services import imports
from reporting.web.import_forms import ImportForm, MatchForm, ReturnUploadForm

_A_PAGE = 20
_UNDER_WAY = {ImportState.CHECKING: "Checking", ImportState.IMPORTING: "Importing"}


@require_safe
@needs(Permission.IMPORT_DATA)
def returns(request: HttpRequest) -> HttpResponse:
    """The returns brought in so far."""
    rows = visible(ReturnImport, reader_of(request)).select_related("asked_by")
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reporting/imports/list.html", {"page": page, "nav_key": "data"})


@needs(Permission.IMPORT_DATA)
def return_upload(request: HttpRequest) -> HttpResponse:
    """Choose a file. It is checked first; nothing of it is written."""
    posted = request.method == "POST"
    form = ReturnUploadForm(request.POST, request.FILES) if posted else ReturnUploadForm()
    if posted and form.is_valid():
        upload = form.cleaned_data["file"]
        row = imports.keep_upload(upload=upload, file_name=upload.name, by=reader_of(request))
        return redirect("return", row.public_id)
    context = {
        "form": form,
        "heading": "Bring in a SEN2 return",
        "back_url": reverse("returns"),
        "submit": "Upload and check",
        "nav_key": "data",
    }
    return render(request, "reporting/imports/upload.html", context)


@require_safe
@needs(Permission.IMPORT_DATA)
def return_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Progress while work goes on, then what the file would do or has done."""
    row = _row(request, public_id)
    if row.state in _UNDER_WAY:
        return render(request, "reporting/imports/progress.html", _progress(row))
    return _shown(request, row, ImportForm())


@require_POST
@needs(Permission.IMPORT_DATA)
def return_import(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let a checked return go."""
    row = _row(request, public_id)
    form = ImportForm(request.POST)
    form.is_valid()
    leave_out = bool(form.cleaned_data.get("leave_out"))
    if row.state == ImportState.CHECKED and row.summary.get("errors") and not leave_out:
        form.add_error(
            "leave_out", "Tick the box to import the others, or mend the errors and upload the file again"
        )
        return _shown(request, row, form)
    try:
        imports.start_import(row=row, leave_out_errors=leave_out, by=reader_of(request))
    except imports.NotPossible as refused:
        messages.warning(request, str(refused))
    return redirect("return", row.public_id)


@require_POST
@needs(Permission.IMPORT_DATA)
def return_check(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Check the file once more."""
    row = _row(request, public_id)
    try:
        imports.check_again(row=row, by=reader_of(request))
    except imports.NotPossible as refused:
        messages.warning(request, str(refused))
    return redirect("return", row.public_id)


@require_POST
@needs(Permission.IMPORT_DATA)
def return_match(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Answer whether a person of a file is a child that is held."""
    match = get_object_or_404(
        visible(DoubtfulMatch, reader_of(request)).select_related("return_import"), public_id=public_id
    )
    form = MatchForm(request.POST)
    if form.is_valid():
        imports.answer(match=match, same=form.cleaned_data["answer"] == "same", by=reader_of(request))
        messages.success(
            request, f"Person {match.person}: the answer has been recorded. Check the file again to use it."
        )
    else:
        messages.warning(request, f"Person {match.person}: select whether this is the same child.")
    return redirect("return", match.return_import.public_id)


def _row(request: HttpRequest, public_id: uuid.UUID) -> ReturnImport:
    rows = visible(ReturnImport, reader_of(request)).select_related("asked_by")
    return get_object_or_404(rows, public_id=public_id)


def _progress(row: ReturnImport) -> dict[str, Any]:
    done = imports.progress_of(row)
    total = row.persons_expected or max(done, 1)
    return {
        "row": row,
        "heading": f"{_UNDER_WAY[ImportState(row.state)]} {row.file_name}",
        "done": min(done, total),
        "total": total,
        "what": "Persons read" if row.persons_expected is None else "Persons",
        "detail": f"{done:,} persons read",
        "finished": False,
        "nav_key": "data",
    }


def _shown(request: HttpRequest, row: ReturnImport, form: ImportForm) -> HttpResponse:
    summary = row.summary
    persons = sum(summary.get(name, 0) for name in ("children_added", "children_changed", "children_same"))
    context = {
        "row": row,
        "form": form,
        "errors": rules_of(row, Severity.ERROR),
        "queries": rules_of(row, Severity.QUERY),
        "matches": [
            (match, MatchForm(auto_id=f"match-{match.row.pk}-%s"))
            for match in waiting_matches(row, reader_of(request))
        ],
        "persons": persons,
        "records": [
            (words, summary.get(name, 0))
            for words, name in (
                ("Requests added", "requests_added"), ("Plans added", "plans_added"),
                ("Plans amended", "plans_amended"), ("Plans ceased", "plans_ceased"),
                ("Placements added", "placements_added"), ("Annual reviews added", "reviews_added"),
                ("Phase transfers added", "transfers_added"), ("Settings not in the register", "settings_unknown"),
                ("Plans in Waymark that the file does not have", "plans_not_in_file"),
            )
        ],
        "people": [
            (words, summary.get(name, 0))
            for words, name in (
                ("Children added", "children_added"), ("Children changed", "children_changed"),
                ("Children left as they are", "children_same"), ("Doubtful: not imported", "doubtful"),
                ("With errors", "errors_in_persons"),
            )
        ],
        "nav_key": "data",
    }  # fmt: skip
    return render(request, "reporting/imports/return.html", context)
