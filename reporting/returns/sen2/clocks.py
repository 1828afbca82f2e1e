"""Statutory clocks of what a return tells, by the rules of casework, quickly.

The limits that can start from a return's milestones are all counted in days and weeks, so the clocks of two cases
whose milestones lie equally far apart differ only by their first day. Each pattern is derived once.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

from casework.rules.case_kinds import CaseKind
from casework.rules.clock_rule import REGULATIONS_IN_FORCE, Limit, Unit
from casework.rules.clocks import rules_for
from casework.rules.milestones import Milestone as M
from casework.services.clock_derivation import ClockRow, Deriver

Days = Mapping[M, str]
TextClock = tuple[str, str, str, str, str]
"""Rule, started, due, stopped (or empty) and how it stopped, with days as ccyy-mm-dd."""

FROM_RETURNS: dict[CaseKind, frozenset[M]] = {
    CaseKind.REQUEST: frozenset(
        {
            M.REQUEST_RECEIVED, M.DECIDED_TO_ASSESS, M.DECIDED_NOT_TO_ASSESS, M.REQUEST_WITHDRAWN, M.MOVED_AWAY,
            M.ASSESSMENT_WITHDRAWN, M.DECIDED_TO_ISSUE, M.DECIDED_NOT_TO_ISSUE, M.FINAL_PLAN_ISSUED,
        }
    ),
    CaseKind.ANNUAL_REVIEW: frozenset(
        {
            M.REVIEW_MEETING_HELD, M.REVIEW_DECIDED, M.DRAFT_AMENDED_PLAN_ISSUED, M.AMENDED_PLAN_ISSUED,
            M.PLAN_CEASED,
        }
    ),
    CaseKind.PHASE_TRANSFER: frozenset(
        {M.PHASE_TRANSFER_PLAN_DUE, M.PHASE_TRANSFER_PLAN_ISSUED, M.PLAN_CEASED}
    ),
}  # fmt: skip
"""The milestones a return can tell, by kind of case."""

_BASE = date(2030, 1, 1).toordinal()
_deriver = Deriver(frozenset())  # no limit that starts from a return's milestones counts working days


def clocks_of(kind: CaseKind, recorded: Days) -> list[TextClock]:
    """The clocks of one case whose milestones came from a return, each kind once."""
    if not recorded:
        return []
    first = _ordinal(min(recorded.values()))
    if not _moves_freely(kind) or first < REGULATIONS_IN_FORCE.toordinal():
        rows = _deriver.clocks_of(kind, {one: [date.fromisoformat(day)] for one, day in recorded.items()})
        return [_as_text(row) for row in rows]
    pattern = tuple((one, _ordinal(day) - first) for one, day in recorded.items())
    return [
        (
            code,
            _text(first + started),
            _text(first + due),
            "" if stopped is None else _text(first + stopped),
            how,
        )
        for code, started, due, stopped, how in _pattern(kind, pattern)
    ]


@lru_cache(maxsize=20_000)
def _pattern(
    kind: CaseKind, milestones: tuple[tuple[M, int], ...]
) -> tuple[tuple[str, int, int, int | None, str], ...]:
    rows = _deriver.clocks_of(kind, {one: [date.fromordinal(_BASE + offset)] for one, offset in milestones})
    return tuple(
        (
            row.rule_code,
            row.started_on.toordinal() - _BASE,
            row.due_on.toordinal() - _BASE,
            row.stopped_on.toordinal() - _BASE if row.stopped_on else None,
            row.stop_kind,
        )
        for row in rows
    )


@cache
def _moves_freely(kind: CaseKind) -> bool:
    """Whether every limit that these milestones start is counted in days or weeks."""
    for rule in rules_for(kind):
        for part in (rule.limit, rule.second):
            if part is None or rule.per is not None:
                continue
            if not isinstance(part, Limit):
                return False
            if FROM_RETURNS[kind] & set(part.anchors) and (
                part.unit not in (Unit.DAYS, Unit.WEEKS)
                or rule.notice_working_days
                or rule.appeal_window
                or rule.applies_from != REGULATIONS_IN_FORCE
                or rule.applies_to is not None
            ):
                return False
    return True


@lru_cache(maxsize=40_000)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


@lru_cache(maxsize=40_000)
def _text(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _as_text(row: ClockRow) -> TextClock:
    stopped = row.stopped_on.isoformat() if row.stopped_on else ""
    return (row.rule_code, row.started_on.isoformat(), row.due_on.isoformat(), stopped, row.stop_kind)
