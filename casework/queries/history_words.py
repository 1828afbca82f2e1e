"""Values of records in words: labels of choices, names for keys, days, pounds. What a reader may not see is not told."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Field, ForeignKey, Model
from django.utils import timezone
from django.utils.text import capfirst

from casework.access.scope import has_scope, visible
from casework.models import Child, User
from casework.queries.history_kinds import Kind, Row, kinds
from casework.rules.permissions import Permission
from casework.ui.formats import long_date, money

HIDDEN = "(you may not see this)"
_POUNDS = ("pound", "£", "amount", "cost", "price", "fee", "contribution")
# Words for fields whose own name says too little, or says it as a programmer would.
_LABELS = {"starts_on": "From", "ends_on": "To", "came_from": "Recorded from"}


class Words:
    """Turns the values of events into words for one reader. Names of other records are read once for all events."""

    def __init__(self, child: Child, reader: User, rows: Iterable[tuple[Kind, Row]]) -> None:
        self._child, self._reader = child, reader
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        for kind, row in rows:
            for column in kind.fields():
                if isinstance(column, ForeignKey) and row[column.attname] is not None:
                    wanted[column.related_model].add(row[column.attname])
        self._names = {model: self._names_of(model, numbers) for model, numbers in wanted.items()}

    def label(self, column: "Field[Any, Any]") -> str:
        """What a field is called on the page."""
        return _LABELS.get(column.name) or capfirst(str(column.verbose_name))

    def value(self, kind: Kind, column: "Field[Any, Any]", value: Any) -> str:
        """A value in words; "" for none."""
        if value is None or value == "" or value == [] or value == {}:
            return ""
        if _is_money(column):
            return money(value) if self._reader.may(Permission.SEE_COSTS) else HIDDEN
        if column.name in kind.shows:
            return kind.shows[column.name](value)
        if isinstance(column, ForeignKey):
            return self._name(column.related_model, value)
        labels = dict(column.flatchoices)
        return str(labels[value]) if value in labels else _plain(value)

    def _name(self, model: type[Model], number: int) -> str:
        if model is Child and number == self._child.pk:
            return "this child"
        return self._names.get(model, {}).get(number) or f"{_article(model)} (not named here)"

    def _names_of(self, model: type[Model], numbers: set[int]) -> dict[int, str]:
        """Names of the records that are there and that this reader may see."""
        kind = kinds().get(model)
        if not has_scope(model) or (kind is not None and not self._reader.may(kind.permission)):
            return {}
        rows = visible(model, self._reader).filter(pk__in=numbers)
        return {row.pk: _name_of(row, kind) for row in rows if not getattr(row, "withheld", False)}


def _name_of(row: Model, kind: Kind | None) -> str:
    if kind is not None and kind.subject is not None:
        columns = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
        return kind.subject(columns)
    if type(row).__str__ is not Model.__str__:
        return str(row)
    for name in ("name", "title", "setting_name", "reference", "code"):
        if said := getattr(row, name, ""):
            return str(said)
    since = getattr(row, "starts_on", None)
    return f"{_article(type(row))}{f' from {long_date(since)}' if since else ''}"


def _is_money(column: "Field[Any, Any]") -> bool:
    called = f"{column.name} {column.verbose_name}".lower()
    return (
        isinstance(column, DecimalField)
        and column.decimal_places == 2
        and any(word in called for word in _POUNDS)
    )


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.datetime):
        at = value.astimezone(timezone.get_current_timezone())
        return f"{long_date(at)} at {at:%H:%M}"
    if isinstance(value, datetime.date):
        return long_date(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(one)}" for name, one in value.items())
    if isinstance(value, list):
        return "; ".join(_plain(one) for one in value)
    return str(value)


def _article(model: type[Model]) -> str:
    name = str(model._meta.verbose_name)
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"
