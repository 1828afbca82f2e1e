"""D7, D7X and D7S: how quickly decisions and plans were made (national statistics, sections 2.1 and 2.4)."""

from reporting.dimensions import AGE, AREA, MONTH, NEED, SOURCE
from reporting.indicator import Indicator, Unit
from reporting.subjects import REQUESTS
from reporting.windows import Timing

WEEK_6 = 42
WEEK_20 = 140
"""Days after the day the request was received; the last day is in time."""

_ISSUED = "s.state = 'issued' AND s.final_plan_on >= s.received_on AND NOT s.disputed"
_IN_20_WEEKS = f"s.final_plan_on <= s.received_on + {WEEK_20}"
_NOTES = (
    "Week 20 ends with the 140th day after the day the request was received, that day included.",
    "Left out, as in DfE's statistics: plans without usable dates, and requests where mediation or a tribunal took place.",
    "Plans that came from another authority or from before the first return (SEN2 outcome H) are left out.",
)
_DIMENSIONS = (SOURCE, AREA, AGE, NEED, MONTH)

TWENTY_WEEKS = Indicator(
    code="D7",
    title="Plans issued within 20 weeks, exceptions included",
    question="What part of new plans was issued within 20 weeks?",
    definition=(
        "Final plans issued in the period within 20 weeks of the request / all final plans issued in the period, "
        "whether or not an exception is recorded."
    ),
    source="DfE timeliness_20_week.csv: plans_issued_within_20_weeks / plans_issued_den (45.9% for England in 2024)",
    unit=Unit.PERCENTAGE,
    subject=REQUESTS,
    timing=Timing.FLOW,
    on="final_plan_on",
    population=_ISSUED,
    counted=_IN_20_WEEKS,
    dimensions=_DIMENSIONS,
    numerator_words="Issued within 20 weeks",
    denominator_words="Final plans issued",
    by_default=("month",),
    notes=(*_NOTES, "An exception is not treated as being in time."),
)

TWENTY_WEEKS_WITHOUT_EXCEPTIONS = Indicator(
    code="D7X",
    title="Plans issued within 20 weeks, exceptions excluded",
    question="What part of new plans without an exception was issued within 20 weeks?",
    definition=(
        "Final plans issued in the period within 20 weeks of the request / all final plans issued in the period; "
        "requests with an exception recorded are left out of both."
    ),
    source=(
        "DfE timeliness_20_week.csv: plans_issued_20_weeks_ex / plans_issued_den_ex, the headline "
        "(46.4% for England in 2024)"
    ),
    unit=Unit.PERCENTAGE,
    subject=REQUESTS,
    timing=Timing.FLOW,
    on="final_plan_on",
    population=f"{_ISSUED} AND NOT s.excepted",
    counted=_IN_20_WEEKS,
    dimensions=_DIMENSIONS,
    numerator_words="Issued within 20 weeks, no exception",
    denominator_words="Final plans issued, no exception",
    by_default=("month",),
    notes=(
        *_NOTES,
        "With many exceptions the rate rests on few plans: read it beside the rate with exceptions included.",
    ),
)

SIX_WEEKS = Indicator(
    code="D7S",
    title="Decisions to assess or refuse within six weeks",
    question="What part of decisions whether to assess was made within six weeks?",
    definition=(
        "Decisions whether to assess made in the period within six weeks of the request / all decisions whether to "
        "assess made in the period, counted by the day of the decision."
    ),
    source=(
        "DfE requests.csv: request_outcome_six_weeks / (six_weeks + over_6_weeks) (84.8% for England in 2024); "
        "counting by decision date is inferred from the published totals"
    ),
    unit=Unit.PERCENTAGE,
    subject=REQUESTS,
    timing=Timing.FLOW,
    on="decided_on",
    population="s.outcome IN ('assess', 'refused') AND s.decided_on >= s.received_on",
    counted=f"s.decided_on <= s.received_on + {WEEK_6}",
    dimensions=_DIMENSIONS,
    numerator_words="Decided within six weeks",
    denominator_words="Decided",
    by_default=("month",),
    notes=("Week 6 ends with the 42nd day after the day the request was received, that day included.",),
)
