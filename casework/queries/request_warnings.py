"""What a caseworker should know before logging a request. Warnings never stop a request that was really made."""

import datetime

from casework.models import AssessmentRequest, Child, Plan
from casework.rules.calendar import add_months
from casework.rules.clock_words import show_day


def request_warnings(child: Child, *, received_on: datetime.date) -> list[str]:
    """Sentences about the six months after an assessment and about a plan that is in force."""
    return [*_six_months(child, received_on), *_plan_in_force(child, received_on)]


def _six_months(child: Child, received_on: datetime.date) -> list[str]:
    """CFA 2014 s.36(2) and (6): the duty to decide does not arise within six months of an assessment."""
    since = add_months(received_on, -6)
    earlier = (
        AssessmentRequest.objects.filter(
            case__child=child,
            outcome_on__gt=since,
            outcome_on__lte=received_on,
            case__milestones__kind="decided_to_assess",
            case__milestones__replaced=False,
            case__milestones__withdrawn=False,
        )
        .order_by("-outcome_on")
        .first()
    )
    if earlier is None or earlier.outcome_on is None:
        return []
    return [
        (
            f"An assessment ended on {show_day(earlier.outcome_on)}, less than six months before this request. "
            "You need not assess again within six months unless you think it is necessary (CFA 2014 s.36)."
        )
    ]


def _plan_in_force(child: Child, received_on: datetime.date) -> list[str]:
    plan = Plan.objects.as_at(received_on).filter(child=child).first()
    if plan is None:
        return []
    return [
        (
            f"{child.name} has an EHC plan made on {show_day(plan.starts_on)}. Asking again is a request to re-assess "
            "(CFA 2014 s.44), with 15 days to decide, and not a request under section 36."
        )
    ]
