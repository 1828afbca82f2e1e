"""Bring in a file of reviews that a setting returned: keep it, show what it would do, and record it when that is confirmed.

A setting tells of the meeting and its report; the decision stays the authority's and is never brought in.
"""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework.audit import acting_as
from casework.models import Review, ReviewReturn, User
from casework.services import reviews
from casework.services.refusals import Refused
from casework.services.review_return_file import MOST_BYTES, rows_of
from casework.services.review_return_preview import Line, Preview, preview

__all__ = ["MOST_BYTES", "Line", "Preview", "bring", "confirm", "preview"]


@transaction.atomic
def bring(*, file_name: str, content: bytes, by: User) -> ReviewReturn:
    """Keep the rows of a file; nothing of it is recorded yet. Raises Refused when it cannot be read at all."""
    rows = rows_of(content)
    with acting_as(by):
        return ReviewReturn.objects.create(file_name=file_name[:200], rows=rows, brought_by=by)


@transaction.atomic
def confirm(*, brought: ReviewReturn, within: QuerySet[Review], by: User, on: date) -> int:
    """Record every good row; the number recorded. Rows with problems are left out. Raises Refused when done before."""
    brought = ReviewReturn.objects.select_for_update().get(pk=brought.pk)
    if brought.recorded_at is not None:
        raise Refused("This file has been recorded already.")
    found = preview(brought=brought, within=within, on=on).good
    with acting_as(by, source=f"review return {brought.file_name}"):
        for line in found:
            _record(line, by, on)
        ReviewReturn.objects.filter(pk=brought.pk).update(recorded_at=timezone.now(), recorded=len(found))
    return len(found)


def _record(line: Line, by: User, on: date) -> None:
    assert line.review is not None  # noqa: S101 - a good row has its review
    case, days = line.review.case, line.read.days
    note = "Returned by the setting."
    if line.review.held_on is None:
        reviews.hold_meeting(case=case, held_on=days["meeting_held"], by=by, on=on, note=note)
    if "notice_given" in days and line.review.notice_given_on is None:
        reviews.give_notice(case=case, given_on=days["notice_given"], by=by, on=on, note=note)
    if "advice_circulated" in days and line.review.advice_circulated_on is None:
        reviews.circulate_advice(case=case, circulated_on=days["advice_circulated"], by=by, on=on, note=note)
    if "report_sent" in days and line.review.report_on is None:
        words = [note]
        if line.read.recommendation:
            words.append(f"The setting recommends to {line.read.recommendation} the plan.")
        words.append(line.read.comment)
        reviews.receive_report(
            case=case, received_on=days["report_sent"], by=by, on=on, note=" ".join(filter(None, words))
        )
