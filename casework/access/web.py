"""Pages: one permission each, declared beside the view."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from casework.rules.permissions import Permission

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def needs(permission: Permission | None) -> Callable[[View], View]:
    """Decorator: only people with this permission open the page. `None` says: any signed-in person."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if permission is not None and not request.user.may(permission):  # type: ignore[union-attr]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return cast(View, guarded)

    return decorate
