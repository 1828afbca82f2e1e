"""Which setting a child attends, where an app above knows it.

Casework holds no placements. The app that does registers here how a list of records that reach a child is given the setting
attended on a day; without it every setting is unknown.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.db.models import CharField, IntegerField, QuerySet, Value

WithSetting = Callable[[QuerySet[Any], str, datetime.date], QuerySet[Any]]

COLUMNS = ("setting", "setting_name", "setting_low_age", "setting_high_age")
"""What `with_setting` adds: the key of the establishment, its name, and the youngest and oldest age it takes."""

_registered: list[WithSetting] = []


def register(with_setting: WithSetting) -> None:
    """Say how the setting is found; the app does this in `ready()`. The last one counts."""
    _registered[:] = [with_setting]


def with_setting(rows: QuerySet[Any], *, child: str, on: datetime.date) -> QuerySet[Any]:
    """Add COLUMNS to rows that reach their child by `child`, such as "case__child"; one join, no query for each row.

    `child` is "" for children themselves.
    """
    if _registered:
        known: QuerySet[Any] = _registered[0](rows, child, on)
        return known
    nothing = {name: Value(None, output_field=IntegerField()) for name in COLUMNS}
    unknown: QuerySet[Any] = rows.annotate(**{**nothing, "setting_name": Value("", output_field=CharField())})
    return unknown
