"""What the page of a child's moves shows: who is responsible, what is under way, what was before."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from casework.models import AuthorityRole, Case, CaseKind, Ceasing, Child, Plan, PlanTransfer
from casework.queries.authority_roles import Responsibility, responsibility, roles_of

KINDS = (CaseKind.TRANSFER_IN, CaseKind.TRANSFER_OUT, CaseKind.CEASING, CaseKind.REASSESSMENT)


@dataclass(frozen=True, slots=True)
class Course:
    """One case with what is special to it: a move, a ceasing, a re-assessment."""

    case: Case
    transfer: PlanTransfer | None
    ceasing: Ceasing | None


@dataclass(frozen=True, slots=True)
class ChildMoves:
    """Everything on the page that the child's summary does not hold."""

    responsible: Responsibility
    roles: Sequence[AuthorityRole]
    plan: Plan | None
    current: Sequence[Course]
    earlier: Sequence[Course]


def child_moves(child: Child, cases: Sequence[Case], *, on: datetime.date) -> ChildMoves:
    """Four statements; `cases` are those the page has read already."""
    wanted = [case for case in cases if case.kind in KINDS]
    ids = [case.pk for case in wanted]
    transfers = {
        row.case_id: row
        for row in PlanTransfer.objects.filter(case__in=ids)
        .select_related("authority")
        .prefetch_related("papers")
    }
    ceasings = {row.case_id: row for row in Ceasing.objects.filter(case__in=ids)}
    roles = roles_of(child)
    courses = [Course(case, transfers.get(case.pk), ceasings.get(case.pk)) for case in wanted]
    plan = Plan.objects.filter(child=child, starts_on__lte=on).order_by("-starts_on").first()
    return ChildMoves(
        responsible=responsibility(child, on=on, roles=roles),
        roles=roles,
        plan=plan,
        current=[course for course in courses if course.case.closed_on is None],
        earlier=[course for course in courses if course.case.closed_on is not None],
    )
