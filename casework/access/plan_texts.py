"""Who may read the text of a plan: whoever may see the child."""

from casework.access.scope import follows_child, register
from casework.models import (
    PlanAdvice,
    PlanBudgetPart,
    PlanNeed,
    PlanOutcome,
    PlanProvision,
    PlanSection,
    PlanText,
)

register(PlanText, follows_child("child"))
for _part in (PlanSection, PlanNeed, PlanOutcome, PlanProvision, PlanBudgetPart, PlanAdvice):
    register(_part, follows_child("text__child"))
