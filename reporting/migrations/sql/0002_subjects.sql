-- Subjects: the one relation for each thing that indicators count (docs/adr/0008-indicators-from-subjects.md).
-- Periods here have a first day and the day after the last one ("until"), so that pieces meet without gaps.
-- Every function is a single SELECT, so that the planner sees through it and a window of one day reads little.

-- Ages ---------------------------------------------------------------------------------------------------

CREATE FUNCTION reporting_school_year(day date) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN date_part('year', day)::integer - (date_part('month', day) < 9)::integer;

-- The school year in which a child is 0 on 31 August; their age in year Y is Y - cohort.
CREATE FUNCTION reporting_cohort(date_of_birth date) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN date_part('year', date_of_birth)::integer + (date_part('month', date_of_birth) >= 9)::integer;

CREATE FUNCTION reporting_age_group(age integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN age < 5 THEN 'under_5' WHEN age < 11 THEN '5_to_10' WHEN age < 16 THEN '11_to_15'
    WHEN age < 20 THEN '16_to_19' WHEN age < 26 THEN '20_to_25' WHEN age >= 26 THEN 'over_25'
END;

-- DfE's age for caseload: on 31 August before the school year the day falls in.
CREATE FUNCTION reporting_caseload_age_group(date_of_birth date, day date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN reporting_age_group(reporting_school_year(day) - reporting_cohort(date_of_birth));

-- DfE's age for requests: on the day itself. A birthday on 29 February falls on 1 March in other years.
CREATE FUNCTION reporting_age_on(date_of_birth date, day date) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN date_part('year', day)::integer - date_part('year', date_of_birth)::integer
    - (date_part('month', day) * 100 + date_part('day', day)
       < date_part('month', date_of_birth) * 100 + date_part('day', date_of_birth))::integer;

-- Compulsory school age, as casework.rules.calendar.is_compulsory_school_age.
CREATE FUNCTION reporting_compulsory_from(date_of_birth date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN date_part('month', date_of_birth) <= 3 THEN make_date(date_part('year', date_of_birth)::integer + 5, 3, 31)
    WHEN date_part('month', date_of_birth) <= 8 THEN make_date(date_part('year', date_of_birth)::integer + 5, 8, 31)
    ELSE make_date(date_part('year', date_of_birth)::integer + 5, 12, 31)
END;

-- The day after the last Friday in June of the school year in which the young person turns 16.
CREATE FUNCTION reporting_compulsory_until(date_of_birth date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN make_date(reporting_cohort(date_of_birth) + 16, 7, 1)
    - (date_part('isodow', make_date(reporting_cohort(date_of_birth) + 16, 6, 30))::integer + 2) % 7;

-- Provision ----------------------------------------------------------------------------------------------

-- A unit or a resourced place counts only in a mainstream state school (placements.rules.provision.leaf_type).
CREATE FUNCTION reporting_leaf_with_base(leaf text, sen_unit boolean, resourced boolean) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN NOT (sen_unit OR resourced) THEN leaf
    WHEN leaf = 'maintained_nursery' THEN 'mainstream_maintained' || CASE WHEN sen_unit THEN '_sen_unit' ELSE '_resourced' END
    WHEN leaf IN ('mainstream_maintained', 'mainstream_academy', 'mainstream_free_school')
        THEN leaf || CASE WHEN sen_unit THEN '_sen_unit' ELSE '_resourced' END
    ELSE leaf
END;

CREATE FUNCTION reporting_leaf_of_code(setting_code text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE setting_code
    WHEN 'OLA' THEN 'arranged_by_authority' WHEN 'OPA' THEN 'arranged_by_parents'
    WHEN 'EHE' THEN 'elective_home_education' WHEN 'EYP' THEN 'early_years' WHEN 'OTH' THEN 'other_setting'
    WHEN 'NEET' THEN 'neet' WHEN 'NIEC' THEN 'notice_to_cease' WHEN 'NIEO' THEN 'not_in_education_other'
    ELSE 'not_recorded'
END;

-- What each setting was, without gaps on the days of the window. Days without a type: a provider known only by
-- UKPRN is "UKRLP provider", any other is not recorded.
CREATE FUNCTION reporting_setting_types(within daterange)
RETURNS TABLE (establishment_id bigint, starts_on date, until date, leaf text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT t.establishment_id, piece.starts_on, piece.until, coalesce(piece.leaf, t.otherwise)
FROM (
    SELECT e.id AS establishment_id, s.id AS status_id, s.leaf,
        CASE WHEN e.urn IS NULL THEN 'ukrlp_provider' ELSE 'not_recorded' END AS otherwise,
        coalesce(s.starts_on, '-infinity') AS starts_on,
        coalesce(s.ends_on + 1, 'infinity') AS until,
        lag(s.ends_on + 1) OVER of_setting AS from_last,
        lead(s.id) OVER of_setting IS NULL AS is_last
    FROM casework_establishment e
    LEFT JOIN casework_establishmentstatus s ON s.establishment_id = e.id
        AND (lower(within) IS NULL OR s.ends_on IS NULL OR s.ends_on >= lower(within))
        AND (upper(within) IS NULL OR s.starts_on IS NULL OR s.starts_on < upper(within))
    WINDOW of_setting AS (PARTITION BY e.id ORDER BY s.starts_on NULLS FIRST)
) t
CROSS JOIN LATERAL (VALUES
    (t.leaf, t.starts_on, t.until),
    (NULL, CASE WHEN t.status_id IS NOT NULL THEN coalesce(t.from_last, '-infinity') END, t.starts_on),
    (NULL, CASE WHEN t.is_last THEN t.until END, 'infinity'::date)
) AS piece (leaf, starts_on, until)
WHERE piece.starts_on < piece.until
$$;

-- Where each child really was (main place), by finest provision type. Only recorded days.
CREATE FUNCTION reporting_recorded_places(within daterange)
RETURNS TABLE (child_id bigint, placement_id bigint, starts_on date, until date, provision text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT p.child_id, p.id,
    greatest(p.starts_on, t.starts_on), least(coalesce(p.ends_on + 1, 'infinity'), t.until),
    CASE WHEN p.establishment_id IS NULL THEN reporting_leaf_of_code(p.setting_code)
         ELSE reporting_leaf_with_base(t.leaf, p.sen_unit, p.resourced) END
FROM placements_placement p
LEFT JOIN reporting_setting_types(within) t ON t.establishment_id = p.establishment_id
    AND t.until > p.starts_on AND t.starts_on < coalesce(p.ends_on + 1, 'infinity')
WHERE p.rank = 1 AND p.setting_code <> 'NIEO'
    AND (lower(within) IS NULL OR p.ends_on IS NULL OR p.ends_on >= lower(within))
    AND (upper(within) IS NULL OR p.starts_on < upper(within))
UNION ALL
SELECT p.child_id, p.id, greatest(p.starts_on, piece.starts_on),
    least(coalesce(p.ends_on + 1, 'infinity'), piece.until), piece.leaf
FROM placements_placement p
JOIN casework_child c ON c.id = p.child_id
CROSS JOIN LATERAL (VALUES
    ('-infinity', reporting_compulsory_from(c.date_of_birth), 'not_in_education_other'),
    (reporting_compulsory_from(c.date_of_birth), reporting_compulsory_until(c.date_of_birth),
     'not_in_education_school_age'),
    (reporting_compulsory_until(c.date_of_birth), 'infinity', 'not_in_education_other')
) AS piece (starts_on, until, leaf)
WHERE p.rank = 1 AND p.setting_code = 'NIEO'
    AND piece.until > p.starts_on AND piece.starts_on < coalesce(p.ends_on + 1, 'infinity')
    AND (lower(within) IS NULL OR p.ends_on IS NULL OR p.ends_on >= lower(within))
    AND (upper(within) IS NULL OR p.starts_on < upper(within))
$$;

-- The same, with the days between places filled as "not recorded". Children never placed have no row.
CREATE FUNCTION reporting_main_places(within daterange)
RETURNS TABLE (child_id bigint, placement_id bigint, starts_on date, until date, provision text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT t.child_id, piece.placement_id, piece.starts_on, piece.until, piece.provision
FROM (
    SELECT r.*,
        lag(r.until, 1, '-infinity') OVER of_child AS from_last,
        lead(r.placement_id) OVER of_child IS NULL AS is_last
    FROM reporting_recorded_places(within) r
    WINDOW of_child AS (PARTITION BY r.child_id ORDER BY r.starts_on)
) t
CROSS JOIN LATERAL (VALUES
    (t.placement_id, t.starts_on, t.until, t.provision),
    (NULL, t.from_last, t.starts_on, 'not_recorded'),
    (NULL, CASE WHEN t.is_last THEN t.until END, 'infinity'::date, 'not_recorded')
) AS piece (placement_id, starts_on, until, provision)
WHERE piece.starts_on < piece.until
$$;

-- The primary need in the version in force, with the days between versions filled as not recorded ('').
CREATE FUNCTION reporting_plan_needs(within daterange)
RETURNS TABLE (plan_id bigint, version_id bigint, starts_on date, until date, need text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT t.plan_id, piece.version_id, piece.starts_on, piece.until, piece.need
FROM (
    SELECT v.plan_id, v.id, v.starts_on, coalesce(v.ends_on + 1, 'infinity') AS until, v.primary_need,
        lag(v.ends_on + 1, 1, '-infinity') OVER of_plan AS from_last,
        lead(v.id) OVER of_plan IS NULL AS is_last
    FROM casework_planversion v
    WHERE v.stage IN ('final', 'amended_final')
        AND (lower(within) IS NULL OR v.ends_on IS NULL OR v.ends_on >= lower(within))
        AND (upper(within) IS NULL OR v.starts_on < upper(within))
    WINDOW of_plan AS (PARTITION BY v.plan_id ORDER BY v.starts_on)
) t
CROSS JOIN LATERAL (VALUES
    (t.id, t.starts_on, t.until, t.primary_need),
    (NULL, t.from_last, t.starts_on, ''),
    (NULL, CASE WHEN t.is_last THEN t.until END, 'infinity'::date, '')
) AS piece (version_id, starts_on, until, need)
WHERE piece.starts_on < piece.until
$$;

-- Subject: plans. One row for each stretch of days on which a plan, its need and the child's provision stood
-- unchanged; on any day of the window exactly one row for each plan held.
CREATE FUNCTION reporting_plan_spells(within daterange)
RETURNS TABLE (
    plan_id bigint, child_id bigint, case_id bigint, starts_on date, until date, need text, provision text,
    placement_id bigint, date_of_birth date, area_id bigint
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT p.id, p.child_id, p.request_id,
    greatest(p.starts_on, n.starts_on, a.starts_on, lower(within)),
    least(coalesce(p.ends_on + 1, 'infinity'), n.until, a.until, upper(within)),
    coalesce(n.need, ''), coalesce(a.provision, 'not_recorded'), a.placement_id, c.date_of_birth, c.area_id
FROM casework_plan p
JOIN casework_child c ON c.id = p.child_id
LEFT JOIN reporting_plan_needs(within) n ON n.plan_id = p.id
LEFT JOIN reporting_main_places(within) a ON a.child_id = p.child_id
WHERE greatest(p.starts_on, n.starts_on, a.starts_on, lower(within))
    < least(coalesce(p.ends_on + 1, 'infinity'), n.until, a.until, upper(within))
    AND (lower(within) IS NULL OR p.ends_on IS NULL OR p.ends_on >= lower(within))
    AND (upper(within) IS NULL OR p.starts_on < upper(within))
$$;

-- Requests -----------------------------------------------------------------------------------------------

CREATE INDEX milestone_refusal ON casework_milestone (case_id, happened_on)
    WHERE kind = 'decided_not_to_assess' AND NOT replaced AND NOT withdrawn;

-- Subject: requests for an EHC needs assessment. An old request known only as history (SEN2 outcome H) is not one.
-- need: primary need in the first final version of the plan it led to; '' where there is none.
-- outcome: SEN2 2.5 (assess, refused, none yet, withdrawn). The first decision stands for good: a refusal that was later
-- turned round is still a refusal, and who withdrew after it was decided to assess counts as assess.
-- closed_on: the day on which the request left the open cases; NULL while open, and where a closed one has no date.
CREATE VIEW reporting_request_facts AS
SELECT r.case_id, k.child_id, p.plan_id, r.source, coalesce(r.area_id, c.area_id) AS area_id, c.date_of_birth,
    coalesce(p.need, '') AS need, r.received_on, r.decided_on, r.outcome_on, r.final_plan_on, r.ended_on, r.state,
    CASE
        WHEN r.state = 'refused' THEN 'refused'
        WHEN (r.case_id, r.decided_on) IN (
            SELECT m.case_id, m.happened_on FROM casework_milestone m
            WHERE m.kind = 'decided_not_to_assess' AND NOT m.replaced AND NOT m.withdrawn
        ) THEN 'refused'
        WHEN r.state = 'undecided' THEN 'none_yet'
        WHEN r.state IN ('withdrawn', 'moved_away') AND r.decided_on IS NULL THEN 'withdrawn'
        ELSE 'assess'
    END AS outcome,
    CASE r.state
        WHEN 'refused' THEN r.decided_on WHEN 'not_issued' THEN r.outcome_on WHEN 'issued' THEN r.final_plan_on
        WHEN 'withdrawn' THEN r.ended_on WHEN 'moved_away' THEN r.ended_on
    END AS closed_on,
    r.state IN ('undecided', 'assessing', 'issuing') AS is_open,
    r.excepted,
    (r.mediation_on_assess IS TRUE OR r.mediation_on_issue IS TRUE OR r.mediation_other IS TRUE
     OR r.appeal_on_assess IS TRUE OR r.appeal_on_issue IS TRUE OR r.appeal_other IS TRUE) AS disputed
FROM casework_assessmentrequest r
JOIN casework_case k ON k.id = r.case_id AND k.kind = 'request'
JOIN casework_child c ON c.id = k.child_id
LEFT JOIN (
    SELECT DISTINCT ON (p.request_id) p.request_id, p.id AS plan_id, v.primary_need AS need
    FROM casework_plan p
    LEFT JOIN casework_planversion v ON v.plan_id = p.id AND v.stage IN ('final', 'amended_final')
    WHERE p.request_id IS NOT NULL
    ORDER BY p.request_id, p.starts_on, p.id, v.number
) p ON p.request_id = r.case_id
WHERE NOT r.decided_before_period;

-- Subject: open requests. One row for each stage a request stood at; on the day a step is taken the request is at
-- the next stage, and on the day it closes it is no longer open.
CREATE FUNCTION reporting_open_request_spells(within daterange)
RETURNS TABLE (
    case_id bigint, child_id bigint, plan_id bigint, source text, area_id bigint, stage text, received_on date,
    starts_on date, until date
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT f.case_id, f.child_id, NULL::bigint, f.source, f.area_id, piece.stage, f.received_on, piece.starts_on, piece.until
FROM reporting_request_facts f
CROSS JOIN LATERAL (VALUES
    ('deciding', f.received_on, least(f.decided_on, f.outcome_on, f.closed_on, 'infinity')),
    ('assessing', f.decided_on, least(f.outcome_on, f.closed_on, 'infinity')),
    ('issuing', f.outcome_on, least(f.closed_on, 'infinity'))
) AS piece (stage, starts_on, until)
WHERE f.received_on IS NOT NULL AND (f.is_open OR f.closed_on IS NOT NULL)
    AND piece.starts_on < piece.until
    AND (lower(within) IS NULL OR piece.until > lower(within))
    AND (upper(within) IS NULL OR piece.starts_on < upper(within))
$$;

-- Costs --------------------------------------------------------------------------------------------------

-- Each cost line and what it comes to in a full year at the rate in force, in pounds rounded to the penny.
-- A year has three terms and twelve months; for an amount a week, the quantity is the number of weeks in the year.
-- A line whose band has no value on a day has no row for that day.
CREATE FUNCTION reporting_cost_spells(within daterange)
RETURNS TABLE (line_id bigint, child_id bigint, kind text, starts_on date, until date, annual_cost numeric)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT l.id, l.child_id, l.kind, greatest(l.starts_on, v.starts_on),
    least(coalesce(l.ends_on + 1, 'infinity'), v.ends_on + 1),
    round(
        coalesce(
            v.annual_value,
            l.amount * CASE l.basis WHEN 'term' THEN 3 WHEN 'month' THEN 12 ELSE 1 END
        ) * l.quantity * l.share, 2)
FROM funding_costline l
LEFT JOIN funding_bandvalue v ON v.band_id = l.band_id AND v.withdrawn_at IS NULL
    AND v.starts_on < coalesce(l.ends_on + 1, 'infinity') AND coalesce(v.ends_on + 1, 'infinity') > l.starts_on
WHERE (l.band_id IS NULL OR v.id IS NOT NULL)
    AND (lower(within) IS NULL OR least(coalesce(l.ends_on + 1, 'infinity'), v.ends_on + 1) > lower(within))
    AND (upper(within) IS NULL OR greatest(l.starts_on, v.starts_on) < upper(within))
$$;

-- Subject: children who cost something on a day, with the full-year cost of the lines in force that day. The provision
-- is the child's main place on the day; on a day without a plan, need and provision are not recorded.
CREATE FUNCTION reporting_funded_children(day date)
RETURNS TABLE (
    child_id bigint, plan_id bigint, case_id bigint, annual_cost numeric, need text, provision text, date_of_birth date,
    area_id bigint
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT l.child_id, s.plan_id, s.case_id, l.annual_cost, coalesce(s.need, ''), coalesce(s.provision, 'not_recorded'),
    c.date_of_birth, c.area_id
FROM (
    SELECT x.child_id, sum(x.annual_cost) AS annual_cost
    FROM reporting_cost_spells(daterange(day, day, '[]')) x
    GROUP BY x.child_id
) l
JOIN casework_child c ON c.id = l.child_id
LEFT JOIN reporting_plan_spells(daterange(day, day, '[]')) s ON s.child_id = l.child_id
$$;

-- The band an open request's age in days falls in (week 6 ends with day 42, week 20 with day 140).
CREATE FUNCTION reporting_case_age(days integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN days <= 42 THEN 'to_6_weeks' WHEN days <= 112 THEN 'to_16_weeks' WHEN days <= 140 THEN 'to_20_weeks'
    WHEN days <= 364 THEN 'to_52_weeks' WHEN days > 364 THEN 'over_52_weeks'
END;
