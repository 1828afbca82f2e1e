"""Clocks of many cases from their milestones, as `casework.rules.clocks` words them, quickly.

A due day depends on a handful of anchor days, and thousands of cases share them: each combination is worked out
once. A test holds the result equal to `casework.rules.clocks.derive_all`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from casework.rules.case_kinds import CaseKind
from casework.rules.clock_rule import ClockRule, FixedDay, Limit
from casework.rules.clocks import counts_from, due_on, rules_for, starts_on
from casework.rules.milestones import Milestone

Recorded = Mapping[Milestone, Sequence[date]]


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock as it must be stored."""

    rule_code: str
    started_on: date
    due_on: date
    stopped_on: date | None
    stop_kind: str
    part: str = ""


class Deriver:
    """Derives clocks under one calendar of non-working days."""

    def __init__(self, calendar: frozenset[date]) -> None:
        self._calendar = calendar
        self._days: dict[tuple[str, tuple[date | None, ...]], tuple[date, date] | None] = {}

    def clocks_of(
        self, case_kind: CaseKind, recorded: Recorded, parts: Mapping[str, Recorded] | None = None
    ) -> list[ClockRow]:
        """The clocks of one case, in the order of the rules; then those that run once for each body asked.

        `parts` are the milestones of each body by `part`. A body's clock starts and stops by its own milestones only,
        and falls away by its own or the case's: no body's answer touches another's clock.
        """
        rows = []
        for rule, counted in _rules(case_kind):
            days = self._started_and_due(rule, counted, recorded)
            if days is not None:
                stopped, kind = _closing(rule, recorded, days[0])
                rows.append(ClockRow(rule.code, *days, stopped, kind))
        for part, own in (parts or {}).items():
            for rule, counted in _rules_per_body(case_kind):
                days = self._started_and_due(rule, counted, own)
                if days is not None:
                    closings = {**{end: recorded[end] for end in rule.ends if end in recorded}, **own}
                    stopped, kind = _closing(rule, closings, days[0])
                    rows.append(ClockRow(rule.code, *days, stopped, kind, part))
        return rows

    def _started_and_due(
        self, rule: ClockRule, counted: tuple[Milestone, ...], recorded: Recorded
    ) -> tuple[date, date] | None:
        pick = max if rule.last_anchor else min
        anchors = tuple(pick(recorded[kind]) if kind in recorded else None for kind in counted)
        key = (rule.code, anchors)
        if key not in self._days:
            known = {kind: day for kind, day in zip(counted, anchors, strict=True) if day is not None}
            started, due = starts_on(rule, known, self._calendar), due_on(rule, known, self._calendar)
            self._days[key] = (started, due) if started is not None and due is not None else None
        return self._days[key]


@cache
def _rules(case_kind: CaseKind) -> list[tuple[ClockRule, tuple[Milestone, ...]]]:
    return [
        (rule, _counted(rule)) for rule in rules_for(case_kind) if rule.limit is not None and rule.per is None
    ]


@cache
def _rules_per_body(case_kind: CaseKind) -> list[tuple[ClockRule, tuple[Milestone, ...]]]:
    return [
        (rule, _counted(rule))
        for rule in rules_for(case_kind)
        if rule.limit is not None and rule.per is not None
    ]


def _counted(rule: ClockRule) -> tuple[Milestone, ...]:
    """Every milestone that can change the first or the last day of this rule."""
    kinds = [*rule.anchors, *rule.requires, *rule.unless]
    if isinstance(rule.limit, FixedDay):
        kinds.append(rule.limit.marker)
    if isinstance(rule.second, Limit):
        kinds.extend(rule.second.anchors)
    if rule.notice_working_days:
        kinds.extend((Milestone.MOVE_KNOWN, Milestone.MOVED_AWAY))
    return tuple(dict.fromkeys(kinds))


def _closing(rule: ClockRule, recorded: Recorded, started: date) -> tuple[date | None, str]:
    """The first milestone that closed the clock; on one day doing the duty goes before its falling away."""
    since = counts_from(rule, started)
    done = min((min(recorded[kind]) for kind in rule.stops if kind in recorded), default=None)
    ended = min((day for kind in rule.ends for day in recorded.get(kind, ()) if day >= since), default=None)
    if done is not None and (ended is None or done <= ended):
        return done, "done"
    return (ended, "ended") if ended is not None else (None, "")
