"""What cannot be in a move between authorities, in words."""

from dataclasses import dataclass
from datetime import date

from casework.models import Case, CaseKind, Child, LocalAuthority, Need, PlanTransfer
from casework.rules.calendar import add_months, age_on
from casework.rules.clock_words import show_day
from casework.services import authorities
from casework.services.refusals import Refused

_TOO_OLD = 25
_AHEAD_MONTHS = 12


@dataclass(frozen=True, slots=True)
class ArrivedPlan:
    """What the plan that came says of itself. `last_reviewed_on` is empty where it was never reviewed."""

    made_on: date
    primary_need: Need | str
    last_reviewed_on: date | None = None
    secondary_need: Need | str = ""
    too_far: bool = False
    arrangements: str = ""


def check_move(
    child: Child,
    authority: LocalAuthority,
    moved_on: date,
    known_on: date,
    *,
    on: date,
    arriving: bool = True,
) -> None:
    """Raise Refused unless a child can have moved from or to `authority` on that day."""
    if authority.pk == authorities.own_authority().pk:
        raise Refused("Choose the other authority, not this one.", field="authority")
    if moved_on < child.date_of_birth:
        raise Refused(
            f"{show_day(moved_on)} is before {child.name} was born ({show_day(child.date_of_birth)}). "
            "Check both dates.",
            field="moved_on",
        )
    if child.died_on:
        raise Refused(
            f"{child.name} is recorded as having died on {show_day(child.died_on)}. Check the child's record."
        )
    if moved_on > add_months(on, _AHEAD_MONTHS):
        raise Refused("The move is more than a year away. Check the date.", field="moved_on")
    if known_on > on:
        raise Refused(
            f"You cannot learn of the move after today, {show_day(on)}. Enter the day you learned of it.",
            field="known_on",
        )
    if known_on < child.date_of_birth:
        raise Refused("That is before the child was born. Check the date.", field="known_on")
    if arriving and age_on(child.date_of_birth, moved_on) >= _TOO_OLD:
        raise Refused(
            f"{child.name} was {age_on(child.date_of_birth, moved_on)} on {show_day(moved_on)}, and a plan can be "
            "kept to the end of the academic year of the 25th birthday only. Check both dates.",
            field="moved_on",
        )


def check_plan(
    child: Child, transfer: PlanTransfer, transferred_on: date, plan: ArrivedPlan, *, on: date
) -> None:
    """Raise Refused unless such a plan can have come on that day."""
    if transferred_on > on:
        raise Refused(
            f"{show_day(transferred_on)} is after today, {show_day(on)}. Record the plan once it has come.",
            field="transferred_on",
        )
    if transferred_on < transfer.moved_on:
        raise Refused(
            f"The plan is transferred on the day of the move, {show_day(transfer.moved_on)}, or later. Check both "
            "dates.",
            field="transferred_on",
        )
    if plan.made_on > transferred_on:
        raise Refused(
            f"The plan was made on {show_day(plan.made_on)}, after it was transferred on {show_day(transferred_on)}. "
            "Check both dates.",
            field="made_on",
        )
    if plan.made_on < child.date_of_birth:
        raise Refused(
            f"The plan was made on {show_day(plan.made_on)}, before {child.name} was born. Check both dates.",
            field="made_on",
        )
    reviewed = plan.last_reviewed_on
    if reviewed is not None and not plan.made_on <= reviewed <= transferred_on:
        raise Refused(
            f"The last review was completed on {show_day(reviewed)}. It must lie between the day the plan was made, "
            f"{show_day(plan.made_on)}, and the day it was transferred, {show_day(transferred_on)}.",
            field="last_reviewed_on",
        )
    if plan.secondary_need and plan.secondary_need == plan.primary_need:
        raise Refused("The secondary need must differ from the primary need.", field="secondary_need")
    if plan.too_far and not plan.arrangements.strip():
        raise Refused(
            "Enter where the child is educated until the plan is amended: the authority must arrange it at once.",
            field="arrangements",
        )
    request = Case.objects.filter(child=child, kind=CaseKind.REQUEST, closed_on__isnull=True).first()
    if request is not None:
        raise Refused(
            f"{child.name} has an open request for an assessment here ({request.reference}). A child with a plan is "
            "re-assessed and not assessed: record that the request was withdrawn, then record the plan."
        )
