"""Save a row, and say in its own constraints' words why it cannot be."""

from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from casework.services.refusals import Refused

Row = TypeVar("Row", bound=models.Model)


def keep(row: Row) -> Row:
    """Check a row against its fields and constraints and save it. Raises Refused with the first thing that is wrong."""
    try:
        row.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field="" if field == NON_FIELD_ERRORS else field) from error
    row.save()
    return row


def hold(row: Row) -> Row:
    """The row as it now stands, held until the transaction ends."""
    current: Row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    return current
