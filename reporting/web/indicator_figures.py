"""The figures of a question: from the snapshots where they have them, worked out now where they do not."""

from dataclasses import dataclass
from datetime import date, datetime

from reporting.compute import compute
from reporting.indicator import Indicator
from reporting.models import SnapshotState
from reporting.queries import snapshots
from reporting.tables import Table
from reporting.web.indicator_question import Question


@dataclass(frozen=True)
class Figures:
    """A table and when it was worked out; `worked_out_at` is None for now, from the records as they stand."""

    table: Table
    worked_out_at: datetime | None


def figures_of(question: Question, made: SnapshotState | None) -> Figures:
    """The answer to a question; `made` is the state of the indicator's snapshot, None where there is none."""
    wanted, window, by, where = question.indicator, question.window, question.split, question.where
    if made is not None:
        try:
            return Figures(snapshots.figures(wanted, window=window, by=by, where=where), made.computed_at)
        except snapshots.NotKept:
            pass
    return Figures(compute(wanted, window=window, by=by, where=where), None)


def latest_day(made: SnapshotState | None, *, today: date) -> date:
    """The last day there are figures for: that of the snapshot, or today where there is none."""
    return made.as_at if made else today


def state_of(indicator: Indicator) -> SnapshotState | None:
    """When the indicator's snapshot was made; None without one."""
    return snapshots.state(indicator)
