"""Temporary tables that a return streams into, a thousand persons at a time, and that are gone with the transaction."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from django.db.backends.utils import CursorWrapper

from reporting.returns.sen2.findings import Finding

_FLUSH_AT = 1000

TABLES: dict[str, str] = {
    "s_person": """
        n int, line int, bad bool, upn text, upn_query text, uln text, uln_query text, surname text, forename text,
        born date, sex text, ethnicity text, postcode text, reason text, name_key text""",
    "s_request": """
        n int, k int, line int, received date, source text, youth bool, history bool, state text, decided date,
        outcome date, final date, ended date, opened date, closed date, moved_to text, excepted bool,
        mediation_assess bool, appeal_assess bool, mediation_issue bool, appeal_issue bool, mediation_other bool,
        appeal_other bool, plan_start date""",
    "s_plan": """
        n int, k int, line int, starts date, ends date, reason text, transfer_la text, need1 text, need2 text,
        budget bool, arrangements bool, payment text""",
    "s_named": """
        n int, k int, line int, rank int, urn int, ukprn int, code text, words text, unit bool, resourced bool,
        residential text, work_based text""",
    "s_placement": """
        n int, k int, line int, rank int, urn int, ukprn int, code text, words text, unit bool, resourced bool,
        residential text, work_based text, starts date, ends date""",
    "s_review": "n int, k int, line int, meeting date, decided date, closed date",
    "s_transfer": "n int, k int, line int, due date, final date, closed date",
    "s_milestone": """
        n int, ck "char", k int, kind text, day date, approximate bool, question text, answer text""",
    "s_clock": """
        n int, ck "char", k int, rule text, started date, due date, stopped date, how text""",
    "s_finding": """
        severity text, rule text, line int, n int, element text, value text, problem text, mend text""",
}  # fmt: skip

# Case kinds in `s_milestone.ck` and `s_clock.ck`.
CASE_LETTERS = {"request": "q", "annual_review": "v", "phase_transfer": "p"}


class Staging:
    """Collects rows as text and copies them over every so often.

    The copying is done by a second thread, so that the database takes in one thousand persons while the next are read.
    Use it as a context manager, and the cursor for nothing else until `finish`.
    """

    def __init__(self, cursor: CursorWrapper) -> None:
        self._cursor = cursor
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="staging")
        self._under_way: Future[None] | None = None
        self._rows: dict[str, list[str]] = {name: [] for name in TABLES}
        drop_temporary(cursor)
        for name, columns in TABLES.items():
            cursor.execute(f"create temp table {name} ({columns}) on commit drop")

    def rows(self, table: str) -> list[str]:
        """The waiting rows of one table, each a line of COPY's text form; append to it."""
        return self._rows[table]

    def add_findings(self, findings: Sequence[Finding]) -> None:
        """Set findings down."""
        self._rows["s_finding"].extend(
            f"{one.severity}\t{one.rule}\t{one.line}\t{one.person}\t{one.element}\t{text(one.value)}\t"
            f"{text(one.problem)}\t{text(one.mend)}\n"
            for one in findings
        )

    def flush_when_full(self) -> None:
        """Copy over when a thousand persons wait."""
        if len(self._rows["s_person"]) >= _FLUSH_AT:
            self.flush()

    def flush(self) -> None:
        """Copy everything that waits, once what went before is over."""
        blocks = []
        for name, rows in self._rows.items():
            if rows:
                blocks.append((name, "".join(rows)))
                rows.clear()
        self._wait()
        self._under_way = self._thread.submit(self._copy, blocks)

    def _copy(self, blocks: list[tuple[str, str]]) -> None:
        # Straight to the driver: Django's connections belong to one thread, and this one waits meanwhile.
        cursor = self._cursor.cursor
        for name, block in blocks:
            with cursor.copy(f"copy {name} from stdin") as copy:
                copy.write(block)

    def _wait(self) -> None:
        if self._under_way is not None:
            self._under_way.result()
            self._under_way = None

    def __enter__(self) -> "Staging":
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(wait=True)

    def finish(self) -> None:
        """Copy the rest and let the planner know the tables."""
        self.flush()
        self._wait()
        for name in TABLES:
            self._cursor.execute(f"analyze {name}")


def drop_temporary(cursor: CursorWrapper) -> None:
    """Remove the temporary tables of an earlier run of the same transaction."""
    cursor.execute(
        "select string_agg(format('pg_temp.%I', relname), ', ') from pg_class"
        " where relnamespace = pg_my_temp_schema() and relkind = 'r' and relname ~ '^[gst]_'"
    )
    found = cursor.fetchone()
    if found and found[0]:
        cursor.execute(f"drop table {found[0]}")


def text(value: str) -> str:
    """A value as COPY reads text: empty stays empty, backslashes are doubled, white space is made single blanks."""
    if "\\" in value:
        value = value.replace("\\", "\\\\")
    if not value.isprintable():
        value = " ".join(value.split())
        value = "".join(sign for sign in value if sign.isprintable())
    return value


def nothing(value: str) -> str:
    """A date, number or flag as COPY reads it: empty means NULL."""
    return value or "\\N"
