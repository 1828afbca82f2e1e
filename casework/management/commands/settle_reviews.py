"""Open the next review of every plan in force."""

from typing import Any

from django.core.management.base import BaseCommand

from casework.services import review_calendar
from casework.today import today


class Command(BaseCommand):
    """Needed after records were loaded straight into the tables; harmless at any time."""

    help = "See that each plan in force has its next review with the right date, and no ended plan has one."

    def handle(self, *args: Any, **options: Any) -> None:
        """Settle and say how much changed."""
        settled = review_calendar.settle(on=today())
        self.stdout.write(f"{settled.opened} reviews opened, {settled.moved} moved, {settled.ended} ended.")
