"""What becomes of placements when two records of one child are made one."""

from django.db.models import Q

from casework.queries.child_rows import ChildRows, Clash, register
from placements.models import Placement

register(
    ChildRows(
        Placement,
        "placement",
        "placements",
        clashes=(
            Clash(
                when=Q(rank=1),
                blocks="Both records have a main placement on the same days. Find out where the child is and end or correct "
                "the other placement first.",
            ),
        ),
    )
)
