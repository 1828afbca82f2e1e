-- A plan that came from another authority keeps its day, but counts here only from the day it was transferred.
CREATE OR REPLACE FUNCTION reporting_plan_spells(within daterange)
RETURNS TABLE (
    plan_id bigint, child_id bigint, case_id bigint, starts_on date, until date, need text, provision text,
    placement_id bigint, date_of_birth date, area_id bigint
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT p.id, p.child_id, p.request_id,
    greatest(coalesce(p.maintained_from, p.starts_on), n.starts_on, a.starts_on, lower(within)),
    least(coalesce(p.ends_on + 1, 'infinity'), n.until, a.until, upper(within)),
    coalesce(n.need, ''), coalesce(a.provision, 'not_recorded'), a.placement_id, c.date_of_birth, c.area_id
FROM casework_plan p
JOIN casework_child c ON c.id = p.child_id
LEFT JOIN reporting_plan_needs(within) n ON n.plan_id = p.id
LEFT JOIN reporting_main_places(within) a ON a.child_id = p.child_id
WHERE greatest(coalesce(p.maintained_from, p.starts_on), n.starts_on, a.starts_on, lower(within))
    < least(coalesce(p.ends_on + 1, 'infinity'), n.until, a.until, upper(within))
    AND (lower(within) IS NULL OR p.ends_on IS NULL OR p.ends_on >= lower(within))
    AND (upper(within) IS NULL OR coalesce(p.maintained_from, p.starts_on) < upper(within))
$$;
