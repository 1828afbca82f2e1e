"""The records of reporting."""

from reporting.models.imports import (
    DoubtfulMatch,
    ImportFinding,
    ImportState,
    MatchAnswer,
    ReturnImport,
    Severity,
)
from reporting.models.snapshots import RunState, Snapshot, SnapshotRun, SnapshotState

__all__ = [
    "DoubtfulMatch", "ImportFinding", "ImportState", "MatchAnswer", "ReturnImport", "RunState", "Severity",
    "Snapshot", "SnapshotRun", "SnapshotState",
]  # fmt: skip
