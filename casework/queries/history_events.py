"""Find what the audit triggers wrote about one child, and read it. A few statements, whatever the size of the authority.

Records are found through the columns the event tables keep, so that one which was deleted, or moved to another child, is
found too. A record that left the child is followed up to the move and no further.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet, Value

from casework.models import Child
from casework.queries.history_kinds import Kind, Row, kinds, owner_of


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
    """One event, read: "insert", "update" or "delete", the record after it and, where there was one, before it.

    `withheld`: the record was marked, then or at any other time, as one that only those with need may read.
    """

    ref: Ref
    label: str
    now: Row
    before: Row | None
    withheld: bool = False


def events_about(child: Child) -> list[Ref]:
    """Every event about this child and what hangs on it, in no order."""
    known = kinds()
    levels = _levels(known)
    current = _current(child, [kind for level in levels for kind in level])
    ever: dict[type[Model], set[int]] = {}
    found: list[Ref] = []
    for level in levels:
        refs = _level(child, level, ever, current)
        found += refs
        for kind in level:
            ever[kind.model] = {*current[kind.key]}
        for ref in refs:
            ever[ref.kind.model].add(ref.record)
        ever[Child] = {child.pk}
    return found


def _levels(known: Mapping[type[Model], Kind]) -> list[list[Kind]]:
    """The kinds by their distance from the child, so that each level is found through the one before."""

    def distance(kind: Kind) -> int:
        owner = owner_of(kind, known)
        return 0 if owner is None else 1 + distance(known[owner])

    levels: dict[int, list[Kind]] = defaultdict(list)
    for kind in known.values():
        levels[distance(kind)].append(kind)
    return [levels[number] for number in sorted(levels)]


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
        rows = list(
            _manager(kind)
            .filter(pgh_obj_id__in={ref.record for ref in numbers.values()})
            .order_by("pgh_id")
            .values()
        )
        withheld = {row["pgh_obj_id"] for row in rows if kind.withheld is not None and kind.withheld(row)}
        before: dict[int, Row] = {}
        for row in rows:
            record = row["pgh_obj_id"]
            if row["pgh_id"] in numbers:
                ref = numbers[row["pgh_id"]]
                happened.append(Happened(ref, row["pgh_label"], row, before.get(record), record in withheld))
            before[record] = row
    return happened


def _level(
    child: Child, level: list[Kind], ever: dict[type[Model], set[int]], current: dict[str, set[int]]
) -> list[Ref]:
    """The events of the kinds that are equally far from the child, in one statement."""
    by_key = {kind.key: kind for kind in level}
    parts = []
    for kind in level:
        if kind.via is not None:
            reached = Q(pgh_obj_id__in=_named_by(*kind.via, ever[kind.via[0]]))
        elif not kind.path:
            reached = Q(pgh_obj_id=child.pk)
        else:
            reached = Q(pgh_obj_id__in=current[kind.key]) if current[kind.key] else Q()
            owner: Any = kind.model._meta.get_field(kind.path[0]).related_model
            if ever[owner]:
                reached |= Q(**{f"{kind.path[0]}_id__in": ever[owner]})
        if reached:
            parts.append(
                _manager(kind)
                .filter(reached)
                .annotate(pgh_kind=Value(kind.key))
                .values_list("pgh_kind", "pgh_id", "pgh_obj_id", "pgh_created_at", "pgh_context_id")
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
        .annotate(pgh_kind=Value(kind.key))
        .values_list("pgh_kind", "pk")
        for kind in known
        if kind.path and _leads_to_child(kind)
    ]
    for key, number in _all_of(parts):
        found[key].add(number)
    return found


def _all_of(parts: list[QuerySet[Any, Any]]) -> Iterable[tuple[Any, ...]]:
    if not parts:
        return []
    first, *others = parts
    return first.union(*others, all=True) if others else first


def _leads_to_child(kind: Kind) -> bool:
    model: Any = kind.model
    for hop in kind.path:
        model = model._meta.get_field(hop).related_model
    return model is Child


def _named_by(through: type[Model], column: str, records: set[int]) -> set[int]:
    """The keys that a column of these records names, or named once."""
    events: Any = through.pgh_event_model._default_manager  # type: ignore[attr-defined]
    rows: Any = through._default_manager
    return {
        *events.filter(pgh_obj_id__in=records).values_list(f"{column}_id", flat=True),
        *rows.filter(pk__in=records).values_list(f"{column}_id", flat=True),
    } - {None}


def _manager(kind: Kind) -> Any:
    return kind.events._default_manager
