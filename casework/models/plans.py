"""EHC plans and their versions."""

from django.db import models
from django.db.models import F, Q

from casework.audit import tracked
from casework.columns import came_from, one_of, public_id
from casework.models.cases import Case
from casework.models.children import Child
from casework.models.establishments import Establishment
from casework.periods import DateEffective, StartMayBeUnknown, no_overlap, ordered_days
from casework.rules.phase_transfers import Phase


class CeaseReason(models.TextChoices):
    """Why a plan ended (SEN2 item 4.6)."""

    MAXIMUM_AGE = "1", "Reached maximum age"
    NEEDS_MET = "2", "Needs met without a plan"
    HIGHER_EDUCATION = "3", "Moved to higher education"
    EMPLOYMENT = "4", "Moved to paid employment"
    TRANSFERRED = "5", "Transferred to another authority"
    NOT_ENGAGING = "6", "No longer wishes to engage in education or training"
    LEFT_ENGLAND = "7", "Moved outside England"
    DECEASED = "8", "Died"
    OTHER = "9", "Other"


@tracked()
class Plan(DateEffective):
    """An EHC plan: maintained from the day it was made (`starts_on`) to the day it ceased (`ends_on`).

    A plan that came from another authority keeps the day that authority made it (SEND Regulations 2014 reg 15).
    `maintained_from` is then the day it was transferred: before it the plan was not this authority's. Empty for a plan
    made here, and where a return did not say.
    """

    public_id = public_id()
    child = models.ForeignKey(Child, models.PROTECT, related_name="plans")
    request = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="plans")
    cease_reason = models.CharField(
        max_length=1, choices=CeaseReason.choices, blank=True, default="", db_default=""
    )
    transferred_from_la = models.CharField(
        "LA number it came from", max_length=3, blank=True, default="", db_default=""
    )
    maintained_from = models.DateField("transferred to this authority on", null=True, blank=True)
    came_from = came_from()
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            ordered_days("plan_days_in_order"),
            models.CheckConstraint(
                condition=Q(maintained_from__isnull=True)
                | (
                    Q(maintained_from__gte=F("starts_on"), transferred_from_la__gt="")
                    & (Q(ends_on__isnull=True) | Q(ends_on__gte=F("maintained_from")))
                ),
                name="plan_transferred_after_made",
                violation_error_message="A plan cannot be transferred before it was made, or after it ended.",
            ),
            one_of("plan_cease_reason_known", "cease_reason", CeaseReason, blank=True),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False, cease_reason__gt="")
                | Q(ends_on__isnull=True, cease_reason=""),
                name="plan_ceased_with_a_reason",
            ),
            no_overlap(
                "child_has_one_plan", "child", message="This child already has a plan on some of these days."
            ),
        ]


class Stage(models.TextChoices):
    """How far a version has come."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Proposed amendments"
    FINAL = "final", "Final"
    AMENDED_FINAL = "amended_final", "Amended final"


class Need(models.TextChoices):
    """Types of need (SEN2 item 5.8a), in the order DfE lists them."""

    SPLD = "SPLD", "Specific learning difficulty"
    MLD = "MLD", "Moderate learning difficulty"
    SLD = "SLD", "Severe learning difficulty"
    PMLD = "PMLD", "Profound and multiple learning difficulty"
    SEMH = "SEMH", "Social, emotional and mental health"
    SLCN = "SLCN", "Speech, language and communication needs"
    HI = "HI", "Hearing impairment"
    VI = "VI", "Vision impairment"
    MSI = "MSI", "Multi-sensory impairment"
    PD = "PD", "Physical disability"
    ASD = "ASD", "Autistic spectrum disorder"
    DS = "DS", "Down syndrome"
    OTH = "OTH", "Other difficulty"


@tracked()
class PlanVersion(StartMayBeUnknown):
    """One text of a plan. A final version is in force from `starts_on`, the day it was sent, until the next one.

    Drafts and proposals have no days in force: `starts_on` is empty and `stage` says so.
    """

    public_id = public_id()
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=15, choices=Stage.choices)
    served_on = models.DateField("draft served on the family", null=True, blank=True)
    primary_need = models.CharField(max_length=4, choices=Need.choices, blank=True, default="")
    secondary_need = models.CharField(max_length=4, choices=Need.choices, blank=True, default="")
    personal_budget = models.BooleanField(null=True, blank=True)
    organised_arrangements = models.BooleanField(null=True, blank=True)
    direct_payment = models.CharField(
        "what the direct payment covers (SEN2 4.4c)", max_length=1, blank=True, default=""
    )
    came_from = came_from()

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            ordered_days("plan_version_days_in_order"),
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once"),
            one_of("plan_version_stage_known", "stage", Stage),
            one_of("plan_version_primary_need_known", "primary_need", Need, blank=True),
            one_of("plan_version_secondary_need_known", "secondary_need", Need, blank=True),
            models.CheckConstraint(
                condition=Q(secondary_need="") | ~Q(secondary_need=F("primary_need")),
                name="plan_version_needs_differ",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["final", "amended_final"], starts_on__isnull=False)
                | Q(stage__in=["draft", "proposed"], starts_on__isnull=True, ends_on__isnull=True),
                name="plan_version_final_is_dated",
            ),
            no_overlap(
                "plan_has_one_version_in_force", "plan",
                condition=Q(stage__in=["final", "amended_final"]),
                message="Another version of this plan is in force on some of these days.",
            ),
        ]  # fmt: skip


@tracked()
class PhaseTransfer(models.Model):
    """What is special to a phase transfer: the day by which the amended plan is due (SEN2 item 5.6a).

    `due_on` is the legal marker, 15 February or 31 March, which is itself late. `next_setting`, or words where only a
    type of setting is agreed, is what the plan will name; the plan itself names it in section I.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="phase_transfer")
    due_on = models.DateField()
    phase = models.CharField(
        max_length=20,
        choices=[(phase.value, phase.words) for phase in Phase],
        blank=True,
        default="",
        db_default="",
    )
    next_setting = models.ForeignKey(
        Establishment, models.PROTECT, null=True, blank=True, related_name="phase_transfers"
    )
    next_setting_words = models.CharField(
        "type of setting, in words", max_length=200, blank=True, default="", db_default=""
    )
    came_from = came_from()

    class Meta:
        constraints = [one_of("phase_transfer_phase_known", "phase", Phase, blank=True)]
        indexes = [models.Index(fields=["due_on"], name="phase_transfer_due")]
