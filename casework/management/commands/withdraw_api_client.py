"""`manage.py withdraw_api_client`: stop another system."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.services.api_clients import withdraw_api_client


class Command(BaseCommand):
    """Takes the client's scopes and tokens away at once. What it read stays in the access log."""

    help = "Stop a client of the API at once."

    def add_arguments(self, parser: CommandParser) -> None:
        """The client's id."""
        parser.add_argument("client_id")

    def handle(self, *args: Any, **options: Any) -> None:
        """Withdraw and say so."""
        try:
            client = withdraw_api_client(client_id=options["client_id"])
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{client.application.name} can read nothing from now on.")
