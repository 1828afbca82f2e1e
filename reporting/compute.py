"""Work out an indicator from the records as they stand.

    from reporting.compute import compute, listed
    from reporting.registry import indicator
    from reporting.windows import Window

    refusals = indicator("D4")
    table = compute(refusals, window=Window(date(2025, 1, 1), date(2025, 12, 31)), by=("source",))
    table.columns                        # headings; definition, source and notes are on table.indicator
    for row in table.rows:               # row.dims, row.labels, row.numerator, row.denominator, row.value, row.shown
        ...
    table.total                          # one Row over everything

    items = listed(refusals, window=..., where={"source": ["1"]})            # Item(child_id, case_id, plan_id, amount)
    items = listed(refusals, window=..., where=..., part=Part.DENOMINATOR)
    page = list_page(refusals, window=..., where=..., limit=50, offset=100)   # .items, and .count of the whole list

`window` is `Window.day(day)` for a stock and `Window(first, last)` for a flow. `where` maps dimension codes to the
values to keep. A list is made by the same SQL as its total (`_Query`), so that one always equals the other; for money
the amounts of the list add to the total. Every child is counted, restricted ones too: a page that shows the list asks
`casework.access.scope.visible` which of them the reader may open (docs/adr/0008-indicators-from-subjects.md).

Errors: ValueError with a message for people, for a dimension or value that does not exist or a window that does not fit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from psycopg import sql

from reporting.dimensions import NOT_RECORDED, Dimension, MonthDimension
from reporting.indicator import Indicator, Part, Unit
from reporting.tables import Cell, Table, Where, assemble
from reporting.windows import Timing, Window

Asked = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Item:
    """What one counted row is about. `amount` is set for indicators of money."""

    child_id: int
    case_id: int | None
    plan_id: int | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some rows of a list, and the number of rows of all of it."""

    items: list[Item]
    count: int


def compute(
    indicator: Indicator, *, window: Window, by: Sequence[str] = (), where: Asked | None = None
) -> Table:
    """The indicator's figures for a window, split by dimensions and filtered."""
    dimensions = tuple(indicator.dimension(code) for code in dict.fromkeys(by))
    kept = check_where(indicator, where or {})
    check_window(indicator, window)
    shared = tuple(indicator.dimension(code) for code in kept if indicator.shares(code))
    query = _Query(indicator, {code: values for code, values in kept.items() if not indicator.shares(code)})
    cells = list(query.cells(window, (*dimensions, *shared)))
    if indicator.unit is Unit.GROWTH:
        before = query.cells(window.a_year_before(), (*dimensions, *shared))
        cells = [Cell(cell.key, cell.numerator, Decimal(0)) for cell in cells]
        cells += [Cell(cell.key, Decimal(0), cell.numerator) for cell in before]
    return assemble(indicator, window=window, by=dimensions, where=kept, cells=cells, shared=shared)


def listed(
    indicator: Indicator,
    *,
    window: Window,
    where: Asked | None = None,
    part: Part = Part.NUMERATOR,
) -> list[Item]:
    """What the numerator or denominator counts, in the order of the child's name."""
    query, days = _list_query(indicator, window, where, part)
    return [Item(*row) for row in query.listed(part, days)]


def list_page(
    indicator: Indicator,
    *,
    window: Window,
    where: Asked | None = None,
    part: Part = Part.NUMERATOR,
    limit: int,
    offset: int = 0,
) -> ListPage:
    """A piece of what `listed` gives, and how long the whole is; one statement unless the piece is past the end."""
    query, days = _list_query(indicator, window, where, part)
    rows = query.listed(part, days, limit=limit, offset=offset)
    if not rows:
        return ListPage([], count_listed(indicator, window=window, where=where, part=part) if offset else 0)
    return ListPage([Item(*row) for *row, _ in rows], rows[0][-1])


def count_listed(
    indicator: Indicator, *, window: Window, where: Asked | None = None, part: Part = Part.NUMERATOR
) -> int:
    """How many rows `listed` has in all."""
    query, days = _list_query(indicator, window, where, part)
    with connection.cursor() as cursor:
        statement = sql.SQL("SELECT count(*) FROM ({rows}) l").format(rows=query.rows(part))
        cursor.execute(statement.as_string(), _days(days))
        return int(cursor.fetchone()[0])


def check_where(indicator: Indicator, where: Asked) -> dict[str, tuple[str, ...]]:
    """The filter with its values as tuples. Raises ValueError for a dimension or value that does not exist."""
    kept: dict[str, tuple[str, ...]] = {}
    for code, asked in where.items():
        dimension = indicator.dimension(code)
        values = (asked,) if isinstance(asked, str) else tuple(asked)
        kept[code] = values
        if isinstance(dimension, MonthDimension):
            for value in values:
                _check_month(value)
            continue
        known = dimension.values()
        for value in values:
            if value not in known:
                raise ValueError(f"“{value}” is not a value of {code}. Use one of: {', '.join(known)}.")
    return kept


def check_window(indicator: Indicator, window: Window) -> None:
    """Raises ValueError when a stock is asked for more than one day."""
    if indicator.timing is Timing.STOCK and window.first != window.last:
        raise ValueError(f"{indicator.code} is counted on one day. Give that day alone.")


def _check_month(value: str) -> None:
    try:
        date.fromisoformat(f"{value}-01")
    except ValueError:
        raise ValueError(f"“{value}” is not a month. Write it as 2026-01.") from None


def _days(window: Window) -> dict[str, date]:
    return {"first": window.first, "last": window.last}


def _list_query(
    indicator: Indicator, window: Window, where: Asked | None, part: Part
) -> tuple["_Query", Window]:
    kept = check_where(indicator, where or {})
    check_window(indicator, window)
    if part is Part.DENOMINATOR:
        if not indicator.has_denominator:
            raise ValueError(f"{indicator.code} has no denominator.")
        kept = {code: values for code, values in kept.items() if not indicator.shares(code)}
        if indicator.unit is Unit.GROWTH:
            window = window.a_year_before()
    return _Query(indicator, kept), window


class _Query:
    """The SQL of one indicator under one filter; totals and lists are both made from it."""

    def __init__(self, indicator: Indicator, where: Where) -> None:
        self.indicator = indicator
        conditions: list[sql.Composable] = [sql.SQL(f"({indicator.population})")]
        if indicator.on:
            conditions.append(sql.SQL(f"s.{indicator.on} BETWEEN %(first)s AND %(last)s"))
        conditions += [self._filter(indicator.dimension(code), values) for code, values in where.items()]
        self.source = sql.SQL("{relation} AS s WHERE {conditions}").format(
            relation=sql.SQL(indicator.subject.relation), conditions=sql.SQL(" AND ").join(conditions)
        )

    def cells(self, window: Window, dimensions: Sequence[Dimension]) -> Iterator[Cell]:
        """Two sums for each combination of the dimensions' values."""
        columns = list(dict.fromkeys(column for dimension in dimensions for column in dimension.columns))
        money = self.indicator.unit in {Unit.POUNDS, Unit.POUNDS_EACH}
        numerator = f"sum({self.indicator.subject.amount})" if money else "count(*)"
        statement = sql.SQL(
            "SELECT {columns} coalesce({numerator} FILTER (WHERE {counted}), 0), count(*) FROM {source} {grouping}"
        ).format(
            columns=sql.SQL("").join(sql.SQL("{}, ").format(self._column(column)) for column in columns),
            numerator=sql.SQL(numerator),
            counted=sql.SQL(self.indicator.counted),
            source=self.source,
            grouping=sql.SQL(
                "GROUP BY " + ", ".join(str(n + 1) for n in range(len(columns))) if columns else ""
            ),
        )
        with connection.cursor() as cursor:
            # As text: the audit context looks into the statement, inside a request.
            cursor.execute(statement.as_string(), _days(window))
            rows = cursor.fetchall()
        places = [[columns.index(column) for column in dimension.columns] for dimension in dimensions]
        for found in rows:
            key = tuple(
                dimension.value([found[place] for place in at])
                for dimension, at in zip(dimensions, places, strict=True)
            )
            yield Cell(key, Decimal(found[-2]), Decimal(found[-1]))

    def listed(
        self, part: Part, window: Window, *, limit: int | None = None, offset: int = 0
    ) -> list[tuple[Any, ...]]:
        """Rows in the order of the child's name; with a limit, each ends with the number of rows of the whole list."""
        statement = sql.SQL(
            "SELECT l.child_id, l.case_id, l.plan_id, l.amount {whole} FROM ({rows}) l"
            " JOIN casework_child c ON c.id = l.child_id"
            " ORDER BY upper(c.surname), upper(c.forename), {places} LIMIT {limit} OFFSET {offset}"
        ).format(
            whole=sql.SQL("" if limit is None else ", count(*) OVER ()"),
            rows=self.rows(part),
            places=sql.SQL(", ").join(
                sql.Identifier("l", column) for column in self.indicator.subject.told_apart_by
            ),
            limit=sql.Literal(limit),
            offset=sql.Literal(offset),
        )
        with connection.cursor() as cursor:
            cursor.execute(statement.as_string(), _days(window))
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def rows(self, part: Part) -> sql.Composed:
        """The rows that numerator or denominator counts."""
        counted = self.indicator.counted if part is Part.NUMERATOR else "TRUE"
        return sql.SQL(
            "SELECT s.child_id, s.case_id, {plan} AS plan_id, {amount} AS amount FROM {source} AND {counted}"
        ).format(
            plan=sql.SQL(self.indicator.subject.plan),
            amount=sql.SQL(self.indicator.subject.amount),
            source=self.source,
            counted=sql.SQL(counted),
        )

    def _column(self, column: str) -> sql.Composable:
        if column == "month":
            return sql.SQL(f"to_char(s.{self.indicator.on}, 'YYYY-MM')")
        return sql.SQL(self.indicator.subject.columns[column])

    def _filter(self, dimension: Dimension, values: Sequence[str]) -> sql.Composable:
        cells = [cells for value in values for cells in dimension.cells(value)]
        if not cells:
            return sql.SQL("FALSE")
        return sql.SQL("({columns}) IN ({cells})").format(
            columns=sql.SQL(", ").join(self._column(column) for column in dimension.columns),
            cells=sql.SQL(", ").join(
                sql.SQL("({})").format(sql.SQL(", ").join(sql.Literal(value) for value in cell))
                for cell in cells
            ),
        )


__all__ = [
    "NOT_RECORDED",
    "Asked",
    "Item",
    "ListPage",
    "check_where",
    "check_window",
    "compute",
    "count_listed",
    "list_page",
    "listed",
]
