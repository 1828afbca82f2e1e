"""Two people and one record: whoever read an older version is told what has changed since."""

from typing import TypeVar

from django.db import transaction
from django.db.models import F

from casework.models import Case, Child, FollowUp, Plan
from casework.queries.changes import changes_since
from casework.services.refusals import StaleEdit

Record = TypeVar("Record", Case, Child, FollowUp, Plan)


def claim(record: Record, *, version: int | None) -> Record:
    """Raise the version by one and hold the row until the transaction ends; the record as it now is.

    `version` is the one the person read, None where nobody read a page first (imports). Raises StaleEdit when the
    row has moved on. Two people at once: the second waits for the first, then is told.
    """
    if not transaction.get_connection().in_atomic_block:
        message = "claim() holds a row until the transaction ends, so it needs one."
        raise RuntimeError(message)
    rows = type(record)._default_manager.filter(pk=record.pk)
    unchanged = rows if version is None else rows.filter(version=version)
    if not unchanged.update(version=F("version") + 1):
        now = rows.values_list("version", flat=True).get()
        raise StaleEdit(changes_since(record, version=version or 0), version=now)
    current: Record = rows.get()
    return current
