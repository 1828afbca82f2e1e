"""When a plan is next to be reviewed, and why it may not be due yet.

The limits themselves are clock rules C1 to C10 (`clock_rules_review.py`). This module answers the questions that are
asked before a clock is shown.
"""

from datetime import date, timedelta
from enum import StrEnum

from casework.rules.calendar import add_months, add_weeks, age_on
from casework.rules.clocks import RULES, due_on
from casework.rules.milestones import Milestone

GUIDANCE_AGE = 5
GUIDANCE_MONTHS = 6
_NOTICE_WEEKS = 2
_WHOLE_REVIEW_WEEKS = 12


class ReviewState(StrEnum):
    """Where a review stands on a day."""

    NOT_DUE = "not_due"
    DUE = "due"
    OVERDUE = "overdue"
    BOOKED = "booked"
    MEETING_PASSED = "meeting_passed"
    WAITING_REPORT = "waiting_report"
    WAITING_DECISION = "waiting_decision"
    WAITING_NOTICE = "waiting_notice"
    WAITING_FINAL = "waiting_final"
    COMPLETE = "complete"
    ENDED = "ended"

    @property
    def words(self) -> str:
        """The state as a caseworker reads it."""
        return _WORDS[self]

    @property
    def waits_for(self) -> str:
        """Who has the next move; "" when nobody has."""
        return _NEXT_MOVE.get(self, "")


_WORDS: dict[ReviewState, str] = {
    ReviewState.NOT_DUE: "Not due yet",
    ReviewState.DUE: "Due",
    ReviewState.OVERDUE: "Overdue",
    ReviewState.BOOKED: "Meeting booked",
    ReviewState.MEETING_PASSED: "Meeting day has passed",
    ReviewState.WAITING_REPORT: "Waiting for the report",
    ReviewState.WAITING_DECISION: "Waiting for the decision",
    ReviewState.WAITING_NOTICE: "Waiting for the amendment notice",
    ReviewState.WAITING_FINAL: "Waiting for the final plan",
    ReviewState.COMPLETE: "Complete",
    ReviewState.ENDED: "No longer applies",
}

_NEXT_MOVE: dict[ReviewState, str] = {
    ReviewState.NOT_DUE: "Setting",
    ReviewState.DUE: "Setting",
    ReviewState.OVERDUE: "Setting",
    ReviewState.BOOKED: "Setting",
    ReviewState.MEETING_PASSED: "Setting",
    ReviewState.WAITING_REPORT: "Setting",
    ReviewState.WAITING_DECISION: "Authority",
    ReviewState.WAITING_NOTICE: "Authority",
    ReviewState.WAITING_FINAL: "Authority",
}

OPEN_STATES: tuple[ReviewState, ...] = (
    ReviewState.OVERDUE,
    ReviewState.DUE,
    ReviewState.BOOKED,
    ReviewState.MEETING_PASSED,
    ReviewState.WAITING_REPORT,
    ReviewState.WAITING_DECISION,
    ReviewState.WAITING_NOTICE,
    ReviewState.WAITING_FINAL,
    ReviewState.NOT_DUE,
)
"""The states in which something is still to be done, in the order a list shows them."""

DUE_FROM_DAYS = 84
"""A review counts as due this long before its last day: twelve weeks, the time the whole process may take. Ours, not
law: a meeting held on the last day of the twelve months leaves no time to decide within them."""


class NotDue(StrEnum):
    """Why no review is due, in the words of the page."""

    NEW_PLAN = "The plan was made less than 12 months ago"
    REVIEWED = "The plan was reviewed less than 12 months ago"
    IN_PROGRESS = "A review is under way"
    CEASED = "The plan has ceased"


def next_review_due(*, plan_made: date, last_completed: date | None) -> date:
    """The last day for the next review: 12 months beginning with the day the plan was made or last reviewed.

    A review is complete on the day the family was told the decision, not on the day of the meeting (s.44(1)).
    """
    rule = RULES["C2"] if last_completed else RULES["C1"]
    kind = Milestone.PREVIOUS_REVIEW_COMPLETED if last_completed else Milestone.PLAN_FIRST_MADE
    day = due_on(rule, {kind: last_completed or plan_made}, frozenset())
    # Plans made before the regulations came into force have no clock by the rule; the Act's 12 months are the same.
    return day or add_months(last_completed or plan_made, 12) - timedelta(days=1)


def not_due_because(
    *,
    plan_made: date,
    last_completed: date | None,
    ceased_on: date | None,
    meeting_held: date | None,
    on: date,
    due: date | None = None,
) -> NotDue | None:
    """Why nothing is due on `on`; None when a review is due within twelve weeks or overdue.

    `due` is the last day where another limit than the twelve months sets it, as for a plan that came (E4).
    """
    if ceased_on is not None and ceased_on < on:
        return NotDue.CEASED
    if meeting_held is not None and meeting_held <= on:
        return NotDue.IN_PROGRESS
    due = due or next_review_due(plan_made=plan_made, last_completed=last_completed)
    if due - timedelta(days=DUE_FROM_DAYS) <= on:
        return None
    return NotDue.REVIEWED if last_completed else NotDue.NEW_PLAN


def guidance_review_due(*, date_of_birth: date, last: date) -> date | None:
    """When guidance asks for the next look at a plan of a child under five: six months from the last.

    Guidance and not law: the Code says that plans for under-fives should be considered every three to six months
    (Code of Practice 9.178, whose text was not read). None once the child is five on that day.
    """
    day = add_months(last, GUIDANCE_MONTHS)
    return day if age_on(date_of_birth, max(day, date_of_birth)) < GUIDANCE_AGE else None


def latest_notice_day(meeting: date) -> date:
    """The last day to give notice of a meeting, and to circulate advice for it (regs 20(3) and 20(4))."""
    return add_weeks(meeting, -_NOTICE_WEEKS)


def latest_meeting_day(last_day: date) -> date:
    """The last meeting day from which the twelve weeks end by `last_day`."""
    return add_weeks(last_day, -_WHOLE_REVIEW_WEEKS)
