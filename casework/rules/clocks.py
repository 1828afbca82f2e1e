"""Every statutory limit of `docs/domain/deadlines.csv`, and a case's clocks derived from its milestones.

This is the module to import from: it offers the rules and the functions over them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.rules.case_kinds import CaseKind
from casework.rules.clock_rule import ClockRule, Combine, Limit, Per, Sense, Unit, Verification
from casework.rules.clock_rules_appeal import APPEAL_RULES
from casework.rules.clock_rules_assessment import ASSESSMENT_RULES
from casework.rules.clock_rules_mediation import MEDIATION_RULES
from casework.rules.clock_rules_plan import PLAN_RULES
from casework.rules.clock_rules_review import REVIEW_RULES
from casework.rules.clock_status import DUE_SOON_DAYS, ClockFacts, ClockStatus, is_excused, status_on
from casework.rules.clock_words import explain, show_day
from casework.rules.due_dates import NonWorkingDays, due_on, starts_on
from casework.rules.exceptions import ExceptionFacts, Ground
from casework.rules.milestones import Milestone

__all__ = [
    "DUE_SOON_DAYS",
    "ENABLED_CODES",
    "RULES",
    "ClockFacts",
    "ClockRule",
    "ClockStatus",
    "Combine",
    "DerivedClock",
    "ExceptionFacts",
    "Ground",
    "Limit",
    "Per",
    "Sense",
    "Unit",
    "Verification",
    "anchors_of",
    "counts_from",
    "derive",
    "derive_all",
    "due_on",
    "explain",
    "is_excused",
    "rules_for",
    "show_day",
    "starts_on",
    "status_on",
]

Recorded = Mapping[Milestone, Sequence[date]]

RULES: dict[str, ClockRule] = {
    rule.code: rule
    for rules in (ASSESSMENT_RULES, REVIEW_RULES, PLAN_RULES, MEDIATION_RULES, APPEAL_RULES)
    for rule in rules
}
"""Every rule by code, in the order of the process."""

ENABLED_CODES: frozenset[str] = frozenset(code for code, rule in RULES.items() if rule.enabled)
"""The rules that are on unless an authority says otherwise: those whose source was read."""


@dataclass(frozen=True, slots=True)
class DerivedClock:
    """One clock as it follows from the milestones: what `Clock` rows must equal.

    `closed_by` is the milestone that closed it; `ended` says the duty fell away instead of being done.
    """

    code: str
    started_on: date
    due_on: date
    closed_on: date | None
    closed_by: Milestone | None
    ended: bool

    @property
    def facts(self) -> ClockFacts:
        """What `status_on` needs."""
        return ClockFacts(self.started_on, self.due_on, self.closed_on, self.ended, RULES[self.code].sense)


def rules_for(case_kind: CaseKind, codes: Iterable[str] = ENABLED_CODES) -> list[ClockRule]:
    """The rules of a kind of case that are switched on, steps without a limit included."""
    wanted = frozenset(codes)
    return [rule for rule in RULES.values() if case_kind in rule.case_kinds and rule.code in wanted]


def anchors_of(rule: ClockRule, recorded: Recorded) -> dict[Milestone, date]:
    """One day for each recorded milestone: the first, or the last where the rule counts from the last."""
    pick = max if rule.last_anchor else min
    return {kind: pick(days) for kind, days in recorded.items() if days}


def counts_from(rule: ClockRule, started: date) -> date:
    """The first day on which a duty can fall away.

    A limit that counts from the last of a repeated step, or from each body asked, begins anew with it: what ended an earlier
    one, such as a refusal that the Tribunal has set aside since, does not end this.
    """
    return started if rule.last_anchor or rule.per else date.min


def derive(rule: ClockRule, recorded: Recorded, calendar: NonWorkingDays) -> DerivedClock | None:
    """The clock of this rule for these milestones; None when it does not run.

    For a limit that runs once per body, give the dates of that one request and those of the case that end it.
    The first closing milestone counts; on one day a stop goes before an end.
    """
    anchors = anchors_of(rule, recorded)
    started, due = starts_on(rule, anchors, calendar), due_on(rule, anchors, calendar)
    if started is None or due is None:
        return None
    since = counts_from(rule, started)
    closings = [
        (day, ended, order, kind)
        for ended, kinds in ((False, rule.stops), (True, rule.ends))
        for order, kind in enumerate(kinds)
        for day in recorded.get(kind, ())
        if not ended or day >= since
    ]
    if not closings:
        return DerivedClock(rule.code, started, due, None, None, ended=False)
    day, ended, _, kind = min(closings)
    return DerivedClock(rule.code, started, due, day, kind, ended)


def derive_all(
    case_kind: CaseKind,
    recorded: Recorded,
    calendar: NonWorkingDays,
    codes: Iterable[str] = ENABLED_CODES,
) -> list[DerivedClock]:
    """Every clock of a case that runs once for the case. Limits per body asked are derived one by one."""
    derived = (derive(rule, recorded, calendar) for rule in rules_for(case_kind, codes) if rule.per is None)
    return [clock for clock in derived if clock]
