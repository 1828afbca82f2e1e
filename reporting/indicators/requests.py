"""D1, D2 and D4: requests for an EHC needs assessment (national statistics, section 2.1 and 2.2)."""

from reporting.dimensions import AGE, AREA, MONTH, NEED, SOURCE
from reporting.indicator import Indicator, Unit
from reporting.subjects import REQUESTS
from reporting.windows import Timing

_DIMENSIONS = (SOURCE, AREA, AGE, NEED, MONTH)
_AGE_NOTE = "Age is age on the day the request was received."
_NEED_NOTE = (
    "Need is the primary need in the first plan the request led to; not recorded where there is none."
)
_HISTORY_NOTE = "Requests known only as history (SEN2 outcome H) are not requests of any period."

RECEIVED = Indicator(
    code="D1",
    title="Requests received",
    question="How many requests for an EHC needs assessment came in, and who made them?",
    definition="Requests for an EHC needs assessment, counted by the day they were received.",
    source="DfE requests.csv: requests_received_in_year; recovery plans D1",
    unit=Unit.COUNT,
    subject=REQUESTS,
    timing=Timing.FLOW,
    on="received_on",
    dimensions=_DIMENSIONS,
    numerator_words="Requests received",
    by_default=("source",),
    notes=(_AGE_NOTE, _NEED_NOTE, _HISTORY_NOTE),
)

SHARE_BY_SOURCE = Indicator(
    code="D2",
    title="Share of requests by source",
    question="What part of all requests does each source make?",
    definition="Requests from a source / all requests received in the same period.",
    source="DfE requests.csv 2026, breakdown “Source of request”; recovery plans D2",
    unit=Unit.PERCENTAGE,
    subject=REQUESTS,
    timing=Timing.FLOW,
    on="received_on",
    dimensions=_DIMENSIONS,
    numerator_words="Requests from the source",
    denominator_words="All requests received",
    share_of=frozenset({"source"}),
    cells="D1",
    by_default=("source",),
    notes=(_AGE_NOTE, _NEED_NOTE, _HISTORY_NOTE),
)

REFUSED = Indicator(
    code="D4",
    title="Refusals to assess",
    question="What part of the requests received was refused an assessment?",
    definition=(
        "Requests received in the period that the authority decided not to assess / all requests received in the "
        "period, those not yet decided and those withdrawn included."
    ),
    source="DfE requests.csv: request_not_assess_pc (38,889 / 154,489 = 25.2% for England in 2024); recovery plans D4",
    unit=Unit.PERCENTAGE,
    subject=REQUESTS,
    timing=Timing.FLOW,
    on="received_on",
    counted="s.outcome = 'refused'",
    dimensions=_DIMENSIONS,
    numerator_words="Decided not to assess",
    denominator_words="Requests received",
    by_default=("source",),
    notes=(
        "Refusals divided by decisions would be higher and is not the published measure.",
        "A first decision stands for good: what a tribunal or mediation changed later does not alter this figure.",
        _AGE_NOTE,
        _HISTORY_NOTE,
    ),
)

REFUSED_AND_DISPUTED = Indicator(
    code="D4A",
    title="Refusals taken to mediation or appeal",
    question="What part of the refusals to assess did families take to mediation or a tribunal?",
    definition=(
        "Requests received in the period that were refused an assessment and for which mediation or an appeal is "
        "recorded / requests received in the period that were refused an assessment."
    ),
    source="Recovery plans, section 5 (D4 is shown beside appeals); SEN2 items on mediation and appeal",
    unit=Unit.PERCENTAGE,
    subject=REQUESTS,
    timing=Timing.FLOW,
    on="received_on",
    population="s.outcome = 'refused'",
    counted="s.disputed",
    dimensions=_DIMENSIONS,
    numerator_words="Taken to mediation or appeal",
    denominator_words="Decided not to assess",
    by_default=("source",),
    notes=(
        "Any mediation or appeal of the request counts, whatever came of it; its outcome is in the child's record.",
        "Mediation and appeals follow a refusal by months, so that recent periods show fewer of them.",
        _AGE_NOTE,
        _HISTORY_NOTE,
    ),
)
