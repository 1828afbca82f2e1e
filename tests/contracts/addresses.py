"""Every address of the project, with the view behind it and a record to open it on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver

# Open to people who have not signed in, each for its reason.
OPEN = {
    "sign_in": "People sign in here.",
    "account_login": "Another name of sign_in that the account package asks for.",
    "sign_out": "Somebody whose session has ended may press it too.",
    "account_logout": "Another name of sign_out that the account package asks for.",
    "healthz": "Machines ask whether the service is alive.",
    "readyz": "Machines ask whether the service is ready.",
    "api_token": "Another system proves itself by its secret.",
}


@dataclass(frozen=True)
class Address:
    """One route. `name` carries the namespace."""

    name: str
    route: str
    view: Any

    @property
    def viewset(self) -> Any:
        """The class of an API endpoint; None for a page."""
        return getattr(self.view, "cls", None)

    @property
    def declares(self) -> bool:
        """Whether a permission is declared."""
        if self.viewset is not None:
            return hasattr(self.viewset, "permission") and bool(getattr(self.viewset, "scope", ""))
        return hasattr(self.view, "permission")

    @property
    def permission(self) -> Any:
        """The permission a person needs; None for any signed-in person."""
        if self.viewset is not None:
            return self.view.initkwargs.get("permission", self.viewset.permission)
        return self.view.permission

    def path(self, records: dict[str, str]) -> str:
        """The address opened on the sample records. Raises KeyError for a route that no record is named for."""
        return "/" + re.sub(
            r"<(?:\w+:)?(\w+)>", lambda found: self._value(found.group(1), records), self.route
        )

    def _value(self, name: str, records: dict[str, str]) -> str:
        folder = self.route.split("<")[0]
        return records.get(f"{folder}<{name}>") or records[f"<{name}>"]


def addresses() -> list[Address]:
    """Every address, in the order of the URL map."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], prefix: str, namespace: str) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            yield Address(f"{namespace}{pattern.name}", route, pattern.callback)
