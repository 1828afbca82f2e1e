"""Load bank holidays from a file; nothing asks the network."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.services.bank_holidays import BankHoliday, load

_DIVISION = "england-and-wales"


class Command(BaseCommand):
    """Takes the JSON file that gov.uk publishes (bank-holidays.json), saved by somebody."""

    help = "Load the bank holidays of England and Wales from the file gov.uk publishes."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then say that working-day limits should be derived again."""
        path: Path = options["file"]
        changed = load(days=_read(path), source=path.name)
        self.stdout.write(f"{changed} days added or changed.")
        if changed:
            self.stdout.write("Working-day limits may move: run manage.py rebuild_clocks.")


def _read(path: Path) -> list[BankHoliday]:
    try:
        events = json.loads(path.read_text(encoding="utf-8"))[_DIVISION]["events"]
        return [BankHoliday(date.fromisoformat(event["date"]), str(event["title"])) for event in events]
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(
            f"{path} is not the bank holidays file of gov.uk: it has no “{_DIVISION}” with events of date and title. "
            "Nothing was loaded."
        ) from error
