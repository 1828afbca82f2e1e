"""Find what the audit triggers wrote about one child, and read it. A few statements, whatever the size of the authority.

Records are found through the columns the event tables keep, so that one which was deleted, or moved to another child, is
found too. A record that left the child is followed up to the move and no further.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet, Value

from casework.models import Child
from casework.queries.history_kinds import Kind, Row, kinds


@dataclass(frozen=True, slots=True)
class Ref:
    """One event, not yet read: where it is, when its transaction began and under which context."""

    kind: Kind
    number: int
    record: int
    at: datetime.datetime
    context: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Happened:
    """One event, read: "insert", "update" or "delete", the record after it and, where there was one, before it."""

    ref: Ref
    label: str
    now: Row
    before: Row | None


def events_about(child: Child) -> list[Ref]:
    """Every event about this child and what hangs on it, in no order."""
    known = list(kinds().values())
    current = _current(child, known)
    found: list[Ref] = []
    ever: dict[type[Model], set[int]] = {Child: {child.pk}}
    for depth in sorted({len(kind.path) for kind in known}):
        level = [kind for kind in known if len(kind.path) == depth]
        refs = _level(child, level, ever, current)
        found += refs
        for kind in level:
            ever.setdefault(kind.model, set()).update(current[kind.key])
        for ref in refs:
            ever[ref.kind.model].add(ref.record)
    return found


def read(refs: Iterable[Ref]) -> list[Happened]:
    """The events with what each changed, in the order of the kinds and then of happening. One statement a kind."""
    wanted: dict[Kind, dict[int, Ref]] = defaultdict(dict)
    order: list[Kind] = []
    for ref in refs:
        if ref.kind not in order:
            order.append(ref.kind)
        wanted[ref.kind][ref.number] = ref
    happened = []
    places = {kind.key: place for place, kind in enumerate(kinds().values())}
    for kind in sorted(order, key=lambda one: places[one.key]):
        numbers = wanted[kind]
        before: dict[int, Row] = {}
        rows = (
            _manager(kind).filter(pgh_obj_id__in={ref.record for ref in numbers.values()}).order_by("pgh_id")
        )
        for row in rows.values():
            if row["pgh_id"] in numbers:
                ref = numbers[row["pgh_id"]]
                happened.append(Happened(ref, row["pgh_label"], row, before.get(row["pgh_obj_id"])))
            before[row["pgh_obj_id"]] = row
    return happened


def _level(
    child: Child, level: list[Kind], ever: dict[type[Model], set[int]], current: dict[str, set[int]]
) -> list[Ref]:
    """The events of the kinds that are equally far from the child, in one statement."""
    by_key = {kind.key: kind for kind in level}
    parts = []
    for kind in level:
        reached = Q(pgh_obj_id__in=current[kind.key]) if current[kind.key] else Q()
        if not kind.path:
            reached = Q(pgh_obj_id=child.pk)
        elif owners := ever.get(_owner(kind), set()):
            reached |= Q(**{f"{kind.path[0]}_id__in": owners})
        if reached:
            parts.append(
                _manager(kind)
                .filter(reached)
                .annotate(kind=Value(kind.key))
                .values_list("kind", "pgh_id", "pgh_obj_id", "pgh_created_at", "pgh_context_id")
            )
    return [
        Ref(by_key[key], number, record, at, context) for key, number, record, at, context in _all_of(parts)
    ]


def _current(child: Child, known: Collection[Kind]) -> dict[str, set[int]]:
    """The keys of the records that hang on the child now, by kind."""
    found: dict[str, set[int]] = {kind.key: set() for kind in known}
    parts = [
        kind.model._default_manager.order_by()
        .filter(**{"__".join(kind.path): child.pk})
        .annotate(kind=Value(kind.key))
        .values_list("kind", "pk")
        for kind in known
        if kind.path
    ]
    for key, number in _all_of(parts):
        found[key].add(number)
    return found


def _all_of(parts: list[QuerySet[Any, Any]]) -> Iterable[tuple[Any, ...]]:
    if not parts:
        return []
    first, *others = parts
    return first.union(*others, all=True) if others else first


def _owner(kind: Kind) -> type[Model]:
    owner: type[Model] = kind.model._meta.get_field(kind.path[0]).related_model  # type: ignore[assignment]
    return owner


def _manager(kind: Kind) -> Any:
    return kind.events._default_manager
