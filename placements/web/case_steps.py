"""The steps of moves that name a setting, offered on the child's page of moves."""

from casework.models import CaseKind, MilestoneKind
from casework.rules.permissions import Permission
from casework.web.case_steps import CaseStep, register

register(
    CaseStep(
        "receive_plan",
        "Record the plan that came",
        CaseKind.TRANSFER_IN,
        Permission.DECIDE,
        "receive_plan",
        lambda standing: MilestoneKind.PLAN_TRANSFERRED_IN not in standing,
        10,
    )
)
register(
    CaseStep(
        "reassessed_plan",
        "Record the final amended plan",
        CaseKind.REASSESSMENT,
        Permission.DECIDE,
        "issue_reassessed_plan",
        lambda standing: MilestoneKind.AMENDMENT_NOTICE_SENT in standing,
        30,
    )
)
