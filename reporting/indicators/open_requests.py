"""D8: requests that are open on a day, by how old they are (recovery plans D8)."""

from reporting.dimensions import AREA, CASE_AGE, SOURCE, STAGE
from reporting.indicator import Indicator, Unit
from reporting.subjects import OPEN_REQUESTS
from reporting.windows import Timing

OPEN = Indicator(
    code="D8",
    title="Open requests by age",
    question="How many requests are still open, how old are they and where do they stand?",
    definition=(
        "Requests received on or before the day that were neither refused, withdrawn, ended without a plan nor "
        "finished by a final plan by the end of it."
    ),
    source="Recovery plans D8 (open at the count date, by age of case)",
    unit=Unit.COUNT,
    subject=OPEN_REQUESTS,
    timing=Timing.STOCK,
    dimensions=(CASE_AGE, STAGE, SOURCE, AREA),
    numerator_words="Open requests",
    by_default=("case_age",),
    notes=(
        "Age is the days since the request was received; week 20 ends with day 140.",
        "On the day a step is taken the request stands at the next stage; on the day it ends it is not open.",
        "A request that ended on a day nobody recorded is never counted as open.",
    ),
)
