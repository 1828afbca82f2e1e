"""The mediation or appeal an address names, as far as the reader may see it, and the page it is worked from."""

import uuid

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from casework.access.scope import visible
from casework.models import Case, CaseKind, Child
from casework.web.records import reader_of


def disagreements_url(child: Child) -> str:
    """Address of the page of the child's mediation and appeals."""
    return reverse("child_disagreements", args=[child.public_id])


def case_or_404(request: HttpRequest, public_id: uuid.UUID, kind: CaseKind | None = None) -> Case:
    """A case of mediation or appeal in scope, with its child and its detail."""
    kinds = [kind] if kind else [CaseKind.MEDIATION, CaseKind.APPEAL]
    rows = (
        visible(Case, reader_of(request))
        .filter(kind__in=kinds)
        .select_related("child", "mediation", "appeal")
    )
    return get_object_or_404(rows, public_id=public_id)
