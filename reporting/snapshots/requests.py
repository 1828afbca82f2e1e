"""Requests: the flows of each month, and the open ones."""

# ruff: noqa: S608 - every piece of these statements is written here; nothing comes from outside

from datetime import date

from reporting.count_days import month_starts
from reporting.dimensions import CASE_AGES
from reporting.indicator import Indicator
from reporting.registry import INDICATORS
from reporting.snapshots.cells import FLOW_CELL, OPEN_CELL, VALUES, code_of, code_of_age
from reporting.snapshots.days import Days
from reporting.snapshots.statement import Statement
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
        "need": "coalesce(n.need, 0)",
        "age_group": code_of_age("reporting_age_on(s.date_of_birth, s.received_on)"),
    }
    return [
        Statement(
            "Needs of requests",
            f"CREATE UNLOGGED TABLE build_first_needs AS SELECT case_id, {code_of('need', 'need')} AS need"
            " FROM reporting_first_needs",
        ),
        Statement(
            "Requests",
            f"""CREATE UNLOGGED TABLE build_requests AS
SELECT {FLOW_CELL.pack(codes)} AS cell, s.received_on, s.decided_on, s.outcome_on, s.final_plan_on, s.closed_on,
    s.state, s.outcome, s.is_open, s.excepted, s.disputed
FROM reporting_request_facts s
LEFT JOIN build_areas r ON r.id = s.area_id
LEFT JOIN build_first_needs n ON n.case_id = s.case_id""",
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
    """Open requests: each stage cut where the request passes from one age to the next.

    The stages are those of `reporting_open_request_spells`, read from the requests that the flows have gathered already.
    """
    stages = (
        ("deciding", "received_on", "least(decided_on, outcome_on, closed_on, DATE 'infinity')"),
        ("assessing", "decided_on", "least(outcome_on, closed_on, DATE 'infinity')"),
        ("issuing", "outcome_on", "least(closed_on, DATE 'infinity')"),
    )
    spells = [
        f"""SELECT {FLOW_CELL.unpack("area")} AS area, {FLOW_CELL.unpack("source")} AS source, {code} AS stage,
    received_on, {starts} AS starts_on, {until} AS until
FROM build_requests
WHERE received_on IS NOT NULL AND (is_open OR closed_on IS NOT NULL)
    AND {starts} < {until} AND {starts} < {days.past} AND {until} > DATE '{days.days[0]}'"""
        for code, starts, until in ((VALUES["stage"].index(stage), *days_) for stage, *days_ in stages)
    ]
    codes = {"area": "area", "source": "source", "stage": "stage"}
    parts = []
    for band, (_, first, last) in CASE_AGES.items():
        code = VALUES["case_age"].index(band)
        starts = f"greatest(starts_on, received_on + {first})" if first else "starts_on"
        until = "until" if last is None else f"least(until, received_on + {last + 1})"
        parts.append(
            f"""SELECT {OPEN_CELL.pack({**codes, "case_age": str(code)})} AS cell,
    {days.place(starts)} AS a, {days.place(until)} AS b
FROM build_spells WHERE {starts} < {until}"""
        )
    return [
        Statement(
            "Open requests by stage", "CREATE UNLOGGED TABLE build_spells AS " + " UNION ALL ".join(spells)
        ),
        Statement(
            "Open requests by stage and age",
            f"CREATE UNLOGGED TABLE build_open AS SELECT * FROM ({' UNION ALL '.join(parts)}) x WHERE a < b",
        ),
        Statement(
            "Open requests",
            f"""CREATE UNLOGGED TABLE build_d8 AS
SELECT cell, place, CAST(sum(change) AS integer) AS numerator, 0 AS denominator
FROM (
    SELECT cell, a AS place, 1 AS change FROM build_open UNION ALL SELECT cell, b, -1 FROM build_open WHERE b < {days.count}
) x
GROUP BY cell, place HAVING sum(change) <> 0""",
        ),
    ]
