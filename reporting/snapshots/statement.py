"""One step of building snapshots."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """One statement, and what a person following the progress reads."""

    words: str
    sql: str


def values(rows: list[str]) -> str:
    """A VALUES list."""
    return "VALUES " + ", ".join(rows)
