"""The findings of a file: kept on disk while they are used, given out as CSV and JSON."""

import csv
import json
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.backends.utils import CursorWrapper

from reporting.returns.sen2.catalogue import ERROR, QUERY
from reporting.returns.sen2.findings import Finding

_ORDERED = """
copy (select severity, rule, line, f.n, element, value, problem, mend, {child}
        from s_finding f {join} order by f.n, line, rule, element, problem)
to stdout (format csv)
"""
COLUMNS = ("severity", "rule", "line", "person", "element", "value", "problem", "mend")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often one rule was broken, with the words of its first finding."""

    severity: str
    rule: str
    count: int
    problem: str
    mend: str


class FindingsFile:
    """Findings on disk, by person and line. Memory does not grow with their number."""

    def __init__(self, path: Path, counts: Counter[tuple[str, str]]) -> None:
        self._path = path
        self.counts = counts
        weakref.finalize(self, path.unlink)

    @classmethod
    def of(cls, cursor: CursorWrapper, *, matched: bool) -> "FindingsFile":
        """Take them from the temporary table before it goes; with each person's child once people are `matched`."""
        handle, name = tempfile.mkstemp(prefix="findings-", suffix=".csv")
        parts = (
            {"child": "p.child_id", "join": "left join t_person p on p.n = f.n"}
            if matched
            else {"child": "null", "join": ""}
        )
        with open(handle, "wb") as spool, cursor.copy(_ORDERED.format(**parts)) as copy:
            for block in copy:
                spool.write(block)
        cursor.execute("select severity, rule, count(*) from s_finding group by 1, 2")
        return cls(Path(name), Counter({(row[0], row[1]): row[2] for row in cursor.fetchall()}))

    def __iter__(self) -> Iterator[Finding]:
        for one, _ in self.with_children():
            yield one

    def with_children(self) -> Iterator[tuple[Finding, str]]:
        """Each finding with the number of the child it is about, empty where there is none."""
        with self._path.open(encoding="utf-8", newline="") as spool:
            for row in csv.reader(spool):
                yield Finding(row[0], row[1], int(row[2]), int(row[3]), *row[4:8]), row[8]

    @property
    def errors(self) -> int:
        """How many are errors."""
        return sum(count for (severity, _), count in self.counts.items() if severity == ERROR)

    @property
    def queries(self) -> int:
        """How many are queries."""
        return sum(count for (severity, _), count in self.counts.items() if severity == QUERY)


def write_csv(findings: Iterable[Finding], out: Any, *, heading: bool = True) -> None:
    """Findings as CSV. What a spreadsheet would take for a formula is made text."""
    writer = csv.writer(out)
    if heading:
        writer.writerow(COLUMNS)
    for one in findings:
        writer.writerow([_plain(value) for value in one])


def as_json(one: Finding) -> dict[str, Any]:
    """One finding for JSON."""
    return dict(zip(COLUMNS, one, strict=True))


def write_json(head: dict[str, Any], findings: Iterable[Finding], out: Any) -> None:
    """The report as one JSON object, streamed: `head`, then "findings"."""
    text = json.dumps(head, ensure_ascii=False, indent=2)
    out.write(text.removesuffix("}").rstrip() + ',\n  "findings": [')
    first = True
    for one in findings:
        out.write(("\n    " if first else ",\n    ") + json.dumps(as_json(one), ensure_ascii=False))
        first = False
    out.write("\n  ]\n}\n")


def _plain(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
