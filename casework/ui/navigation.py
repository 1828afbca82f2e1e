"""What the service navigation offers: each app registers its pages, and each user sees what their role may open."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class NavItem:
    """An entry of the service navigation. `permission` is the value of a Permission; "" means anybody signed in."""

    key: str
    title: str
    url_name: str
    permission: str
    order: int

    @property
    def url(self) -> str:
        """Address of the page. A registered page that is not routed is a mistake and fails loudly."""
        return reverse(self.url_name)


_ITEMS: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Add an entry; an app does this in `ready()`. The same entry twice is harmless, another under its key is not."""
    if _ITEMS.setdefault(item.key, item) != item:
        raise ValueError(f"The navigation already has an entry with the key {item.key!r}.")


def unregister(key: str) -> None:
    """Take an entry away again (tests, and apps that replace a page)."""
    _ITEMS.pop(key, None)


def items_for(user: Any) -> list[NavItem]:
    """Entries this user may open, in order."""
    if not getattr(user, "is_authenticated", False):
        return []
    chosen = [item for item in _ITEMS.values() if not item.permission or user.may(item.permission)]
    return sorted(chosen, key=lambda item: (item.order, item.title))


def active_key(items: list[NavItem], path: str) -> str:
    """Key of the entry whose address is the longest beginning of `path`; "" for none."""
    matching = [item for item in items if path.startswith(item.url) and (item.url != "/" or path == "/")]
    return max(matching, key=lambda item: len(item.url)).key if matching else ""


def address(*url_names: str) -> str:
    """Address of the first of these that is routed; "" when none is, so that the frame leaves its part out."""
    for name in url_names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""
