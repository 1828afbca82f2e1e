"""What a child's provision costs on a day, at a full year's rate."""

import datetime
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from casework.models import Child
from funding.models import BandValue, CostLine


@dataclass(frozen=True, slots=True)
class CostRow:
    """A cost line in force, and the yearly value of its band where it has one."""

    line: CostLine
    band_value: object


def child_costs(child: Child, *, as_at: datetime.date) -> list[CostRow]:
    """The cost lines in force; one statement. Amounts are given as recorded and not added up: bases differ."""
    value = BandValue.objects.filter(
        band=OuterRef("band"), withdrawn_at__isnull=True, period__contains=as_at
    ).values("annual_value")[:1]
    lines = (
        CostLine.objects.filter(child=child, period__contains=as_at)
        .select_related("band__scheme", "provider", "placement__establishment")
        .annotate(band_value=Subquery(value))
        .order_by("kind", "pk")
    )
    return [CostRow(line, line.band_value) for line in lines]
