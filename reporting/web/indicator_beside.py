"""Figures that must not stand alone, and those that are shown beside them.

A share of refusals is no score: read alone it presses officers towards unlawful decisions (recovery plans, section 5).
It stands beside what became of the refusals and beside timeliness, for the same days and the same children.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.indicator import Indicator
from reporting.models import SnapshotState
from reporting.registry import indicator
from reporting.web.indicator_figures import figures_of
from reporting.web.indicator_page import short_figure
from reporting.web.indicator_question import Question

BESIDE: dict[str, tuple[str, ...]] = {"D4": ("D4A", "D7S", "D7", "D7X")}
"""By code: what is shown beside it."""


@dataclass(frozen=True)
class Companion:
    """One figure beside another."""

    title: str
    figure: str
    url: str


def companions(question: Question, made: SnapshotState | None) -> Sequence[Companion]:
    """The companions' figures under the same question. One snapshot holds them all."""
    return [_companion(question, indicator(code), made) for code in BESIDE.get(question.indicator.code, ())]


def _companion(question: Question, beside: Indicator, made: SnapshotState | None) -> Companion:
    known = {dimension.code for dimension in beside.dimensions}
    where = {code: values for code, values in question.where.items() if code in known}
    asked = Question(beside, question.window, None, where)
    total = figures_of(asked, made).table.total
    by = beside.dimension(beside.by_default[0]) if beside.by_default else None
    return Companion(
        beside.title,
        short_figure(beside, total),
        Question(beside, question.window, by, where).address("indicator"),
    )
