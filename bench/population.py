"""A population of any size written by SQL alone, for measuring: the shape of a real authority, no names."""

import psycopg

AS_AT = "2026-01-15"

_SQL = """
SELECT setseed(0.42);

INSERT INTO casework_area (code, name, outward_postcodes)
SELECT 'area' || n, 'Area ' || n, '{{}}' FROM generate_series(1, 8) n;

INSERT INTO casework_establishment (urn, name, in_register, special_needs, la_code, establishment_number, postcode,
    phase, register_status, boarders, admissions_policy, resourced_provision)
SELECT 100000 + n, 'School ' || n, true, '{{}}', '999', '', '', '', '', '', '', ''
FROM generate_series(1, {schools}) n;

CREATE TEMP TABLE leaves AS
SELECT row_number() OVER () AS n, leaf FROM (
    SELECT leaf FROM (VALUES ('mainstream_maintained', 14), ('mainstream_academy', 20), ('mainstream_free_school', 3),
        ('mainstream_independent', 2), ('special_maintained', 12), ('special_academy', 10), ('special_free_school', 2),
        ('special_non_maintained', 2), ('special_independent', 7), ('general_fe_college', 11), ('sixth_form_college', 2),
        ('specialist_post_16', 2), ('pupil_referral_unit', 1), ('ap_academy', 1), ('maintained_nursery', 1),
        ('online_provider', 1)) w (leaf, weight), generate_series(1, weight)
) x;

CREATE TEMP TABLE schools AS
SELECT e.id, row_number() OVER (ORDER BY e.id) AS n, l.leaf, random() < 0.3 AND l.leaf IN ('mainstream_maintained', 'special_maintained') AS converted
FROM casework_establishment e JOIN leaves l ON l.n = 1 + e.id %% (SELECT count(*) FROM leaves);

INSERT INTO casework_establishmentstatus (establishment_id, type_code, leaf, starts_on, ends_on)
SELECT id, 1, leaf, NULL, CASE WHEN converted THEN date '2023-08-31' END FROM schools
UNION ALL
SELECT id, 28, replace(leaf, '_maintained', '_academy'), date '2023-09-01', NULL FROM schools WHERE converted;

CREATE TEMP TABLE lives AS
SELECT n, date '2026-01-15' - (365 * (3 + 20 * random()))::integer AS born, 1 + floor(random() * 8)::integer AS area,
    random() AS a, random() AS b, random() AS c, random() AS d, random() AS e, random() AS f, random() AS g
FROM generate_series(1, {children}) n;

INSERT INTO casework_child (surname, forename, date_of_birth, sex, ethnicity, area_id, came_from)
SELECT 'Invented', 'Child ' || n, born, 'U', '', (SELECT min(id) FROM casework_area) + area - 1, 'return'
FROM lives ORDER BY n;

CREATE TEMP TABLE k AS
SELECT l.*, c.id AS child_id,
    CASE WHEN n <= {plans} THEN date '2026-01-15' - (CASE WHEN a < 0.6 THEN 1825 * b ELSE 1825 + 2000 * b END)::integer END AS planned
FROM lives l JOIN casework_child c ON c.forename = 'Child ' || l.n;
UPDATE k SET planned = born + 400 WHERE planned < born + 400;
ANALYZE k;

INSERT INTO casework_case (child_id, kind, opened_on, closed_on, closed_because, came_from)
SELECT child_id, 'request', received, ended, CASE WHEN ended IS NULL THEN '' ELSE 'done' END, 'return' FROM (
    SELECT child_id, n, coalesce(planned - (90 + 150 * c)::integer, date '2026-01-15' - (1825 * b)::integer) AS received,
        coalesce(planned, CASE WHEN d < 0.9 THEN date '2026-01-15' - (1825 * b)::integer + 40 END) AS ended FROM k
) r ORDER BY n;

INSERT INTO casework_assessmentrequest (case_id, source, area_id, received_on, decided_on, outcome_on, final_plan_on,
    ended_on, state, excepted, mediation_on_assess, came_from)
SELECT s.id, CASE WHEN f < 0.02 THEN '' WHEN f < 0.4 THEN '1' WHEN f < 0.9 THEN '2' WHEN f < 0.94 THEN '3'
        WHEN f < 0.97 THEN '4' ELSE '5' END,
    NULL, s.opened_on,
    CASE WHEN planned IS NOT NULL OR d < 0.75 THEN s.opened_on + (25 + 25 * e)::integer END,
    CASE WHEN planned IS NOT NULL THEN least(planned, s.opened_on + (80 + 60 * e)::integer) END,
    planned, CASE WHEN planned IS NULL AND d BETWEEN 0.75 AND 0.9 THEN s.closed_on END,
    CASE WHEN planned IS NOT NULL THEN 'issued' WHEN d < 0.65 THEN 'refused' WHEN d < 0.75 THEN 'assessing'
        WHEN d < 0.9 THEN 'withdrawn' ELSE 'undecided' END,
    g < 0.07, CASE WHEN e < 0.05 THEN true END, 'return'
FROM casework_case s JOIN k USING (child_id);

INSERT INTO casework_plan (child_id, request_id, starts_on, ends_on, cease_reason, came_from)
SELECT k.child_id, s.id, planned, CASE WHEN ceased THEN greatest(planned, least(date '2026-01-14', planned + (1500 * e)::integer)) END,
    CASE WHEN ceased THEN '2' ELSE '' END, 'return'
FROM (SELECT *, n > {open} AS ceased FROM k) k JOIN casework_case s USING (child_id)
WHERE planned IS NOT NULL ORDER BY n;

CREATE TEMP TABLE needs AS
SELECT row_number() OVER () AS n, need FROM (
    SELECT need FROM (VALUES ('ASD', 33), ('SEMH', 20), ('SLCN', 21), ('MLD', 9), ('SLD', 5), ('PMLD', 2), ('SPLD', 4),
        ('PD', 3), ('HI', 1), ('VI', 1), ('MSI', 1), ('OTH', 2), ('DS', 1), ('', 1)) w (need, weight), generate_series(1, weight)
) x;

INSERT INTO casework_planversion (plan_id, number, stage, starts_on, ends_on, primary_need, secondary_need,
    direct_payment, came_from)
SELECT p.id, 1, 'final', p.starts_on, CASE WHEN c < 0.4 THEN p.starts_on + 200 END, x.need, '', '', 'return'
FROM casework_plan p JOIN k USING (child_id) JOIN needs x ON x.n = 1 + floor(f * (SELECT count(*) FROM needs))
UNION ALL
SELECT p.id, 2, 'amended_final', p.starts_on + 201, NULL, x.need, '', '', 'return'
FROM casework_plan p JOIN k USING (child_id) JOIN needs x ON x.n = 1 + floor(g * (SELECT count(*) FROM needs))
WHERE c < 0.4;

INSERT INTO placements_placement (child_id, establishment_id, setting_code, sen_unit, resourced, starts_on, ends_on,
    came_from, rank, residential, work_based)
SELECT child_id, CASE WHEN g < 0.92 THEN s.id END,
    CASE WHEN g < 0.92 THEN '' ELSE (ARRAY['EHE', 'OLA', 'NEET', 'NIEO', 'OPA', 'EYP'])[1 + floor(g * 6000)::integer %% 6] END,
    d < 0.03, d BETWEEN 0.03 AND 0.06, planned + (60 * a)::integer,
    CASE WHEN b < 0.5 THEN planned + 400 END, 'return', 1, '', ''
FROM k JOIN schools s ON s.n = 1 + floor(e * {schools}) WHERE planned IS NOT NULL AND f < 0.96
UNION ALL
SELECT child_id, s.id, '', false, false, planned + 400 + (CASE WHEN c < 0.8 THEN 1 ELSE 60 END), NULL, 'return', 1, '', ''
FROM k JOIN schools s ON s.n = 1 + floor(d * {schools}) WHERE planned IS NOT NULL AND f < 0.96 AND b < 0.5;

INSERT INTO funding_bandscheme (code, name, decided_in) VALUES ('S', 'Scheme', '');
INSERT INTO funding_band (scheme_id, code, descriptor)
SELECT (SELECT min(id) FROM funding_bandscheme), 'B' || n, '' FROM generate_series(1, 10) n;
INSERT INTO funding_bandvalue (band_id, annual_value, place_included, starts_on, ends_on)
SELECT b.id, 1000 * (b.id - (SELECT min(id) FROM funding_band) + 1) * (1 + 0.03 * y) + 0.5, false, make_date(2014 + y, 4, 1),
    CASE WHEN y < 12 THEN make_date(2015 + y, 3, 31) END
FROM funding_band b, generate_series(0, 12) y;

INSERT INTO funding_costline (child_id, placement_id, kind, band_id, amount, basis, quantity, share, starts_on, ends_on)
SELECT k.child_id, p.id, 'top_up', (SELECT min(id) FROM funding_band) + floor(10 * a)::integer, NULL, 'year', 1, 1,
    p.starts_on, p.ends_on
FROM placements_placement p JOIN k USING (child_id) WHERE c < 0.8
UNION ALL
SELECT k.child_id, p.id, 'fee', NULL, round((2000 + 20000 * a)::numeric, 2), 'term', 1, CASE WHEN b < 0.1 THEN 0.5 ELSE 1 END,
    p.starts_on, p.ends_on
FROM placements_placement p JOIN k USING (child_id) WHERE c BETWEEN 0.75 AND 0.85
UNION ALL
SELECT k.child_id, p.id, 'transport', NULL, round((50 + 200 * b)::numeric, 2), 'week', 39, 1, p.starts_on + 30, p.ends_on
FROM placements_placement p JOIN k USING (child_id) WHERE d < 0.15 AND (p.ends_on IS NULL OR p.ends_on > p.starts_on + 30);
"""


def build(connection: psycopg.Connection, plans: int) -> None:
    """Write about `plans` plans held on AS_AT, three in ten more that have ceased, and 1.9 requests for each ten.

    The audit triggers are off while it writes (nothing here is a record of anybody) and the tables must be empty.
    """
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET work_mem = '256MB'")
    numbers = {
        "open": plans,
        "plans": int(plans * 1.3),
        "children": int(plans * 1.8),
        "schools": max(100, plans // 30),
    }
    for statement in _SQL.replace("%%", "%").format(**numbers).split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute("SET session_replication_role = origin")
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")
