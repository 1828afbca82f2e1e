"""`manage.py rebuild_snapshots`: make the figures of every indicator anew."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.today import today
from reporting.services.snapshots import SnapshotBusy, build_snapshots_now


class Command(BaseCommand):
    """The same work as every night, at once and in this process."""

    help = "Make the snapshots of every indicator anew from the records, as at today or another day."

    def add_arguments(self, parser: CommandParser) -> None:
        """The day."""
        parser.add_argument("--as-at", metavar="DAY", help="a day, 2026-01-31; today when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, and say how long it took."""
        try:
            as_at = date.fromisoformat(options["as_at"]) if options["as_at"] else today()
        except ValueError as problem:
            raise CommandError(f"“{options['as_at']}” is not a day. Write it as 2026-01-31.") from problem
        try:
            run = build_snapshots_now(as_at=as_at)
        except SnapshotBusy as busy:
            raise CommandError("Another build of snapshots is running. Wait until it has finished.") from busy
        assert run.started_at is not None  # noqa: S101 - a run that is done has started
        assert run.finished_at is not None  # noqa: S101
        took = run.finished_at - run.started_at
        self.stdout.write(f"Snapshots as at {run.as_at} made in {took.total_seconds():.1f} seconds.")
