"""Reviews counted by the setting attended and the month they are due, in one pass whatever their number."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from casework.models import AssignmentPart, CaseAssignment, Establishment, User
from casework.queries.reviews_due import MONTHS_SHOWN
from casework.rules.calendar import add_months
from casework.rules.reviews import OPEN_STATES, ReviewState

# The part of the board a review falls in: 0 is overdue, then the months shown, then later; NULL where nothing is due.
_COUNTS = """
SELECT x.setting, x.state, count(*), {parts}
FROM (
    SELECT setting, state,
        CASE WHEN decided_on IS NULL THEN width_bucket(due_on, %s::date[]) END AS part
    FROM ({reviews}) r (setting, state, due_on, decided_on)
) x
GROUP BY GROUPING SETS ((x.setting), (x.state))
"""


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One line of the board: reviews of children at one setting, by the month they are due."""

    setting: int
    name: str
    overdue: int
    months: tuple[int, ...]
    later: int

    @property
    def total(self) -> int:
        """All that are due some day."""
        return self.overdue + sum(self.months) + self.later


@dataclass(frozen=True, slots=True)
class Board:
    """Reviews due by setting and month, and how many stand in each state."""

    months: tuple[datetime.date, ...]
    rows: Sequence[SettingRow]
    totals: SettingRow
    states: dict[ReviewState, int] = field(default_factory=dict)


def board(rows: QuerySet[Any], *, on: datetime.date) -> Board:
    """Two statements. `rows` are from `reviews_due.open_reviews`; settings with the most overdue come first."""
    shown = tuple(add_months(on.replace(day=1), number) for number in range(MONTHS_SHOWN))
    counted: dict[int, list[int]] = {}
    standing: dict[str, int] = {}
    for setting, state, number, *parts in _counts(rows, bounds=[on, *shown[1:], add_months(shown[-1], 1)]):
        if state is not None:
            standing[state] = number
        elif any(parts):
            counted[setting or 0] = parts
    names = dict(Establishment.objects.filter(pk__in=counted).values_list("pk", "name"))
    lines = sorted(
        (_line(key, names.get(key, "No setting recorded"), parts) for key, parts in counted.items()),
        key=lambda row: (-row.overdue, row.name),
    )
    totals = _line(0, "All settings", [sum(column) for column in zip(*counted.values(), strict=True)])
    by_state = {state: standing.get(str(state), 0) for state in OPEN_STATES}
    return Board(shown, lines, totals, by_state)


def leads_anybody(worker: User, *, on: datetime.date) -> bool:
    """Whether the worker has children of their own, so that a board may begin with those."""
    return CaseAssignment.objects.as_at(on).filter(user=worker, part=AssignmentPart.LEAD).exists()


def _counts(rows: QuerySet[Any], *, bounds: list[datetime.date]) -> list[tuple[Any, ...]]:
    columns = rows.order_by().values_list("setting", "state", "due_on", "decided_on")
    reviews, parameters = columns.query.sql_with_params()
    parts = ", ".join(f"count(*) FILTER (WHERE part = {part})" for part in range(len(bounds) + 1))
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(parts=parts, reviews=reviews), [bounds, *parameters])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _line(key: int, name: str, parts: Sequence[int]) -> SettingRow:
    overdue, *months, later = parts or [0] * (MONTHS_SHOWN + 2)
    return SettingRow(key, name, overdue, tuple(months), later)
