"""What is special to a plan that moves between authorities: the two cases, and the papers that go with it."""

from django.db import models
from django.db.models import F, Q

from casework.audit import tracked
from casework.columns import one_of
from casework.models.authorities import LocalAuthority
from casework.models.cases import Case
from casework.models.plans import Plan


@tracked()
class PlanTransfer(models.Model):
    """A move of a child with a plan, into or out of this authority (SEND Regulations 2014 reg 15).

    `moved_on` may lie ahead. `known_on` is the day this authority learned of the move. For a move in, `plan_made_on` and
    `last_reviewed_on` are the days of the authority before, which the plan keeps; `plan` is empty until it has come.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="plan_transfer")
    authority = models.ForeignKey(LocalAuthority, models.PROTECT, related_name="plan_transfers")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="transfers")
    moved_on = models.DateField("day of the move")
    known_on = models.DateField("day this authority learned of the move")
    told_by = models.CharField("who told us", max_length=200, blank=True, default="", db_default="")
    plan_made_on = models.DateField("day the authority before made the plan", null=True, blank=True)
    last_reviewed_on = models.DateField("day its last review there was completed", null=True, blank=True)
    too_far_to_attend = models.BooleanField(
        "attending the setting named has become impractical (reg 15(6))", default=False, db_default=False
    )
    arrangements = models.TextField(
        "where the child is educated until the plan is amended", blank=True, default="", db_default=""
    )
    will_reassess = models.BooleanField("family told that we will re-assess", null=True, blank=True)
    review_said_for = models.DateField(
        "day by which the family was told we will review", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_reviewed_on__isnull=True)
                | (Q(plan_made_on__isnull=False) & Q(last_reviewed_on__gte=F("plan_made_on"))),
                name="plan_transfer_reviewed_after_made",
                violation_error_message="The plan cannot have been reviewed before it was made.",
            ),
            models.CheckConstraint(
                condition=Q(plan__isnull=True) | Q(too_far_to_attend=False) | Q(arrangements__gt=""),
                name="plan_transfer_far_with_arrangements",
                violation_error_message="Say where the child is educated until the plan is amended.",
            ),
        ]


class Paper(models.TextChoices):
    """What goes to the new authority. The plan itself is law (reg 15(2)); the others are what the plan rests on."""

    PLAN = "plan", "EHC plan with its appendices"
    ADVICE = "advice", "Advice and reports the plan rests on"
    REVIEW = "review", "Last annual review: report, decision and any amendment notice"
    PERSONAL_BUDGET = "budget", "Personal budget and direct payment agreement"
    TRIBUNAL = "tribunal", "Open mediation, appeal or tribunal order"
    CONTACTS = "contacts", "Contact details and who may be written to"


@tracked()
class TransferPaper(models.Model):
    """A paper sent to the new authority: the day, and how it can be proved. `not_held` says there is no such paper."""

    transfer = models.ForeignKey(PlanTransfer, models.PROTECT, related_name="papers")
    paper = models.CharField(max_length=10, choices=Paper.choices)
    sent_on = models.DateField(null=True, blank=True)
    proof = models.CharField("how it can be proved", max_length=300, blank=True, default="", db_default="")
    not_held = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("transfer_paper_known", "paper", Paper),
            models.UniqueConstraint(
                fields=["transfer", "paper"],
                name="transfer_paper_once",
                violation_error_message="This paper is already on the list.",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=False, not_held=False, proof__gt="")
                | Q(sent_on__isnull=True, not_held=True),
                name="transfer_paper_sent_with_proof_or_not_held",
                violation_error_message="Give the day the paper was sent and how it can be proved, or say it is not held.",
            ),
        ]
