"""Which placements a person may see: those of the children they may see."""

from casework.access.scope import follows_child, register
from placements.models import HomeEducation, NamedPlacement, Placement, SuitabilityCheck

register(Placement, follows_child("child"))
register(NamedPlacement, follows_child("plan_version__plan__child"))
register(HomeEducation, follows_child("placement__child"))
register(SuitabilityCheck, follows_child("home_education__placement__child"))
