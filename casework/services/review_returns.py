"""Bring in a file of reviews that a setting returned: keep it, show what it would do, and record it when that is confirmed.

A setting tells of the meeting and its report; the decision stays the authority's and is never brought in.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework.audit import acting_as
from casework.models import (
    CaseKind,
    ChildIdentifier,
    IdentifierScheme,
    MilestoneKind,
    Review,
    ReviewReturn,
    User,
)
from casework.rules.clock_words import show_day
from casework.rules.names import same_name
from casework.rules.review_returns import (
    COLUMNS,
    MOST_ROWS,
    ReturnedReview,
    missing_columns,
    read_row,
    tidy_head,
)
from casework.services import reviews
from casework.services.refusals import Refused

M = MilestoneKind
MOST_BYTES = 2_000_000
_STEPS = (
    ("meeting_held", M.REVIEW_MEETING_HELD, "held_on"),
    ("notice_given", M.REVIEW_NOTICE_GIVEN, "notice_given_on"),
    ("advice_circulated", M.REVIEW_ADVICE_CIRCULATED, "advice_circulated_on"),
    ("report_sent", M.REVIEW_REPORT_RECEIVED, "report_on"),
)


@dataclass(slots=True)
class Line:
    """One row of a file and what it would do. `row` counts from the first row under the heads, as a spreadsheet's + 1."""

    row: int
    cells: Mapping[str, str]
    read: ReturnedReview
    review: Review | None = None
    changes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether the row can be recorded and would change something."""
        return not self.problems and bool(self.changes)


@dataclass(frozen=True, slots=True)
class Preview:
    """A file against the records as they are now."""

    lines: Sequence[Line]

    @property
    def good(self) -> list[Line]:
        """Rows to be recorded."""
        return [line for line in self.lines if line.is_good]

    @property
    def wrong(self) -> list[Line]:
        """Rows to be mended."""
        return [line for line in self.lines if line.problems]

    @property
    def same(self) -> list[Line]:
        """Rows that say what is recorded already."""
        return [line for line in self.lines if not line.problems and not line.changes]


@transaction.atomic
def bring(*, file_name: str, content: bytes, by: User) -> ReviewReturn:
    """Keep the rows of a file; nothing of it is recorded yet. Raises Refused when it cannot be read at all."""
    if len(content) > MOST_BYTES:
        raise Refused(
            "The file is larger than 2 MB. Split it, and bring the parts in one by one.", field="file"
        )
    heads, rows = _table(_text(content))
    lacking = missing_columns(heads)
    if lacking:
        raise Refused(
            f"The file has no column {' and no column '.join(lacking)}. Use the template: the first row must hold the "
            "names of the columns.",
            field="file",
        )
    if not rows:
        raise Refused("The file has no rows under the names of the columns.", field="file")
    if len(rows) > MOST_ROWS:
        raise Refused(f"The file has more than {MOST_ROWS:,} rows. Split it.", field="file")
    with acting_as(by):
        return ReviewReturn.objects.create(file_name=file_name[:200], rows=rows, brought_by=by)


def preview(*, brought: ReviewReturn, within: QuerySet[Review], on: date) -> Preview:
    """What the file would do to the records as they are. `within` are the reviews the reader may see.

    A row is matched by the case's reference, else by UPN and date of birth together; a surname that is given must fit.
    """
    lines = [Line(number, cells, read_row(cells)) for number, cells in enumerate(brought.rows, start=2)]
    by_case, by_child = _reviews(lines, within)
    for line in lines:
        line.problems += line.read.problems
        if line.problems:
            continue
        line.review = _match(line, by_case, by_child)
        if line.review is not None:
            _compare(line, line.review, on)
    _refuse_twice(lines)
    return Preview(lines)


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


def _compare(line: Line, review: Review, on: date) -> None:
    """What the row would add, and what of it cannot be."""
    days = line.read.days
    held = days["meeting_held"]
    if review.decided_on is not None or review.case.closed_on is not None:
        line.problems.append("This review is complete. Leave the row out, or ask the caseworker.")
        return
    if held > on:
        line.problems.append(
            f"meeting_held: {show_day(held)} is after today. A meeting can be returned once it has been held."
        )
    if review.plan is not None and held < review.plan.starts_on:
        line.problems.append(
            f"meeting_held: {show_day(held)} is before the plan was made on {show_day(review.plan.starts_on)}."
        )
    for name, kind, column in _STEPS:
        if name not in days:
            continue
        recorded = getattr(review, column)
        if recorded is not None and recorded != days[name]:
            line.problems.append(
                f"{name}: {show_day(recorded)} is recorded already, the file says {show_day(days[name])}. "
                "Ask the caseworker which is right."
            )
        elif recorded is None:
            line.changes.append(f"{_WORDS[kind]} {show_day(days[name])}")
    for name in ("notice_given", "advice_circulated"):
        if name in days and days[name] > held:
            line.problems.append(f"{name}: {show_day(days[name])} is after the meeting on {show_day(held)}.")
    report = days.get("report_sent")
    if report and report < held:
        line.problems.append(f"report_sent: {show_day(report)} is before the meeting on {show_day(held)}.")
    if report and report > on:
        line.problems.append(f"report_sent: {show_day(report)} is after today.")


_WORDS = {
    M.REVIEW_MEETING_HELD: "Meeting held",
    M.REVIEW_NOTICE_GIVEN: "Notice given",
    M.REVIEW_ADVICE_CIRCULATED: "Advice circulated",
    M.REVIEW_REPORT_RECEIVED: "Report received",
}


def _reviews(
    lines: list[Line], within: QuerySet[Review]
) -> tuple[dict[int, Review], dict[tuple[str, date], list[Review]]]:
    """The reviews the rows may mean: by the number of their case, and open ones by UPN and date of birth."""
    numbers = {line.read.reference for line in lines if line.read.reference is not None}
    by_case = {
        review.pk: review for review in within.filter(pk__in=numbers).select_related("case__child", "plan")
    }
    upns = {line.read.upn for line in lines if line.read.upn}
    children: dict[int, str] = dict(
        ChildIdentifier.objects.filter(scheme=IdentifierScheme.UPN, value__in=upns).values_list(
            "child", "value"
        )
    )
    by_child: dict[tuple[str, date], list[Review]] = {}
    undecided = within.filter(
        case__child__in=children, case__closed_on__isnull=True, decided_on__isnull=True
    ).select_related("case__child", "plan")
    for review in undecided.order_by("case__kind", "pk"):
        child = review.case.child
        by_child.setdefault((children[child.pk], child.date_of_birth), []).append(review)
    return by_case, by_child


def _match(
    line: Line, by_case: dict[int, Review], by_child: dict[tuple[str, date], list[Review]]
) -> Review | None:
    read = line.read
    if read.reference is not None:
        review = by_case.get(read.reference)
        if review is None:
            line.problems.append(
                "case_reference: no review of yours has this number. Check it on our letter, or give UPN and date of birth."
            )
            return None
    else:
        found = by_child.get((read.upn, read.date_of_birth), []) if read.date_of_birth else []
        if not found:
            line.problems.append(
                "No child with an open review has this UPN and date of birth. Check both; if they are right, the child may "
                "have no plan with us."
            )
            return None
        # A phase transfer under way is the review of that year.
        review = next((one for one in found if one.case.kind == CaseKind.PHASE_TRANSFER), found[0])
    child = review.case.child
    if read.reference is not None and read.date_of_birth and child.date_of_birth != read.date_of_birth:
        line.problems.append(
            "date_of_birth: it differs from our record of this case. Check the case reference."
        )
        return None
    if read.surname and not same_name(read.surname, child.surname):
        line.problems.append(
            "surname: it differs from our record of this child. Check that the row is about the right child."
        )
        return None
    return review


def _refuse_twice(lines: list[Line]) -> None:
    """Two rows about one review: neither is taken, because nobody knows which is right."""
    counted = Counter(line.review.pk for line in lines if line.review is not None)
    for line in lines:
        if line.review is not None and counted[line.review.pk] > 1:
            rows = ", ".join(
                str(other.row) for other in lines if other.review and other.review.pk == line.review.pk
            )
            line.problems.append(f"Rows {rows} are about the same review. Keep one of them.")


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise Refused(
        "The file is not a CSV file of text. In your spreadsheet choose “Save as” and “CSV”.", field="file"
    )


def _table(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """The names of the columns and the rows under them; empty rows are left out, unknown columns ignored."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else "\t" if "\t" in first else ","
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Refused(
            f"The file cannot be read as CSV: {error}. Save it again as CSV.", field="file"
        ) from error
    if not table:
        raise Refused("The file is empty.", field="file")
    heads = [tidy_head(head) for head in table[0]]
    rows = [
        {head: cell[:500] for head, cell in zip(heads, cells, strict=False) if head in COLUMNS}
        for cells in table[1:]
        if any(cell.strip() for cell in cells)
    ]
    return heads, rows
