"""The arithmetic of a limit in words, so that a caseworker or a family can check every date by hand."""

from datetime import date

from casework.rules.clock_rule import (
    AcademicYearEnd,
    ClockRule,
    Combine,
    FixedDay,
    Limit,
    PublishedDays,
    Sense,
    Shape,
    Unit,
)
from casework.rules.due_dates import Anchors, NonWorkingDays, anchor_of, applies, due_on, part_due
from casework.rules.milestone_facts import milestone_words

_ONE = {Unit.DAYS: "day", Unit.WEEKS: "week", Unit.MONTHS: "month", Unit.WORKING_DAYS: "working day"}


def explain(rule: ClockRule, anchors: Anchors, calendar: NonWorkingDays) -> str:
    """How the last day comes about: "Request received 2 June 2025 + 20 weeks (140 days) = 20 October 2025".

    Also says why there is no day: no limit in the text, nothing recorded yet, or a rule that does not apply.
    """
    if rule.limit is None:
        return "The text sets no limit: record the day and act as soon as practicable."
    due = due_on(rule, anchors, calendar)
    if due is None:
        return _no_day(rule, anchors, calendar)
    words = _part(rule.limit, anchors, calendar)
    if rule.second and anchor_of(rule.second, anchors):
        which = "earlier" if rule.combine is Combine.EARLIER else "later"
        words = f"{words}; {_part(rule.second, anchors, calendar)}; the {which} counts"
    if rule.appeal_window and due != _before_moving(rule, anchors, calendar):
        words = f"{words}; moved out of the holidays to {show_day(due)}"
    if rule.sense is Sense.MINIMUM:
        words = f"{words}. The whole period must be allowed: acting on or before the last day is too soon"
    return f"{words}."


def show_day(day: date) -> str:
    """A day as GOV.UK writes it: 2 June 2025."""
    return f"{day.day} {day:%B %Y}"


def _part(shape: Shape, anchors: Anchors, calendar: NonWorkingDays) -> str:
    found, due = anchor_of(shape, anchors), part_due(shape, anchors, calendar)
    if found is None or due is None:
        return ""
    start = f"{milestone_words(found[0])} {show_day(found[1])}"
    match shape:
        case Limit():
            return _counted(shape, start, show_day(due))
        case FixedDay():
            return (
                f"Before {shape.day} {date(due.year, shape.month, 1):%B %Y}: the last day is {show_day(due)}"
            )
        case AcademicYearEnd():
            return f"{start}: the academic year ends on {show_day(due)}"
        case PublishedDays():
            return f"{start}: published last day {show_day(due)}"


def _counted(limit: Limit, start: str, due: str) -> str:
    size = abs(limit.length)
    if size == 0:
        return f"{start}: the same day, {due}"
    amount = f"{size} {limit.unit.value if size != 1 else _ONE[limit.unit]}"
    if limit.unit is Unit.WEEKS:
        amount += f" ({size * 7} days)"
    if limit.unit is Unit.WORKING_DAYS:
        amount += " (Monday to Friday without bank holidays)"
    if limit.counts_anchor and limit.unit is Unit.WORKING_DAYS:
        return f"{start}: {amount} beginning with that day: last day {due}"
    if limit.counts_anchor:
        return f"{start} counts as day 1, {amount}: last day {due}"
    return f"{start} {'+' if limit.length > 0 else '-'} {amount} = {due}"


def _before_moving(rule: ClockRule, anchors: Anchors, calendar: NonWorkingDays) -> date | None:
    parts = [part_due(shape, anchors, calendar) for shape in (rule.limit, rule.second) if shape]
    days = [day for day in parts if day]
    return (min if rule.combine is Combine.EARLIER else max)(days) if days else None


def _no_day(rule: ClockRule, anchors: Anchors, calendar: NonWorkingDays) -> str:
    if rule.limit and anchor_of(rule.limit, anchors) is None:
        names = " or ".join(f"“{milestone_words(kind)}”" for kind in rule.anchors)
        return f"Not started: {names} is not recorded."
    if not applies(rule, anchors, calendar):
        return "This limit does not apply to the dates recorded."
    return "No last day is published for this date."
