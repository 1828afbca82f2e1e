"""A SEN2 return brought in, against a bare `lxml.iterparse` walk of the same file; and its peak memory by size.

The import is the whole of it: read, checked, written with audit trail, keys and clocks, committed, into an empty
authority. The walk lets every element go as it passes, as one must to read a large file at all, and does nothing else.
The two are taken in turn, each round on a database of its own; memory is the peak of a process that does one import.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import quote

from django.db import connection
from lxml import etree

from bench.report import Measured
from bench.sen2_file import write

PERSONS = 20_000
FEW = 2_000
ROUNDS = 3
AS_AT = date(2026, 3, 1)
LA_CODE = "999"
_EMPTY = "waymark_bench_empty"
_DATABASE = "waymark_bench_import"
_ONE_IMPORT = """
import re, sys
from datetime import date
from pathlib import Path
import django
django.setup()
from reporting.returns.sen2.work import bring_in
assert bring_in(Path(sys.argv[1]), la_code=sys.argv[2], as_at=date.fromisoformat(sys.argv[3]), by=None).written
# Not getrusage: its peak is inherited from the process that started this one.
print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


def measure(small: bool) -> list[Measured]:
    """Median of three rounds; `small` takes a tenth of the persons."""
    persons = FEW if small else PERSONS
    few = persons // 10
    with tempfile.TemporaryDirectory() as folder, _databases():
        large, little = Path(folder) / "large.xml", Path(folder) / "little.xml"
        write(large, persons, la_code=LA_CODE)
        write(little, few, la_code=LA_CODE)
        ours, walks = [], []
        for _ in range(ROUNDS):
            walks.append(_timed(lambda: walk(large)))
            with _fresh():
                ours.append(_timed(lambda: _bring_in(large)))
        with _fresh():
            peak = _peak(large)
        with _fresh():
            low = _peak(little)
    return [
        Measured(
            f"import of a SEN2 return, {persons:,} persons", statistics.median(ours), statistics.median(walks), at_most=10
        ),
        Measured(
            f"peak memory of an import, {persons:,} persons against {few:,}", peak / 1024, low / 1024, at_most=1.1,
            unit="MB",
        ),
    ]  # fmt: skip


def walk(path: Path) -> int:
    """The yardstick: every element once, none kept."""
    elements = 0
    for _, element in etree.iterparse(str(path)):
        elements += 1
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return elements


def _bring_in(path: Path) -> None:
    from reporting.returns.sen2.work import bring_in

    assert bring_in(path, la_code=LA_CODE, as_at=AS_AT, by=None).written


def _peak(path: Path) -> int:
    """Peak kilobytes of a process of its own."""
    facts = connection.settings_dict
    place = (
        f"{facts['USER']}:{quote(facts['PASSWORD'])}@{'' if facts['HOST'].startswith('/') else facts['HOST']}"
    )
    port = f":{facts['PORT']}" if facts["PORT"] else ""
    query = f"?host={facts['HOST']}" if facts["HOST"].startswith("/") else ""
    done = subprocess.run(
        [sys.executable, "-c", _ONE_IMPORT, str(path), LA_CODE, AS_AT.isoformat()],
        env={**os.environ, "DATABASE_URL": f"postgresql://{place}{port}/{_DATABASE}{query}"},
        check=True,
        capture_output=True,
        text=True,
    )
    return int(done.stdout)


def _timed(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def _databases() -> Iterator[None]:
    """An empty authority to copy, and Django pointed at the copies."""
    from django.core.management import call_command

    usual = connection.settings_dict["NAME"]
    _administer(f"DROP DATABASE IF EXISTS {_EMPTY} WITH (FORCE)", f"CREATE DATABASE {_EMPTY}")
    connection.close()
    connection.settings_dict["NAME"] = _EMPTY
    try:
        call_command("migrate", verbosity=0)
        connection.close()
        connection.settings_dict["NAME"] = usual
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        _administer(f"DROP DATABASE IF EXISTS {_EMPTY} WITH (FORCE)")


@contextmanager
def _fresh() -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    _administer(
        f"DROP DATABASE IF EXISTS {_DATABASE} WITH (FORCE)", f"CREATE DATABASE {_DATABASE} TEMPLATE {_EMPTY}"
    )
    connection.close()
    connection.settings_dict["NAME"] = _DATABASE
    try:
        connection.ensure_connection()
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        _administer(f"DROP DATABASE IF EXISTS {_DATABASE} WITH (FORCE)")


def _administer(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
