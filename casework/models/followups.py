"""What a worker means to do next about a child: not a statutory date, but it must not be forgotten."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.audit import tracked
from casework.columns import one_of, public_id
from casework.models.cases import Case
from casework.models.children import Child
from casework.models.contacts import ContactNote
from casework.models.users import Team


class FollowUpKind(models.TextChoices):
    """What is to be done."""

    CALL = "call", "Telephone"
    WRITE = "write", "Write"
    CHASE = "chase", "Chase a reply"
    VISIT = "visit", "Visit"
    MEETING = "meeting", "Arrange or hold a meeting"
    CHECK = "check", "Check something"
    OTHER = "other", "Something else"


@tracked()
class FollowUp(models.Model):
    """Something to do about a child by a day, for one person or for a team.

    No statutory limit hangs on it: clocks alone say what the law asks. It is done once, on a day, with what came of it.
    """

    public_id = public_id()
    child = models.ForeignKey(Child, models.PROTECT, related_name="follow_ups")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="follow_ups")
    note = models.ForeignKey(
        ContactNote, models.PROTECT, null=True, blank=True, related_name="follow_ups",
        help_text="The conversation it was agreed in.",
    )  # fmt: skip
    kind = models.CharField(
        max_length=10, choices=FollowUpKind.choices, default=FollowUpKind.OTHER, db_default=FollowUpKind.OTHER
    )
    text = models.CharField("what is to be done", max_length=300)
    due_on = models.DateField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="follow_ups")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField("what came of it", max_length=500, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            one_of("follow_up_kind_known", "kind", FollowUpKind),
            models.CheckConstraint(
                condition=Q(user__isnull=False, team__isnull=True) | Q(user__isnull=True, team__isnull=False),
                name="follow_up_for_a_person_or_a_team",
                violation_error_message="A follow-up is for one person or for one team.",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True, outcome="")
                | Q(done_on__isnull=False, done_by__isnull=False, outcome__gt=""),
                name="follow_up_done_by_somebody_with_an_outcome",
                violation_error_message="Say who did it, when, and what came of it.",
            ),
            models.CheckConstraint(
                condition=Q(text__gt=""),
                name="follow_up_says_what",
                violation_error_message="Say what is to be done.",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__gte=F("made_on")),
                name="follow_up_done_after_made",
                violation_error_message="A follow-up cannot be done before it was made.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "due_on"], condition=Q(done_on__isnull=True), name="follow_up_open_user"
            ),
            models.Index(
                fields=["team", "due_on"], condition=Q(done_on__isnull=True), name="follow_up_open_team"
            ),
            models.Index(
                fields=["child", "due_on"], condition=Q(done_on__isnull=True), name="follow_up_open_child"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None

    @property
    def holder(self) -> str:
        """Who is to do it."""
        return str(self.user or self.team)


@tracked()
class FollowUpMove(models.Model):
    """One time that a follow-up was put to another day, and why."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="moves")
    was_due_on = models.DateField()
    now_due_on = models.DateField()
    reason = models.CharField(max_length=300)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(was_due_on=F("now_due_on")),
                name="follow_up_moved_to_another_day",
                violation_error_message="The follow-up is already due on this day.",
            ),
            models.CheckConstraint(
                condition=Q(reason__gt=""),
                name="follow_up_moved_for_a_reason",
                violation_error_message="Say why it is put to another day.",
            ),
        ]
