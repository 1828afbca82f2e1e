"""Invented figures that the API description shows."""

from drf_spectacular.utils import OpenApiExample

from casework.api.examples import CHILD, REQUEST_ID

_DAYS = {"first_day": "2025-01-01", "last_day": "2025-12-31"}
INDICATOR = OpenApiExample(
    "Requests received",
    value={
        "code": "D1",
        "title": "Requests received",
        "question": "How many requests for an EHC needs assessment did we receive?",
        "definition": "Requests received from the first to the last day.",
        "source": "DfE, Education, health and care plans, initial requests",
        "unit": "count",
        "timing": "flow",
        "version": 1,
        "numerator": "Requests",
        "denominator": "",
        "dimensions": [
            {
                "code": "source",
                "title": "Source of request",
                "values": [{"value": "1", "label": "Parent or young person"}],
            }
        ],
        "notes": [],
    },
    response_only=True,
)
TABLE = OpenApiExample(
    "Refusals by source",
    value={
        "indicator": "D4",
        "title": "Refusals to assess",
        "definition": "Decisions not to assess as a share of decisions whether to assess.",
        "source": "DfE, Education, health and care plans, initial requests",
        "unit": "percentage",
        "timing": "flow",
        "version": 1,
        **_DAYS,
        "by": ["source"],
        "where": {"area": ["north"]},
        "rows": [
            {
                "dims": {"source": "1"},
                "labels": {"source": "Parent or young person"},
                "numerator": "30",
                "denominator": "120",
                "value": "25",
                "shown": "25.0%",
            }
        ],
        "total": {
            "dims": {},
            "labels": {},
            "numerator": "30",
            "denominator": "120",
            "value": "25",
            "shown": "25.0%",
        },
    },
    response_only=True,
)
LIST = OpenApiExample(
    "One of the refusals, and one the caller may not see",
    value={
        "indicator": "D4",
        "part": "numerator",
        **_DAYS,
        "count": 2,
        "next": None,
        "previous": None,
        "results": [
            {"withheld": False, "child": CHILD, "request": REQUEST_ID, "plan": None, "amount": None},
            {"withheld": True, "child": None, "request": None, "plan": None, "amount": None},
        ],
    },
    response_only=True,
)
