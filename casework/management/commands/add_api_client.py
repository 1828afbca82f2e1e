"""`manage.py add_api_client`: let another system read."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from oauth2_provider.settings import oauth2_settings

from casework.services.api_clients import add_api_client


class Command(BaseCommand):
    """Prints the client's id and secret once; only a digest of the secret is kept."""

    help = "Add a client of the API and print its id and secret, once."

    def add_arguments(self, parser: CommandParser) -> None:
        """The name, what it may read and who answers for it."""
        parser.add_argument("name", help="as the access log will name it, such as 'Data warehouse'")
        parser.add_argument(
            "--scope",
            action="append",
            default=[],
            metavar="SCOPE",
            help=f"what it may read; repeat for more. One of: {', '.join(oauth2_settings.SCOPES)}",
        )
        parser.add_argument("--owner", required=True, help="who answers for it in the authority")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add and print."""
        try:
            made = add_api_client(
                name=options["name"], scopes=options["scope"], answered_for_by=options["owner"]
            )
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"client_id: {made.client_id}")
        self.stdout.write(f"client_secret: {made.secret}")
        self.stdout.write(f"scopes: {' '.join(made.client.scopes)}")
        self.stderr.write(
            "The secret is shown this once. Hand it over by a safe way; Waymark cannot show it again."
        )
