-- The need of a request stands apart from the request, so that either can be read without the other.
-- need: primary need in the first final version of the first plan the request led to; '' where none is recorded.
CREATE VIEW reporting_first_needs AS
SELECT DISTINCT ON (p.request_id) p.request_id AS case_id, p.id AS plan_id, coalesce(v.primary_need, '') AS need
FROM casework_plan p
LEFT JOIN casework_planversion v ON v.plan_id = p.id AND v.stage IN ('final', 'amended_final')
WHERE p.request_id IS NOT NULL
ORDER BY p.request_id, p.starts_on, p.id, v.number;

CREATE OR REPLACE VIEW reporting_request_facts AS
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
LEFT JOIN reporting_first_needs p ON p.case_id = r.case_id
WHERE NOT r.decided_before_period;
