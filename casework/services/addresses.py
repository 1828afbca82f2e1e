"""Where a child lives: moves, corrections, and addresses that must not be found."""

import datetime

from django.db import transaction

from casework.audit import acting_as
from casework.models import Child, ChildAddress, User
from casework.rules.clock_words import show_day
from casework.services.checked_rows import hold, keep
from casework.services.refusals import Refused
from casework.services.versions import claim


@transaction.atomic
def move_home(
    *,
    child: Child,
    lines: str,
    postcode: str,
    starts_on: datetime.date,
    by: User,
    on: datetime.date,
    withheld: bool = False,
    version: int | None = None,
) -> ChildAddress:
    """The child lives somewhere else from `starts_on`; the home before it ends the day before.

    Raises Refused: nothing entered, a day to come, or a home that begins on or after that day is already recorded.
    """
    if starts_on > on:
        raise Refused(
            f"Enter a day up to {show_day(on)}: a move is recorded when it has happened.", field="starts_on"
        )
    _given(lines, postcode)
    homes = ChildAddress.objects.filter(child=child)
    if homes.filter(starts_on__gte=starts_on).exists():
        raise Refused(
            f"A home that begins on or after {show_day(starts_on)} is already recorded. Correct that one instead.",
            field="starts_on",
        )
    with acting_as(by, reason="recorded a move of home"):
        claim(child, version=version)
        homes.filter(ends_on__isnull=True).update(ends_on=starts_on - datetime.timedelta(days=1))
        return keep(
            ChildAddress(
                child=child, lines=lines.strip(), postcode=postcode, starts_on=starts_on, withheld=withheld
            )
        )


@transaction.atomic
def correct_home(
    *, address: ChildAddress, lines: str, postcode: str, withheld: bool, by: User, version: int | None = None
) -> ChildAddress:
    """Mend what was entered wrongly, or withhold an address (a refuge) or no longer withhold it."""
    _given(lines, postcode)
    with acting_as(by, reason="corrected a home address"):
        claim(address.child, version=version)
        row = hold(address)
        row.lines, row.postcode, row.withheld = lines.strip(), postcode, withheld
        return keep(row)


def _given(lines: str, postcode: str) -> None:
    if not lines.strip() and not postcode:
        raise Refused("Enter the address or the postcode.", field="lines")
