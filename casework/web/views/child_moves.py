"""Who is responsible for a child, and the moves, ceasings and re-assessments of the child's plan."""

import datetime
import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import (
    AuthorityPart,
    Case,
    CaseKind,
    LocalAuthority,
    MilestoneKind,
    RequestState,
    User,
)
from casework.queries.case_summary import ChildSummary, ClockLine
from casework.queries.child_moves import ChildMoves, Course, child_moves
from casework.rules.ceasing import earliest_end
from casework.rules.clock_words import show_day
from casework.rules.permissions import Permission
from casework.services import authorities, clocks
from casework.today import today
from casework.ui.components import Link, Row
from casework.ui.formats import long_date
from casework.web.case_steps import steps_of
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.moves import AuthorityPartForm
from casework.web.panels import load_panels
from casework.web.presenters import moves_url
from casework.web.records import child_or_404, reader_of
from casework.web.views.child import open_record

M = MilestoneKind


@dataclass(frozen=True, slots=True)
class Shown:
    """A case under way: its facts, its limits, what may be done."""

    case: Case
    title: str
    state: str
    colour: str
    facts: list[Row]
    lines: list[ClockLine]
    steps: list[Link]


@dataclass(frozen=True, slots=True)
class Ended:
    """A case that is finished, as one line."""

    title: str
    closed: str
    outcome: str


_OUTCOMES = {
    "family_told": "Plan taken over, family told",
    "called_off": "Called off",
    "transferred": "Plan transferred",
    "ceased": "Plan ceased",
    "plan_goes_on": "Decided that the plan goes on",
    "plan_ended": "Closed because the plan ended",
}


@needs(Permission.SEE_CHILDREN)
def child_moves_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Responsible authority by date; moves, ceasing and re-assessment under way; what may be begun."""
    opened = open_record(request, public_id, "child_moves")
    if isinstance(opened, HttpResponse):
        return opened
    summary, context = opened
    found, reader = child_moves(summary.child, summary.cases, on=today()), reader_of(request)
    context |= {
        "found": found,
        "current": [_shown(course, summary, reader) for course in found.current],
        "earlier": [_ended(course) for course in found.earlier],
        "begin": _begin(summary, found, reader),
        "panels": load_panels(summary, reader=reader, page="moves"),
        "as_at": today(),
    }
    return render(request, "casework/moves/child.html", context)


@needs(Permission.RECORD_CASEWORK)
def record_authority(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Which authority has which part from a day: looked after elsewhere, living elsewhere, responsible."""
    child, reader, day = child_or_404(request, public_id), reader_of(request), today()
    url = reverse("record_authority", args=[child.public_id])

    def act(given: Given, version: int) -> str:
        authorities.give_part(
            child=child, part=AuthorityPart(given["part"]), authority=given["authority"], starts_on=given["starts_on"],
            reason=given["reason"], by=reader, on=day,
        )  # fmt: skip
        messages.success(
            request, f"Recorded: {AuthorityPart(given['part']).label.lower()}, {given['authority']}"
        )
        return moves_url(child)

    return CheckedTask(
        name="record_authority",
        subject=child.public_id,
        child=child,
        heading="Record an authority’s part",
        back=moves_url(child),
        intro="Who maintains the plan, where the child lives and who looks after the child are three facts with days of "
        "their own. A child in our care who lives elsewhere belongs, for the plan, to where they live (CFA 2014 s.24).",
        form=lambda data: AuthorityPartForm(
            data, child=child, today=day, authorities=visible(LocalAuthority, reader).filter(current=True)
        ),
        rows=lambda given: [
            Row("Part", AuthorityPart(given["part"]).label, url, "the part"),
            Row("Authority", str(given["authority"]), url, "the authority"),
            Row("From", long_date(given["starts_on"]), url, "the first day"),
            Row("How it is known", given["reason"] or "Not said", url, "how it is known"),
        ],
        consequences=lambda given: [
            f"Whoever has this part until now has it to the day before {long_date(given['starts_on'])}.",
            "No plan is transferred by this: record a move in or a move out for that.",
        ],
        act=act,
    ).run(request, page)


def _shown(course: Course, summary: ChildSummary, reader: User) -> Shown:
    case = course.case
    standing = {
        MilestoneKind(row.kind): row.happened_on
        for row in summary.milestones
        if row.case_id == case.pk and not row.replaced and not row.withdrawn
    }
    state, colour = _state(course, set(standing))
    return Shown(
        case=case,
        title=_title(course),
        state=state,
        colour=colour,
        facts=_facts(course, standing),
        lines=[line for line in summary.lines if line.clock.case_id == case.pk],
        steps=steps_of(case, set(standing), reader=reader),
    )


def _title(course: Course) -> str:
    if course.transfer is not None:
        way = "in from" if course.case.kind == CaseKind.TRANSFER_IN else "out to"
        return f"Move {way} {course.transfer.authority}"
    return str(course.case.get_kind_display())


def _state(course: Course, standing: set[MilestoneKind]) -> tuple[str, str]:
    case = course.case
    if case.kind == CaseKind.TRANSFER_IN:
        return (
            ("Family to be told", "yellow")
            if M.PLAN_TRANSFERRED_IN in standing
            else ("Waiting for the plan", "blue")
        )
    if case.kind == CaseKind.TRANSFER_OUT:
        return "Plan to be transferred", "yellow"
    if case.kind == CaseKind.CEASING:
        return ("Time to appeal", "purple") if M.CEASE_DECIDED in standing else ("Consulted", "blue")
    request = getattr(case, "request", None)
    return (RequestState(request.state).label, "blue") if request else ("Under way", "blue")


def _facts(course: Course, standing: dict[MilestoneKind, datetime.date]) -> list[Row]:
    rows: list[Row] = []
    transfer, ceasing = course.transfer, course.ceasing
    if transfer is not None:
        rows.append(Row("Day of the move", long_date(transfer.moved_on)))
        known = long_date(transfer.known_on) + (f", from {transfer.told_by}" if transfer.told_by else "")
        rows.append(Row("Learned of it", known))
        if transfer.arrangements:
            rows.append(Row("Educated until the plan is amended", transfer.arrangements))
        papers = list(transfer.papers.all())
        if papers:
            sent = "\n".join(
                f"{paper.get_paper_display()}: "
                + (f"sent {long_date(paper.sent_on)}. {paper.proof}" if paper.sent_on else "there is none")
                for paper in papers
            )
            rows.append(Row("Papers", sent))
    if ceasing is not None:
        rows.append(Row("Considered because", f"{ceasing.get_reason_display()}. {ceasing.why}"))
        if ceasing.setting_consulted:
            rows.append(Row("Setting consulted", ceasing.setting_consulted))
        told = standing.get(M.CEASE_DECIDED)
        if told is not None:
            certificate = standing.get(M.MEDIATION_CERTIFICATE_ISSUED)
            first = earliest_end(told, certificate, clocks.calendar())
            rows.append(Row("First day it can end", show_day(first)))
    return rows


def _ended(course: Course) -> Ended:
    case = course.case
    outcome = _OUTCOMES.get(case.closed_because, "")
    request = getattr(case, "request", None)
    if not outcome and request is not None:
        outcome = RequestState(request.state).label
    return Ended(_title(course), long_date(case.closed_on), outcome)


def _begin(summary: ChildSummary, found: ChildMoves, reader: User) -> list[Link]:
    """What can be begun now."""
    child, open_kinds = summary.child, {course.case.kind for course in found.current}
    plan = found.plan if found.plan and found.plan.ends_on is None else None
    links: list[tuple[str, str, Permission]] = []
    if plan is None and summary.open_request is None and CaseKind.TRANSFER_IN not in open_kinds:
        links.append(("Record a move in", "record_move_in", Permission.RECORD_CASEWORK))
    moving = CaseKind.TRANSFER_OUT in open_kinds
    if (plan is not None or summary.open_request is not None) and not moving:
        links.append(("Record a move out", "record_move_out", Permission.RECORD_CASEWORK))
    if plan is not None:
        if CaseKind.CEASING not in open_kinds:
            links.append(("Consult about ceasing the plan", "consult_ceasing", Permission.RECORD_CASEWORK))
        if CaseKind.REASSESSMENT not in open_kinds:
            links.append(
                ("Log a request for a re-assessment", "log_reassessment", Permission.RECORD_CASEWORK)
            )
            links.append(("Decide to re-assess", "reassess_ourselves", Permission.DECIDE))
        links.append(("End the plan without consultation", "end_at_once", Permission.DECIDE))
    links.append(("Record an authority’s part", "record_authority", Permission.RECORD_CASEWORK))
    return [
        Link(text, reverse(name, args=[child.public_id]))
        for text, name, needed in links
        if reader.may(needed)
    ]
