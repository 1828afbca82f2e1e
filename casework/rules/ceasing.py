"""When a plan may end, and which reasons need a consultation and a decision first.

CFA 2014 ss.45 and 46; SEND Regulations 2014 regs 29 to 31. The codes are those of SEN2 item 4.6.
"""

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from casework.rules.calendar import academic_year_of, add_months
from casework.rules.clocks import RULES, due_on
from casework.rules.milestones import Milestone as M

AFTER_CONSULTING: tuple[str, ...] = ("2", "3", "4", "6", "9")
"""Needs met, higher education, paid employment, no longer engaging, other: decided, with a right of appeal."""

AT_ONCE: tuple[str, ...] = ("1", "7", "8")
"""Reached the maximum age, left England, died: the authority is no longer responsible, so nothing is decided.

Our reading: section 45 lets a plan cease because the authority is no longer responsible *or* because it is no longer
necessary, and regulation 31 asks for views on a decision that views can change. The text of section 45(2) was not read."""

_MAXIMUM_AGE = 25


def earliest_end(told_on: date, certificate_on: date | None, calendar: AbstractSet[date]) -> date:
    """The first day on which a plan can end after the family was told it will: the day after the time to appeal.

    `calendar` is the set of bank holidays: a last day in August or around the new year moves (limits F3 and H0).
    """
    anchors = {M.CEASE_DECIDED: told_on}
    if certificate_on is not None:
        anchors[M.MEDIATION_CERTIFICATE_ISSUED] = certificate_on
    last = due_on(RULES["F3"], anchors, calendar)
    # Decisions before the regulations were in force have no clock by the rule; the two months are the same.
    return (last or add_months(told_on, 2)) + timedelta(days=1)


def latest_end_by_age(date_of_birth: date) -> date:
    """The last day to which a plan can be kept: the end of the academic year of the 25th birthday (s.46, limit F5)."""
    return academic_year_of(add_months(date_of_birth, _MAXIMUM_AGE * 12))[1]
