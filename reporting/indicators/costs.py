"""M1 and M2: what provision costs (recovery plans, section 5.3)."""

from casework.rules.permissions import Permission
from reporting.dimensions import AGE, AREA, CLASSIFIED, NEED, PROVISION
from reporting.indicator import Indicator, Unit
from reporting.subjects import FUNDED_CHILDREN
from reporting.windows import Timing

_DIMENSIONS = (PROVISION, *CLASSIFIED, NEED, AGE, AREA)
_NOTES = (
    "Full-year cost as at the day: every cost line in force on the day at the rate in force, as if it ran for a year.",
    "A term counts three times, a month twelve times; a weekly amount counts for the number of weeks in its quantity.",
    "Only the part this authority pays is counted.",
    "A cost counts under the child's main place on the day; on a day without a plan it is not recorded.",
    "A line in a band that has no value on the day is not counted.",
)

COST = Indicator(
    code="M1",
    title="Cost of provision",
    question="What does each type of provision cost in a full year?",
    definition="Sum of the full-year costs of the cost lines in force on the day.",
    source="Recovery plans M1",
    unit=Unit.POUNDS,
    subject=FUNDED_CHILDREN,
    timing=Timing.STOCK,
    dimensions=_DIMENSIONS,
    numerator_words="Full-year cost in £",
    cells="M2",
    permission=Permission.SEE_COSTS,
    by_default=("published_groups",),
    notes=_NOTES,
)

AVERAGE_COST = Indicator(
    code="M2",
    title="Average cost of provision",
    question="What does a child's provision cost on average in a full year?",
    definition="Full-year cost on the day (M1) / children and young people with a cost on the day.",
    source="Recovery plans M2",
    unit=Unit.POUNDS_EACH,
    subject=FUNDED_CHILDREN,
    timing=Timing.STOCK,
    dimensions=_DIMENSIONS,
    numerator_words="Full-year cost in £",
    denominator_words="Children and young people with a cost",
    permission=Permission.SEE_COSTS,
    by_default=("published_groups",),
    notes=_NOTES,
)
