"""Moves and ceasings that are open: for whom, what is next and by when."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery

from casework.access.scope import visible
from casework.models import (
    AssignmentPart,
    Case,
    CaseAssignment,
    CaseKind,
    Clock,
    Milestone,
    MilestoneKind,
    User,
)
from casework.rules.clocks import RULES, Sense

M = MilestoneKind
KINDS = (CaseKind.TRANSFER_IN, CaseKind.TRANSFER_OUT, CaseKind.CEASING, CaseKind.REASSESSMENT)


@dataclass(frozen=True, slots=True)
class Row:
    """One open case. `by` is the last day of the next duty; for ceasing that was decided, the first day of the end."""

    case: Case
    other: str
    moved_on: datetime.date | None
    lead: str
    next: str
    by: datetime.date | None
    is_limit: bool

    def late(self, on: datetime.date) -> bool:
        """Whether the limit has passed."""
        return self.is_limit and self.by is not None and self.by < on


def counts(*, reader: User) -> dict[str, int]:
    """How many are open of each kind."""
    rows = visible(Case, reader).filter(kind__in=KINDS, closed_on__isnull=True)
    return dict(rows.order_by("kind").values_list("kind").annotate(Count("pk")))


def open_moves(
    *, reader: User, on: datetime.date, kind: str = "", worker: uuid.UUID | None = None
) -> list[Row]:
    """Every open case of these kinds that the reader may see, soonest first; three statements.

    There are tens of them in a large authority, so they are sorted here.
    """
    lead = CaseAssignment.objects.as_at(on).filter(child=OuterRef("child"), part=AssignmentPart.LEAD)
    rows = (
        visible(Case, reader)
        .filter(kind__in=[kind] if kind else KINDS, closed_on__isnull=True)
        .select_related("child", "plan_transfer__authority", "ceasing", "request")
        .annotate(
            lead_name=Subquery(lead.values("user__name")[:1]),
            lead_id=Subquery(lead.values("user__public_id")[:1]),
        )
    )
    if worker is not None:
        rows = rows.filter(lead_id=worker)
    cases = list(rows)
    ids = [case.pk for case in cases]
    limits: dict[int, list[tuple[datetime.date, str]]] = defaultdict(list)
    clocks = Clock.objects.filter(case__in=ids, stopped_on__isnull=True).order_by("due_on")
    for case_id, code, due in clocks.values_list("case_id", "rule_code", "due_on"):
        limits[case_id].append((due, code))
    standing: dict[int, set[str]] = defaultdict(set)
    recorded = Milestone.objects.filter(case__in=ids, replaced=False, withdrawn=False)
    for case_id, what in recorded.values_list("case_id", "kind"):
        standing[case_id].add(what)
    found = [_row(case, limits[case.pk], standing[case.pk]) for case in cases]
    return sorted(found, key=_order)


def _row(case: Case, limits: Sequence[tuple[datetime.date, str]], standing: set[str]) -> Row:
    transfer = getattr(case, "plan_transfer", None)
    maximum = next((pair for pair in limits if RULES[pair[1]].sense is Sense.MAXIMUM), None)
    words, by, is_limit = "Go on", maximum[0] if maximum else None, maximum is not None
    if case.kind == CaseKind.TRANSFER_IN:
        came = M.PLAN_TRANSFERRED_IN in standing
        words = "Tell the family" if came else "Wait for the plan"
        by = by or (transfer.moved_on if transfer else None)
    elif case.kind == CaseKind.TRANSFER_OUT:
        words = "Transfer the plan"
    elif case.kind == CaseKind.CEASING:
        words = "Hear views, then decide"
        if M.CEASE_DECIDED in standing:
            last = next((due for due, code in limits if code == "F3"), None)
            words = "Plan may end from" if last else "Appeal: keep the plan"
            by, is_limit = (last + datetime.timedelta(days=1) if last else None), False
    elif case.kind == CaseKind.REASSESSMENT and maximum:
        words = RULES[maximum[1]].title
    ceasing = getattr(case, "ceasing", None)
    other = transfer.authority.name if transfer else ceasing.get_reason_display() if ceasing else ""
    return Row(
        case=case,
        other=other,
        moved_on=transfer.moved_on if transfer else None,
        lead=case.lead_name or "",  # type: ignore[attr-defined]
        next=words,
        by=by,
        is_limit=is_limit,
    )


def _order(row: Row) -> tuple[datetime.date, str, str, int]:
    return row.by or datetime.date.max, row.case.child.surname, row.case.child.forename, row.case.pk
