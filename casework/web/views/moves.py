"""What moves in and out share: the move called off, what was recorded, which authorities there are."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Case, CaseKind, LocalAuthority, MilestoneKind, Paper, PlanTransfer
from casework.queries.authority_roles import other_authorities
from casework.rules.permissions import Permission
from casework.services import moves_in, moves_out
from casework.today import today
from casework.ui.components import Link, Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.moves import (
    NO_LIST,
    CallOffForm,
)
from casework.web.presenters import child_url, moves_url
from casework.web.records import course_or_404, reader_of

M = MilestoneKind
_IN, _OUT = CaseKind.TRANSFER_IN, CaseKind.TRANSFER_OUT


@needs(Permission.RECORD_CASEWORK)
def call_off(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """The move does not take place."""
    case, reader, day = course_or_404(request, public_id, _IN, _OUT), reader_of(request), today()
    url = reverse("call_off_move", args=[case.public_id])

    def act(given: Given, version: int) -> str:
        service = moves_in if case.kind == _IN else moves_out
        service.call_off(case=case, why=given["why"], by=reader, on=day, version=version)
        messages.success(request, "The move is called off. Its dates no longer apply.")
        return moves_url(case.child)

    return CheckedTask(
        name="call_off_move",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Call the move off",
        back=moves_url(case.child),
        form=CallOffForm,
        rows=lambda given: [Row("Why", given["why"], url, "why")],
        consequences=lambda given: [
            "The limits of the move fall away.",
            "The plan stays where it is: nothing was transferred.",
        ],
        act=act,
        submit="Call the move off",
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def move_recorded(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What was recorded, and what to do next."""
    case = course_or_404(request, public_id, _IN, _OUT)
    transfer = transfer_of(request, case)
    if case.closed_on is None:
        return redirect(moves_url(case.child))
    steps: list[Link | str] = []
    if case.kind == _OUT:
        missing = [
            paper.label for paper in Paper if paper.value not in {one.paper for one in transfer.papers.all()}
        ]
        if missing:
            steps.append(Link("Record the other papers", reverse("transfer_papers", args=[case.public_id])))
        steps.append("Tell the family, the setting and the health commissioner that the plan has moved.")
        steps.append("End the placement and what is paid for it, if the child leaves the setting.")
        title, words = (
            "Plan transferred",
            f"{case.child.name}: to {transfer.authority}, {long_date(case.closed_on)}",
        )
    else:
        if transfer.will_reassess:
            steps.append(
                Link("Start the re-assessment", reverse("reassess_ourselves", args=[case.child.public_id]))
            )
        if transfer.review_said_for:
            steps.append(
                Link(
                    f"Plan the review, by {long_date(transfer.review_said_for)}",
                    reverse("child_reviews", args=[case.child.public_id]),
                )
            )
        title, words = "Move in finished", f"{case.child.name}: family told on {long_date(case.closed_on)}"
    context = {
        "panel_title": title,
        "panel_text": words,
        "next_steps": [
            *steps,
            Link(f"Go to the moves of {case.child.name}", moves_url(case.child)),
            Link(f"Go to {case.child.name}’s page", child_url(case.child)),
            Link("Go to the moves of the team", reverse("moves")),
        ],
    }
    return render(request, "casework/layouts/confirmation.html", context)


def others(request: HttpRequest) -> QuerySet[LocalAuthority]:
    """Authorities a child can move from or to."""
    codes = [one.code for one in other_authorities()]
    return visible(LocalAuthority, reader_of(request)).filter(code__in=codes)


def no_list() -> str:
    """What to do where no list of authorities is loaded; nothing where one is."""
    return "" if other_authorities() else f"\n\n{NO_LIST}"


def transfer_of(request: HttpRequest, case: Case) -> PlanTransfer:
    """What is special to a move, in scope."""
    rows = visible(PlanTransfer, reader_of(request)).select_related("authority").prefetch_related("papers")
    found = rows.filter(case=case).first()
    if found is None:
        raise Http404
    return found
