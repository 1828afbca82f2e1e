"""Plans in pieces: the one table that plans held, growth, provision mix and costs are counted from."""

# ruff: noqa: S608 - every piece of these statements is written here; nothing comes from outside

from placements.rules.provision import Leaf
from reporting.snapshots.cells import AGE_BOUNDS, PLAN_CELL, VALUES, code_of
from reporting.snapshots.days import Days
from reporting.snapshots.statement import Statement, values

_NO_PLACE = VALUES["provision"].index(Leaf.NOT_RECORDED.value)


def reference(days: Days) -> list[Statement]:
    """Small tables of codes."""
    codes = [
        f"('{column}', {code}, '{value}')"
        for column, all_ in VALUES.items()
        for code, value in enumerate(all_)
    ]
    bounds = [f"({code}, {low}, {high})" for code, (low, high) in AGE_BOUNDS.items()]
    first, last = days.days[0].year, days.days[-1].year
    return [
        Statement(
            "Count days",
            "CREATE UNLOGGED TABLE build_days AS SELECT * FROM ("
            + values([f"({place}, DATE '{day}')" for place, day in enumerate(days.days)])
            + ") x (place, day)",
        ),
        Statement(
            "Codes",
            f"CREATE UNLOGGED TABLE build_codes AS SELECT * FROM ({values(codes)}) x (kind, code, value)",
        ),
        Statement(
            "Codes of areas",
            "CREATE UNLOGGED TABLE build_areas AS SELECT id, CAST(row_number() OVER (ORDER BY code) AS integer) + 1 AS code,"
            " code AS value FROM casework_area",
        ),
        Statement(
            "Age groups in each school year",
            f"""CREATE UNLOGGED TABLE build_ages AS
SELECT y.cohort, g.code, min(d.place) AS a, max(d.place) + 1 AS b
FROM generate_series({first - 130}, {last + 2}) AS y (cohort)
CROSS JOIN build_days d
JOIN ({values(bounds)}) AS g (code, low, high)
    ON reporting_school_year(d.day) - y.cohort >= g.low AND reporting_school_year(d.day) - y.cohort < g.high
GROUP BY y.cohort, g.code""",
        ),
        Statement("Codes: statistics", "ANALYZE build_days, build_codes, build_areas, build_ages"),
    ]


def pieces(days: Days) -> list[Statement]:
    """Stretches of count days on which a plan, its need, the provision and the child's age group stood unchanged.

    What no version (or place) covers is "not recorded". Whole plans without any are found by the outer join; only where a
    version covers a part are the rests worked out, and only where there is a gap between two does that need a window.
    """
    rest = "sum(b - a) AS covered, min(a) AS first_a, max(b) AS last_b"
    cell = PLAN_CELL.pack({"area": "n.area", "need": "n.need", "provision": "n.leaf", "age_group": "g.code"})
    return [
        Statement(
            "Plans",
            f"""CREATE UNLOGGED TABLE build_plans AS
SELECT * FROM (
    SELECT CAST(p.id AS integer) AS plan_id, CAST(p.child_id AS integer) AS child_id, coalesce(r.code, 0) AS area,
        reporting_cohort(c.date_of_birth) AS cohort, {days.place("p.starts_on")} AS a,
        {days.place(f"coalesce(p.ends_on + 1, {days.past})")} AS b
    FROM casework_plan p
    JOIN casework_child c ON c.id = p.child_id
    LEFT JOIN build_areas r ON r.id = c.area_id
) x WHERE a < b""",
        ),
        Statement("Plans: statistics", "ANALYZE build_plans"),
        Statement(
            "Needs",
            f"""CREATE UNLOGGED TABLE build_needs AS
SELECT p.plan_id, p.child_id, p.area, p.cohort, coalesce(v.need, 0) AS need,
    greatest(p.a, v.a) AS a, least(p.b, v.b) AS b, p.a AS whole_a, p.b AS whole_b
FROM build_plans p
LEFT JOIN (
    SELECT CAST(v.plan_id AS integer) AS plan_id, {code_of("need", "v.primary_need")} AS need,
        {days.place("v.starts_on")} AS a,
        {days.place(f"coalesce(v.ends_on + 1, {days.past})")} AS b
    FROM casework_planversion v
    WHERE v.stage IN ('final', 'amended_final')
) v ON v.plan_id = p.plan_id AND v.a < p.b AND v.b > p.a AND v.a < v.b""",
        ),
        Statement(
            "Needs not recorded",
            f"""CREATE UNLOGGED TABLE build_bare_plans AS
SELECT * FROM (
    SELECT plan_id, child_id, area, cohort, whole_a, whole_b, {rest}
    FROM build_needs WHERE a > whole_a OR b < whole_b
    GROUP BY plan_id, child_id, area, cohort, whole_a, whole_b
) x WHERE covered < whole_b - whole_a""",
        ),
        Statement(
            "Needs not recorded, filled",
            """INSERT INTO build_needs (plan_id, child_id, area, cohort, need, a, b, whole_a, whole_b)
SELECT plan_id, child_id, area, cohort, 0, whole_a, first_a, whole_a, whole_b FROM build_bare_plans WHERE whole_a < first_a
UNION ALL
SELECT plan_id, child_id, area, cohort, 0, last_b, whole_b, whole_a, whole_b FROM build_bare_plans WHERE last_b < whole_b
UNION ALL
SELECT plan_id, child_id, area, cohort, 0, from_last, a, whole_a, whole_b FROM (
    SELECT n.*, lag(n.b) OVER (PARTITION BY n.plan_id ORDER BY n.a) AS from_last
    FROM build_needs n JOIN build_bare_plans p ON p.plan_id = n.plan_id
    WHERE p.covered < p.last_b - p.first_a
) x WHERE from_last < a""",
        ),
        Statement("Needs: statistics", "ANALYZE build_needs"),
        Statement(
            "Places",
            f"""CREATE UNLOGGED TABLE build_places AS
SELECT n.plan_id, n.child_id, n.area, n.cohort, n.need, coalesce(l.leaf, {_NO_PLACE}) AS leaf,
    greatest(n.a, l.a) AS a, least(n.b, l.b) AS b, n.a AS whole_a, n.b AS whole_b
FROM build_needs n
LEFT JOIN (
    SELECT CAST(r.child_id AS integer) AS child_id, {code_of("provision", "r.provision")} AS leaf,
        {days.place("r.starts_on")} AS a,
        {days.place("r.until")} AS b
    FROM reporting_recorded_places({days.within}) r
) l ON l.child_id = n.child_id AND l.a < n.b AND l.b > n.a AND l.a < l.b""",
        ),
        Statement(
            "Places not recorded",
            f"""CREATE UNLOGGED TABLE build_bare_needs AS
SELECT * FROM (
    SELECT plan_id, child_id, area, cohort, need, whole_a, whole_b, {rest}
    FROM build_places WHERE a > whole_a OR b < whole_b
    GROUP BY plan_id, child_id, area, cohort, need, whole_a, whole_b
) x WHERE covered < whole_b - whole_a""",
        ),
        Statement(
            "Places not recorded, filled",
            f"""INSERT INTO build_places (plan_id, child_id, area, cohort, need, leaf, a, b, whole_a, whole_b)
SELECT plan_id, child_id, area, cohort, need, {_NO_PLACE}, whole_a, first_a, whole_a, whole_b FROM build_bare_needs
WHERE whole_a < first_a
UNION ALL
SELECT plan_id, child_id, area, cohort, need, {_NO_PLACE}, last_b, whole_b, whole_a, whole_b FROM build_bare_needs
WHERE last_b < whole_b
UNION ALL
SELECT plan_id, child_id, area, cohort, need, {_NO_PLACE}, from_last, a, whole_a, whole_b FROM (
    SELECT l.*, lag(l.b) OVER (PARTITION BY l.plan_id, l.whole_a ORDER BY l.a) AS from_last
    FROM build_places l JOIN build_bare_needs n ON n.plan_id = l.plan_id AND n.whole_a = l.whole_a
    WHERE n.covered < n.last_b - n.first_a
) x WHERE from_last < a""",
        ),
        Statement("Places: statistics", "ANALYZE build_places"),
        Statement(
            "Plans by area, need, provision and age",
            f"""CREATE UNLOGGED TABLE build_pieces AS
SELECT n.child_id, {cell} AS cell, greatest(n.a, g.a) AS a, least(n.b, g.b) AS b
FROM build_places n
JOIN build_ages g ON g.cohort = n.cohort AND g.a < n.b AND g.b > n.a""",
        ),
        Statement("Pieces: statistics", "ANALYZE build_pieces"),
        Statement(
            "Plans held",
            f"""CREATE UNLOGGED TABLE build_d9 AS
SELECT cell, place, CAST(sum(change) AS integer) AS numerator, 0 AS denominator
FROM (
    SELECT cell, a AS place, 1 AS change FROM build_pieces
    UNION ALL
    SELECT cell, b, -1 FROM build_pieces WHERE b < {days.count}
) x
GROUP BY cell, place HAVING sum(change) <> 0""",
        ),
    ]
