"""Derive every clock again."""

from typing import Any

from django.core.management.base import BaseCommand

from casework.services import clocks


class Command(BaseCommand):
    """Needed after a change of the rules or of the bank holidays; harmless at any time."""

    help = "Derive every statutory clock, and the columns requests repeat, from the milestones again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how much changed."""
        rebuilt = clocks.rebuild_many()
        self.stdout.write(
            f"{rebuilt.cases} cases: {rebuilt.clocks} clocks and {rebuilt.requests} requests changed."
        )
