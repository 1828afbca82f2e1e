"""Load local authorities from a file; nothing asks the network."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.services.authorities import KnownAuthority, load

# A list of authorities as DfE publishes them, or the settings register (GIAS), which names the authority of each setting.
_HEADINGS = (("la_code", "la_name"), ("LA (code)", "LA (name)"))
_CODE_LENGTH = 3


class Command(BaseCommand):
    """Takes a CSV file with a column of LA numbers and one of names, saved by somebody."""

    help = "Load local authorities from a CSV file: columns la_code and la_name, or the settings register (GIAS)."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many changed."""
        changed = load(authorities=_read(options["file"]))
        self.stdout.write(f"{changed} authorities added or changed.")


def _read(path: Path) -> list[KnownAuthority]:
    try:
        # The settings register is in Windows' encoding; every list in UTF-8 reads as itself or fails and is read again.
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                with path.open(newline="", encoding=encoding) as file:
                    return _authorities(csv.DictReader(file), path)
            except UnicodeDecodeError:
                continue
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    raise CommandError(f"{path} is not a text file. Save it as CSV.")


def _authorities(rows: "csv.DictReader[str]", path: Path) -> list[KnownAuthority]:
    columns = rows.fieldnames or []
    code, name = next((pair for pair in _HEADINGS if set(pair) <= set(columns)), ("", ""))
    if not code:
        raise CommandError(
            f"{path} has no columns la_code and la_name, nor “LA (code)” and “LA (name)”. Nothing was loaded."
        )
    found = {}
    for row in rows:
        number, words = (row[code] or "").strip().zfill(_CODE_LENGTH), (row[name] or "").strip()
        if len(number) == _CODE_LENGTH and number.isdigit() and int(number) and words:
            found[number] = KnownAuthority(number, words, current=row.get("status", "current") == "current")
    if not found:
        raise CommandError(f"{path} names no authority with a three-digit number. Nothing was loaded.")
    return list(found.values())
