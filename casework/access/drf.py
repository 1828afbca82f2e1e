"""Endpoints: one permission each, for people and for other systems alike."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from casework.rules.permissions import Permission


class DeclaredPermission(BasePermission):
    """Allows what the view declares: `permission` for a person's session, `scope` for another system's token.

    A view that declares neither is refused to everybody.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the caller may use this endpoint at all; which records is the scope's business."""
        permission: Permission | None = getattr(view, "permission", None)
        scope: str | None = getattr(view, "scope", None)
        if permission is None or scope is None:
            return False
        token = request.auth
        if token is not None:
            return bool(token.is_valid([scope]))  # type: ignore[union-attr]  # an access token of OAuth, not DRF's own
        return bool(request.user and request.user.is_authenticated and request.user.may(permission))
