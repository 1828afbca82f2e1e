"""What is special to ceasing a plan: the reason, the consultation, and why an appeal may not be possible."""

from django.db import models
from django.db.models import Q

from casework.audit import tracked
from casework.columns import one_of
from casework.models.cases import Case
from casework.models.plans import CeaseReason, Plan


class NoAppeal(models.TextChoices):
    """Why a plan may end before the time to appeal is over."""

    DISMISSED = "dismissed", "The Tribunal dismissed the appeal"
    APPEAL_WITHDRAWN = "withdrawn", "The appeal was withdrawn, and the time to appeal is over"
    DIED = "died", "The child or young person has died"
    LEFT_AREA = "left_area", "The child or young person has moved out of the area"
    TOO_OLD = "too_old", "The academic year of the 25th birthday has ended"


@tracked()
class Ceasing(models.Model):
    """The course of ceasing one plan (CFA 2014 s.45; SEND Regulations 2014 regs 29 to 31).

    The days of consultation, decision and end are milestones of the case. `reason` is what is considered, then what was
    decided (SEN2 4.6). `without_consultation` is true where the authority is no longer responsible, so that there was
    nothing to decide.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="ceasing")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="ceasings")
    reason = models.CharField(max_length=1, choices=CeaseReason.choices)
    why = models.TextField("why ceasing is considered, in words")
    setting_consulted = models.CharField(
        "head or principal consulted", max_length=200, blank=True, default="", db_default=""
    )
    family_views = models.TextField(blank=True, default="", db_default="")
    setting_views = models.TextField(blank=True, default="", db_default="")
    wishes_to_return = models.BooleanField(
        "young person wishes to return to education (reg 30)", null=True, blank=True
    )
    without_consultation = models.BooleanField(default=False, db_default=False)
    no_appeal = models.CharField(
        "why the plan ended before the time to appeal was over",
        max_length=10, choices=NoAppeal.choices, blank=True, default="", db_default="",
    )  # fmt: skip
    no_appeal_proof = models.CharField(
        "how it is known that no appeal is possible", max_length=300, blank=True, default="", db_default=""
    )

    class Meta:
        constraints = [
            one_of("ceasing_reason_known", "reason", CeaseReason),
            one_of("ceasing_no_appeal_known", "no_appeal", NoAppeal, blank=True),
            models.CheckConstraint(
                condition=Q(no_appeal="") | Q(no_appeal_proof__gt=""),
                name="ceasing_no_appeal_with_proof",
                violation_error_message="Say how it is known that no appeal is possible.",
            ),
            models.CheckConstraint(
                condition=Q(why__gt=""),
                name="ceasing_says_why",
                violation_error_message="Say why ceasing is considered.",
            ),
        ]
