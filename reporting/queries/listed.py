"""The records behind a figure as one reader may see them, in a fixed number of queries whatever their number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.access.scope import visible
from casework.models import AssessmentRequest, Child, Plan, PlanVersion, User
from placements.models import Placement, Rank
from reporting.compute import Item


@dataclass(frozen=True)
class ListedRecord:
    """One counted row. `child` is None where the reader may not know of the child; then nothing else is told."""

    child: Child | None
    request: AssessmentRequest | None = None
    plan: Plan | None = None
    need: str = ""
    setting: str = ""
    amount: Decimal | None = None

    @property
    def withheld(self) -> bool:
        """Whether the child's record is restricted to others."""
        return self.child is None


def listed_requests(items: Sequence[Item], *, reader: User) -> list[ListedRecord]:
    """Requests in the order of `items`. A restricted child's row keeps its place, so that a list is as long as its total."""
    requests = (
        visible(AssessmentRequest, reader)
        .select_related("case__child")
        .in_bulk({item.case_id for item in items if item.case_id})
    )
    found = [requests.get(item.case_id) if item.case_id else None for item in items]
    return [ListedRecord(one.case.child, request=one) if one else ListedRecord(child=None) for one in found]


def listed_children(items: Sequence[Item], *, reader: User, on: date) -> list[ListedRecord]:
    """Children with plan, and need and setting of the day `on`, in the order of `items`.

    A restricted child's row keeps its place; its amount is withheld too, because it would say what a child costs whom the
    reader may not know of.
    """
    children = visible(Child, reader).in_bulk({item.child_id for item in items})
    plans = visible(Plan, reader).in_bulk({item.plan_id for item in items if item.plan_id})
    settings = dict(
        visible(Placement, reader)
        .filter(child__in=list(children), rank=Rank.PRIMARY, period__contains=on)
        .values_list("child_id", "establishment__name")
    )
    needs = {
        version.plan_id: version.get_primary_need_display()
        for version in visible(PlanVersion, reader).filter(plan__in=list(plans), period__contains=on)
    }
    return [
        ListedRecord(
            child=children[item.child_id],
            plan=plans.get(item.plan_id) if item.plan_id else None,
            need=needs.get(item.plan_id, "") if item.plan_id else "",
            setting=settings.get(item.child_id) or "",
            amount=item.amount,
        )
        if item.child_id in children
        else ListedRecord(child=None)
        for item in items
    ]
