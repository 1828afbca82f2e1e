"""Send the final amended plan together with what its section I names.

Placements stands above casework: it asks casework for the version and adds its own record in the same transaction.
"""

from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.models import Case, Need, PlanVersion, Stage, User
from casework.services import amendments
from casework.services.refusals import Refused
from placements.models import NamedPlacement
from placements.services.issue_plan import SectionI, check_section_i, name_in


@transaction.atomic
def issue_amended_plan(
    *,
    case: Case,
    issued_on: date,
    by: User,
    on: date,
    section_i: SectionI | None = None,
    primary_need: Need | str = "",
    secondary_need: Need | str | None = None,
    version: int | None = None,
) -> PlanVersion:
    """Record the final amended plan. `section_i` None keeps what the plan in force names.

    Raises Refused (no notice, closed setting, nothing to keep) and StaleEdit; then nothing is kept.
    """
    if section_i is not None:
        check_section_i(section_i, issued_on)
    named_now = (
        NamedPlacement.objects.filter(
            plan_version__plan__child=case.child_id,
            plan_version__stage__in=(Stage.FINAL, Stage.AMENDED_FINAL),
            plan_version__ends_on__isnull=True,
        )
        .order_by("rank")
        .all()
    )
    kept = list(named_now) if section_i is None else []
    if section_i is None and not kept:
        raise Refused(
            "The plan in force names nothing that could be kept. Say what section I names.", field="section_i"
        )
    with acting_as(by):
        amended = amendments.issue_final(
            case=case,
            issued_on=issued_on,
            primary_need=primary_need,
            secondary_need=secondary_need,
            by=by,
            on=on,
            version=version,
        )
        if section_i is not None:
            name_in(amended, section_i)
        for named in kept:
            named.pk = None
            named._state.adding = True
            named.plan_version = amended
            named.save()
        return amended
