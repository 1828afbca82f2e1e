"""Decide a review: maintain, amend or cease, and the decision not to amend after the notice."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.web import needs
from casework.models import Answer, CaseKind, MilestoneKind, Review, ReviewType
from casework.queries.consequences import Step, consequences
from casework.rules.clock_words import show_day
from casework.rules.permissions import Permission
from casework.services import amendments, clocks
from casework.services import reviews as services
from casework.services.milestones import standing_of
from casework.today import today
from casework.ui.components import Link, Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.reviews import NotAmendForm, ReviewDecisionForm
from casework.web.presenters import child_url, reviews_url
from casework.web.records import reader_of, review_or_404
from casework.web.review_tasks import TASKS
from casework.web.views.reviews import next_due

M = MilestoneKind
_ANSWERS = {
    Answer.MAINTAIN.value: "Maintain the plan as it is",
    Answer.AMEND.value: "Amend the plan",
    Answer.CEASE.value: "Cease the plan",
}


@needs(Permission.DECIDE)
def decide_review(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Maintain, amend or cease: with reasons, within four weeks of the meeting."""
    review, reader, day = review_or_404(request, public_id), reader_of(request), today()
    case = review.case
    if page == "recorded":
        return _decision_recorded(request, review)
    url = reverse("decide_review", args=[case.public_id])

    def act(given: Given, version: int) -> str:
        services.decide(
            case=case,
            answer=Answer(given["answer"]),
            reasons=given["reasons"],
            decided_on=given["decided_on"],
            told_on=given["told_on"],
            notice_sent_on=given["notice_sent_on"],
            by=reader,
            on=day,
            version=version,
        )
        return reverse("decide_review", args=[case.public_id, "recorded"])

    return CheckedTask(
        name="decide_review",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Decide the review",
        intro="Decide whether to maintain, amend or cease the plan, and tell the family within four weeks of the meeting. "
        "To amend, the plan with the proposed changes must go to the family within the same four weeks: a letter that only "
        "says “we will amend” is not enough.\n\nSEND Regs 2014 regs 20(10) and 22(2); R (L, M and P) v Devon CC [2022] "
        "EWHC 493 (Admin)",
        form=lambda data: ReviewDecisionForm(data, today=day, earliest=review.held_on),
        rows=lambda given: _decision_rows(given, url),
        consequences=lambda given: _decision_consequences(review, given),
        act=act,
        check_heading="Check the decision before you record it",
        submit="Record the decision",
    ).run(request, page)


@needs(Permission.DECIDE)
def decide_not_to_amend(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """After the notice, leave the plan as it is."""
    review, reader, day = review_or_404(request, public_id), reader_of(request), today()
    case = review.case
    url = reverse("decide_not_to_amend", args=[case.public_id])

    def act(given: Given, version: int) -> str:
        amendments.decide_not_to_amend(case=case, by=reader, on=day, version=version, **given)
        messages.success(request, "Recorded: the plan is not amended. The review is complete.")
        return reviews_url(case)

    return CheckedTask(
        name="decide_not_to_amend",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Decide not to amend the plan",
        intro="Tell the family, with reasons, within eight weeks of the amendment notice (SEND Regs 2014 reg 22(4)).",
        form=lambda data: NotAmendForm(data, today=day, earliest=review.amendment_sent_on),
        rows=lambda given: [
            Row("Reasons", given["reasons"], url, "the reasons"),
            Row("Decided on", long_date(given["decided_on"]), url, "the day it was decided"),
            Row("Family told on", long_date(given["told_on"]), url, "the day the family was told"),
        ],
        consequences=lambda given: [
            *consequences(
                CaseKind(case.kind),
                standing_of(case),
                Step(M.DECIDED_NOT_TO_AMEND, given["told_on"]),
                calendar=clocks.calendar(),
            ),
            "The family has a right of appeal.",
        ],
        act=act,
    ).run(request, page)


def _decision_rows(given: Given, url: str) -> list[Row]:
    rows = [Row("Decision", _ANSWERS[given["answer"]], url, "the decision")]
    if given["answer"] == Answer.AMEND:
        sent = long_date(given["notice_sent_on"]) or "Not sent yet"
        rows.append(Row("Amendment notice sent", sent, url, "the day the notice was sent"))
    return [
        *rows,
        Row("Reasons", given["reasons"], url, "the reasons"),
        Row("Decided on", long_date(given["decided_on"]), url, "the day it was decided"),
        Row("Family told on", long_date(given["told_on"]), url, "the day the family was told"),
    ]


def _decision_consequences(review: Review, given: Given) -> list[str]:
    recorded = standing_of(review.case)
    answer, told = given["answer"], given["told_on"]
    if answer == Answer.AMEND:
        recorded = {**recorded, M.DECIDED_TO_AMEND: [told]}
        if given["notice_sent_on"]:
            recorded = {**recorded, M.AMENDMENT_NOTICE_SENT: [given["notice_sent_on"]]}
    sentences = consequences(
        CaseKind(review.case.kind), recorded, Step(M.REVIEW_DECIDED, told), calendar=clocks.calendar()
    )
    if answer == Answer.AMEND and not given["notice_sent_on"] and review.decision_due_on:
        sentences.insert(
            0,
            "The decision to amend is not complete without the notice of the proposed amendments. Send it by "
            f"{show_day(review.decision_due_on)}.",
        )
    if answer == Answer.MAINTAIN and review.case.kind == CaseKind.PHASE_TRANSFER:
        sentences.append(
            "The limit of the transfer goes on until the plan names the next setting. If it names it already, say so next "
            "(SEND Regs 2014 reg 18(1): amended where necessary)."
        )
    if answer in (Answer.MAINTAIN, Answer.CEASE):
        sentences.append("The parents or the young person will have a right of appeal.")
    if review.type == ReviewType.INTERIM:
        sentences.append("This was an interim review: the date of the review to come stays as it is.")
    elif answer != Answer.CEASE:
        sentences.append(next_due(told))
    return sentences


def _decision_recorded(request: HttpRequest, review: Review) -> HttpResponse:
    case = review.case
    if review.decided_on is None:
        return redirect(reviews_url(case))
    steps: list[Link | str] = []
    if review.answer == Answer.AMEND and review.amendment_sent_on is None:
        steps.append(
            Link(
                "Record the amendment notice",
                reverse(TASKS["amendment-notice"].url_name, args=[case.public_id]),
            )
        )
    if review.answer == Answer.CEASE:
        steps.append(
            Link("Consult about ceasing the plan", reverse("consult_ceasing", args=[case.child.public_id]))
        )
    if review.answer in (Answer.MAINTAIN, Answer.CEASE):
        steps.append(
            "Check that the letter told the family of their right of appeal, its time limit and mediation."
        )
    context = {
        "panel_title": "Decision recorded",
        "panel_text": f"{case.child.name}: {_ANSWERS.get(review.answer, 'reviewed').lower()}, "
        f"family told on {long_date(review.decided_on)}",
        "next_steps": [
            *steps,
            Link("Go to the reviews of this child", reviews_url(case)),
            Link(f"Go to {case.child.name}’s page", child_url(case.child)),
            Link("Go to the reviews that are due", reverse("reviews")),
        ],
    }
    return render(request, "casework/layouts/confirmation.html", context)
