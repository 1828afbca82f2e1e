"""What an end of a plan would close, in words, before anybody records it."""

import datetime

from django.db.models import QuerySet

from casework.models import Case, CaseKind, Child, Review
from casework.rules.clock_words import show_day

CLOSED_BY_THE_END = (
    CaseKind.ANNUAL_REVIEW,
    CaseKind.PHASE_TRANSFER,
    CaseKind.REASSESSMENT,
    CaseKind.TRANSFER_IN,
    CaseKind.TRANSFER_OUT,
    CaseKind.CEASING,
)
"""The kinds of case that rest on a plan."""

_KEPT_APART = (
    "The placement and what is paid for it do not end with the plan: each is ended by a decision of its own, with its own "
    "notice. Whoever looks after them is told."
)


def open_beside(child_id: int) -> QuerySet[Case]:
    """The cases that an end of the child's plan would close."""
    return Case.objects.filter(child_id=child_id, kind__in=CLOSED_BY_THE_END, closed_on__isnull=True)


def what_ends(child: Child, *, but: Case | None = None) -> list[str]:
    """A sentence for each case that would close, and one on what would not."""
    cases = open_beside(child.pk).order_by("opened_on", "pk")
    reviews = {row.case_id: row for row in Review.objects.filter(case__in=cases)}
    found = [_sentence(case, reviews.get(case.pk)) for case in cases if but is None or case.pk != but.pk]
    return [*[words for words in found if words], _KEPT_APART]


def _sentence(case: Case, review: Review | None) -> str:
    kind, reference = case.get_kind_display(), case.reference
    if case.kind == CaseKind.ANNUAL_REVIEW and review is not None and review.held_on is None:
        planned = (
            f" The meeting planned for {_day(review.planned_on)} is not to be held."
            if review.planned_on
            else ""
        )
        return f"There is no further review to hold: the one to come ({reference}) closes.{planned}"
    if review is not None and review.decided_on is not None:
        return f"The amendment after the review of {_day(review.decided_on)} ({reference}) stops: no amended plan follows."
    if review is not None and review.held_on is not None:
        return f"The review held on {_day(review.held_on)} ({reference}) closes without a decision."
    return f"{kind} ({reference}) closes, because the plan has ended."


def _day(day: datetime.date | None) -> str:
    return show_day(day) if day else "an unknown day"
