"""What the Tribunal sends in an appeal: directions with their own dates, hearings, orders and recommendations."""

from django.db import models
from django.db.models import Q

from casework.audit import tracked
from casework.columns import one_of, public_id
from casework.models.cases import Case, Milestone
from casework.rules.tribunal_orders import OrderKind


class DirectionKind(models.TextChoices):
    """What must reach the Tribunal, or be answered, by a day."""

    RESPONSE = "response", "Response to the appeal"
    EVIDENCE = "evidence", "Further evidence"
    WORKING_DOCUMENT = "working_document", "Working document"
    ATTENDANCE = "attendance", "Attendance form"
    BUNDLE = "bundle", "Bundle"
    OTHER = "other", "Another direction"
    HEALTH = "health", "Answer to a health recommendation"
    SOCIAL_CARE = "social_care", "Answer to a social care recommendation"


RECOMMENDATIONS = (DirectionKind.HEALTH, DirectionKind.SOCIAL_CARE)


@tracked()
class TribunalDirection(models.Model):
    """One thing to be done by a day the Tribunal set, or a recommendation to be answered.

    `dropped_because` says why it no longer applies. When the Tribunal gives more time the day is moved, with the reason,
    and the trail keeps the earlier one.
    """

    public_id = public_id()
    case = models.ForeignKey(Case, models.PROTECT, related_name="directions")
    kind = models.CharField(max_length=20, choices=DirectionKind.choices)
    text = models.TextField("what is to be done")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    note = models.TextField("how it was done", blank=True, default="", db_default="")
    moved_because = models.CharField(
        "why the day was moved", max_length=300, blank=True, default="", db_default=""
    )
    dropped_because = models.CharField(
        "why it no longer applies", max_length=300, blank=True, default="", db_default=""
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            one_of("direction_kind_known", "kind", DirectionKind),
            models.CheckConstraint(
                condition=Q(text__gt=""),
                name="direction_says_what",
                violation_error_message="Enter what is to be done.",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(dropped_because=""),
                name="direction_done_or_dropped",
                violation_error_message="What was done cannot also have been dropped.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(done_on__isnull=True, dropped_because=""),
                name="direction_open_due",
            )
        ]

    @property
    def words(self) -> str:
        """What is to be done, in one line."""
        kind = str(self.get_kind_display())
        return kind if self.text == kind else f"{kind}: {self.text}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and not self.dropped_because


class HearingKind(models.TextChoices):
    """What takes place on the day."""

    FINAL = "final", "Final hearing"
    CASE_MANAGEMENT = "case_management", "Case management hearing"
    PAPER = "paper", "Decision on the papers"
    RESOLUTION = "resolution", "Judicial alternative dispute resolution"


class HearingOutcome(models.TextChoices):
    """What became of the day."""

    HELD = "held", "Held"
    ADJOURNED = "adjourned", "Adjourned"
    VACATED = "vacated", "Vacated"


@tracked()
class TribunalHearing(models.Model):
    """A day listed by the Tribunal. A hearing that is moved is vacated and listed again."""

    public_id = public_id()
    case = models.ForeignKey(Case, models.PROTECT, related_name="hearings")
    kind = models.CharField(max_length=20, choices=HearingKind.choices)
    listed_for = models.DateField()
    how = models.CharField("where, or by video", max_length=200, blank=True, default="", db_default="")
    outcome = models.CharField(
        max_length=10, choices=HearingOutcome.choices, blank=True, default="", db_default=""
    )
    note = models.TextField(blank=True, default="", db_default="")

    class Meta:
        ordering = ["listed_for", "pk"]
        constraints = [
            one_of("hearing_kind_known", "kind", HearingKind),
            one_of("hearing_outcome_known", "outcome", HearingOutcome, blank=True),
            models.UniqueConstraint(
                fields=["case", "listed_for"],
                condition=~Q(outcome=HearingOutcome.VACATED),
                name="hearing_one_a_day",
                violation_error_message="A hearing of this appeal is listed for that day already.",
            ),
        ]
        indexes = [
            models.Index(fields=["listed_for"], condition=Q(outcome=""), name="hearing_to_come"),
        ]


@tracked()
class TribunalOrder(models.Model):
    """An order of the Tribunal: the terms behind a milestone that is one, as `Decision` is behind a decision.

    The milestone's day is the day of the order, from which every limit runs; `received_on` is the day it reached us.
    """

    milestone = models.OneToOneField(Milestone, models.PROTECT, related_name="tribunal_order")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.words) for kind in OrderKind])
    received_on = models.DateField(null=True, blank=True)
    by_consent = models.BooleanField(default=False, db_default=False)
    terms = models.TextField("the terms in words")

    class Meta:
        constraints = [
            one_of("order_kind_known", "kind", OrderKind),
            models.CheckConstraint(
                condition=Q(terms__gt=""),
                name="order_has_terms",
                violation_error_message="Enter what the Tribunal ordered.",
            ),
        ]
