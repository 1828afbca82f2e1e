"""Placements with what a reader shows beside them, in a fixed number of queries whatever the number of rows."""

import datetime

from django.db.models import QuerySet

from casework.queries.whole_records import child_numbers
from placements.models import NamedPlacement, Placement


def placements(rows: QuerySet[Placement], *, on: datetime.date) -> QuerySet[Placement]:
    """Placements with child and setting."""
    return rows.select_related("child", "establishment").prefetch_related(child_numbers("child", on=on))


def named_placements(rows: QuerySet[NamedPlacement], *, on: datetime.date) -> QuerySet[NamedPlacement]:
    """Named placements with plan version, plan, child and setting."""
    return rows.select_related("plan_version__plan__child", "establishment").prefetch_related(
        child_numbers("plan_version__plan__child", on=on)
    )
