"""The yardstick: the subjects and the same statements in DuckDB, on one thread, from the same rows."""

import re
from pathlib import Path

import duckdb
import psycopg

from reporting.snapshots.statement import Statement

TABLES = {
    "casework_area": "id BIGINT, code VARCHAR",
    "casework_child": "id BIGINT, date_of_birth DATE, area_id BIGINT",
    "casework_case": "id BIGINT, child_id BIGINT, kind VARCHAR",
    "casework_milestone": "case_id BIGINT, kind VARCHAR, happened_on DATE, replaced BOOLEAN, withdrawn BOOLEAN",
    "casework_assessmentrequest": (
        "case_id BIGINT, source VARCHAR, area_id BIGINT, received_on DATE, decided_on DATE, outcome_on DATE, "
        "final_plan_on DATE, ended_on DATE, state VARCHAR, decided_before_period BOOLEAN, excepted BOOLEAN, "
        "mediation_on_assess BOOLEAN, mediation_on_issue BOOLEAN, mediation_other BOOLEAN, "
        "appeal_on_assess BOOLEAN, appeal_on_issue BOOLEAN, appeal_other BOOLEAN"
    ),
    "casework_plan": "id BIGINT, child_id BIGINT, request_id BIGINT, starts_on DATE, ends_on DATE",
    "casework_planversion": (
        "id BIGINT, plan_id BIGINT, number INTEGER, stage VARCHAR, starts_on DATE, ends_on DATE, primary_need VARCHAR"
    ),
    "casework_establishment": "id BIGINT, urn BIGINT",
    "casework_establishmentstatus": "id BIGINT, establishment_id BIGINT, leaf VARCHAR, starts_on DATE, ends_on DATE",
    "placements_placement": (
        "id BIGINT, child_id BIGINT, establishment_id BIGINT, setting_code VARCHAR, sen_unit BOOLEAN, resourced BOOLEAN, "
        "rank INTEGER, starts_on DATE, ends_on DATE"
    ),
    "funding_bandvalue": (
        "id BIGINT, band_id BIGINT, annual_value DECIMAL(12,2), starts_on DATE, ends_on DATE, withdrawn_at TIMESTAMPTZ"
    ),
    "funding_costline": (
        "id BIGINT, child_id BIGINT, kind VARCHAR, band_id BIGINT, amount DECIMAL(12,2), basis VARCHAR, "
        "quantity DECIMAL(8,2), share DECIMAL(6,5), starts_on DATE, ends_on DATE"
    ),
}
CSV = "FORMAT csv, AUTO_DETECT false, DELIM ',', QUOTE '\"', HEADER false, ALLOW_QUOTED_NULLS false"
_SNAPSHOT = (
    "indicator VARCHAR, definition_version INTEGER, first_day DATE, last_day DATE, source VARCHAR, area VARCHAR, "
    "need VARCHAR, provision VARCHAR, age_group VARCHAR, stage VARCHAR, numerator DECIMAL(16,2), denominator DECIMAL(16,2)"
)
SUBJECTS = Path(__file__).resolve().parent.parent / "reporting/migrations/sql/0002_subjects.sql"
VIEWS = SUBJECTS.with_name("0003_first_needs.sql")
_FUNCTION = re.compile(
    r"CREATE FUNCTION (\w+)\(([^)]*)\)\s+RETURNS (?:TABLE \(([^)]*)\)|\w+)\s+LANGUAGE sql \w+ PARALLEL SAFE"
    r"(?: AS \$\$(.*?)\$\$|\s+RETURN (.*?));\n",
    re.DOTALL,
)


def load(source: psycopg.Connection, path: Path) -> duckdb.DuckDBPyConnection:
    """Copy the base rows into a DuckDB file and make the subjects there."""
    path.unlink(missing_ok=True)
    duck = duckdb.connect(str(path))
    for table, columns in TABLES.items():
        names = [column.split()[0] for column in columns.split(", ")]
        text = path.with_suffix(".csv")
        with (
            text.open("wb") as file,
            source.cursor().copy(
                f"COPY (SELECT {', '.join(names)} FROM {table}) TO STDOUT (FORMAT csv)"
            ) as copy,
        ):
            for block in copy:
                file.write(block)
        duck.execute(f"CREATE TABLE {table} ({columns})")
        duck.execute(f"COPY {table} FROM '{text}' ({CSV})")
        text.unlink()
    duck.execute(f"CREATE TABLE reporting_snapshot ({_SNAPSHOT})")
    _make_subjects(duck)
    duck.execute("CHECKPOINT")
    duck.execute("SET threads = 1")
    return duck


def _make_subjects(duck: duckdb.DuckDBPyConnection) -> None:
    """Functions become macros; the text of the migration is what both databases run."""
    text = re.sub(r"--[^\n]*", "", SUBJECTS.read_text(encoding="utf-8"))
    views = re.findall(r"CREATE (?:OR REPLACE )?VIEW .*?;\n", VIEWS.read_text(encoding="utf-8"), re.DOTALL)
    made_view = False
    for name, arguments, table, body, value in _FUNCTION.findall(text):
        if name == "reporting_open_request_spells" and not made_view:
            for view in views:
                duck.execute(translate(view))
            made_view = True
        names = ", ".join(argument.split()[0] for argument in arguments.split(", "))
        if table:
            columns = ", ".join(column.split()[0] for column in re.split(r",\s*", table.strip()))
            duck.execute(
                f"CREATE MACRO {name}({names}) AS TABLE SELECT * FROM ({translate(body)}) AS t ({columns})"
            )
        else:
            duck.execute(f"CREATE MACRO {name}({names}) AS {translate(value)}")


def translate(text: str) -> str:
    """What the two dialects write differently."""
    if text.startswith("CREATE TABLE build_snapshot"):
        return "CREATE TABLE build_snapshot AS SELECT * FROM reporting_snapshot LIMIT 0"
    if text.startswith("DROP TABLE"):
        return "; ".join(f"DROP TABLE {name}" for name in text.removeprefix("DROP TABLE ").split(", "))
    text = text.replace("CREATE UNLOGGED TABLE", "CREATE TABLE")
    text = re.sub(r"\('\{([0-9,]*)\}'::integer\[\]\)", r"([\1])", text)
    text = re.sub(r"cell / (\d+)", r"cell // \1", text)  # whole-number division
    text = text.replace("lower(within)", "within[1]").replace("upper(within)", "within[2]")
    text = re.sub(r"daterange\((.*?), (.*?), '\[\]'\)", r"[\1, \2 + 1]", text)
    return (
        text.replace("'infinity'", "DATE 'infinity'")
        .replace("'-infinity'", "DATE '-infinity'")
        .replace("DATE DATE", "DATE")
    )


def run(duck: duckdb.DuckDBPyConnection, work: list[Statement]) -> None:
    """Do the work, results written to the file. DuckDB gets no indexes, statistics or names of constraints."""
    for statement in work:
        text = translate(statement.sql)
        if text.startswith("ANALYZE") or "CONSTRAINT build" in text or "RENAME CONSTRAINT" in text:
            continue
        for one in text.split("; "):
            duck.execute(one)
    duck.execute("CHECKPOINT")
