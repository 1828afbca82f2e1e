"""Costs: every cost line in the pieces of the child's plan.

Amounts are whole pence held as double precision: whole numbers below 2^53 are exact in it, and it adds up several
times as fast as numeric.
"""

# ruff: noqa: S608 - every piece of these statements is written here; nothing comes from outside

from placements.rules.provision import Leaf
from reporting.snapshots.cells import PLAN_CELL, VALUES
from reporting.snapshots.days import Days
from reporting.snapshots.statement import Statement

_NO_PLAN = {"need": "0", "provision": str(VALUES["provision"].index(Leaf.NOT_RECORDED.value))}


def costs(days: Days) -> list[Statement]:
    """Numerator: pence a year. Denominator: children with a cost, each once however many lines they have.

    `fresh` is the first place at which no earlier line of the child is in force, so that [fresh, b) of all lines of a
    child together are the days with a cost, without overlap. A line that no plan covers to the end counts first as without
    a plan, and what a plan does cover is taken off again (weight -1).
    """
    without_plan = PLAN_CELL.pack({**_NO_PLAN, "area": "coalesce(r.code, 0)", "age_group": "g.code"})
    same_without_plan = PLAN_CELL.pack(
        {
            **_NO_PLAN,
            "area": PLAN_CELL.unpack("area", "p.cell"),
            "age_group": PLAN_CELL.unpack("age_group", "p.cell"),
        }
    )
    overlap = "greatest(l.a, p.a) AS a, least(l.b, p.b) AS b, greatest(l.fresh, p.a) AS fresh, l.pence"
    return [
        Statement(
            "Cost lines",
            f"""CREATE UNLOGGED TABLE build_lines AS
SELECT child_id, a, b, pence,
    greatest(a, max(b) OVER (PARTITION BY child_id ORDER BY a, b
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS fresh
FROM (
    SELECT CAST(l.child_id AS integer) AS child_id, {days.place("l.starts_on")} AS a,
        {days.place(f"coalesce(l.until, {days.past})")} AS b,
        CAST(CAST(l.annual_cost * 100 AS bigint) AS double precision) AS pence
    FROM reporting_cost_spells({days.within}) l
) x WHERE a < b""",
        ),
        Statement("Cost lines: statistics", "ANALYZE build_lines"),
        Statement(
            "Costs by area, need, provision and age",
            f"""CREATE UNLOGGED TABLE build_hits AS
SELECT p.cell, {overlap}, 1 AS weight
FROM build_lines l JOIN build_pieces p ON p.child_id = l.child_id AND p.a < l.b AND p.b > l.a""",
        ),
        Statement(
            "Cost lines that no plan covers to the end",
            """CREATE UNLOGGED TABLE build_loose AS
SELECT l.* FROM build_lines l
WHERE NOT EXISTS (SELECT 1 FROM build_plans p WHERE p.child_id = l.child_id AND p.a <= l.a AND p.b >= l.b)""",
        ),
        Statement(
            "Costs on days without a plan",
            f"""CREATE UNLOGGED TABLE build_loose_hits AS
SELECT {without_plan} AS cell, greatest(l.a, g.a) AS a, least(l.b, g.b) AS b, greatest(l.fresh, g.a) AS fresh,
    l.pence, 1 AS weight
FROM build_loose l
JOIN casework_child c ON c.id = l.child_id
LEFT JOIN build_areas r ON r.id = c.area_id
JOIN build_ages g ON g.cohort = reporting_cohort(c.date_of_birth) AND g.a < l.b AND g.b > l.a
UNION ALL
SELECT {same_without_plan}, {overlap}, -1
FROM build_loose l JOIN build_pieces p ON p.child_id = l.child_id AND p.a < l.b AND p.b > l.a""",
        ),
        Statement(
            "Costs",
            f"""CREATE UNLOGGED TABLE build_m2 AS
WITH hits AS NOT MATERIALIZED (SELECT * FROM build_hits UNION ALL SELECT * FROM build_loose_hits)
SELECT cell, place, sum(pence) AS numerator, CAST(sum(children) AS integer) AS denominator FROM (
    SELECT cell, a AS place, weight * pence AS pence, CASE WHEN fresh = a THEN weight ELSE 0 END AS children
    FROM hits
    UNION ALL
    SELECT cell, b, - weight * pence, CASE WHEN fresh < b THEN - weight ELSE 0 END FROM hits
    WHERE b < {days.count}
    UNION ALL
    SELECT cell, fresh, 0.0, weight FROM hits WHERE fresh > a AND fresh < b
) x
GROUP BY cell, place HAVING sum(pence) <> 0 OR sum(children) <> 0""",
        ),
    ]
