"""D9, D10 and P1: plans held, their growth, and where the children are (national statistics, section 2.5)."""

from reporting.dimensions import AGE, AREA, CLASSIFIED, NEED, PROVISION
from reporting.indicator import SHARE_OF_PROVISION, Indicator, Unit
from reporting.subjects import PLANS
from reporting.windows import Timing

_DIMENSIONS = (PROVISION, *CLASSIFIED, AGE, NEED, AREA)
_NOTES = (
    "Own plans: every plan this authority maintains on the day, wherever the child is at school.",
    "Age is age on 31 August before the school year the day falls in.",
    "Need is the primary need in the version in force; provision is the main place on the day, by finest type.",
    "Area is the area the child is recorded in now.",
)

HELD = Indicator(
    code="D9",
    title="Plans held",
    question="How many EHC plans does the authority maintain, and for whom?",
    definition="EHC plans maintained on the day: made on or before it and not ceased before it.",
    source="DfE caseload.csv: ehcplans; recovery plans D9",
    unit=Unit.COUNT,
    subject=PLANS,
    timing=Timing.STOCK,
    dimensions=_DIMENSIONS,
    numerator_words="Plans held",
    by_default=("published_groups",),
    notes=_NOTES,
)

GROWTH = Indicator(
    code="D10",
    title="Growth of plans",
    question="By how much did the number of plans grow in a year?",
    definition="(Plans held on the day / plans held on the same day a year before - 1) x 100.",
    source="Recovery plans D10",
    unit=Unit.GROWTH,
    subject=PLANS,
    timing=Timing.STOCK,
    dimensions=_DIMENSIONS,
    numerator_words="Plans held",
    denominator_words="Plans held a year before",
    cells="D9",
    notes=(*_NOTES, "The year before 29 February is 28 February."),
)

MIX = Indicator(
    code="P1",
    title="Provision mix",
    question="What part of all plans is in each type of provision?",
    definition="Plans in a type of provision / all plans held on the day, those with no placement recorded included.",
    source="DfE caseload.csv shares; recovery plans P1 and section 4 (classifications)",
    unit=Unit.PERCENTAGE,
    subject=PLANS,
    timing=Timing.STOCK,
    dimensions=_DIMENSIONS,
    numerator_words="Plans in the type",
    denominator_words="All plans held",
    share_of=SHARE_OF_PROVISION,
    cells="D9",
    by_default=("published_groups",),
    notes=(
        *_NOTES,
        "What a classification does not show has rows of its own, so that the rows add to all plans.",
    ),
)
