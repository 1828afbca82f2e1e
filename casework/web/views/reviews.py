"""Record the steps of a review: one day each, an early review, and one completed before this record was kept here."""

import datetime
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import CaseKind, MilestoneKind, Plan
from casework.models.reviews import ReviewType
from casework.queries.consequences import Step, consequences
from casework.rules.clock_words import show_day
from casework.rules.permissions import Permission
from casework.rules.reviews import latest_notice_day, next_review_due
from casework.services import clocks
from casework.services import reviews as services
from casework.services.milestones import standing_of
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.reviews import (
    EarlierReviewForm,
    ReviewTypeForm,
    StepForm,
)
from casework.web.presenters import reviews_url
from casework.web.records import reader_of, review_or_404
from casework.web.review_tasks import TASKS

M = MilestoneKind
_INTERIM = (
    "An interim review is held beside the review to come, whose date stays as it is: it looks at a part of the plan and does "
    "not start the next twelve months."
)
_BROUGHT_FORWARD = (
    "When this review is complete, the next twelve months begin: there is no second review to hold on the "
    "old date."
)


@needs(Permission.RECORD_CASEWORK)
def review_step(request: HttpRequest, public_id: uuid.UUID, step: str, page: str = "") -> HttpResponse:
    """One day: the meeting planned or held, notice, advice, the report, the amendment notice sent and served."""
    task = TASKS[step]
    review, reader, day = review_or_404(request, public_id), reader_of(request), today()
    case = review.case
    url = reverse(task.url_name, args=[case.public_id])

    def act(given: Given, version: int) -> str:
        task.record(case, given, reader, day, version)
        messages.success(
            request, f"Recorded: {task.title[0].lower()}{task.title[1:]}, {long_date(given['happened_on'])}"
        )
        return reviews_url(case)

    def what_follows(given: Given) -> list[str]:
        recorded = {kind: days for kind, days in standing_of(case).items() if kind != task.kind}
        sentences = consequences(
            CaseKind(case.kind), recorded, Step(task.kind, given["happened_on"]), calendar=clocks.calendar()
        )
        if task.kind == M.REVIEW_MEETING_PLANNED and latest_notice_day(given["happened_on"]) < day:
            sentences.insert(0, "The meeting is less than two weeks away: notice of it is already late.")
        return sentences

    return CheckedTask(
        name=task.url_name,
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading=task.title,
        form=lambda data: StepForm(data, task=task, today=day, earliest=case.child.date_of_birth),
        rows=lambda given: [
            Row(task.question.rstrip("?"), long_date(given["happened_on"]), url, task.subject),
            *(
                [Row(task.note.rstrip("?"), given["note"] or "Not said", url, "the note")]
                if task.note
                else []
            ),
        ],
        act=act,
        consequences=what_follows,
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def review_type(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Hold the review to come early, or half-yearly, and say why."""
    review, reader, day = review_or_404(request, public_id), reader_of(request), today()
    case = review.case
    url = reverse("review_type", args=[case.public_id])

    def act(given: Given, version: int) -> str:
        if given["type"] == ReviewType.INTERIM and review.plan is not None:
            services.open_interim(plan=review.plan, why=given["why"], by=reader, on=day)
        else:
            services.bring_forward(
                case=case,
                type=ReviewType(given["type"]),
                why=given["why"],
                by=reader,
                on=day,
                version=version,
            )
        messages.success(request, "Recorded. Plan the meeting next.")
        return reviews_url(case)

    return CheckedTask(
        name="review_type",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Hold the review early",
        form=lambda data: ReviewTypeForm(data, initial={"type": review.type, "why": review.why}),
        rows=lambda given: [
            Row("Kind of review", ReviewType(given["type"]).label, url, "the kind of review"),
            Row("Why now", given["why"] or "Not early", url, "why it is held now"),
        ],
        consequences=lambda given: [_INTERIM if given["type"] == ReviewType.INTERIM else _BROUGHT_FORWARD],
        act=act,
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def earlier_review(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Record a review that was completed before this record was kept here."""
    reader, day = reader_of(request), today()
    plan = get_object_or_404(visible(Plan, reader).select_related("child"), public_id=public_id)
    url = reverse("earlier_review", args=[plan.public_id])

    def act(given: Given, version: int) -> str:
        services.record_earlier(
            plan=plan, completed_on=given["happened_on"], note=given["note"], by=reader, on=day
        )
        messages.success(request, "Recorded. The twelve months now count from that review.")
        return reverse("child_reviews", args=[plan.child.public_id])

    return CheckedTask(
        name="earlier_review",
        subject=plan.public_id,
        child=plan.child,
        version=plan.version,
        heading="Record a review completed before",
        form=lambda data: EarlierReviewForm(data, today=day, earliest=plan.starts_on),
        rows=lambda given: [
            Row("Family told on", long_date(given["happened_on"]), url, "the day the family was told"),
            Row("Recorded in", given["note"] or "Not said", url, "where it is recorded"),
        ],
        consequences=lambda given: [
            next_due(given["happened_on"]),
        ],
        act=act,
    ).run(request, page)


def next_due(completed: datetime.date) -> str:
    """When the review after one completed on this day is due, as a sentence."""
    due = next_review_due(plan_made=completed, last_completed=completed)
    return f"The next review must be complete by {show_day(due)}."
