"""Write down who opened whose record."""

from casework.models import AccessAction, AccessLogEntry, Child, User


def record_view(
    *, child: Child, by: User, action: AccessAction = AccessAction.CHILD_PAGE, reason: str = ""
) -> AccessLogEntry:
    """Log one reading of one child's record. Insert only; nothing in Waymark changes or removes it."""
    return AccessLogEntry.objects.create(user=by, child=child, action=action, reason=reason)
