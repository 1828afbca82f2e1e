"""The reviews of one child: the four duties of the review under way, what to do next, and the reviews before."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.web import needs
from casework.models import Answer, CaseKind, Review, ReviewType, User
from casework.queries.case_summary import ChildSummary, ClockLine
from casework.queries.child_reviews import child_reviews
from casework.rules.permissions import Permission
from casework.rules.phase_transfers import Stage
from casework.rules.reviews import ReviewState
from casework.services import reviews as review_services
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.components import Link
from casework.web.records import child_or_404, reader_of
from casework.web.review_steps import steps_of
from casework.web.review_tasks import offered
from casework.web.views.child import open_record

TAGS = {
    ReviewState.OVERDUE: "red",
    ReviewState.DUE: "yellow",
    ReviewState.BOOKED: "blue",
    ReviewState.MEETING_PASSED: "orange",
    ReviewState.WAITING_REPORT: "purple",
    ReviewState.WAITING_DECISION: "purple",
    ReviewState.WAITING_NOTICE: "purple",
    ReviewState.WAITING_FINAL: "purple",
    ReviewState.COMPLETE: "green",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A review under way with what may be done."""

    review: Review
    title: str
    state: str
    colour: str
    waits_for: str
    lines: list[ClockLine]
    steps: list[Link]
    in_transfer: bool


@needs(Permission.SEE_CHILDREN)
def child_reviews_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """When the next review is due and why, the review under way, and the reviews before."""
    opened = open_record(request, public_id, "child_reviews")
    if isinstance(opened, HttpResponse):
        return opened
    summary, context = opened
    found = child_reviews(summary.child, on=today())
    reader = reader_of(request)
    context |= {
        "found": found,
        "current": [
            _shown(review, summary, reader, in_transfer=_in_transfer(review, found.current))
            for review in found.current
        ],
        "has_open": any(review.case.kind == CaseKind.ANNUAL_REVIEW for review in found.current),
        "as_at": today(),
    }
    return render(request, "casework/reviews/child.html", context)


@needs(Permission.RECORD_CASEWORK)
def open_review(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Open the review to come of a plan that has none yet, such as one that was just brought in."""
    child = child_or_404(request, public_id)
    if request.method == "POST":
        found = child_reviews(child, on=today())
        if found.plan is None:
            messages.warning(request, "This child has no plan, so there is nothing to review.")
        else:
            try:
                review_services.review_of(found.plan, on=today(), by=reader_of(request))
            except Refused as refusal:
                messages.warning(request, refusal.words)
    return redirect(reverse("child_reviews", args=[child.public_id]))


def _in_transfer(review: Review, current: Sequence[Review]) -> bool:
    """Whether the review of this year is held in a phase transfer that is under way."""
    return (
        review.case.kind == CaseKind.ANNUAL_REVIEW
        and review.type != ReviewType.INTERIM
        and any(other.case.kind == CaseKind.PHASE_TRANSFER and other.decided_on is None for other in current)
    )


def _shown(review: Review, summary: ChildSummary, reader: User, *, in_transfer: bool) -> Shown:
    state = ReviewState(review.state)  # type: ignore[attr-defined]
    words = state.words
    if review.case.kind == CaseKind.PHASE_TRANSFER:
        words = Stage(review.stage).words  # type: ignore[attr-defined]
    return Shown(
        review=review,
        title=_title(review),
        state=words,
        colour=TAGS.get(state, "grey"),
        waits_for=state.waits_for,
        lines=[line for line in summary.lines if line.clock.case_id == review.pk],
        steps=[] if in_transfer and review.held_on is None else _steps(review, reader),
        in_transfer=in_transfer,
    )


def _title(review: Review) -> str:
    if review.case.kind == CaseKind.PHASE_TRANSFER:
        transfer = review.case.phase_transfer
        return (
            f"Phase transfer {transfer.due_on.year}: {transfer.get_phase_display() or 'phase not recorded'}"
        )
    if review.decided_on and review.answer == Answer.AMEND:
        return "Review decided: the plan is being amended"
    return str(review.get_type_display())


def _steps(review: Review, reader: User) -> list[Link]:
    links: list[Link] = []
    case = review.case
    if reader.may(Permission.RECORD_CASEWORK):
        links += [Link(task.title, reverse(task.url_name, args=[case.public_id])) for task in offered(review)]
        to_come = case.kind == CaseKind.ANNUAL_REVIEW and review.type != ReviewType.INTERIM
        if to_come and case.closed_on is None and review.held_on is None:
            links.append(Link("Hold it early", reverse("review_type", args=[case.public_id])))
    if reader.may(Permission.DECIDE) and case.closed_on is None:
        if review.held_on and review.decided_on is None:
            links.append(Link("Decide the review", reverse("decide_review", args=[case.public_id])))
        links += steps_of(review, reader=reader)
        if review.amendment_sent_on:
            links.append(Link("Decide not to amend", reverse("decide_not_to_amend", args=[case.public_id])))
    return links
