"""A file brought in, or tried: one transaction from the first person read to the last row written.

A check is the import itself, undone: what it says would happen is what would happen.
"""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from casework.audit import acting_as
from casework.services import clocks
from reporting.returns.sen2.catalogue import RULES
from reporting.returns.sen2.findings import finding
from reporting.returns.sen2.first_load import keys_at_the_end
from reporting.returns.sen2.matching import Doubt, Matching
from reporting.returns.sen2.persons import PersonReader
from reporting.returns.sen2.reader import Header, ReturnReader, census_day_given
from reporting.returns.sen2.report import FindingsFile
from reporting.returns.sen2.staging import Staging
from reporting.returns.sen2.summary import Summary, summary

_TOUCHED = """
select child_id from t_person t where is_new or exists (select from t_changed c where c.n = t.n) order by child_id
"""
_WRITES = ("40_people", "50_requests", "60_plans", "70_placements", "80_reviews", "90_milestones")
_ONE_AT_A_TIME = 5_202_600  # advisory lock: two imports would match against each other's unfinished work


@dataclass(slots=True)
class Outcome:
    """What became of a file.

    `written` says whether it was imported; `left_out` are the positions of persons with errors, `children` the keys of
    the children that were added or changed.
    """

    header: Header
    sha256: str
    persons: int
    findings: FindingsFile
    doubts: list[Doubt]
    summary: Summary
    written: bool = False
    left_out: "array[int]" = field(default_factory=lambda: array("I"))
    children: "array[int]" = field(default_factory=lambda: array("Q"))

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return self.findings.errors


def bring_in(
    path: Path,
    *,
    la_code: str,
    as_at: date,
    by: Any,
    check_only: bool = False,
    leave_out_errors: bool = False,
    progress: Callable[[int], None] | None = None,
    called: str = "",
) -> Outcome:
    """Read the file and, unless `check_only`, write it. With errors nothing is written unless they are left out.

    `called` is the name people know the file by, for the history; an uploaded file is stored under another.

    Raises ReturnRefused when the file as a whole cannot be trusted; nothing is written then.
    """
    reader = ReturnReader(path, la_code=la_code, progress=progress)
    with (
        acting_as(by, source=f"{reader.header.title}: {called or path.name}"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        before = _rows_written(cursor)
        outcome = _work(cursor, reader, as_at, preview=check_only or leave_out_errors)
        outcome.written = not check_only and (leave_out_errors or not outcome.errors)
        # Undone too when there was nothing to write: the audit trail would keep an empty entry of it.
        if not outcome.written or _rows_written(cursor) == before:
            transaction.set_rollback(True)
    return outcome


def _rows_written(cursor: CursorWrapper) -> int:
    """Rows of lasting tables this transaction has inserted, changed or deleted so far."""
    cursor.execute(
        "select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_xact_user_tables"
        " where relid::regclass <> 'pghistory_context'::regclass and schemaname !~ '^pg_temp'"
    )
    row = cursor.fetchone()
    return int(row[0]) if row else 0


def _work(cursor: CursorWrapper, reader: ReturnReader, as_at: date, *, preview: bool) -> Outcome:
    for setting in ("jit = off", "work_mem = '64MB'", "max_parallel_workers_per_gather = 0"):
        cursor.execute(f"set local {setting}")
    cursor.execute("select pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    _stage(cursor, reader, as_at)
    _return_facts(cursor, reader.header)
    _run(cursor, "10_duplicates")
    cursor.execute("select n from t_bad order by n")
    left_out = array("I", (row[0] for row in cursor.fetchall()))
    doubts: list[Doubt] = []
    counted = Summary()
    children = array("Q")
    goes_on = preview or not left_out
    if goes_on:
        for step in ("20_settings", "30_identifiers"):
            _run(cursor, step)
        doubts = Matching(cursor).run()
        with keys_at_the_end(cursor):
            for step in _WRITES:
                _run(cursor, step)
        _rebuild(cursor)
        cursor.execute(_TOUCHED)
        children.extend(row[0] for row in cursor.fetchall())
        counted = summary(cursor, doubtful=len({doubt.person for doubt in doubts}), left_out=len(left_out))
    findings = FindingsFile.of(cursor, matched=goes_on)
    return Outcome(
        reader.header,
        reader.sha256,
        reader.persons_read,
        findings,
        doubts,
        counted,
        left_out=left_out,
        children=children,
    )


def _stage(cursor: CursorWrapper, reader: ReturnReader, as_at: date) -> None:
    header = reader.header
    with Staging(cursor) as staging:
        if census_day_given(header) != header.form.census_day:
            words = {"value": header.reference_date, "other": header.form.census_day.isoformat()}
            staging.add_findings(
                [finding(RULES["GDE-001"], "GDE-001", line=0, person=0, element="ReferenceDate", **words)]
            )
        persons = PersonReader(header.form, as_at.isoformat(), staging)
        for person in reader.persons():
            persons.take(person)
        staging.finish()


def _return_facts(cursor: CursorWrapper, header: Header) -> None:
    cursor.execute("create temp table t_return (year int, ref date, title text) on commit drop")
    facts: list[int | date | str] = [header.year, header.form.census_day, header.title]
    cursor.execute("insert into t_return values (%s, %s, %s)", facts)


def _run(cursor: CursorWrapper, step: str) -> None:
    """The statements of one step, one by one: the audit context is given to each."""
    script = resources.files(__package__).joinpath("sql", f"{step}.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        body = "\n".join(line for line in statement.splitlines() if not line.startswith("--")).strip()
        if body:
            cursor.execute(body)


def _rebuild(cursor: CursorWrapper) -> None:
    """Known cases that got new facts: their clocks and columns follow."""
    cursor.execute("select case_id from t_rebuild order by case_id")
    changed = [row[0] for row in cursor.fetchall()]
    if changed:
        clocks.rebuild_many(case_ids=changed)


__all__ = ["Outcome", "bring_in"]
