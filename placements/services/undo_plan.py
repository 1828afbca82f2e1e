"""Undo a plan issued by mistake: what its section I names goes with it; where the child is stays, and is pointed at."""

from datetime import date

from casework.models import User
from casework.rules.clock_words import show_day
from casework.rules.undoing import PLANS
from casework.services.undo_parts import Subject, UndoPart, register
from placements.models import NamedPlacement, Placement


def undo(subject: Subject, by: User, on: date) -> list[str]:
    """Take out what the version names in section I."""
    if subject.version is None:
        return []
    named = list(NamedPlacement.objects.filter(plan_version=subject.version).select_related("establishment"))
    for one in named:
        one.delete()
    if not named:
        return []
    return [f"Section I no longer names {' and '.join(one.setting_name for one in named)}."]


def left(subject: Subject) -> list[str]:
    """Places that began with the plan, or after it: nobody but a person can say whether they followed from it."""
    if subject.kind not in PLANS:
        return []
    day = subject.milestone.happened_on
    places = Placement.objects.filter(child_id=subject.case.child_id, starts_on__gte=day)
    return [
        f"The placement at {place.setting_name} from {show_day(place.starts_on)} stays. Look at it: if it followed from "
        "this plan it must be ended or corrected too."
        for place in places.select_related("establishment").order_by("starts_on")
    ]


register(UndoPart("placements", undo=undo, left=left))
