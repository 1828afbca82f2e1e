"""Record a plan that came from another authority together with what its section I names."""

from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.models import Case, PlanVersion, User
from casework.services import moves_in
from casework.services.moves_in import ArrivedPlan
from placements.services.issue_plan import SectionI, check_section_i, name_in


@transaction.atomic
def receive_plan(
    *,
    case: Case,
    transferred_on: date,
    plan: ArrivedPlan,
    section_i: SectionI,
    by: User,
    on: date,
    version: int | None = None,
) -> PlanVersion:
    """The plan is ours from `transferred_on` and names what it named. Raises Refused and StaleEdit; then nothing is kept."""
    check_section_i(section_i, plan.made_on)
    with acting_as(by):
        came = moves_in.receive_plan(
            case=case, transferred_on=transferred_on, plan=plan, by=by, on=on, version=version
        )
        name_in(came, section_i)
        return came
