"""Returns of reviews from settings: upload, preview, confirm, and a file of what is to be mended."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Review, ReviewReturn
from casework.rules.permissions import Permission
from casework.rules.review_returns import COLUMNS
from casework.services import review_returns as services
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.spreadsheets import csv_response
from casework.web.forms.review_returns import ReturnFileForm
from casework.web.records import reader_of
from casework.web.refused import add_refusal
from casework.web.views.review_board import views_of_reviews

_SHOWN = 200


@needs(Permission.RECORD_CASEWORK)
def review_returns(request: HttpRequest) -> HttpResponse:
    """Choose a file; the columns it needs; the files brought in before."""
    form = ReturnFileForm(request.POST or None, request.FILES or None)
    reader = reader_of(request)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            brought = services.bring(
                file_name=sent.name, content=sent.read(services.MOST_BYTES + 1), by=reader
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("review_return", brought.public_id)
    context = {
        "form": form,
        "columns": COLUMNS.items(),
        "before": visible(ReviewReturn, reader)[:10],
        "nav_key": "reviews",
        "views": views_of_reviews("returns"),
    }
    return render(request, "casework/reviews/returns.html", context)


@needs(Permission.RECORD_CASEWORK)
def review_return(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What the file would do; nothing is recorded until it is confirmed."""
    reader, day = reader_of(request), today()
    brought = _file_or_404(request, public_id)
    if request.method == "POST":
        try:
            number = services.confirm(brought=brought, within=visible(Review, reader), by=reader, on=day)
        except Refused as refusal:
            messages.warning(request, refusal.words)
        else:
            messages.success(request, f"{number:,} {'review' if number == 1 else 'reviews'} recorded")
        return redirect("review_return", brought.public_id)
    found = services.preview(brought=brought, within=visible(Review, reader), on=day)
    context = {
        "brought": brought,
        "found": found,
        "wrong": found.wrong[:_SHOWN],
        "good": found.good[:_SHOWN],
        "shown": _SHOWN,
        "nav_key": "reviews",
        "back_url": reverse("review_returns"),
    }
    return render(request, "casework/reviews/return.html", context)


@needs(Permission.RECORD_CASEWORK)
def return_template(request: HttpRequest) -> HttpResponseBase:
    """An empty file with the names of the columns."""
    return csv_response("review-return.csv", list(COLUMNS), [])


@needs(Permission.RECORD_CASEWORK)
def return_problems(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """The rows that were left out, as they were sent, with what is wrong: to be mended and brought in again."""
    reader = reader_of(request)
    brought = _file_or_404(request, public_id)
    found = services.preview(brought=brought, within=visible(Review, reader), on=today())
    rows = (
        [*(line.cells.get(name, "") for name in COLUMNS), " ".join(line.problems)] for line in found.wrong
    )
    return csv_response(f"to-mend-{brought.brought_at:%Y-%m-%d}.csv", [*COLUMNS, "problem"], rows)


def _file_or_404(request: HttpRequest, public_id: uuid.UUID) -> ReviewReturn:
    return get_object_or_404(visible(ReviewReturn, reader_of(request)), public_id=public_id)
