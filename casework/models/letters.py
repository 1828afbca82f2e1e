"""Letters that were made, to whom they went, and the proof that they did."""

import functools
import operator

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.audit import tracked
from casework.columns import one_of, public_id
from casework.models.cases import Case
from casework.models.children import Child
from casework.models.documents import Document
from casework.models.letter_templates import LetterTemplateVersion
from casework.models.people import ChildContact
from casework.rules.letter_kinds import LetterKind, letter_kind_choices

_FROZEN = (
    "public_id", "kind", "dated", "template_version", "recipient_name", "recipient_relationship", "recipient_address",
    "recipient_standing", "address_withheld", "child_name", "child_born", "made_by", "made_at",
)  # fmt: skip
_SENDING = ("sent_on", "sent_how", "sent_by", "sent_recorded_at", "proof")


def _changed(*names: str) -> pgtrigger.Q:
    """Whether an update changes any of these columns."""
    conditions = (pgtrigger.Q(**{f"new__{name}__df": pgtrigger.F(f"old__{name}")}) for name in names)
    return functools.reduce(operator.or_, conditions)


class SentHow(models.TextChoices):
    """How a letter went."""

    POST = "post", "First class post"
    SIGNED_FOR = "signed_for", "Post, signed for"
    EMAIL = "email", "Secure e-mail"
    PORTAL = "portal", "Secure portal"
    BY_HAND = "by_hand", "Handed over"


@tracked()
class Letter(models.Model):
    """One letter to one recipient, as it was made: child, recipient and address as they stood that day.

    What was made never changes, nor what was recorded of its sending (triggers see to it); a mistake is a mark beside it.
    `dated` is the date the letter carries, from which its time limits count.
    """

    public_id = public_id()
    child = models.ForeignKey(Child, models.PROTECT, related_name="letters")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="letters")
    kind = models.CharField(max_length=20, choices=letter_kind_choices())
    dated = models.DateField("date of the letter")
    template_version = models.ForeignKey(LetterTemplateVersion, models.PROTECT, related_name="letters")
    document = models.OneToOneField(Document, models.PROTECT, related_name="letter")
    contact = models.ForeignKey(ChildContact, models.PROTECT, null=True, blank=True, related_name="letters")
    recipient_name = models.CharField(max_length=200)
    recipient_relationship = models.CharField(max_length=100)
    recipient_address = models.TextField()
    recipient_standing = models.CharField("why they may be written to", max_length=300)
    address_withheld = models.BooleanField(default=False, db_default=False)
    child_name = models.CharField(max_length=201)
    child_born = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=models.functions.Now())

    sent_on = models.DateField(null=True, blank=True)
    sent_how = models.CharField(max_length=12, choices=SentHow.choices, blank=True, default="", db_default="")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_recorded_at = models.DateTimeField(null=True, blank=True)
    proof = models.CharField(
        "proof or reference of the sending", max_length=300, blank=True, default="", db_default=""
    )

    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    discarded_reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    error_at = models.DateTimeField("found to be sent in error", null=True, blank=True)
    error_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    error_reason = models.CharField("what went wrong", max_length=500, blank=True, default="", db_default="")
    error_done = models.CharField(
        "what was done about it", max_length=500, blank=True, default="", db_default=""
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            one_of("letter_kind_known", "kind", LetterKind),
            one_of("letter_sent_how_known", "sent_how", SentHow, blank=True),
            models.CheckConstraint(
                condition=Q(
                    sent_on__isnull=True,
                    sent_how="",
                    sent_by__isnull=True,
                    sent_recorded_at__isnull=True,
                    proof="",
                )
                | Q(
                    sent_on__isnull=False,
                    sent_how__gt="",
                    sent_by__isnull=False,
                    sent_recorded_at__isnull=False,
                    proof__gt="",
                ),
                name="letter_sent_with_proof",
                violation_error_message="Say when and how the letter was sent, by whom, and what proves it.",
            ),
            models.CheckConstraint(
                condition=Q(discarded_by__isnull=True, discarded_reason="")
                | Q(discarded_by__isnull=False, discarded_reason__gt="", sent_on__isnull=True),
                name="letter_discarded_unsent",
                violation_error_message="A letter that was sent cannot be discarded; say why it is discarded.",
            ),
            models.CheckConstraint(
                condition=Q(error_at__isnull=True, error_by__isnull=True, error_reason="", error_done="")
                | Q(
                    error_at__isnull=False,
                    error_by__isnull=False,
                    error_reason__gt="",
                    error_done__gt="",
                    sent_on__isnull=False,
                ),
                name="letter_error_says_what_was_done",
                violation_error_message="Say what went wrong with the letter that was sent, and what was done.",
            ),
            models.CheckConstraint(
                condition=Q(recipient_name__gt="", recipient_address__gt="", child_name__gt=""),
                name="letter_says_to_whom_and_about_whom",
                violation_error_message="A letter needs a recipient, an address and a child.",
            ),
        ]
        indexes = [
            models.Index(fields=["-error_at"], condition=Q(error_at__isnull=False), name="letter_errors"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="as_made", fields=list(_FROZEN)),
            pgtrigger.Protect(
                name="as_sent",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__sent_on__isnull=False) & _changed(*_SENDING),
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]  # fmt: skip

    @property
    def state(self) -> str:
        """Made, sent, sent in error or discarded."""
        if self.error_at is not None:
            return "Sent in error"
        if self.sent_on is not None:
            return "Sent"
        return "Discarded" if self.discarded_reason else "Made, not sent"
