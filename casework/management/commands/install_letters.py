"""Add the templates of letters that come with Waymark."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from casework.services.letter_templates import install_starters


class Command(BaseCommand):
    """Adds a template for each kind of letter that has none. Safe to run again: nothing of the authority's is touched."""

    help = "Add the letter templates that come with Waymark, where there is none of the kind."

    def handle(self, *args: Any, **options: Any) -> None:
        """Add them and say how many."""
        added = install_starters(by=None, author=settings.AUTHORITY_NAME)
        self.stdout.write(f"{added} templates added." if added != 1 else "1 template added.")
