"""The tables that the fast route fills, in the order they are loaded, with the columns it writes."""

TABLES: dict[str, tuple[str, ...]] = {
    "casework_child": (
        "id", "surname", "forename", "date_of_birth", "sex", "ethnicity", "no_identifier_reason", "area_id", "came_from",
    ),
    "casework_childidentifier": ("child_id", "scheme", "value", "query", "starts_on"),
    "casework_childaddress": ("child_id", "postcode", "starts_on", "ends_on", "came_from"),
    "casework_case": ("id", "child_id", "kind", "opened_on", "closed_on", "closed_because", "came_from"),
    "casework_assessmentrequest": (
        "case_id", "source", "channel", "area_id", "youth_accommodation", "moved_to_la", "received_on", "decided_on",
        "outcome_on", "final_plan_on", "ended_on", "state", "decided_before_period", "excepted", "mediation_on_assess",
        "appeal_on_assess", "mediation_on_issue", "appeal_on_issue", "mediation_other", "appeal_other", "came_from",
    ),
    "casework_milestone": ("id", "case_id", "kind", "happened_on", "came_from"),
    "casework_decision": ("milestone_id", "question", "answer", "decided_on", "grounds"),
    "casework_clock": ("case_id", "rule_code", "started_on", "due_on", "stopped_on", "stop_kind"),
    "casework_clockexception": ("case_id", "rule_code", "ground"),
    "casework_review": (
        "case_id", "plan_id", "due_on", "held_on", "report_due_on", "decided_on", "decision_due_on", "answer",
        "amendment_sent_on", "final_on", "final_due_on", "superseded",
    ),
    "casework_phasetransfer": ("case_id", "due_on", "came_from"),
    "casework_plan": (
        "id", "child_id", "request_id", "starts_on", "ends_on", "cease_reason", "transferred_from_la", "came_from",
    ),
    "casework_planversion": (
        "id", "plan_id", "number", "stage", "starts_on", "ends_on", "primary_need", "secondary_need",
        "personal_budget", "organised_arrangements", "direct_payment", "came_from",
    ),
    "placements_namedplacement": (
        "plan_version_id", "establishment_id", "setting_code", "setting_words", "rank", "sen_unit", "resourced",
        "residential", "work_based", "came_from",
    ),
    "placements_placement": (
        "id", "child_id", "establishment_id", "setting_code", "setting_words", "rank", "sen_unit", "resourced",
        "residential", "residential_weeks", "work_based", "starts_on", "ends_on", "came_from",
    ),
    "funding_costline": (
        "child_id", "placement_id", "provider_id", "kind", "band_id", "amount", "basis", "quantity", "share",
        "starts_on", "ends_on",
    ),
    "casework_caseassignment": ("child_id", "user_id", "part", "starts_on"),
}  # fmt: skip
"""Tables in the order they are loaded, with the columns that are written."""
