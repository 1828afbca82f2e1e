"""Write down who opened whose record."""

from collections.abc import Iterable

from casework.models import AccessAction, AccessLogEntry, Child, Document, User


def record_view(
    *, child: Child, by: User, action: AccessAction = AccessAction.CHILD_PAGE, reason: str = ""
) -> AccessLogEntry:
    """Log one reading of one child's record. Insert only; nothing in Waymark changes or removes it."""
    return AccessLogEntry.objects.create(user=by, child=child, action=action, reason=reason)


def record_document_view(*, document: Document, by: User, reason: str = "") -> AccessLogEntry:
    """Log that the content of a document went to somebody; before it leaves."""
    return AccessLogEntry.objects.create(
        user=by, child_id=document.child_id, action=AccessAction.DOCUMENT, document=document, reason=reason
    )


def record_readings(
    child_ids: Iterable[int],
    *,
    by: User | None,
    application: str = "",
    action: AccessAction = AccessAction.API,
) -> None:
    """Log one reading for each child of a list, in one statement.

    `by` is the person; `application` names the other system where no person is behind the reading. One is needed.
    """
    if by is None and not application:
        raise ValueError("A reading has a person or another system behind it: give `by` or `application`.")
    AccessLogEntry.objects.bulk_create(
        AccessLogEntry(child_id=child_id, user=by, application=application[:100], action=action)
        for child_id in sorted(set(child_ids))
    )
