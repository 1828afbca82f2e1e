"""Panels that advise on a decision, and what they recommended for each child."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from casework.audit import tracked
from casework.columns import one_of, public_id
from casework.models.cases import Answer, Case, Decision, Question


@tracked()
class PanelMeeting(models.Model):
    """One sitting of a panel. A panel advises; the authority decides, and no wait for a panel moves a limit."""

    public_id = public_id()
    name = models.CharField(max_length=100)
    held_on = models.DateField()
    members = ArrayField(models.CharField(max_length=200), help_text="Name and role of each member present.")

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "held_on"],
                name="panel_sits_once_a_day",
                violation_error_message="This panel is already recorded on this day. Choose that meeting.",
            ),
            models.CheckConstraint(
                condition=Q(members__len__gt=0),
                name="panel_has_members",
                violation_error_message="Enter at least one member who was present.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.held_on.day} {self.held_on:%B %Y}"


@tracked()
class PanelOutcome(models.Model):
    """What a panel recommended for one child, and the decision it led to.

    `recommended_band` and `recommended_top_up` are kept in the panel's own words: what is paid is decided and recorded
    in funding. Where the decision is another than the panel recommended, `departed_because` says why.
    """

    public_id = public_id()
    meeting = models.ForeignKey(PanelMeeting, models.PROTECT, related_name="outcomes")
    case = models.ForeignKey(Case, models.PROTECT, related_name="panel_outcomes")
    question = models.CharField(max_length=10, choices=Question.choices)
    recommendation = models.CharField(max_length=15, choices=Answer.choices)
    reasons = models.TextField()
    advice_considered = ArrayField(
        models.CharField(max_length=400),
        default=list,
        blank=True,
        help_text="The advice before the panel, as it was named and dated on that day.",
    )
    other_evidence = models.TextField(blank=True, default="", db_default="")
    recommended_band = models.CharField(max_length=60, blank=True, default="", db_default="")
    recommended_top_up = models.CharField(max_length=200, blank=True, default="", db_default="")
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="panel_outcome"
    )
    departed_because = models.TextField(blank=True, default="", db_default="")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            one_of("panel_question_known", "question", Question),
            one_of("panel_recommendation_known", "recommendation", Answer),
            models.UniqueConstraint(
                fields=["meeting", "case", "question"],
                name="panel_hears_a_question_once",
                violation_error_message="This panel's outcome for this child is already recorded.",
            ),
            models.CheckConstraint(
                condition=Q(reasons__gt=""),
                name="panel_outcome_with_reasons",
                violation_error_message="Enter the panel's reasons.",
            ),
            models.CheckConstraint(
                condition=Q(departed_because="") | Q(decision__isnull=False),
                name="panel_departure_has_a_decision",
            ),
        ]

    @property
    def standing_decision(self) -> Decision | None:
        """The decision it led to; None before one is made, and after one was taken back. Load `decision__milestone`."""
        decision: Decision | None = self.decision
        if decision is None or decision.milestone.replaced or decision.milestone.withdrawn:
            return None
        return decision
