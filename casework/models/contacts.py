"""The contact log: who was spoken or written to about a child, and what was said."""

from django.conf import settings
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Cast

from casework.audit import tracked
from casework.columns import one_of, public_id
from casework.models.children import Child


class ContactWay(models.TextChoices):
    """How people were in touch."""

    PHONE = "phone", "Telephone"
    EMAIL = "email", "E-mail"
    VISIT = "visit", "Visit"
    MEETING = "meeting", "Meeting"
    LETTER = "letter", "Letter"


@tracked()
class ContactNote(models.Model):
    """One conversation, message or visit about a child. Never edited: a correction is a new row that replaces the old.

    `replaced` is kept true by the service that records the correction, so that "the notes as they stand" is one indexed
    condition.
    """

    public_id = public_id()
    child = models.ForeignKey(Child, models.PROTECT, related_name="contact_notes")
    happened_on = models.DateField()
    happened_at = models.TimeField("time of day (London)", null=True, blank=True)
    way = models.CharField(max_length=8, choices=ContactWay.choices)
    with_whom = models.CharField("with whom", max_length=200)
    said = models.TextField("what was said")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=models.functions.Now())
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    replaced = models.BooleanField(default=False, db_default=False)
    withdrawn = models.BooleanField(
        default=False, db_default=False, help_text="The correction says that it never happened."
    )
    reason_for_correction = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        ordering = ["-happened_on", "-happened_at", "-pk"]
        constraints = [
            one_of("contact_way_known", "way", ContactWay),
            models.CheckConstraint(
                condition=Q(with_whom__gt="", said__gt=""),
                name="contact_says_with_whom_and_what",
                violation_error_message="Say with whom it was, and what was said.",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | Q(reason_for_correction__gt=""),
                name="contact_correction_has_a_reason",
                violation_error_message="Say why the record was wrong.",
            ),
            models.CheckConstraint(
                condition=Q(
                    happened_on__lte=Cast(
                        Func(Value("Europe/London"), models.F("recorded_at"), function="timezone"),
                        models.DateField(),
                    )
                ),
                name="contact_not_in_the_future",
                violation_error_message="This has not happened yet. Enter a day up to and including today.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["child", "-happened_on"],
                condition=Q(replaced=False, withdrawn=False),
                name="contact_child_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()}: {self.with_whom}"

    @property
    def stands(self) -> bool:
        """Whether nothing has replaced or withdrawn it."""
        return not (self.replaced or self.withdrawn)
