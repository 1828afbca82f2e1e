"""`manage.py load_establishments FILE`: load the national settings register."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework.today import today
from reporting.returns.gias.columns import RegisterRefused
from reporting.returns.gias.load import day_of, load


class Command(BaseCommand):
    """Exit status 0: loaded. 1: refused, and nothing was written."""

    help = (
        'Load Get Information About Schools\' "all establishments" CSV, so that a URN gives a provision type.'
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("file", type=Path, help="edubasealldataYYYYMMDD.csv as downloaded")
        parser.add_argument("--json", action="store_true", help="print what was done as JSON")
        parser.add_argument(
            "--as-at",
            type=date.fromisoformat,
            help="the day the file was downloaded; read from its name, or else today. A type that changed holds from then",
        )

    def handle(self, *, file: Path, **options: Any) -> None:
        """Load, print what was done and exit."""
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            done = load(file, as_at=options["as_at"] or day_of(file) or today(), by=None)
        except RegisterRefused as refused:
            if options["json"]:
                self.stdout.write(
                    json.dumps({"file": file.name, "refused": str(refused)}, ensure_ascii=False, indent=2)
                )
            else:
                self.stderr.write(f"{file.name} was refused and nothing was written.\n{refused}")
            raise SystemExit(1) from None
        if options["json"]:
            self.stdout.write(json.dumps({"file": file.name, "refused": None, **done.as_dict()}, indent=2))
            return
        self.stdout.write(
            f"{file.name}: {done.rows:,} settings as at {done.as_at}. {done.added:,} added, {done.changed:,} changed, "
            f"{done.same:,} the same; {done.types_changed:,} changed type."
        )
        if done.still_unknown:
            self.stdout.write(
                f"{done.still_unknown:,} settings named in returns are still not in the register."
            )
