"""Compare stored clocks with their derivation."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework.services import clocks

_SHOWN = 20


class Command(BaseCommand):
    """Writes nothing. Exit status 1 when a stored clock is not what the milestones say."""

    help = "Compare every stored clock with what its case's milestones say."

    def handle(self, *args: Any, **options: Any) -> None:
        """Report the differences."""
        found: Counter[str] = Counter()
        for difference in clocks.differences():
            found[difference.what] += 1
            if found.total() <= _SHOWN:
                self.stdout.write(
                    f"Case EHC-{difference.case_id:07d}: {difference.what} differ from the milestones"
                )
        if found:
            raise CommandError(
                f"{found.total()} differences. Run: manage.py rebuild_clocks; then find out what wrote past the services."
            )
        self.stdout.write("Every clock is what its milestones say.")
