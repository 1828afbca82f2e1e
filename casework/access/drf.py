"""Endpoints: one permission each, for people and for other systems alike."""

from typing import Any, TypeVar, cast

from django.db.models import Model, QuerySet
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from casework.access.scope import visible, visible_to_system
from casework.models import User
from casework.rules.permissions import Permission

M = TypeVar("M", bound=Model)


class ScopeMissing(PermissionDenied):
    """The token lacks a scope that the request needs besides the one its address declares."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope


class DeclaredPermission(BasePermission):
    """Allows what the view declares: `permission` for a person's session, `scope` for another system's token.

    `permission = None` says: any signed-in person. A view that does not declare both is refused to everybody.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the caller may use this endpoint at all; which records is the scope's business."""
        if not hasattr(view, "permission") or not getattr(view, "scope", None):
            return False
        if (token := token_of(request)) is not None:
            return bool(token.is_valid([view.scope]))
        if not (request.user and request.user.is_authenticated):
            return False
        permission: Permission | None = view.permission
        return permission is None or bool(request.user.may(permission))


def token_of(request: Request) -> Any:
    """The token of the other system that calls (oauth2_provider's AccessToken); None where a person does."""
    return request.auth


def visible_to_caller(model: type[M], request: Request) -> QuerySet[M]:
    """The rows of `model` the caller may see, be it a person or another system."""
    if token_of(request) is not None:
        return visible_to_system(model)
    return visible(model, cast(User, request.user))
