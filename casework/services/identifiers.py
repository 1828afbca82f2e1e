"""Correct a child's numbers, and end them when another takes their place."""

import datetime

from django.db import IntegrityError, transaction

from casework.audit import acting_as
from casework.models import ChildIdentifier, IdentifierScheme, User
from casework.rules.clock_words import show_day
from casework.services.checked_rows import hold, keep
from casework.services.children import check_identifier
from casework.services.refusals import Refused
from casework.services.versions import claim


@transaction.atomic
def correct_identifier(
    *, identifier: ChildIdentifier, value: str, reason: str, by: User, version: int | None = None
) -> ChildIdentifier:
    """Mend a number that was typed or issued wrongly; it is not kept as a former one, the history of changes has it.

    Raises Refused: it cannot be such a number, another child has it, or no reason.
    """
    if not reason.strip():
        raise Refused("Enter where you read the right number.", field="reason")
    checked = check_identifier(IdentifierScheme(identifier.scheme), value)
    if not checked.acceptable:
        raise Refused(checked.message, field="value")
    with acting_as(by, reason=f"corrected a number: {reason.strip()}"[:300]):
        claim(identifier.child, version=version)
        row = hold(identifier)
        row.value, row.query = checked.value, checked.message
        try:
            with transaction.atomic():
                row.save(update_fields=["value", "query"])
        except IntegrityError as error:
            raise Refused(
                f"Another record has the {row.get_scheme_display()} {checked.value}. Check the number; if it is right, "
                "the other record may be the same child.",
                field="value",
            ) from error
        return row


@transaction.atomic
def end_identifier(
    *,
    identifier: ChildIdentifier,
    ends_on: datetime.date,
    by: User,
    on: datetime.date,
    version: int | None = None,
) -> ChildIdentifier:
    """The last day on which a number is the child's. A UPN becomes a former UPN and still finds the child."""
    if ends_on > on:
        raise Refused(f"Enter a day up to {show_day(on)}.", field="ends_on")
    with acting_as(by, reason="ended a number"):
        claim(identifier.child, version=version)
        row = hold(identifier)
        row.ends_on = ends_on
        if row.scheme == IdentifierScheme.UPN:
            row.scheme = IdentifierScheme.FORMER_UPN
        return keep(row)
