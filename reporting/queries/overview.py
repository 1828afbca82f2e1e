"""The totals of many indicators on many days at once, from snapshots: what the first page of reports is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from psycopg import sql

from reporting.indicator import Indicator, Unit
from reporting.models import SnapshotState
from reporting.registry import INDICATORS
from reporting.snapshots.cells import ANY
from reporting.tables import Cell, Row, row
from reporting.windows import Timing, Window

_STORED = {"case_age": "age_group"}


@dataclass(frozen=True)
class Totals:
    """Numerator and denominator over everything, by stretch of days, of the indicators that have snapshots."""

    found: Mapping[str, list[tuple[date, date, Decimal, Decimal]]]

    def total(self, indicator: Indicator, window: Window) -> Row:
        """The indicator's total: on a day for a stock, added up over whole months for a flow."""
        numerator, denominator = self._sums(indicator, window)
        if indicator.unit is Unit.GROWTH:
            denominator = self._sums(indicator, window.a_year_before())[0]
        elif indicator.cells and indicator.unit is not Unit.POUNDS:
            denominator = numerator
        return row(indicator, (), Cell((), numerator, denominator), ())

    def _sums(self, indicator: Indicator, window: Window) -> tuple[Decimal, Decimal]:
        numerator = denominator = Decimal(0)
        stock = indicator.timing is Timing.STOCK
        for first, last, above, below in self.found.get(indicator.cells or indicator.code, ()):
            inside = first <= window.last <= last if stock else window.first <= first <= window.last
            if inside:
                numerator, denominator = numerator + above, denominator + below
        return numerator, denominator


def states() -> dict[str, SnapshotState]:
    """The states of all indicators whose snapshot is of the present definition."""
    return {
        state.indicator: state
        for state in SnapshotState.objects.all()
        if state.indicator in INDICATORS and INDICATORS[state.indicator].version == state.definition_version
    }


def totals(indicators: Iterable[Indicator], *, since: date) -> Totals:
    """The totals from a day on. One query."""
    sources = {one.cells or one.code: one for one in indicators}
    conditions = [
        sql.SQL(
            "(indicator = {code} AND definition_version = {version} AND last_day >= {since} AND {sums})"
        ).format(
            code=sql.Literal(code),
            version=sql.Literal(one.version),
            since=sql.Literal(since),
            sums=sql.SQL(" AND ").join(
                sql.SQL("{} = {}").format(sql.Identifier(column), sql.Literal(ANY))
                for column in _columns(one)
            ),
        )
        for code, one in sources.items()
    ]
    found: dict[str, list[tuple[date, date, Decimal, Decimal]]] = {}
    if not conditions:
        return Totals(found)
    statement = sql.SQL(
        "SELECT indicator, first_day, last_day, numerator, denominator FROM reporting_snapshot WHERE {}"
        " ORDER BY first_day"
    ).format(sql.SQL(" OR ").join(conditions))
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.cursor))
        for code, *cell in cursor.fetchall():
            found.setdefault(code, []).append(tuple(cell))
    return Totals(found)


def _columns(indicator: Indicator) -> list[str]:
    columns = dict.fromkeys(column for dimension in indicator.dimensions for column in dimension.columns)
    return [_STORED.get(column, column) for column in columns if column != "month"]
