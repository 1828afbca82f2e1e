"""The parameters of indicators, for the API description."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from reporting.dimensions import Dimension, MonthDimension
from reporting.registry import INDICATORS


def _dimensions() -> dict[str, Dimension]:
    return {dimension.code: dimension for one in INDICATORS.values() for dimension in one.dimensions}


DAYS = [
    OpenApiParameter(
        "as_at",
        OpenApiTypes.DATE,
        description="The day a stock is counted on (today when left out); for a flow, the year up to this day.",
    ),
    OpenApiParameter(
        "from",
        OpenApiTypes.DATE,
        description="First day of a flow (1 January of the last day's year when left out).",
    ),
    OpenApiParameter(
        "to", OpenApiTypes.DATE, description="Last day of a flow (today when left out); not before the first."
    ),
]
BY = OpenApiParameter(
    "by",
    {"type": "array", "items": {"type": "string"}},
    explode=False,
    description="Codes of the dimensions to split by, separated by commas.",
)
PART = OpenApiParameter(
    "part",
    OpenApiTypes.STR,
    enum=["numerator", "denominator"],
    default="numerator",
    description="Which of the two figures to list.",
)
PAGING = [
    OpenApiParameter(
        "cursor",
        OpenApiTypes.STR,
        description="Where the page begins: taken from `next` or `previous`, never made up.",
    ),
    OpenApiParameter(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100},
        description="How many records a page holds, from 1 to 1000.",
    ),
]
WHERE = [
    OpenApiParameter(
        code,
        {"type": "array", "items": {"type": "string"}},
        explode=True,
        description=f"Keep these values of “{dimension.title}”"
        + (", written 2026-01" if isinstance(dimension, MonthDimension) else "")
        + "; repeat for more than one. Only for indicators that have this dimension.",
    )
    for code, dimension in _dimensions().items()
]
