"""`manage.py seed_demo`: make the demonstration authority. Only where `config.demo` is installed."""

import time
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo import people
from config.demo.day import AUTHORITY, DEMO_DAY, FIRST_DAY, SEED
from config.demo.seed import FAST_FROM, STANDARD_PLANS, NotEmpty, seed
from config.demo.shares import REQUESTS_BY_YEAR

EARLIEST = date(FIRST_DAY.year + 1, 1, 1)


class Command(BaseCommand):
    """Plainly invented children, settings and costs, drawn to the published national shares."""

    help = "Make the demonstration authority (Fernshire): 3,000 plans through its SEN2 returns, or any number fast."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options of the command."""
        parser.add_argument(
            "--plans", type=int, default=STANDARD_PLANS, help=f"plans held (default {STANDARD_PLANS:,})"
        )
        parser.add_argument(
            "--as-at", type=date.fromisoformat, default=DEMO_DAY, help=f"the day (default {DEMO_DAY})"
        )
        parser.add_argument("--seed", type=int, default=SEED, help="the same seed makes the same children")
        parser.add_argument(
            "--fast", action="store_true", help=f"straight into the tables; always from {FAST_FROM:,} plans"
        )
        parser.add_argument("--reset", action="store_true", help="remove everything in the database first")

    def handle(self, **options: Any) -> None:
        """Make it and say whom to sign in as."""
        as_at: date = options["as_at"]
        latest = min(date(max(REQUESTS_BY_YEAR), 12, 31), date.today())  # noqa: DTZ011 - nothing may lie in the future
        if not EARLIEST <= as_at <= latest:
            raise CommandError(f"Give a day from {EARLIEST} to {latest}: nothing can have happened later.")
        if options["plans"] < 1:
            raise CommandError("Give a number of plans of at least 1.")
        began = time.monotonic()
        try:
            seed(
                plans=options["plans"],
                as_at=as_at,
                seed=options["seed"],
                fast=options["fast"],
                reset=options["reset"],
                progress=lambda words: self.stdout.write(f"{time.monotonic() - began:6.1f} s  {words}"),
            )
        except NotEmpty as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{AUTHORITY} stands on {as_at}. Sign in with the password {people.DEMO_PASSWORD} as"
        )
        for email, words in people.DEMO_USERS:
            self.stdout.write(f"    {email:35} {words}")
        self.stdout.write(
            f"API client for trying only: {people.DEMO_CLIENT_ID}, secret {people.DEMO_CLIENT_SECRET}"
        )
