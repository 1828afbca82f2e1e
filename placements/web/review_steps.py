"""The steps of a review that name a setting, offered on the child's reviews page."""

from casework.models import CaseKind
from casework.rules.permissions import Permission
from casework.web.review_steps import ReviewStep, register

register(
    ReviewStep(
        "next_setting",
        "Say which setting was agreed",
        Permission.DECIDE,
        "agree_next_setting",
        lambda review: review.case.kind == CaseKind.PHASE_TRANSFER and review.final_on is None,
    )
)
register(
    ReviewStep(
        "final_plan",
        "Record the final amended plan",
        Permission.DECIDE,
        "issue_amended_plan",
        lambda review: review.amendment_sent_on is not None and review.final_on is None,
    )
)
register(
    ReviewStep(
        "already_named",
        "The plan already names the next setting",
        Permission.DECIDE,
        "already_named",
        lambda review: review.case.kind == CaseKind.PHASE_TRANSFER and review.answer == "maintain",
    )
)
