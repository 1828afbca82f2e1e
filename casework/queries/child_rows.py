"""Every table whose rows hang on a child, and what becomes of them when two records of one child are made one.

Higher apps register theirs from `apps.ready`, as they do their scopes. A row that reaches its child through another row
(a milestone through its case) goes where that row goes and needs no entry.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Clash:
    """When a row of one record and a row of the other may not both belong to one child.

    Rows that agree in `same` and, where `dated`, share a day; only rows that meet `when` count. With `blocks`, the words
    say why the two records cannot be merged; otherwise somebody chooses whose row is kept (`choice` names the question)
    and the other stays with the emptied record, where a search by number still finds it.
    """

    same: tuple[str, ...] = ()
    when: Q = field(default_factory=Q)
    dated: bool = True
    blocks: str = ""
    choice: str = ""
    words: Callable[[Any], str] = str
    # What changes in the row that loses, so that it can belong to the child all the same: a UPN becomes a former one.
    instead: Callable[[Any, datetime.date], Columns | None] | None = None


@dataclass(frozen=True, slots=True)
class ChildRows:
    """One table with a column that names a child. `one` and `many` name its rows in sentences."""

    model: type[Model]
    one: str
    many: str
    column: str = "child"
    clashes: tuple[Clash, ...] = ()
    # Rows that the database lets nobody change: a record that has one can only be the record that is kept.
    sealed: str = ""

    @property
    def label(self) -> str:
        """App and model, such as "placements.placement"."""
        return self.model._meta.label_lower

    def key(self, clash: Clash) -> str:
        """The name of the answer to a clash's question."""
        return f"{self.label}-{self.clashes.index(clash)}".replace(".", "-")


_moved: dict[tuple[type[Model], str], ChildRows] = {}
_stays: dict[tuple[type[Model], str], str] = {}


def register(rows: ChildRows) -> None:
    """Rows of this table move to the record that is kept."""
    _moved[rows.model, rows.column] = rows


def register_stays(model: type[Model], column: str, because: str) -> None:
    """Rows of this table stay with the record they were made for, for this reason."""
    _stays[model, column] = because


def moved_tables() -> list[ChildRows]:
    """What moves, table by table in the order of their names."""
    return sorted(_moved.values(), key=lambda rows: (rows.label, rows.column))


def what_becomes_of(model: type[Model], column: str) -> str:
    """ "moved", or the reason why a row stays; "" for a table nobody has thought of."""
    return "moved" if (model, column) in _moved else _stays.get((model, column), "")
