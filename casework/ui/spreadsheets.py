"""Lists as CSV files that open safely in a spreadsheet."""

import csv
import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_BYTE_ORDER_MARK = "\ufeff"


class _Echo:
    """Gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def safe_cell(value: Any) -> str:
    """Text that no spreadsheet takes for a formula: a cell that begins like one gets an apostrophe before it.

    A number or a day stays as it is; days are written 2026-03-02, which every spreadsheet reads.
    """
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_SIGNS) else text


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of the file, one at a time; the first carries the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo())
    yield _BYTE_ORDER_MARK + str(writer.writerow([safe_cell(head) for head in heads]))
    for row in rows:
        yield str(writer.writerow([safe_cell(cell) for cell in row]))


def csv_response(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A download of this name; memory does not grow with the list."""
    response = StreamingHttpResponse(csv_lines(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
