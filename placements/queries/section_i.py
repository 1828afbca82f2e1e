"""What versions of plans name in section I, in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from casework.models import PlanVersion
from placements.models import NamedPlacement


def section_i_words(versions: Iterable[PlanVersion]) -> Mapping[int, str]:
    """One statement. A line for each place: the setting or type, and the special part of it."""
    named: dict[int, list[str]] = defaultdict(list)
    rows = NamedPlacement.objects.filter(plan_version__in=list(versions)).select_related("establishment")
    for row in rows.order_by("plan_version", "rank"):
        special = [
            words
            for is_so, words in ((row.sen_unit, "SEN unit"), (row.resourced, "resourced provision"))
            if is_so
        ]
        if row.residential:
            special.append(f"residential, {row.get_residential_display()}")
        named[row.plan_version_id].append(", ".join([row.setting_name, *special]))
    return {key: "\n".join(lines) for key, lines in named.items()}
