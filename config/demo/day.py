"""The day the demonstration stands on. Quickstart sets WAYMARK_TODAY to it."""

import datetime

DEMO_DAY = datetime.date(2026, 9, 30)
"""The autumn term after the 2026 return: new settings have begun, and cases stand at every stage."""

SEED = 2026
LA_CODE = "999"
"""Not a number of DfE's list, so that no real authority can be taken for this one."""
AUTHORITY = "Fernshire"

CENSUS_DAYS = {
    2023: datetime.date(2023, 1, 19),
    2024: datetime.date(2024, 1, 18),
    2025: datetime.date(2025, 1, 16),
    2026: datetime.date(2026, 1, 15),
}
"""SEN2 census days by return year (published by DfE)."""

FIRST_DAY = datetime.date(2022, 1, 1)
"""Flows are generated from this day; what was held on it is known only as history."""

FIRST_REQUEST_YEAR = FIRST_DAY.year
"""The first of five calendar years with requests."""

LAST_RETURNED = datetime.date(2025, 12, 31).toordinal()
"""The last day the latest return tells of; what came later was recorded by caseworkers."""
FIRST_SOURCES = datetime.date(2024, 1, 1).toordinal()
"""Requests from this day have their source: the 2025 return was the first to ask."""
