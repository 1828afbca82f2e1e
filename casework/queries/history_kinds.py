"""Which records make up a child's history, and how each kind of record is told.

Every tracked model whose scope follows the child (`casework.access.scope.follows_child`) is part of the history by itself:
its verbose names, choices and keys give the words. `describe` adds what a model wants told better, and who may read it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Field, Model
from django.utils.text import capfirst

from casework.access.scope import child_path
from casework.models import Child
from casework.rules.permissions import Permission

Row = Mapping[str, Any]
"""A record as it was: column names and values."""

# Of no meaning to a reader, or said elsewhere on the line: who recorded it and when.
_NEVER_TOLD = frozenset(
    {
        "id",
        "public_id",
        "version",
        "replaced",
        "replaces",
        "recorded_at",
        "recorded_by",
        "stored_as",
        "checksum",
    }
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record in a child's history.

    `path` leads from the record to the child. `derived` names columns that Waymark works out from other records. `hidden`
    names columns that are never shown. `subject` says which record it is, from its columns, `tell` a whole sentence for an
    event ("insert", "update", "delete") or "" where the usual words do. `shows` gives the words of a value. `row_needs` is a
    further permission that a row asks for, such as an address that is withheld; then no event of that record is shown.
    """

    model: type[Model]
    path: tuple[str, ...]
    title: str
    permission: Permission = Permission.SEE_CHILDREN
    order: int = 50
    derived: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    subject: Callable[[Row], str] | None = None
    tell: Callable[[str, Row], str] | None = None
    shows: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    row_needs: Callable[[Row], Permission | None] | None = None

    @property
    def key(self) -> str:
        """The name of this kind in addresses, such as "casework.plan"."""
        return self.model._meta.label_lower

    @property
    def events(self) -> type[Model]:
        """The append-only table the triggers write."""
        events: type[Model] = self.model.pgh_event_model  # type: ignore[attr-defined]
        return events

    def fields(self) -> list["Field[Any, Any]"]:
        """The columns that may be told, in the order of the model."""
        kept = {column.name for column in self.events._meta.fields}
        skipped = _NEVER_TOLD | self.hidden
        return [one for one in self.model._meta.fields if one.name in kept and one.name not in skipped]


_descriptions: dict[str, dict[str, Any]] = {}
_app_needs: dict[str, Permission] = {}


def describe(model: type[Model], **how: Any) -> None:
    """Tell a kind of record better than by its names alone: the fields of `Kind`; `path` as in `follows_child`."""
    _descriptions[model._meta.label] = {**_descriptions.get(model._meta.label, {}), **how}
    kinds.cache_clear()


def app_needs(app_label: str, permission: Permission) -> None:
    """The permission without which the records of an app are left out of a history. Casework's ask for SEE_CHILDREN."""
    _app_needs[app_label] = permission
    kinds.cache_clear()


def is_tracked(model: type[Model]) -> bool:
    """Whether the triggers keep the history of this model."""
    return bool(getattr(model, "pgh_event_models", None))


@cache
def kinds() -> dict[type[Model], Kind]:
    """Every kind of record in a child's history, by model. Raises LookupError for a path that leads to no child."""
    found = {}
    for model in apps.get_models():
        how = _descriptions.get(model._meta.label, {})
        path = how.get("path", child_path(model))
        if path is not None and is_tracked(model):
            found[model] = _kind(model, path, how)
    for kind in found.values():
        _check(kind, found)
    return dict(sorted(found.items(), key=lambda one: (one[1].order, one[1].title)))


def _kind(model: type[Model], path: str, how: dict[str, Any]) -> Kind:
    plain = Kind(
        model=model,
        path=tuple(path.split("__")) if path else (),
        title=capfirst(str(model._meta.verbose_name)),
        permission=_app_needs.get(model._meta.app_label, Permission.SEE_CHILDREN),
    )
    return replace(plain, **{name: value for name, value in how.items() if name != "path"})


def _check(kind: Kind, found: Mapping[type[Model], Kind]) -> None:
    """The path must run over kept columns of records that are themselves in the history, up to the child."""
    model: Any = kind.model
    for hop in kind.path:
        column = model._meta.get_field(hop)
        if not (column.concrete and column.is_relation):
            raise LookupError(f"{kind.key}: “{hop}” is no column that leads towards the child.")
        model = column.related_model
        if model is not Child and model not in found:
            raise LookupError(f"{kind.key}: {model._meta.label} lies on the way but is not in the history.")
    if model is not Child:
        raise LookupError(f"{kind.key}: its path does not lead to the child.")
