"""Templates of letters with their versions, and the words that stand in every letter."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.audit import tracked
from casework.columns import one_of, public_id
from casework.rules.letter_fields import FIELDS, Source
from casework.rules.letter_kinds import LetterKind, letter_kind_choices

_STANDING = [(name, field.words) for name, field in FIELDS.items() if field.source is Source.STANDING]


@tracked()
class LetterTemplate(models.Model):
    """A letter the authority writes again and again. Its text is in its versions; the newest is used."""

    public_id = public_id()
    kind = models.CharField(max_length=20, choices=letter_kind_choices())
    name = models.CharField(max_length=120, unique=True)
    out_of_use = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            one_of("letter_template_kind_known", "kind", LetterKind),
            models.CheckConstraint(
                condition=Q(name__gt=""), name="letter_template_has_a_name",
                violation_error_message="Enter a name for the template.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


@tracked()
class LetterTemplateVersion(models.Model):
    """One Word file of a template, checked before it was accepted. Never changed: a better one is a new version."""

    public_id = public_id()
    template = models.ForeignKey(LetterTemplate, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=200)
    storage_key = models.CharField(max_length=64, unique=True, editable=False)
    size = models.PositiveBigIntegerField("size in bytes")
    checksum = models.CharField("SHA-256 of the content", max_length=64)
    fields = models.JSONField("merge fields in it")
    built_in = models.BooleanField("came with Waymark", default=False, db_default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        ordering = ["template", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="letter_template_version_once"),
            models.CheckConstraint(
                condition=Q(size__gt=0, checksum__regex=r"^[0-9a-f]{64}$"), name="letter_template_version_has_a_file",
                violation_error_message="The file of the template is missing.",
            ),
        ]  # fmt: skip


@tracked()
class LetterWords(models.Model):
    """Words that stand in every letter, such as how to reach the mediation adviser. Letters made keep what they say."""

    field = models.CharField(max_length=30, unique=True, choices=_STANDING)
    words = models.TextField()

    class Meta:
        verbose_name_plural = "letter words"
        constraints = [
            one_of("letter_words_field_known", "field", [name for name, _ in _STANDING]),
            models.CheckConstraint(
                condition=Q(words__gt=""),
                name="letter_words_given",
                violation_error_message="Enter the words.",
            ),
        ]
