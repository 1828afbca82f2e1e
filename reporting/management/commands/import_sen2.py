"""`manage.py import_sen2 FILE`: bring a SEN2 return in, or check what it would do."""

import argparse
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casework.models import User
from casework.today import today
from reporting.returns.sen2.left_out import left_out_path, write_left_out
from reporting.returns.sen2.refusals import ReturnRefused
from reporting.returns.sen2.report import write_csv, write_json
from reporting.returns.sen2.work import Outcome, bring_in
from reporting.services import imports


class Command(BaseCommand):
    """Exit status 0: imported, or checked without an error. 1: refused, or errors stopped it. Nothing is written then."""

    help = (
        "Bring in a SEN2 person-level return (2023 to 2026). Errors stop the import unless they are left out."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("file", type=Path, help="the XML file that was loaded to COLLECT")
        parser.add_argument("--check", action="store_true", help="say what would happen; write nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--csv", action="store_true", help="print the findings as CSV")
        parser.add_argument(
            "--leave-out-errors",
            action="store_true",
            help="import the others and write the persons with errors to FILE's name + .left-out.xml",
        )
        parser.add_argument(
            "--as-at", type=date.fromisoformat, help="the last day that has happened; today if not given"
        )
        parser.add_argument("--user", help="e-mail address of the person on whose behalf this is done")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Run, print the report and exit."""
        user = self._user(options["user"])
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        as_at = options["as_at"] or today()
        try:
            outcome = bring_in(
                file,
                la_code=settings.LA_CODE,
                as_at=as_at,
                by=user,
                check_only=options["check"],
                leave_out_errors=options["leave_out_errors"],
            )
        except ReturnRefused as refused:
            self._refused(file, refused, as_json=options["json"])
            raise SystemExit(1) from None
        left_out = None
        if outcome.written:
            imports.record(
                outcome=outcome, file_name=file.name, by=user, leave_out_errors=options["leave_out_errors"]
            )
            imports.after_import(outcome=outcome, as_at=as_at, by=user)
            if outcome.left_out:
                left_out = left_out_path(file)
                write_left_out(file, outcome.left_out, left_out, la_code=settings.LA_CODE)
        self._report(file, outcome, left_out, options)
        stopped = outcome.errors and not (outcome.written or options["leave_out_errors"])
        if stopped:
            raise SystemExit(1)

    def _user(self, email: str | None) -> User | None:
        if not email:
            return None
        try:
            return User.objects.get(email__iexact=email)
        except User.DoesNotExist:
            raise CommandError(
                f"There is no account {email}. Leave --user out, or give a known address."
            ) from None

    def _refused(self, file: Path, refused: ReturnRefused, *, as_json: bool) -> None:
        if as_json:
            facts = {"file": file.name, "refused": refused.message, "line": refused.line, "written": False}
            self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2))
        else:
            self.stderr.write(f"{file.name} was refused and nothing was written.\n{refused}")

    def _report(self, file: Path, outcome: Outcome, left_out: Path | None, options: dict[str, Any]) -> None:
        if options["json"] or options["csv"]:
            self.stdout.ending = ""  # the writers end their own lines
        if options["json"]:
            head = imports.as_json(outcome, file_name=file.name)
            head["left_out_file"] = str(left_out) if left_out else None
            write_json(head, outcome.findings, self.stdout)
        elif options["csv"]:
            write_csv(outcome.findings, self.stdout)
        else:
            self._words(file, outcome, left_out, check_only=options["check"])

    def _words(self, file: Path, outcome: Outcome, left_out: Path | None, *, check_only: bool) -> None:
        say, done = self.stdout.write, outcome.summary
        say(
            f"{file.name}: {outcome.header.title} of authority {outcome.header.la_code}, {outcome.persons:,} persons"
        )
        shown: Counter[tuple[str, str]] = Counter()
        for one in outcome.findings:
            shown[one.severity, one.rule] += 1
            if one.severity == "query" and shown[one.severity, one.rule] > 20:
                continue
            where = f"line {one.line}, person {one.person}" if one.person else "header"
            say(f"{one.severity.upper()} {one.rule} {where}, {one.element}: {one.problem} {one.mend}")
        for (severity, rule), count in sorted(outcome.findings.counts.items()):
            if severity == "query" and count > 20:
                say(f"... {rule}: {count:,} queries in all; --csv or --json lists every one")
        for doubt in outcome.doubts:
            say(f"DOUBTFUL person {doubt.person}: {doubt.why} Not imported until somebody answers.")
        say(
            f"{outcome.findings.errors:,} errors in {len(outcome.left_out):,} persons, {outcome.findings.queries:,} queries"
        )
        if outcome.errors and not outcome.written and not check_only:
            say("Nothing was written. Mend the errors, or use --leave-out-errors to import the others.")
            return
        say(
            f"Children: {done.children_added:,} added, {done.children_changed:,} changed, {done.children_same:,} the same, "
            f"{done.doubtful:,} doubtful, {done.left_out:,} left out"
        )
        say(
            f"Added: {done.requests_added:,} requests, {done.plans_added:,} plans, {done.plans_amended:,} amended plans, "
            f"{done.placements_added:,} placements, {done.reviews_added:,} annual reviews, "
            f"{done.transfers_added:,} phase transfers"
        )
        if left_out:
            say(f"Persons with errors were written to {left_out}")
        if check_only:
            say("This was a check: nothing was written.")
