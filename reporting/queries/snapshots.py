"""Read figures from snapshots: what pages and trends show. One query each, whatever the size of the authority.

    from reporting.queries.snapshots import figures, state, trend

    figures(indicator("P1"), window=Window.day(day), by=("benchmarking",))   # the same Table as `compute`
    trend(indicator("D9"), by=(), where={"area": ["north"]})                 # {day: Table}, oldest first
    state(indicator("D9"))                                                   # as_at and computed_at, or None

Figures are kept for the count days and whole months of five years (`reporting.count_days`), the last month up to the
day of the snapshot. For any other window, `figures` raises NotKept: ask `reporting.compute`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from psycopg import sql

from casework.rules.calendar import add_months
from reporting.compute import Asked, check_where, check_window
from reporting.count_days import count_days, first_kept, month_starts
from reporting.dimensions import Dimension, MonthDimension
from reporting.indicator import Indicator, Unit
from reporting.models import SnapshotState
from reporting.registry import INDICATORS
from reporting.snapshots.cells import ANY, KEPT_TOGETHER
from reporting.tables import Cell, Table, assemble
from reporting.windows import Timing, Window

_STORED = {"case_age": "age_group"}
_MONTH = "to_char(first_day, 'YYYY-MM')"


class NotKept(Exception):
    """There is no snapshot for these days, or none under the present definition."""


def state(indicator: Indicator) -> SnapshotState | None:
    """When the indicator's snapshot was made and up to which day. None when there is none of this definition."""
    return SnapshotState.objects.filter(
        indicator=indicator.code, definition_version=indicator.version
    ).first()


def figures(
    indicator: Indicator, *, window: Window, by: Sequence[str] = (), where: Asked | None = None
) -> Table:
    """The indicator's table for a window, from snapshots. Raises NotKept, and ValueError as `compute` does."""
    made = state(indicator)
    if made is None:
        raise NotKept("No snapshot has been made yet.")
    check_window(indicator, window)
    return _read(indicator, made.as_at, by, where, [window])[window]


def trend(
    indicator: Indicator, *, by: Sequence[str] = (), where: Asked | None = None, months: int = 60
) -> dict[date, Table]:
    """A table for each count day (a stock: the first of each month and the last day) or month (a flow; key: its first day).

    Days of which nothing is kept for comparison, such as growth in the first year, are left out. Empty without a snapshot.
    """
    made = state(indicator)
    if made is None:
        return {}
    starts = [
        day for day in month_starts(made.as_at) if day >= add_months(made.as_at.replace(day=1), -months)
    ]
    if indicator.timing is Timing.STOCK:
        windows = [Window.day(day) for day in sorted({*starts, made.as_at})]
        if indicator.unit is Unit.GROWTH:
            kept = set(count_days(made.as_at))
            windows = [window for window in windows if window.a_year_before().last in kept]
    else:
        windows = [Window(day, min(add_months(day, 1) - timedelta(days=1), made.as_at)) for day in starts]
    return {window.first: table for window, table in _read(indicator, made.as_at, by, where, windows).items()}


def _read(
    indicator: Indicator, as_at: date, by: Sequence[str], where: Asked | None, windows: Sequence[Window]
) -> dict[Window, Table]:
    dimensions = tuple(indicator.dimension(code) for code in dict.fromkeys(by))
    kept = check_where(indicator, where or {})
    shared = tuple(indicator.dimension(code) for code in kept if indicator.shares(code))
    filters = {code: values for code, values in kept.items() if not indicator.shares(code)}
    asked: dict[Window, tuple[Window, ...]] = {window: (window,) for window in windows}
    if indicator.unit is Unit.GROWTH:
        asked = {window: (window, window.a_year_before()) for window in windows}
    for window in {one for several in asked.values() for one in several}:
        _check_kept(indicator, as_at, window)
    found = _cells(
        indicator,
        sorted({one for several in asked.values() for one in several}, key=lambda one: one.first),
        (*dimensions, *shared),
        filters,
    )
    tables = {}
    for window, several in asked.items():
        cells = found.get(several[0].first, [])
        if indicator.unit is Unit.GROWTH:
            before = found.get(several[1].first, [])
            cells = [Cell(cell.key, cell.numerator, Decimal(0)) for cell in cells]
            cells += [Cell(cell.key, Decimal(0), cell.numerator) for cell in before]
        tables[window] = assemble(
            indicator, window=window, by=dimensions, where=kept, cells=cells, shared=shared
        )
    return tables


def _check_kept(indicator: Indicator, as_at: date, window: Window) -> None:
    if indicator.timing is Timing.STOCK:
        if window.last not in count_days(as_at):
            raise NotKept(f"No snapshot was made for {window.last}.")
        return
    whole = window.first.day == 1 and (window.last + timedelta(days=1)).day == 1
    if not first_kept(as_at) <= window.first <= as_at or not (
        (whole and window.last <= as_at) or (window.first.day == 1 and window.last == as_at)
    ):
        raise NotKept("Snapshots hold whole months, and the last one up to the day they were made.")


def _cells(
    indicator: Indicator,
    windows: Sequence[Window],
    dimensions: Sequence[Dimension],
    filters: Mapping[str, Sequence[str]],
) -> dict[date, list[Cell]]:
    """The cells of each window, by its first day, from the coarsest sums that tell them apart. One query."""
    columns = list(dict.fromkeys(column for dimension in dimensions for column in dimension.columns))
    needed = {column for column in (*columns, *_filtered(indicator, filters)) if column != "month"}
    owner = INDICATORS[indicator.cells or indicator.code]
    conditions: list[sql.Composable] = [
        sql.SQL("indicator = {} AND definition_version = {}").format(
            sql.Literal(owner.code), sql.Literal(owner.version)
        )
    ]
    finest = len(needed) > KEPT_TOGETHER
    for column in _columns_of(indicator):
        sign = "<>" if finest or column in needed else "="
        conditions.append(sql.SQL(f"{_stored(column)} {sign} '{ANY}'"))
    conditions += [_filter(indicator.dimension(code), values) for code, values in filters.items()]
    conditions.append(
        sql.SQL("last_day >= {} AND first_day <= {}").format(
            sql.Literal(min(window.first for window in windows)),
            sql.Literal(max(window.last for window in windows)),
        )
    )
    stock = indicator.timing is Timing.STOCK
    statement = sql.SQL(
        "SELECT w.first, {columns} sum(s.numerator), sum({denominator})"
        " FROM (VALUES {windows}) AS w (first, last) JOIN"
        " (SELECT *, {month} AS month FROM reporting_snapshot WHERE {conditions}) s ON {fits}"
        " GROUP BY {grouping}"
    ).format(
        columns=sql.SQL("").join(sql.SQL(f"s.{_stored(column)}, ") for column in columns),
        denominator=sql.SQL(
            "s.denominator" if indicator.has_denominator and not indicator.cells else _own(indicator)
        ),
        windows=sql.SQL(", ").join(
            sql.SQL("({}::date, {}::date)").format(sql.Literal(window.first), sql.Literal(window.last))
            for window in windows
        ),
        month=sql.SQL(_MONTH),
        conditions=sql.SQL(" AND ").join(conditions),
        fits=sql.SQL(
            "s.first_day <= w.first AND s.last_day >= w.first"
            if stock
            else "s.first_day BETWEEN w.first AND w.last"
        ),
        grouping=sql.SQL(", ".join(str(n + 1) for n in range(len(columns) + 1))),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string())
        rows = cursor.fetchall()
    return _by_window(rows, columns, dimensions)


def _own(indicator: Indicator) -> str:
    """The denominator of an indicator that reads another's cells: its own rows, which are that one's numerator."""
    return "s.numerator" if indicator.has_denominator else "0"


def _by_window(
    rows: Iterable[tuple], columns: Sequence[str], dimensions: Sequence[Dimension]
) -> dict[date, list[Cell]]:
    places = [[columns.index(column) + 1 for column in dimension.columns] for dimension in dimensions]
    found: dict[date, list[Cell]] = {}
    for row in rows:
        key = tuple(
            dimension.value([row[place] for place in at])
            for dimension, at in zip(dimensions, places, strict=True)
        )
        found.setdefault(row[0], []).append(Cell(key, row[-2], row[-1]))
    return found


def _columns_of(indicator: Indicator) -> list[str]:
    """The columns that the indicator's cells are told apart by."""
    return [
        column
        for column in dict.fromkeys(
            column for dimension in indicator.dimensions for column in dimension.columns
        )
        if column != "month"
    ]


def _filtered(indicator: Indicator, filters: Mapping[str, Sequence[str]]) -> list[str]:
    return [column for code in filters for column in indicator.dimension(code).columns]


def _filter(dimension: Dimension, values: Sequence[str]) -> sql.Composable:
    if isinstance(dimension, MonthDimension):
        return sql.SQL("{} IN ({})").format(
            sql.SQL(_MONTH), sql.SQL(", ").join(sql.Literal(v) for v in values)
        )
    cells = [cell for value in values for cell in dimension.cells(value)]
    if not cells:
        return sql.SQL("FALSE")
    return sql.SQL("({}) IN ({})").format(
        sql.SQL(", ").join(sql.SQL(_stored(column)) for column in dimension.columns),
        sql.SQL(", ").join(
            sql.SQL("({})").format(sql.SQL(", ").join(sql.Literal(v) for v in cell)) for cell in cells
        ),
    )


def _stored(column: str) -> str:
    return _STORED.get(column, column)
