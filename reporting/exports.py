"""CSV files: for spreadsheets and programs alike, and harmless when a spreadsheet opens them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet takes the file for the machine's own encoding and spoils names."""

# What makes a spreadsheet run a cell as a formula, their full-width forms included (OWASP, CSV injection).
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_DECIMALS = 6


def csv_lines(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of a file, the first with the names of the columns. Memory does not grow with the rows."""
    yield BYTE_ORDER_MARK + _line(heading)
    for row in rows:
        yield _line([csv_value(value) for value in row])


def csv_value(value: Any) -> str:
    """A value as a cell: days as 2026-01-31, numbers to at most six decimals, words so that no spreadsheet runs them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return (
            f"{round(value, _DECIMALS):f}".rstrip("0").rstrip(".")
            if round(value, _DECIMALS) % 1
            else f"{value:.0f}"
        )
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()
