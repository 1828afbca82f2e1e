"""Say that the plan in force already names the setting after a phase transfer."""

from datetime import date

from django.db import transaction

from casework.models import Case, Milestone, PhaseTransfer, Stage, User
from casework.services import phase_transfers
from casework.services.refusals import Refused
from placements.models import NamedPlacement, Rank


def named_in_force(case: Case) -> NamedPlacement | None:
    """What section I of the plan in force names first."""
    return (
        NamedPlacement.objects.filter(
            plan_version__plan__child=case.child_id,
            plan_version__plan__ends_on__isnull=True,
            plan_version__stage__in=(Stage.FINAL, Stage.AMENDED_FINAL),
            plan_version__ends_on__isnull=True,
            rank=Rank.PRIMARY,
        )
        .select_related("establishment")
        .first()
    )


@transaction.atomic
def confirm(*, case: Case, found_on: date, by: User, on: date, version: int | None = None) -> Milestone:
    """Raises Refused where the plan names nothing, or another setting than the one agreed for the transfer; StaleEdit."""
    named = named_in_force(case)
    if named is None:
        raise Refused("The plan in force names no setting and no type of setting. Amend it.")
    agreed = PhaseTransfer.objects.select_related("next_setting").get(case=case).next_setting
    if agreed is not None and agreed.pk != named.establishment_id:
        raise Refused(
            f"{agreed} was agreed for the transfer, but the plan names {named.setting_name}. Amend the plan, or correct "
            "what was agreed."
        )
    return phase_transfers.already_names(
        case=case, found_on=found_on, setting=named.setting_name, by=by, on=on, version=version
    )
