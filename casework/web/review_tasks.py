"""The steps of a review that are one day and a note, as pages: what each asks, and the service that records it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from casework.models import Case, Milestone, MilestoneKind, Review, User
from casework.services import amendments, reviews

M = MilestoneKind
Record = Callable[[Case, dict[str, Any], User, datetime.date, int], Milestone]


@dataclass(frozen=True, slots=True)
class ReviewTask:
    """One step. `ahead` allows a day to come; `may` says on which reviews the step is offered."""

    slug: str
    title: str
    question: str
    subject: str
    kind: MilestoneKind
    record: Record
    may: Callable[[Review], bool]
    hint: str = ""
    note: str = ""
    ahead: bool = False

    @property
    def url_name(self) -> str:
        """Name of the address; it takes the case's public id."""
        return f"review_{self.slug}"


def _plan(case: Case, given: dict[str, Any], by: User, on: datetime.date, version: int) -> Milestone:
    return reviews.plan_meeting(
        case=case, planned_on=given["happened_on"], why_moved=given["note"], by=by, on=on, version=version
    )


def _notice(case: Case, given: dict[str, Any], by: User, on: datetime.date, version: int) -> Milestone:
    return reviews.give_notice(
        case=case, given_on=given["happened_on"], note=given["note"], by=by, on=on, version=version
    )


def _advice(case: Case, given: dict[str, Any], by: User, on: datetime.date, version: int) -> Milestone:
    return reviews.circulate_advice(
        case=case, circulated_on=given["happened_on"], note=given["note"], by=by, on=on, version=version
    )


def _held(case: Case, given: dict[str, Any], by: User, on: datetime.date, version: int) -> Milestone:
    return reviews.hold_meeting(
        case=case, held_on=given["happened_on"], note=given["note"], by=by, on=on, version=version
    )


def _report(case: Case, given: dict[str, Any], by: User, on: datetime.date, version: int) -> Milestone:
    return reviews.receive_report(
        case=case, received_on=given["happened_on"], note=given["note"], by=by, on=on, version=version
    )


def _sent(case: Case, given: dict[str, Any], by: User, on: datetime.date, version: int) -> Milestone:
    amendments.send_notice(case=case, sent_on=given["happened_on"], by=by, on=on, version=version)
    return case.milestones.filter(kind=M.AMENDMENT_NOTICE_SENT).latest("pk")


def _served(case: Case, given: dict[str, Any], by: User, on: datetime.date, version: int) -> Milestone:
    return amendments.record_served(case=case, served_on=given["happened_on"], by=by, on=on, version=version)


TASKS: dict[str, ReviewTask] = {
    task.slug: task
    for task in (
        ReviewTask(
            "meeting", "Plan the meeting", "On which day will the review meeting be?", "the day of the meeting",
            M.REVIEW_MEETING_PLANNED, _plan, lambda review: review.held_on is None,
            hint="Notice and advice are due at least two weeks before", ahead=True,
            note="If the meeting is moved, why?",
        ),
        ReviewTask(
            "notice", "Record notice of the meeting", "When was notice of the meeting given?",
            "the day notice was given", M.REVIEW_NOTICE_GIVEN, _notice,
            lambda review: review.notice_given_on is None and bool(review.planned_on or review.held_on),
            hint="To the parents or young person, the setting, health, social care and others invited",
            note="Who was invited?",
        ),
        ReviewTask(
            "advice", "Record that advice was circulated", "When were advice and information circulated?",
            "the day advice was circulated", M.REVIEW_ADVICE_CIRCULATED, _advice,
            lambda review: review.advice_circulated_on is None and bool(review.planned_on or review.held_on),
            note="Whose advice, and who did not reply?",
        ),
        ReviewTask(
            "held", "Record the meeting", "When was the meeting held?", "the day the meeting was held",
            M.REVIEW_MEETING_HELD, _held, lambda review: review.held_on is None,
            hint="The report, the decision and the final plan are all counted from this day",
            note="Who took part?",
        ),
        ReviewTask(
            "report", "Record the report", "When did the report reach you?", "the day the report reached you",
            M.REVIEW_REPORT_RECEIVED, _report,
            lambda review: review.held_on is not None and review.report_on is None,
            note="What does the setting recommend?",
        ),
        ReviewTask(
            "amendment-notice", "Record the amendment notice",
            "When was the notice of proposed amendments sent?", "the day the notice was sent",
            M.AMENDMENT_NOTICE_SENT, _sent,
            lambda review: review.answer == "amend" and review.amendment_sent_on is None,
            hint="With a copy of the plan, the amendments and the evidence",
        ),
        ReviewTask(
            "served", "Record that the notice was served", "When did the notice reach the family?",
            "the day the notice reached the family", M.AMENDMENT_NOTICE_SERVED, _served,
            lambda review: bool(review.amendment_sent_on) and review.amendment_served_on is None,
            hint="Their 15 days begin with this day",
        ),
    )
}  # fmt: skip
"""Steps by the word in their address, in the order of the process."""


def offered(review: Review) -> list[ReviewTask]:
    """The steps that may be recorded now."""
    if review.case.closed_on is not None:
        return []
    return [task for task in TASKS.values() if task.may(review)]
