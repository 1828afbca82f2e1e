"""The last day of a limit and the first day it is shown, from the days its anchors happened.

Pure functions of the anchors and the non-working days. Nothing here knows what day it is, and no exception
ever reaches it: exceptions excuse lateness and never move a day.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from casework.rules.calendar import (
    academic_year_of,
    add_months,
    add_weeks,
    add_working_days,
    school_year_of,
    working_day_on_or_after,
)
from casework.rules.clock_rule import (
    AcademicYearEnd,
    ClockRule,
    Combine,
    FixedDay,
    Limit,
    PublishedDays,
    Shape,
    Unit,
)
from casework.rules.milestones import Milestone

Anchors = Mapping[Milestone, date]
NonWorkingDays = AbstractSet[date]

_ONE_DAY = timedelta(days=1)
_AUGUST = 8
_DECEMBER = 12
_CHRISTMAS = 25


def applies(rule: ClockRule, anchors: Anchors, calendar: NonWorkingDays) -> bool:
    """Whether the rule runs at all for these milestones: its conditions, its notice and its time in force."""
    if rule.requires and not any(kind in anchors for kind in rule.requires):
        return False
    if any(kind in anchors for kind in rule.unless):
        return False
    if rule.notice_working_days and _had_notice(rule, anchors, calendar) is not rule.notice_given:
        return False
    day = anchor_day(rule, anchors)
    if day is None or day < rule.applies_from:
        return False
    return rule.applies_to is None or day <= rule.applies_to


def anchor_of(shape: Shape | None, anchors: Anchors) -> tuple[Milestone, date] | None:
    """The milestone a part counts from and its day; None when it is not recorded."""
    if shape is None:
        return None
    for kind in shape.anchors:
        if kind in anchors:
            return kind, anchors[kind]
    if isinstance(shape, FixedDay) and shape.marker in anchors:
        marked = anchors[shape.marker]
        fixed = date(marked.year, shape.month, shape.day)
        if marked in (fixed, fixed - _ONE_DAY):
            return shape.marker, marked
    return None


def anchor_day(rule: ClockRule, anchors: Anchors) -> date | None:
    """The day the rule counts from, or None when it is not recorded or the text sets no limit."""
    found = anchor_of(rule.limit, anchors)
    return found[1] if found else None


def due_on(rule: ClockRule, anchors: Anchors, calendar: NonWorkingDays) -> date | None:
    """The last day that is in time (for a minimum: the last day that must be allowed).

    None where the text sets no limit, the anchor is not recorded or the rule does not apply.
    `calendar` is the set of non-working days besides Saturday and Sunday.
    """
    if rule.limit is None or not applies(rule, anchors, calendar):
        return None
    due = part_due(rule.limit, anchors, calendar)
    other = part_due(rule.second, anchors, calendar) if rule.second else None
    if due is not None and other is not None:
        due = min(due, other) if rule.combine is Combine.EARLIER else max(due, other)
    if due is not None and rule.appeal_window:
        due = moved_appeal_day(due, calendar)
    return due


def part_due(shape: Shape, anchors: Anchors, calendar: NonWorkingDays) -> date | None:
    """The last day by one part of a limit alone; None when its anchor is not recorded."""
    found = anchor_of(shape, anchors)
    if found is None:
        return None
    day = found[1]
    match shape:
        case Limit():
            return _counted(shape, day, calendar)
        case FixedDay():
            return date(day.year, shape.month, shape.day) - _ONE_DAY
        case AcademicYearEnd():
            return academic_year_of(day)[1]
        case PublishedDays():
            return dict(shape.days).get(day)


def starts_on(rule: ClockRule, anchors: Anchors, calendar: NonWorkingDays) -> date | None:
    """The first day the clock is shown as running; None whenever there is no due date.

    The anchor's day; for a fixed day the first day of the school year it falls in, and for limits that count
    back `lead_weeks` before the last day. The last two are ours and not law. Never after the due date.
    """
    due = due_on(rule, anchors, calendar)
    if due is None or rule.limit is None:
        return None
    if isinstance(rule.limit, FixedDay):
        return school_year_of(due)[0]
    if rule.lead_weeks:
        return add_weeks(due, -rule.lead_weeks)
    day = anchor_day(rule, anchors)
    return min(day, due) if day else None


def moved_appeal_day(day: date, calendar: NonWorkingDays) -> date:
    """The last day to appeal once moved out of the holidays the Tribunal leaves out.

    From 25 December to 1 January: the next working day in January. In August: the first working day of
    September. Other days stay, weekends included.
    """
    if day.month == _AUGUST:
        return working_day_on_or_after(date(day.year, 9, 1), calendar)
    if day.month == _DECEMBER and day.day >= _CHRISTMAS:
        return working_day_on_or_after(date(day.year + 1, 1, 2), calendar)
    if day.month == 1 and day.day == 1:
        return working_day_on_or_after(date(day.year, 1, 2), calendar)
    return day


def _counted(limit: Limit, day: date, calendar: NonWorkingDays) -> date:
    if limit.unit is Unit.WORKING_DAYS:
        # A count that begins with a day begins with a working day: a Saturday is not a working day 1.
        start = day - _ONE_DAY if limit.counts_anchor else day
        return add_working_days(start, limit.length, calendar)
    if limit.unit is Unit.MONTHS:
        due = add_months(day, limit.length)
    elif limit.unit is Unit.WEEKS:
        due = add_weeks(day, limit.length)
    else:
        due = day + timedelta(days=limit.length)
    return due - _ONE_DAY if limit.counts_anchor else due


def _had_notice(rule: ClockRule, anchors: Anchors, calendar: NonWorkingDays) -> bool:
    """Whether the old authority knew of the move in time; with no day recorded it is taken to have known."""
    known, moved = anchors.get(Milestone.MOVE_KNOWN), anchors.get(Milestone.MOVED_AWAY)
    if known is None:
        return True
    if moved is None:
        return False
    return add_working_days(known, rule.notice_working_days, calendar) <= moved
