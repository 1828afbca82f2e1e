"""Cases and the dated facts that happen in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast

from casework.audit import tracked
from casework.columns import came_from, one_of, public_id
from casework.models.children import Child
from casework.periods import DateEffective, no_overlap, ordered_days
from casework.rules.case_kinds import CaseKind, case_kind_choices
from casework.rules.milestones import Milestone as MilestoneKind

ONE_OPEN_AT_A_TIME = (
    CaseKind.REQUEST,
    CaseKind.REASSESSMENT,
    CaseKind.TRANSFER_IN,
    CaseKind.TRANSFER_OUT,
    CaseKind.CEASING,
)


@tracked()
class Case(models.Model):
    """One run of one process for one child, from the event that opened it to the one that closed it."""

    public_id = public_id()
    child = models.ForeignKey(Child, models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=20, choices=case_kind_choices())
    opened_on = models.DateField(null=True, blank=True, help_text="Empty where an old return did not say.")
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=40, blank=True, default="", db_default="")
    came_from = came_from()
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            one_of("case_kind_known", "kind", CaseKind),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="case_closed_after_opened",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=False, closed_because__gt="")
                | Q(closed_on__isnull=True, closed_because=""),
                name="case_closed_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["child", "kind"],
                condition=Q(closed_on__isnull=True, kind__in=list(ONE_OPEN_AT_A_TIME)),
                name="case_one_open_of_a_kind",
                violation_error_message="This child already has an open case of this kind. Open that case instead.",
            ),
        ]
        indexes = [models.Index(fields=["kind", "closed_on"], name="case_kind_closed")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    @property
    def reference(self) -> str:
        """The number people quote in letters and on the telephone."""
        return f"EHC-{self.pk:07d}"


class AssignmentPart(models.TextChoices):
    """What part a worker has in a case."""

    LEAD = "lead", "Lead worker"
    SUPPORT = "support", "Supporting worker"


@tracked()
class CaseAssignment(DateEffective):
    """Who works a child's cases, and when. One lead at a time."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=10, choices=AssignmentPart.choices, default=AssignmentPart.LEAD)

    class Meta:
        constraints = [
            ordered_days("assignment_days_in_order"),
            one_of("assignment_part_known", "part", AssignmentPart),
            no_overlap(
                "child_has_one_lead", "child",
                condition=Q(part="lead"),
                may_wait=True,
                message="This child already has a lead worker on some of these days.",
            ),
        ]  # fmt: skip


# Days that are planned or fixed ahead; every other milestone has happened when it is recorded.
AHEAD = (
    MilestoneKind.REVIEW_MEETING_PLANNED,
    MilestoneKind.TRANSFER_TO_POST_16,
    MilestoneKind.TRANSFER_TO_NEXT_PHASE,
    MilestoneKind.POST_16_MOVE_PLANNED,
    MilestoneKind.PHASE_TRANSFER_PLAN_DUE,
    MilestoneKind.MOVED_AWAY,
    MilestoneKind.TURNS_25,
    MilestoneKind.SEN2_CENSUS_DAY,
)
ONCE_IN_A_CASE = (
    MilestoneKind.REQUEST_RECEIVED,
    MilestoneKind.RESPONSIBILITY_BEGAN,
    MilestoneKind.DECIDED_TO_ASSESS,
    MilestoneKind.DECIDED_NOT_TO_ASSESS,
    MilestoneKind.REQUEST_WITHDRAWN,
    MilestoneKind.MOVED_AWAY,
    MilestoneKind.ASSESSMENT_WITHDRAWN,
    MilestoneKind.DECIDED_TO_ISSUE,
    MilestoneKind.DECIDED_NOT_TO_ISSUE,
    MilestoneKind.FINAL_PLAN_ISSUED,
    MilestoneKind.REVIEW_DECIDED,
    MilestoneKind.NEXT_SETTING_ALREADY_NAMED,
    MilestoneKind.MOVE_KNOWN,
    MilestoneKind.PLAN_TRANSFERRED_IN,
    MilestoneKind.FAMILY_TOLD_OF_TRANSFER,
    MilestoneKind.PLAN_TRANSFERRED_OUT,
    MilestoneKind.CEASE_CONSULTED,
    MilestoneKind.CEASE_DECIDED,
    MilestoneKind.DECIDED_NOT_TO_CEASE,
    MilestoneKind.PLAN_CEASED,
)


@tracked()
class Milestone(models.Model):
    """Something that happened in a case on a day. Never edited: a correction is a new row that replaces the old.

    `replaced` is kept true by the service that records the correction, so that "the facts as they stand" is one
    indexed condition.
    """

    public_id = public_id()
    case = models.ForeignKey(Case, models.PROTECT, related_name="milestones")
    kind = models.CharField(max_length=40)
    happened_on = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=models.functions.Now())
    part = models.CharField(
        "which of several, for facts that happen once for each body asked",
        max_length=40,
        blank=True,
        default="",
        db_default="",
    )
    note = models.TextField(blank=True, default="", db_default="")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", db_index=True
    )
    replaced = models.BooleanField(default=False, db_default=False)
    withdrawn = models.BooleanField(
        default=False, db_default=False, help_text="The correction says that it never happened."
    )
    reason_for_correction = models.CharField(max_length=300, blank=True, default="", db_default="")
    came_from = came_from()

    class Meta:
        ordering = ["happened_on", "pk"]
        constraints = [
            one_of("milestone_kind_known", "kind", MilestoneKind),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(
                    replaced=False, withdrawn=False, kind__in=[kind.value for kind in ONCE_IN_A_CASE]
                ),
                name="milestone_once_in_a_case",
                violation_error_message="This has already been recorded in this case. Correct the date instead.",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | Q(reason_for_correction__gt=""),
                name="milestone_correction_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in AHEAD])
                | Q(
                    happened_on__lte=Cast(
                        Func(Value("Europe/London"), F("recorded_at"), function="timezone"),
                        models.DateField(),
                    )
                ),
                name="milestone_not_in_the_future",
                violation_error_message="This has not happened yet. Enter a day up to and including today.",
            ),
        ]
        indexes = [models.Index(fields=["case", "kind"], name="milestone_case_kind")]


class Question(models.TextChoices):
    """What was decided."""

    ASSESS = "assess", "Whether to carry out an EHC needs assessment"
    ISSUE = "issue", "Whether to issue an EHC plan"
    REVIEW = "review", "Whether to maintain, amend or cease the plan after a review"
    CEASE = "cease", "Whether to cease the plan"
    REASSESS = "reassess", "Whether to re-assess"


class Answer(models.TextChoices):
    """The decision."""

    ASSESS = "assess", "Carry out an assessment"
    REFUSE_ASSESS = "refuse_assess", "Refuse to assess"
    ISSUE = "issue", "Issue a plan"
    REFUSE_ISSUE = "refuse_issue", "Refuse to issue a plan"
    MAINTAIN = "maintain", "Maintain the plan"
    AMEND = "amend", "Amend the plan"
    CEASE = "cease", "Cease the plan"
    REASSESS = "reassess", "Carry out a re-assessment"
    REFUSE_REASSESS = "refuse_reassess", "Refuse to re-assess"


@tracked()
class Decision(models.Model):
    """Why: the legal test, the coded grounds and the reasons in words behind a milestone that is a decision."""

    milestone = models.OneToOneField(Milestone, models.PROTECT, related_name="decision")
    question = models.CharField(max_length=10, choices=Question.choices)
    answer = models.CharField(max_length=15, choices=Answer.choices)
    decided_on = models.DateField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    test_applied = models.CharField(max_length=40, blank=True, default="", db_default="")
    grounds = models.JSONField("coded grounds", default=list, blank=True)
    reasons = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = [
            one_of("decision_question_known", "question", Question),
            one_of("decision_answer_known", "answer", Answer),
        ]
