"""The setting each child attends on a day, joined once to any list of records."""

import datetime
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from placements.models import Rank


def with_setting(rows: QuerySet[Any], child: str, on: datetime.date) -> QuerySet[Any]:
    """The main placement of the day, for `casework.queries.attended`."""
    path = f"{child}__placements" if child else "placements"
    main = Q(**{f"{path}__period__contains": on, f"{path}__rank": Rank.PRIMARY})
    joined: QuerySet[Any] = rows.annotate(attended=FilteredRelation(path, condition=main)).annotate(
        setting=F("attended__establishment_id"),
        setting_name=Coalesce(F("attended__establishment__name"), Value("")),
        setting_low_age=F("attended__establishment__low_age"),
        setting_high_age=F("attended__establishment__high_age"),
    )
    return joined
