"""Read the file of reviews that a setting returned into rows of text. What the rows mean is not looked at here."""

import csv
import io

from casework.rules.review_returns import COLUMNS, MOST_ROWS, missing_columns, tidy_head
from casework.services.refusals import Refused

MOST_BYTES = 2_000_000


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows under the heads, with the columns that are known. Raises Refused when the file cannot be used at all."""
    if len(content) > MOST_BYTES:
        raise Refused(
            "The file is larger than 2 MB. Split it, and bring the parts in one by one.", field="file"
        )
    heads, rows = _table(_text(content))
    lacking = missing_columns(heads)
    if lacking:
        raise Refused(
            f"The file has no column {' and no column '.join(lacking)}. Use the template: the first row must hold the "
            "names of the columns.",
            field="file",
        )
    if not rows:
        raise Refused("The file has no rows under the names of the columns.", field="file")
    if len(rows) > MOST_ROWS:
        raise Refused(f"The file has more than {MOST_ROWS:,} rows. Split it.", field="file")
    return rows


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise Refused(
        "The file is not a CSV file of text. In your spreadsheet choose “Save as” and “CSV”.", field="file"
    )


def _table(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """The names of the columns and the rows under them; empty rows are left out, unknown columns ignored."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else "\t" if "\t" in first else ","
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Refused(
            f"The file cannot be read as CSV: {error}. Save it again as CSV.", field="file"
        ) from error
    if not table:
        raise Refused("The file is empty.", field="file")
    heads = [tidy_head(head) for head in table[0]]
    rows = [
        {head: cell[:500] for head, cell in zip(heads, cells, strict=False) if head in COLUMNS}
        for cells in table[1:]
        if any(cell.strip() for cell in cells)
    ]
    return heads, rows
