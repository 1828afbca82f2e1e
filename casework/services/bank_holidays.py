"""The days that working-day limits leave out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from casework.models import NonWorkingDay


@dataclass(frozen=True, slots=True)
class BankHoliday:
    """A day and its name."""

    day: date
    name: str


@transaction.atomic
def load(*, days: Iterable[BankHoliday], source: str) -> int:
    """Add the days, and correct their names; days of other files stay. Returns how many were added or changed."""
    wanted = {one.day: one for one in days}
    held = {row.day: row for row in NonWorkingDay.objects.filter(day__in=wanted)}
    changed = 0
    for day, one in wanted.items():
        row = held.get(day)
        if row is None:
            NonWorkingDay.objects.create(day=day, name=one.name, source=source)
        elif row.name != one.name:
            row.name, row.source = one.name, source
            row.save(update_fields=["name", "source"])
        else:
            continue
        changed += 1
    return changed
