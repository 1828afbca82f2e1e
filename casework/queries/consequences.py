"""What recording a step would do to the dates of a case, before anybody records it."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.models import MilestoneKind
from casework.rules.case_kinds import CaseKind
from casework.rules.clocks import RULES, DerivedClock, Sense, derive_all, due_on, show_day

Recorded = Mapping[MilestoneKind, Sequence[datetime.date]]

_APPEALABLE = frozenset(
    {
        MilestoneKind.DECIDED_NOT_TO_ASSESS,
        MilestoneKind.DECIDED_NOT_TO_ISSUE,
        MilestoneKind.FINAL_PLAN_ISSUED,
        MilestoneKind.CEASE_DECIDED,
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone somebody is about to record."""

    kind: MilestoneKind
    on: datetime.date


def consequences(
    case_kind: CaseKind, recorded: Recorded, step: Step, *, calendar: frozenset[datetime.date]
) -> list[str]:
    """Sentences with dates: limits met, missed, fallen away, started or still to be met, and the right of appeal."""
    before = {clock.code: clock for clock in derive_all(case_kind, recorded, calendar)}
    after = derive_all(case_kind, {**recorded, step.kind: [*recorded.get(step.kind, ()), step.on]}, calendar)
    sentences = [words for clock in after if (words := _sentence(clock, before.get(clock.code)))]
    return sentences + _appeal(step, calendar)


def _sentence(clock: DerivedClock, before: DerivedClock | None) -> str:
    title, day = RULES[clock.code].title, show_day(clock.due_on)
    sense = RULES[clock.code].sense
    if before is not None and before.closed_on is not None:
        return ""
    if clock.closed_on is None:
        if sense is Sense.MINIMUM:
            what = "the plan must not end" if clock.code == "F3" else "the final plan must not be sent"
            return f"{title}: {what} before {show_day(_next(clock.due_on))}."
        return f"{title}: {'due by' if before is None else 'still due by'} {day}."
    if clock.ended:
        return f"{title}: the date of {day} no longer applies."
    if sense is Sense.MINIMUM:
        return "" if clock.closed_on > clock.due_on else f"{title}: too soon. The family has until {day}."
    late = (clock.closed_on - clock.due_on).days
    if late <= 0:
        return f"{title}: met. The last day is {day}."
    return f"{title}: {late} day{'' if late == 1 else 's'} late. The last day was {day}."


def _appeal(step: Step, calendar: frozenset[datetime.date]) -> list[str]:
    if step.kind not in _APPEALABLE:
        return []
    last = due_on(RULES["H0"], {MilestoneKind.APPEALABLE_DECISION_SENT: step.on}, calendar)
    adviser = due_on(RULES["G1"], {MilestoneKind.APPEALABLE_DECISION_SENT: step.on}, calendar)
    if last is None or adviser is None:
        return []
    return [
        (
            f"The parents or the young person will have a right of appeal until {show_day(last)}, or one month from the "
            "mediation certificate if that is later."
        ),
        f"They can contact the mediation adviser until {show_day(adviser)}.",
    ]


def _next(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(days=1)
