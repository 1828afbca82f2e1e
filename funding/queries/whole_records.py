"""Cost lines with what a reader shows beside them, in a fixed number of queries whatever the number of rows."""

import datetime

from django.db.models import QuerySet

from casework.queries.whole_records import child_numbers
from funding.models import CostLine


def cost_lines(rows: QuerySet[CostLine], *, on: datetime.date) -> QuerySet[CostLine]:
    """Cost lines with child, placement, provider and band."""
    return rows.select_related("child", "placement", "provider", "band__scheme").prefetch_related(
        child_numbers("child", on=on)
    )
