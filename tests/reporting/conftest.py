"""Bringing files in, and counting what is in the database."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from reporting.returns.sen2.work import Outcome, bring_in
from tests.reporting.returns.factory import write

AS_AT = date(2026, 6, 1)


@pytest.fixture
def bring(tmp_path: Path, db: Any) -> Callable[..., Outcome]:
    """bring(people, year=2026, check_only=..., leave_out_errors=..., raw=text): write a file and bring it in."""
    made = iter(range(1, 1000))

    def one(
        people: Any, *, year: int = 2026, header: dict[str, Any] | None = None, **options: Any
    ) -> Outcome:
        path = write(tmp_path / f"return-{next(made)}.xml", people, year=year, **(header or {}))
        return bring_in(path, la_code="999", as_at=AS_AT, by=None, **options)

    return one


@pytest.fixture
def rows(db: Any) -> Callable[[], dict[str, int]]:
    """Rows of every table, audit tables too."""

    def count() -> dict[str, int]:
        counts = {}
        with connection.cursor() as cursor:
            cursor.execute("select tablename from pg_tables where schemaname = 'public'")
            for (table,) in cursor.fetchall():
                cursor.execute(f'select count(*) from "{table}"')
                counts[table] = cursor.fetchone()[0]
        return counts

    return count


def rules(outcome: Outcome) -> list[str]:
    """The rules broken, in file order."""
    return [one.rule for one in outcome.findings]
