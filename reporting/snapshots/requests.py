"""Requests: the flows of each month, and the open ones."""

# ruff: noqa: S608 - every piece of these statements is written here; nothing comes from outside

from datetime import date
from itertools import combinations

from reporting.dimensions import CASE_AGES
from reporting.indicator import Indicator
from reporting.registry import INDICATORS
from reporting.snapshots.cells import ANY, KEPT_TOGETHER, OPEN_CELL
from reporting.snapshots.days import Days
from reporting.snapshots.statement import Statement, values
from reporting.subjects import REQUESTS
from reporting.windows import Timing

_COLUMNS = ("source", "area", "need", "age_group")


def flows(first: date, last: date) -> list[Statement]:
    """Numerator and denominator of each flow by calendar month; the last month goes up to the last day."""
    kept = [
        indicator
        for indicator in INDICATORS.values()
        if indicator.timing is Timing.FLOW and indicator.cells in {"", indicator.code}
    ]
    window = f"BETWEEN DATE '{first}' AND DATE '{last}'"
    anywhere = " OR ".join(f"s.{on} {window}" for on in dict.fromkeys(indicator.on for indicator in kept))
    return [
        Statement(
            "Requests",
            f"""CREATE UNLOGGED TABLE build_requests AS
SELECT s.source, coalesce(r.value, '') AS area, s.need, {REQUESTS.columns["age_group"]} AS age_group,
    s.received_on, s.decided_on, s.final_plan_on, s.state, s.outcome, s.excepted, s.disputed
FROM reporting_request_facts s LEFT JOIN build_areas r ON r.id = s.area_id
WHERE {anywhere}""",
        ),
        Statement(
            "Flows",
            "CREATE UNLOGGED TABLE build_flows AS " + " UNION ALL ".join(_flow(one, window) for one in kept),
        ),
        Statement("Sums of flows", _flow_sums()),
    ]


def _flow(indicator: Indicator, window: str) -> str:
    numerator = f"count(*) FILTER (WHERE {indicator.counted})"
    return f"""SELECT '{indicator.code}' AS indicator, CAST(date_trunc('month', s.{indicator.on}) AS date) AS month,
    s.source, s.area, s.need, s.age_group, {numerator} AS numerator,
    {"count(*)" if indicator.has_denominator else "0"} AS denominator
FROM build_requests s
WHERE ({indicator.population}) AND s.{indicator.on} {window}
GROUP BY 1, 2, 3, 4, 5, 6"""


def _flow_sums() -> str:
    parts = []
    for size in range(KEPT_TOGETHER, -1, -1):
        for kept in combinations(_COLUMNS, size):
            columns = ", ".join(column if column in kept else f"'{ANY}'" for column in _COLUMNS)
            grouped = ", ".join(("indicator", "month", *kept))
            parts.append(
                f"SELECT indicator, month, {columns}, sum(numerator), sum(denominator) FROM build_flows GROUP BY {grouped}"
            )
    return (
        "INSERT INTO build_flows (indicator, month, source, area, need, age_group, numerator, denominator) "
        + " UNION ALL ".join(parts)
    )


def open_requests(days: Days) -> list[Statement]:
    """Open requests: each stage cut where the request passes from one age to the next."""
    bands = [
        f"({code}, {first}, {'NULL' if last is None else last + 1})"
        for code, (_, first, last) in enumerate(CASE_AGES.values())
    ]
    starts = "greatest(s.starts_on, s.received_on + g.low)"
    until = "least(s.until, s.received_on + g.high)"
    cell = OPEN_CELL.pack(
        {"area": "coalesce(r.code, 0)", "source": "w.code", "stage": "t.code", "case_age": "g.code"}
    )
    return [
        Statement(
            "Open requests by stage and age",
            f"""CREATE UNLOGGED TABLE build_open AS
SELECT * FROM (
    SELECT {cell} AS cell, {days.place(starts)} AS a, {days.place(until)} AS b
    FROM reporting_open_request_spells(NULL) s
    JOIN build_codes w ON w.kind = 'source' AND w.value = s.source
    JOIN build_codes t ON t.kind = 'stage' AND t.value = s.stage
    LEFT JOIN build_areas r ON r.id = s.area_id
    JOIN ({values(bands)}) AS g (code, low, high) ON {starts} < {until}
    WHERE s.until > DATE '{days.days[0]}' AND s.starts_on < {days.past}
) x WHERE a < b""",
        ),
        Statement(
            "Open requests",
            """CREATE UNLOGGED TABLE build_d8 AS
SELECT cell, place, sum(change) AS numerator, CAST(0 AS bigint) AS denominator
FROM (SELECT cell, a AS place, 1 AS change FROM build_open UNION ALL SELECT cell, b, -1 FROM build_open) x
GROUP BY cell, place HAVING sum(change) <> 0""",
        ),
    ]
