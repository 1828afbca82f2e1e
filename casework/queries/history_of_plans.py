"""How the words of plans are told in a child's history."""

from casework.models import (
    PlanAdvice,
    PlanBudgetPart,
    PlanNeed,
    PlanOutcome,
    PlanProvision,
    PlanSection,
    PlanText,
)
from casework.queries.history_kinds import Row, describe
from casework.rules.plan_sections import SECTIONS, Section

_PLACE = frozenset({"key", "position"})


def _section(row: Row) -> str:
    return f"{row['letter']}, {SECTIONS[Section(row['letter'])].title.lower()}"


describe(
    PlanText,
    title="Text of a plan",
    order=30,
    subject=lambda row: f"number {row['number']}",
    hidden=frozenset({"sealed_at", "started_at"}),
)
describe(
    PlanSection,
    title="Section of a plan",
    order=31,
    subject=_section,
    hidden=frozenset({"edited_at", "edited_by"}),
)
describe(PlanNeed, title="Need in section B", order=32, hidden=_PLACE)
describe(PlanOutcome, title="Outcome in section E", order=33, hidden=_PLACE)
describe(
    PlanProvision, title="Provision in a plan", order=34, subject=lambda row: f"section {row['section']}",
    hidden=_PLACE | {"needs", "outcomes"},
)  # fmt: skip
describe(PlanBudgetPart, title="Part of a personal budget", order=35, hidden=_PLACE)
describe(PlanAdvice, title="Advice listed in section K", order=36, hidden=_PLACE)
