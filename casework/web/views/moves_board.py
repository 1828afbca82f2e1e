"""Moves in and out, ceasing and re-assessment under way: what the team has to do, soonest first."""

import uuid
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import CaseKind, RoleCode, User
from casework.queries.moves_due import KINDS, counts, open_moves
from casework.rules.permissions import Permission
from casework.today import today
from casework.ui.components import Link
from casework.ui.forms import GovukForm, ModelSelectField
from casework.web.records import reader_of

PAGE_SIZE = 50
_TABS = {
    "": "All",
    CaseKind.TRANSFER_IN: "Moving in",
    CaseKind.TRANSFER_OUT: "Moving out",
    CaseKind.CEASING: "Ceasing",
    CaseKind.REASSESSMENT: "Re-assessment",
}


class MovesFilterForm(GovukForm):
    """Whose children."""

    worker = ModelSelectField(
        label="Lead worker",
        required=False,
        queryset=User.objects.none(),
        to_field_name="public_id",
        empty_label="Any",
    )


@needs(Permission.SEE_CHILDREN)
def moves(request: HttpRequest) -> HttpResponse:
    """The list."""
    reader, day = reader_of(request), today()
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    form = MovesFilterForm(request.GET)
    workers = visible(User, reader).filter(memberships__role=RoleCode.CASEWORKER).distinct().order_by("name")
    form.fields["worker"].queryset = workers  # type: ignore[attr-defined]
    worker = form.cleaned_data["worker"] if form.is_valid() else None
    rows = open_moves(reader=reader, on=day, kind=kind, worker=worker.public_id if worker else None)
    found = counts(reader=reader)
    context = {
        "nav_key": "moves",
        "form": form,
        "tabs": _tabs(kind, found, worker.public_id if worker else None),
        "keep": {"kind": kind} if kind else {},
        "chosen": [Link(worker.name, f"?{urlencode({'kind': kind} if kind else {})}")] if worker else [],
        "clear_url": reverse("moves"),
        "page": Paginator([(row, row.late(day)) for row in rows], PAGE_SIZE).get_page(
            request.GET.get("page")
        ),
        "number": len(rows),
        "late": sum(row.late(day) for row in rows),
    }
    return render(request, "casework/moves/list.html", context)


def _tabs(current: str, found: dict[str, int], worker: uuid.UUID | None) -> list[Link]:
    kept = {"worker": str(worker)} if worker else {}
    return [
        Link(
            text,
            "?" + urlencode({**({"kind": str(kind)} if kind else {}), **kept}),
            current=kind == current,
            count=sum(found.values()) if not kind else found.get(kind, 0),
        )
        for kind, text in _TABS.items()
    ]
