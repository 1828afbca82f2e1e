"""Add a person who may sign in. The first person of a new authority is added this way."""

import getpass
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.models import RoleCode
from casework.services.people import add_person
from casework.services.refusals import Refused
from casework.today import today


class Command(BaseCommand):
    """`add_person EMAIL NAME --role ROLE --team TEAM`"""

    help = "Add a person who may sign in, with a role in a team from today."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and what they may do."""
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--role", required=True, choices=RoleCode.values)
        parser.add_argument("--team", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Asks for the password, or takes it from WAYMARK_PASSWORD where nobody sits at the keyboard."""
        password = os.environ.get("WAYMARK_PASSWORD") or getpass.getpass("Password for them: ")
        try:
            user = add_person(
                email=options["email"],
                name=options["name"],
                password=password,
                role=RoleCode(options["role"]),
                team=options["team"],
                by=None,
                on=today(),
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{user.name} can sign in as {user.email}.")
