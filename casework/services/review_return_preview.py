"""What a returned file of reviews would do to the records as they are: each row matched to a review and compared with it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from casework.models import CaseKind, ChildIdentifier, IdentifierScheme, Review, ReviewReturn
from casework.rules.clock_words import show_day
from casework.rules.names import same_name
from casework.rules.review_returns import ReturnedReview, read_row

_STEPS = (
    ("meeting_held", "Meeting held", "held_on"),
    ("notice_given", "Notice given", "notice_given_on"),
    ("advice_circulated", "Advice circulated", "advice_circulated_on"),
    ("report_sent", "Report received", "report_on"),
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
    for name, words, column in _STEPS:
        if name not in days:
            continue
        recorded = getattr(review, column)
        if recorded is not None and recorded != days[name]:
            line.problems.append(
                f"{name}: {show_day(recorded)} is recorded already, the file says {show_day(days[name])}. "
                "Ask the caseworker which is right."
            )
        elif recorded is None:
            line.changes.append(f"{words} {show_day(days[name])}")
    for name in ("notice_given", "advice_circulated"):
        if name in days and days[name] > held:
            line.problems.append(f"{name}: {show_day(days[name])} is after the meeting on {show_day(held)}.")
    report = days.get("report_sent")
    if report and report < held:
        line.problems.append(f"report_sent: {show_day(report)} is before the meeting on {show_day(held)}.")
    if report and report > on:
        line.problems.append(f"report_sent: {show_day(report)} is after today.")


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
