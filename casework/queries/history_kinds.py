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


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One kind of record in a child's history.

    `path` leads from the record to the child, or to a kind that is found another way: `via` says that the records are
    those which a column of records of another kind names, such as the people whom the child's contacts are. `derived`
    names columns that Waymark works out from other records, `hidden` columns that are never shown. `subject` says which
    record it is, from its columns; `tell` a whole sentence for an event ("insert", "update", "delete"), or "" where the
    usual words do, and `told` the columns that the sentence has said. `shows` gives the words of a value. `withheld` says
    whether a row is one that only those with need may read (`casework.access.people`), such as the address of a refuge; a
    column whose name ends so says it by itself. Once withheld, nothing of the record is shown to anybody else.
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
    told: frozenset[str] = frozenset()
    shows: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    withheld: Callable[[Row], bool] | None = None
    via: tuple[type[Model], str] | None = None

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
        if (path is not None or "via" in how) and is_tracked(model):
            found[model] = _kind(model, path or "", how)
    for model, kind in found.items():
        owner_of(kind, found)
        if "permission" not in _descriptions.get(model._meta.label, {}):
            found[model] = replace(kind, permission=_needed(kind, found))
    return dict(sorted(found.items(), key=lambda one: (one[1].order, one[1].title)))


def _needed(kind: Kind, known: Mapping[type[Model], Kind]) -> Permission:
    """The permission of the record that this one is one with, such as the document that a letter is; else its own."""
    for column in kind.model._meta.fields:
        twin = known.get(column.related_model) if column.one_to_one else None  # type: ignore[arg-type]
        if twin is not None and twin.permission != Permission.SEE_CHILDREN:
            return twin.permission
    return kind.permission


def owner_of(kind: Kind, known: Mapping[type[Model], Kind]) -> type[Model] | None:
    """The kind of record this one hangs on directly, through which it is found; None for the child itself.

    Raises LookupError for a path that cannot be followed from one record of the history to the next, up to the child.
    """
    if kind.via is not None:
        through = kind.via[0]
    elif kind.path:
        column = kind.model._meta.get_field(kind.path[0])
        if not (column.concrete and column.is_relation):
            raise LookupError(f"{kind.key}: “{kind.path[0]}” is no column that leads towards the child.")
        through = column.related_model  # type: ignore[assignment]
    elif kind.model is Child:
        return None
    else:
        raise LookupError(f"{kind.key}: say how it is reached, by `path` or by `via`.")
    if through not in known:
        raise LookupError(f"{kind.key}: {through._meta.label} lies on the way but is not in the history.")
    return through


def _kind(model: type[Model], path: str, how: dict[str, Any]) -> Kind:
    marks = [column.name for column in model._meta.fields if column.name.endswith("withheld")]
    plain = Kind(
        model=model,
        path=tuple(path.split("__")) if path else (),
        title=capfirst(str(model._meta.verbose_name)),
        permission=_app_needs.get(model._meta.app_label, Permission.SEE_CHILDREN),
        withheld=(lambda row: any(row[mark] for mark in marks)) if marks else None,
    )
    return replace(plain, **{name: value for name, value in how.items() if name != "path"})
