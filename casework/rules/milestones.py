"""The dated facts of a case.

A milestone is the only thing that starts or stops a statutory clock (`casework.rules.clocks`). What each kind
is called, where it belongs and in which order it may come is in `casework.rules.milestone_facts`.
"""

from enum import StrEnum


class Milestone(StrEnum):
    """One kind of dated fact. Values are stored in the database: never change one, at most 40 characters."""

    # Requests and re-assessments
    REQUEST_RECEIVED = "request_received"
    RESPONSIBILITY_BEGAN = "responsibility_began"
    BODIES_TOLD_CONSIDERING = "bodies_told_considering"
    DECIDED_TO_ASSESS = "decided_to_assess"
    DECIDED_NOT_TO_ASSESS = "decided_not_to_assess"
    BODIES_TOLD_OF_DECISION = "bodies_told_of_decision"
    REQUEST_WITHDRAWN = "request_withdrawn"
    MOVED_AWAY = "moved_away"
    ADVICE_REQUESTED = "advice_requested"
    ADVICE_RECEIVED = "advice_received"
    ADVICE_NOT_NEEDED = "advice_not_needed"
    ASSESSMENT_WITHDRAWN = "assessment_withdrawn"
    DECIDED_TO_ISSUE = "decided_to_issue"
    DECIDED_NOT_TO_ISSUE = "decided_not_to_issue"
    DRAFT_PLAN_SERVED = "draft_plan_served"
    REPRESENTATIONS_RECEIVED = "representations_received"
    SETTING_CONSULTED = "setting_consulted"
    SETTING_REPLIED = "setting_replied"
    FINAL_PLAN_ISSUED = "final_plan_issued"

    # Annual reviews and amendments
    PLAN_FIRST_MADE = "plan_first_made"
    PREVIOUS_REVIEW_COMPLETED = "previous_review_completed"
    REVIEW_MEETING_PLANNED = "review_meeting_planned"
    REVIEW_NOTICE_GIVEN = "review_notice_given"
    REVIEW_ADVICE_CIRCULATED = "review_advice_circulated"
    REVIEW_MEETING_HELD = "review_meeting_held"
    REVIEW_REPORT_RECEIVED = "review_report_received"
    REVIEW_DECIDED = "review_decided"
    DECIDED_TO_AMEND = "decided_to_amend"
    DECIDED_NOT_TO_AMEND = "decided_not_to_amend"
    AMENDMENT_NOTICE_SENT = "amendment_notice_sent"
    AMENDMENT_NOTICE_SERVED = "amendment_notice_served"
    DRAFT_AMENDED_PLAN_ISSUED = "draft_amended_plan_issued"
    AMENDED_PLAN_ISSUED = "amended_plan_issued"

    # Phase transfers
    TRANSFER_TO_POST_16 = "transfer_to_post_16"
    TRANSFER_TO_NEXT_PHASE = "transfer_to_next_phase"
    POST_16_MOVE_PLANNED = "post_16_move_planned"
    PHASE_TRANSFER_PLAN_DUE = "phase_transfer_plan_due"
    PHASE_TRANSFER_PLAN_ISSUED = "phase_transfer_plan_issued"
    NEXT_SETTING_ALREADY_NAMED = "next_setting_already_named"

    # Moves between authorities
    MOVE_KNOWN = "move_known"
    PLAN_TRANSFERRED_IN = "plan_transferred_in"
    FAMILY_TOLD_OF_TRANSFER = "family_told_of_transfer"
    PLAN_TRANSFERRED_OUT = "plan_transferred_out"

    # Ceasing
    CEASE_CONSULTED = "cease_consulted"
    CEASE_DECIDED = "cease_decided"
    DECIDED_NOT_TO_CEASE = "decided_not_to_cease"
    STOPPED_ATTENDING = "stopped_attending"
    TURNS_25 = "turns_25"
    PLAN_CEASED = "plan_ceased"

    # Mediation
    APPEALABLE_DECISION_SENT = "appealable_decision_sent"
    MEDIATION_ADVISER_CONTACTED = "mediation_adviser_contacted"
    MEDIATION_DECLINED = "mediation_declined"
    MEDIATION_CERTIFICATE_ISSUED = "mediation_certificate_issued"
    MEDIATION_REQUESTED = "mediation_requested"
    HEALTH_MEDIATION_REQUESTED = "health_mediation_requested"
    HEALTH_ONLY_MEDIATION_REQUESTED = "health_only_mediation_requested"
    HEALTH_TOLD_OF_MEDIATION = "health_told_of_mediation"
    MEDIATION_HELD = "mediation_held"
    AGREED_TO_ASSESS = "agreed_to_assess"
    AGREED_TO_MAKE_PLAN = "agreed_to_make_plan"
    AGREED_TO_AMEND = "agreed_to_amend"
    AGREED_TO_CHANGE_SETTING = "agreed_to_change_setting"
    AGREED_OTHER_ISSUE = "agreed_other_issue"
    AGREED_WITHOUT_AUTHORITY = "agreed_without_authority"
    OTHER_TIMESCALE_AGREED = "other_timescale_agreed"
    AGREEMENT_CARRIED_OUT = "agreement_carried_out"
    AUTHORITY_TOLD_OF_AGREEMENT = "authority_told_of_agreement"

    # Appeals, orders and recommendations
    APPEAL_REGISTERED = "appeal_registered"
    APPEAL_WITHDRAWN = "appeal_withdrawn"
    NOT_OPPOSED_ASSESSMENT = "not_opposed_assessment"
    NOT_OPPOSED_CONTENT = "not_opposed_content"
    TRIBUNAL_ORDERED = "tribunal_ordered"
    ORDERED_TO_ASSESS = "ordered_to_assess"
    ORDERED_TO_MAKE_PLAN = "ordered_to_make_plan"
    ORDERED_TO_AMEND = "ordered_to_amend"
    ORDERED_TO_CHANGE_SETTING = "ordered_to_change_setting"
    CEASING_APPEAL_DISMISSED = "ceasing_appeal_dismissed"
    RECOMMENDATION_RECEIVED = "recommendation_received"
    RECOMMENDATION_ANSWERED = "recommendation_answered"

    # Personal budgets and the statutory return
    PERSONAL_BUDGET_REQUESTED = "personal_budget_requested"
    PERSONAL_BUDGET_DECIDED = "personal_budget_decided"
    DIRECT_PAYMENTS_STARTED = "direct_payments_started"
    DIRECT_PAYMENTS_REVIEWED = "direct_payments_reviewed"
    SEN2_CENSUS_DAY = "sen2_census_day"
    SEN2_RETURN_SUBMITTED = "sen2_return_submitted"
