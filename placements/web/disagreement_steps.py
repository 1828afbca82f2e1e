"""The step of a mediation or an appeal that names a setting, offered on the child's disagreements page."""

from casework.rules.permissions import Permission
from casework.rules.undertakings import Undertaking
from casework.web.disagreement_steps import DisagreementStep, register

register(
    DisagreementStep(
        "amended_plan",
        "Record the amended plan",
        Permission.DECIDE,
        "issue_plan_as_bound",
        lambda standing: bool({Undertaking.AMEND, Undertaking.CHANGE_SETTING} & set(standing.to_carry_out)),
    )
)
