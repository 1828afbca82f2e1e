"""Requests: the flows of each month, and the open ones."""

# ruff: noqa: S608 - every piece of these statements is written here; nothing comes from outside

from datetime import date

from reporting.count_days import month_starts
from reporting.dimensions import CASE_AGES
from reporting.indicator import Indicator
from reporting.registry import INDICATORS
from reporting.snapshots.cells import FLOW_CELL, OPEN_CELL, code_of
from reporting.snapshots.days import Days
from reporting.snapshots.statement import Statement
from reporting.subjects import REQUESTS
from reporting.windows import Timing


def flows(as_at: date) -> list[Statement]:
    """Numerator and denominator of each flow by calendar month; the last month goes up to `as_at`.

    Indicators that are counted by the same date are counted in one scan.
    """
    months = Days(month_starts(as_at))
    kept = [
        indicator
        for indicator in INDICATORS.values()
        if indicator.timing is Timing.FLOW and indicator.cells in {"", indicator.code}
    ]
    dates = tuple(dict.fromkeys(indicator.on for indicator in kept))
    window = f"BETWEEN DATE '{months.days[0]}' AND DATE '{as_at}'"
    codes = {
        "area": "coalesce(r.code, 0)",
        "source": code_of("source", "s.source"),
        "need": code_of("need", "s.need"),
        "age_group": code_of("age_group", f"coalesce({REQUESTS.columns['age_group']}, 'under_5')"),
    }
    return [
        Statement(
            "Requests",
            f"""CREATE UNLOGGED TABLE build_requests AS
SELECT {FLOW_CELL.pack(codes)} AS cell,
    s.received_on, s.decided_on, s.final_plan_on, s.state, s.outcome, s.excepted, s.disputed
FROM reporting_request_facts s
LEFT JOIN build_areas r ON r.id = s.area_id
WHERE {" OR ".join(f"s.{on} {window}" for on in dates)}""",
        ),
        *[
            Statement(
                f"Flows counted by {on}",
                _counts(on, [one for one in kept if one.on == on], window, months),
            )
            for on in dates
        ],
        Statement(
            "Flows",
            "CREATE UNLOGGED TABLE build_flows AS "
            + " UNION ALL ".join(
                f"SELECT '{one.code}' AS indicator, place, cell, n_{one.code} AS numerator, d_{one.code} AS denominator"
                f" FROM build_{one.on} WHERE n_{one.code} <> 0 OR d_{one.code} <> 0"
                for one in kept
            ),
        ),
        Statement("Sums of flows", _flow_sums()),
    ]


def _counts(on: str, indicators: list[Indicator], window: str, months: Days) -> str:
    columns = []
    for one in indicators:
        columns.append(
            f"CAST(count(*) FILTER (WHERE ({one.population}) AND {one.counted}) AS integer) AS n_{one.code}"
        )
        counted = f"CAST(count(*) FILTER (WHERE {one.population}) AS integer)" if one.has_denominator else "0"
        columns.append(f"{counted} AS d_{one.code}")
    return f"""CREATE UNLOGGED TABLE build_{on} AS
SELECT {months.place(f"s.{on} + 1")} - 1 AS place, s.cell, {", ".join(columns)}
FROM build_requests s WHERE s.{on} {window}
GROUP BY 1, 2"""


def _flow_sums() -> str:
    return "INSERT INTO build_flows (indicator, place, cell, numerator, denominator) " + " UNION ALL ".join(
        f"SELECT indicator, place, {FLOW_CELL.only(kept)}, sum(numerator), sum(denominator) FROM build_flows"
        " GROUP BY 1, 2, 3"
        for kept in FLOW_CELL.sums()
    )


def open_requests(days: Days) -> list[Statement]:
    """Open requests: each stage cut where the request passes from one age to the next."""
    codes = {"area": "area", "source": "source", "stage": "stage"}
    parts = []
    for code, (_, first, last) in enumerate(CASE_AGES.values()):
        starts = f"greatest(starts_on, received_on + {first})" if first else "starts_on"
        until = "until" if last is None else f"least(until, received_on + {last + 1})"
        parts.append(
            f"""SELECT {OPEN_CELL.pack({**codes, "case_age": str(code)})} AS cell,
    {days.place(starts)} AS a, {days.place(until)} AS b
FROM build_spells WHERE {starts} < {until}"""
        )
    return [
        Statement(
            "Open requests by stage",
            f"""CREATE UNLOGGED TABLE build_spells AS
SELECT coalesce(r.code, 0) AS area, {code_of("source", "s.source")} AS source, {code_of("stage", "s.stage")} AS stage,
    s.received_on, s.starts_on, s.until
FROM reporting_open_request_spells(NULL) s
LEFT JOIN build_areas r ON r.id = s.area_id
WHERE s.until > DATE '{days.days[0]}' AND s.starts_on < {days.past}""",
        ),
        Statement(
            "Open requests by stage and age",
            f"CREATE UNLOGGED TABLE build_open AS SELECT * FROM ({' UNION ALL '.join(parts)}) x WHERE a < b",
        ),
        Statement(
            "Open requests",
            """CREATE UNLOGGED TABLE build_d8 AS
SELECT cell, place, CAST(sum(change) AS integer) AS numerator, 0 AS denominator
FROM (SELECT cell, a AS place, 1 AS change FROM build_open UNION ALL SELECT cell, b, -1 FROM build_open) x
GROUP BY cell, place HAVING sum(change) <> 0""",
        ),
    ]
