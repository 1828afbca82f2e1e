"""The register loaded in one transaction: read as a stream, compared and written by statements over the whole."""

import csv
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from casework.audit import acting_as
from reporting.returns.gias.columns import READ, Layout, RegisterRefused
from reporting.returns.sen2.staging import drop_temporary

_FILE_DAY = re.compile(r"edubasealldata(\d{4})(\d{2})(\d{2})", re.IGNORECASE)
_TYPES = {
    "urn": "int", "ukprn": "int", "type_code": "int", "low_age": "int", "high_age": "int", "opened_on": "date",
    "closed_on": "date", "capacity": "int", "pupils": "int", "section_41": "bool", "resourced_on_roll": "int",
    "resourced_capacity": "int", "unit_on_roll": "int", "unit_capacity": "int",
}  # fmt: skip
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a register file."""

    as_at: str
    rows: int
    added: int
    changed: int
    same: int
    types_changed: int
    still_unknown: int

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def day_of(path: Path) -> date | None:
    """The day in the name of a downloaded file (edubasealldata20260115.csv), if it has one."""
    found = _FILE_DAY.search(path.name)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def load(path: Path, *, as_at: date, by: Any) -> Loaded:
    """Load the register as it stood on `as_at`. Raises RegisterRefused, with nothing written."""
    with (
        acting_as(by, source=f"Settings register of {as_at.isoformat()}"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        rows = _stage(cursor, path)
        cursor.execute("create temp table g_day (day date) on commit drop")
        cursor.execute("insert into g_day values (%s)", [as_at])
        script = resources.files(__package__).joinpath("load.sql").read_text(encoding="utf-8")
        for statement in script.split(";\n"):
            body = "\n".join(line for line in statement.splitlines() if not line.startswith("--")).strip()
            if body:
                cursor.execute(body)
        return _counted(cursor, rows, as_at)


def _stage(cursor: CursorWrapper, path: Path) -> int:
    columns = ", ".join(f"{name} {_TYPES.get(name, 'text')}" for name, _, _ in READ)
    drop_temporary(cursor)
    cursor.execute(f"create temp table g_row ({columns}, special_needs text[], leaf text) on commit drop")
    rows = 0
    waiting: list[str] = []
    for line in _lines(path):
        waiting.append(line)
        rows += 1
        if len(waiting) >= _CHUNK:
            _copy(cursor, waiting)
            waiting = []
    _copy(cursor, waiting)
    if not rows:
        raise RegisterRefused("The file has a first line but no settings. Download it again.")
    cursor.execute("analyze g_row")
    cursor.execute(
        "select urn from g_row group by urn having count(*) > 1 or urn is null order by urn limit 1"
    )
    twice = cursor.fetchone()
    if twice:
        what = f"URN {twice[0]} is in the file twice" if twice[0] else "A setting of the file has no URN"
        raise RegisterRefused(f"{what}. Download the file again.")
    return rows


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            reader = csv.reader(file)
            header = next(reader, None)
            if not header:
                raise RegisterRefused(
                    "The file is empty. Download edubasealldata from Get Information About Schools."
                )
            layout = Layout.of(header)
            for row in reader:
                if not row:
                    continue
                if len(row) <= layout.last:
                    raise RegisterRefused(
                        f"Line {reader.line_num} has {len(row)} values where there should be {len(header)}: the file was "
                        "cut short or edited. Download it again."
                    )
                yield layout.line(row)
    except (UnicodeDecodeError, csv.Error) as error:
        raise RegisterRefused(
            f"This is not the CSV file of the register, which is text in Windows-1252 ({error}). Download it again."
        ) from None


def _encoding(path: Path) -> str:
    """Windows-1252 as downloaded; UTF-8 when a spreadsheet saved it again and marked it so."""
    with path.open("rb") as file:
        return "utf-8-sig" if file.read(3) == b"\xef\xbb\xbf" else "cp1252"


def _copy(cursor: CursorWrapper, lines: list[str]) -> None:
    if not lines:
        return
    try:
        with cursor.copy("copy g_row from stdin") as copy:
            copy.write("".join(lines))
    except DatabaseError as error:
        raise RegisterRefused(
            f"A value of the file cannot be stored: {str(error).splitlines()[0]}. Download it again."
        ) from None


def _counted(cursor: CursorWrapper, rows: int, as_at: date) -> Loaded:
    cursor.execute(
        "select count(*) filter (where added), count(*) filter (where not added),"
        " (select count(*) from g_type where what = 'succeeds'),"
        " (select count(*) from casework_establishment where not in_register) from g_done"
    )
    added, changed, types_changed, unknown = cursor.fetchone() or (0, 0, 0, 0)
    return Loaded(as_at.isoformat(), rows, added, changed, rows - added - changed, types_changed, unknown)
