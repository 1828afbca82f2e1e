"""Short ways to ask for an indicator and read the answer."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from reporting.compute import compute
from reporting.registry import indicator
from reporting.tables import Row, Table
from reporting.windows import Window

YEAR_2025 = Window(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))


def on(year: int, month: int, day: int) -> datetime.date:
    """A day."""
    return datetime.date(year, month, day)


def ask(
    code: str,
    window: Window | datetime.date = YEAR_2025,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str | Sequence[str]] | None = None,
) -> Table:
    """The table of an indicator for a window, or for one day."""
    days = window if isinstance(window, Window) else Window.day(window)
    return compute(indicator(code), window=days, by=by, where=where)


def figures(table: Table) -> dict[tuple[str, ...], tuple[int, int | None]]:
    """Numerator and denominator by the values of the dimensions."""
    return {row.dims: (_whole(row.numerator), _whole(row.denominator)) for row in table.rows}


def only(table: Table) -> Row:
    """The one row of a table that is not split."""
    assert len(table.rows) == 1
    return table.rows[0]


def _whole(figure: Decimal | None) -> int | None:
    if figure is None:
        return None
    assert figure == int(figure)
    return int(figure)
