"""Reviews of plans, and the files in which settings return them."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case as Choose
from django.db.models import F, Q, Value, When

from casework.audit import tracked
from casework.columns import one_of, public_id
from casework.models.cases import Answer, Case
from casework.models.plans import Plan
from casework.rules.phase_transfers import Stage as TransferStage
from casework.rules.reviews import DUE_FROM_DAYS, ReviewState


class ReviewType(models.TextChoices):
    """Why a review is held when it is. Each, once complete, starts the next twelve months."""

    ANNUAL = "annual", "Annual review"
    EARLY = "early", "Early review"
    INTERIM = "interim", "Interim review"
    HALF_YEARLY = "half_yearly", "Half-yearly review (under five)"


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews as they stand on a day."""

    def with_state(self, on: datetime.date) -> Self:
        """Adds `state` (a ReviewState value) and `act_by`, the last day of the next duty."""
        held, decided = Q(held_on__isnull=False), Q(decided_on__isnull=False)
        done = Q(final_on__isnull=False) | Q(not_amended_on__isnull=False)
        amends = Q(answer=Answer.AMEND)
        soon = on + datetime.timedelta(days=DUE_FROM_DAYS)
        states: list[tuple[Q, ReviewState]] = [
            (done | (decided & ~amends), ReviewState.COMPLETE),
            (Q(case__closed_on__isnull=False), ReviewState.ENDED),
            (decided & Q(amendment_sent_on__isnull=True), ReviewState.WAITING_NOTICE),
            (decided, ReviewState.WAITING_FINAL),
            (held & Q(report_on__isnull=True), ReviewState.WAITING_REPORT),
            (held, ReviewState.WAITING_DECISION),
            (Q(planned_on__gte=on), ReviewState.BOOKED),
            (Q(planned_on__lt=on), ReviewState.MEETING_PASSED),
            (Q(due_on__lt=on), ReviewState.OVERDUE),
            (Q(due_on__lte=soon), ReviewState.DUE),
        ]
        dues: list[tuple[Q, str]] = [
            (decided & Q(amendment_sent_on__isnull=True), "decision_due_on"),
            (decided, "final_due_on"),
            (held & Q(report_on__isnull=True), "report_due_on"),
            (held, "decision_due_on"),
        ]
        return self.annotate(
            state=Choose(
                *(When(condition, then=Value(str(state))) for condition, state in states),
                default=Value(str(ReviewState.NOT_DUE)),
                output_field=models.CharField(),
            ),
            act_by=Choose(
                *(When(condition, then=F(column)) for condition, column in dues),
                default=F("due_on"),
                output_field=models.DateField(),
            ),
        )

    def with_stage(self) -> Self:
        """Adds `stage`, how far a phase transfer has come (casework.rules.phase_transfers.Stage)."""
        stages: list[tuple[Q, TransferStage]] = [
            (Q(final_on__isnull=False) | Q(case__closed_because="already_named"), TransferStage.FINAL),
            (
                Q(case__phase_transfer__next_setting__isnull=False)
                | Q(case__phase_transfer__next_setting_words__gt=""),
                TransferStage.NAMED,
            ),
            (Q(amendment_sent_on__isnull=False), TransferStage.NOTICE),
            (Q(held_on__isnull=False) | Q(decided_on__isnull=False), TransferStage.REVIEWED),
        ]
        return self.annotate(
            stage=Choose(
                *(When(condition, then=Value(str(stage))) for condition, stage in stages),
                default=Value(str(TransferStage.TO_REVIEW)),
                output_field=models.CharField(),
            )
        )


@tracked()
class Review(models.Model):
    """One review of a plan: the four duties side by side, each with its own day.

    Every date is derived from the milestones of the case, and every `..._due_on` copied from its clocks, by
    `casework.services.review_tables`; they are kept in one row so that boards and lists read one table. Only `type` and
    `why` are recorded here.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="review")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="reviews")
    type = models.CharField(
        max_length=12, choices=ReviewType.choices, default=ReviewType.ANNUAL, db_default=ReviewType.ANNUAL
    )
    why = models.TextField("why it is held early", blank=True, default="", db_default="")

    due_on = models.DateField("last day of the 12 months (C1, C2)", null=True, blank=True)
    planned_on = models.DateField("meeting planned for", null=True, blank=True)
    notice_given_on = models.DateField("notice of the meeting given", null=True, blank=True)
    advice_circulated_on = models.DateField(null=True, blank=True)
    held_on = models.DateField("meeting held", null=True, blank=True)
    report_on = models.DateField("report received", null=True, blank=True)
    report_due_on = models.DateField("report due (C5)", null=True, blank=True)
    decided_on = models.DateField("family told of the decision", null=True, blank=True)
    decision_due_on = models.DateField("decision due (C6)", null=True, blank=True)
    answer = models.CharField(max_length=15, choices=Answer.choices, blank=True, default="", db_default="")
    amendment_sent_on = models.DateField("amendment notice sent", null=True, blank=True)
    amendment_served_on = models.DateField("amendment notice served", null=True, blank=True)
    not_amended_on = models.DateField("family told of the decision not to amend", null=True, blank=True)
    final_on = models.DateField("final amended plan sent", null=True, blank=True)
    final_due_on = models.DateField("final amended plan due (C9)", null=True, blank=True)
    superseded = models.BooleanField(
        "a later review was completed before this one", default=False, db_default=False
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("review_type_known", "type", ReviewType),
            models.CheckConstraint(
                condition=Q(type=ReviewType.ANNUAL) | Q(why__gt=""),
                name="review_early_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(decided_on__isnull=True), name="review_undecided_due"
            ),
            models.Index(fields=["plan", "decided_on"], name="review_plan_decided"),
            models.Index(fields=["held_on"], name="review_held"),
        ]


@tracked()
class ReviewReturn(models.Model):
    """A file in which a setting tells of its reviews: read, shown, and only then recorded.

    `rows` are the cells as they were sent, so that the preview is made afresh from the records as they are.
    """

    public_id = public_id()
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(db_default=models.functions.Now())
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded = models.PositiveIntegerField("rows recorded", default=0, db_default=0)

    class Meta:
        ordering = ["-brought_at"]
