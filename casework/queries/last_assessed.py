"""When a child was last assessed: within six months of it a re-assessment may be refused (reg 24(1))."""

import datetime

from django.db.models import Q

from casework.models import AssessmentRequest, Child
from casework.rules.calendar import add_months
from casework.rules.clock_words import show_day

BAR_MONTHS = 6


def last_assessed(child: Child, *, before: datetime.date) -> datetime.date | None:
    """The day the last assessment or re-assessment ended: the plan sent, or the decision not to issue or amend."""
    rows = AssessmentRequest.objects.filter(case__child=child).filter(
        Q(final_plan_on__lte=before) | Q(outcome_on__lte=before)
    )
    days = [
        day
        for pair in rows.values_list("final_plan_on", "outcome_on")
        for day in pair
        if day and day <= before
    ]
    return max(days, default=None)


def within_the_bar(child: Child, *, on: datetime.date) -> str:
    """A sentence where the last assessment is less than six months ago; "" where it is not."""
    last = last_assessed(child, before=on)
    if last is None or add_months(last, BAR_MONTHS) <= on:
        return ""
    return (
        f"The last assessment ended on {show_day(last)}, less than six months before: you may refuse for that reason, or "
        "re-assess because you think it necessary (SEND Regs 2014 reg 24)."
    )
