"""Where a child is, and where the plan says they should be, on a day."""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from casework.models import Child
from placements.models import NamedPlacement, Placement

# A setting has some thirty columns; a child's page needs its name.
_SHOWN = (
    "rank", "setting_code", "setting_words", "sen_unit", "resourced", "residential", "residential_weeks", "work_based",
    "establishment__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChildPlaces:
    """Placements on the day or to come, and what the plan in force names."""

    attended: list[Placement]
    named: list[NamedPlacement]

    @property
    def differ(self) -> bool:
        """Whether the main place attended is not the one named."""
        if not self.attended or not self.named:
            return False
        return self.attended[0].establishment_id != self.named[0].establishment_id


def child_places(child: Child, *, as_at: datetime.date) -> ChildPlaces:
    """Two statements. Whoever holds the child has opened it through their scope; its places need no second look."""
    attended = (
        Placement.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=as_at), child=child)
        .select_related("establishment")
        .only("starts_on", "ends_on", *_SHOWN)
        .order_by("starts_on", "rank", "pk")
    )
    named = (
        NamedPlacement.objects.filter(
            plan_version__plan__child=child,
            plan_version__period__contains=as_at,
            plan_version__plan__period__contains=as_at,
            plan_version__stage__in=["final", "amended_final"],
        )
        .select_related("establishment")
        .only(*_SHOWN)
        .order_by("rank")
    )
    return ChildPlaces(list(attended), list(named))
