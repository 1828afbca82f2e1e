"""Decisions a family may dispute."""

import datetime

import pytest

from casework.models import (
    Milestone,
    MilestoneKind,
)
from casework.services import (
    decisions,
)
from tests.factories.cases import (
    CaseFactory,
    MilestoneFactory,
    PlanFactory,
    PlanVersionFactory,
)

D = datetime.date
M = MilestoneKind
ON = D(2026, 6, 30)
REFUSED = D(2025, 7, 7)


@pytest.fixture
def refused(log_request, caseworker):
    """A request of 2 June 2025, refused an assessment on 7 July 2025: the milestone of the decision."""
    case = log_request()
    decision = decisions.refuse_to_assess(
        case=case, limb="not_necessary", grounds=["progress"], reasons="Why not.", decided_on=REFUSED,
        told_on=REFUSED, by=caseworker, on=ON,
    )  # fmt: skip
    return Milestone.objects.get(pk=decision.milestone_id)


@pytest.fixture
def not_issued(log_request, caseworker):
    """A request that was assessed and refused a plan on 15 September 2025."""
    case = log_request()
    decisions.decide_to_assess(case=case, decided_on=REFUSED, told_on=REFUSED, by=caseworker, on=ON)
    decision = decisions.refuse_to_issue(
        case=case, limb="not_necessary", grounds=["support_working"], reasons="Why not.",
        decided_on=D(2025, 9, 15), told_on=D(2025, 9, 15), by=caseworker, on=ON,
    )  # fmt: skip
    return Milestone.objects.get(pk=decision.milestone_id)


@pytest.fixture
def plan_sent(child):
    """A plan sent on 3 March 2025, whose contents may be appealed."""
    case = CaseFactory(
        child=child, opened_on=D(2024, 10, 14), closed_on=D(2025, 3, 3), closed_because="issued"
    )
    sent = MilestoneFactory(case=case, kind=M.FINAL_PLAN_ISSUED, happened_on=D(2025, 3, 3))
    plan = PlanFactory(child=child, request=case, starts_on=D(2025, 3, 3))
    PlanVersionFactory(plan=plan)
    return sent


@pytest.fixture
def by(caseworker):
    return {"by": caseworker, "on": ON}
