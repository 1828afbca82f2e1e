"""A full rebuild of all snapshots against DuckDB on one thread making the same table from the same rows.

The population is as large as England: 640,000 plans. DuckDB has the base rows in a file of its own (loading is not
counted) and writes the result there; PostgreSQL commits its result. Both run the same steps, which suits DuckDB better
than the shorter text a person would write for it. The results must be equal row for row.
"""

import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

import psycopg
from django.db import connection

from bench import duck as yardstick
from bench.population import AS_AT, build
from bench.report import Measured
from reporting.services.snapshots import build_snapshots_now
from reporting.snapshots import statements

PLANS = 640_000
SMALL_PLANS = 20_000
ROUNDS = 3
_DATABASE = "waymark_bench"
_COLUMNS = (
    "indicator, definition_version, first_day, last_day, source, area, need, provision, age_group, stage, "
    "numerator, denominator"
)


def measure(small: bool) -> list[Measured]:
    """Median of three rounds, the two taken in turn."""
    from django.core.management import call_command

    plans = SMALL_PLANS if small else PLANS
    as_at = date.fromisoformat(AS_AT)
    usual = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {_DATABASE} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {_DATABASE}")
    connection.close()
    connection.settings_dict["NAME"] = _DATABASE
    try:
        call_command("migrate", verbosity=0)
        facts = connection.settings_dict
        address = {
            "dbname": _DATABASE,
            "user": facts["USER"],
            "password": facts["PASSWORD"],
            "host": facts["HOST"],
        }
        with (
            psycopg.connect(**address, port=facts["PORT"] or None) as own,
            tempfile.TemporaryDirectory() as folder,
        ):
            build(own, plans)
            duck = yardstick.load(own, Path(folder) / "yardstick.duckdb")
            ours, theirs = [], []
            for _ in range(ROUNDS):
                duck.execute("DELETE FROM reporting_snapshot")
                ours.append(_timed(lambda: build_snapshots_now(as_at=as_at)))
                theirs.append(_timed(lambda: yardstick.run(duck, statements(as_at))))
            rows = _compare(own, duck, Path(folder) / "ours.csv")
            duck.close()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {_DATABASE} WITH (FORCE)")
    return [
        Measured(
            f"rebuild of all snapshots, {plans:,} plans",
            statistics.median(ours),
            statistics.median(theirs),
            at_most=3,
            note=f"{rows:,} rows, equal in both",
        )
    ]


def _timed(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _compare(own: psycopg.Connection, duck, path: Path) -> int:
    """How many rows there are; an error when any differs."""
    with (
        path.open("wb") as file,
        own.cursor().copy(f"COPY (SELECT {_COLUMNS} FROM reporting_snapshot) TO STDOUT (FORMAT csv)") as copy,
    ):
        for block in copy:
            file.write(block)
    duck.execute("CREATE TABLE ours AS SELECT * FROM reporting_snapshot LIMIT 0")
    duck.execute(f"COPY ours FROM '{path}' ({yardstick.CSV})")
    different = duck.execute(
        "SELECT count(*) FROM ((SELECT * FROM ours EXCEPT ALL SELECT * FROM reporting_snapshot) UNION ALL"
        " (SELECT * FROM reporting_snapshot EXCEPT ALL SELECT * FROM ours))"
    ).fetchone()[0]
    if different:
        raise AssertionError(f"{different:,} rows differ between PostgreSQL and DuckDB")
    return duck.execute("SELECT count(*) FROM ours").fetchone()[0]
