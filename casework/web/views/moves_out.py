"""A child moves out: recorded, the papers sent, the plan handed over."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Case, CaseKind, MilestoneKind, Paper
from casework.queries.consequences import Step, consequences
from casework.queries.plan_endings import what_ends
from casework.rules.permissions import Permission
from casework.services import clocks, moves_out
from casework.services.milestones import standing_of
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.moves import (
    NOT_HELD,
    SENT,
    HandOverForm,
    MoveOutForm,
    PapersForm,
)
from casework.web.presenters import moves_url
from casework.web.records import child_or_404, course_or_404, plan_in_force, reader_of
from casework.web.views.moves import no_list, others, transfer_of

M = MilestoneKind
_IN, _OUT = CaseKind.TRANSFER_IN, CaseKind.TRANSFER_OUT


@needs(Permission.RECORD_CASEWORK)
def record_move_out(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """A child moves to another authority: with our plan, or while we assess."""
    child, reader, day = child_or_404(request, public_id), reader_of(request), today()
    plan = plan_in_force(request, child)
    asked = _open_request(request, child.pk) if plan is None else None
    if plan is None and asked is None:
        messages.warning(request, "There is neither a plan nor an open request here, so nothing moves.")
        return redirect(moves_url(child))
    url = reverse("record_move_out", args=[child.public_id])

    def act(given: Given, version: int) -> str:
        common = {"authority": given["authority"], "moved_on": given["moved_on"], "by": reader, "on": day}
        if asked is not None:
            moves_out.leave_without_plan(case=asked, version=version, **common)
            messages.success(request, "Recorded. The request is closed: the child has moved.")
        else:
            moves_out.open_move_out(
                child=child, known_on=given["known_on"], told_by=given["told_by"], **common
            )
            messages.success(request, "The move out is recorded. Next: send the plan and its papers.")
        return moves_url(child)

    def what_follows(given: Given) -> list[str]:
        if asked is not None:
            step = Step(M.MOVED_AWAY, given["moved_on"])
            return [
                *consequences(CaseKind.REQUEST, standing_of(asked), step, calendar=clocks.calendar()),
                f"{given['authority']} becomes responsible, and its own limits run from that day.",
                "Nothing more is reported of this request but where the child moved (SEN2 item 2.7).",
            ]
        known = {M.MOVED_AWAY: [given["moved_on"]]}
        return [
            *consequences(_OUT, known, Step(M.MOVE_KNOWN, given["known_on"]), calendar=clocks.calendar()),
            "The plan is ours until it is transferred. Reviews and other open cases go on until then.",
        ]

    return CheckedTask(
        name="record_move_out",
        subject=child.public_id,
        child=child,
        version=asked.version if asked else 0,
        heading="Record a move out",
        back=moves_url(child),
        intro="Transfer the plan on the day of the move; with less than 15 working days’ notice, within 15 working days "
        f"beginning with the day you learned of it (SEND Regs 2014 reg 15(2)).{no_list()}"
        if asked is None
        else f"A request is open. The new authority begins again from the day of the move.{no_list()}",
        form=lambda data: MoveOutForm(
            data, child=child, today=day, authorities=others(request), with_plan=asked is None
        ),
        rows=lambda given: [
            Row("Moves to", str(given["authority"]), url, "the new authority"),
            Row("Day of the move", long_date(given["moved_on"]), url, "the day of the move"),
            *(
                [
                    Row("You learned of it", long_date(given["known_on"]), url, "the day you learned of it"),
                    Row("Told by", given["told_by"] or "Not said", url, "who told you"),
                ]
                if asked is None
                else []
            ),
        ],
        consequences=what_follows,
        act=act,
        submit="Record the move out",
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def transfer_papers(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Which papers went to the new authority, when, and how that can be proved."""
    case, reader, day = course_or_404(request, public_id, _OUT), reader_of(request), today()
    transfer = transfer_of(request, case)
    url = reverse("transfer_papers", args=[case.public_id])
    held = {paper.paper for paper in transfer.papers.all()}
    open_papers = [paper for paper in Paper if paper.value not in held] or list(Paper)

    def form(data: object) -> PapersForm:
        return PapersForm(data, today=day, known_on=transfer.known_on, papers=open_papers)

    def act(given: Given, version: int) -> str:
        papers = {}
        for paper in open_papers:
            if given[paper.value] == SENT:
                papers[paper] = moves_out.Sent(given[f"{paper}_on"], given["proof"])
            elif given[paper.value] == NOT_HELD:
                papers[paper] = moves_out.Sent(None)
        moves_out.record_papers(case=case, papers=papers, by=reader, on=day, version=version)
        messages.success(request, "The papers are recorded.")
        return moves_url(case.child)

    return CheckedTask(
        name="transfer_papers",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Record papers that were sent",
        back=moves_url(case.child),
        intro=f"To {transfer.authority}. The plan must go; the other papers are what it rests on.",
        form=form,
        rows=lambda given: [
            *(
                Row(paper.label, _paper_words(given, paper), url, paper.label.lower())
                for paper in open_papers
            ),
            Row("Proof", given["proof"] or "None", url, "the proof"),
        ],
        act=act,
    ).run(request, page)


@needs(Permission.DECIDE)
def hand_over(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """The plan went to the new authority: ours ends."""
    case, reader, day = course_or_404(request, public_id, _OUT), reader_of(request), today()
    transfer = transfer_of(request, case)
    url = reverse("hand_over_plan", args=[case.public_id])

    def act(given: Given, version: int) -> str:
        moves_out.hand_over(
            case=case,
            transferred_on=given["ended_on"],
            proof=given["proof"],
            by=reader,
            on=day,
            version=version,
        )
        return reverse("move_recorded", args=[case.public_id])

    return CheckedTask(
        name="hand_over_plan",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Record that the plan was transferred",
        back=moves_url(case.child),
        intro=f"{case.child.name} moves to {transfer.authority} on {long_date(transfer.moved_on)}.",
        form=lambda data: HandOverForm(data, today=day, moved_on=transfer.moved_on),
        rows=lambda given: [
            Row("Plan sent to", str(transfer.authority)),
            Row("Sent on", long_date(given["ended_on"]), url, "the day it was sent"),
            Row("Proof", given["proof"], url, "the proof"),
        ],
        consequences=lambda given: [
            *consequences(
                _OUT,
                standing_of(case),
                Step(M.PLAN_TRANSFERRED_OUT, given["ended_on"]),
                calendar=clocks.calendar(),
            ),
            f"Our plan ends on {long_date(given['ended_on'])}: transferred to another authority (SEN2 cease reason 5).",
            f"{transfer.authority} is responsible from {long_date(transfer.moved_on)}.",
            *what_ends(case.child, but=case),
        ],
        act=act,
        check_heading="Check before you record that the plan has gone",
        submit="Record the transfer",
        warning="From then on this authority maintains no plan for this child.",
    ).run(request, page)


def _open_request(request: HttpRequest, child_id: int) -> Case | None:
    rows = visible(Case, reader_of(request)).select_related("child")
    return rows.filter(child_id=child_id, kind=CaseKind.REQUEST, closed_on__isnull=True).first()


def _paper_words(given: Given, paper: Paper) -> str:
    if given[paper.value] == SENT:
        return f"Sent on {long_date(given[f'{paper}_on'])}"
    return "There is none" if given[paper.value] == NOT_HELD else "Not yet"
