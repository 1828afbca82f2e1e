"""Files on a child's record."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.audit import tracked
from casework.columns import one_of, public_id
from casework.models.cases import Case
from casework.models.children import Child


class DocumentKind(models.TextChoices):
    """What a document is for."""

    REQUEST = "request", "Request for an assessment"
    FAMILY_VIEWS = "family_views", "Views of the family or young person"
    ADVICE = "advice", "Advice for the assessment"
    REPORT = "report", "Professional report"
    PLAN = "plan", "EHC plan or draft"
    REVIEW = "review", "Annual review papers"
    SETTING = "setting", "From a setting"
    DISPUTE = "dispute", "Mediation or Tribunal papers"
    EVIDENCE = "evidence", "Evidence of identity, address or responsibility"
    LETTER_IN = "letter_in", "Letter or e-mail received"
    LETTER = "letter", "Letter written in Waymark"
    OTHER = "other", "Other"


@tracked()
class Document(models.Model):
    """A file about one child, kept as it came under a random name. Withdrawn with a reason, never removed.

    `checksum` is the SHA-256 of the content, `content_type` was found from the content. `received_on` is the day the
    authority had it; for a letter written in Waymark the day it was made.
    """

    public_id = public_id()
    child = models.ForeignKey(Child, models.PROTECT, related_name="documents")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="documents")
    kind = models.CharField(max_length=15, choices=DocumentKind.choices)
    title = models.CharField(max_length=200)
    file_name = models.CharField("name of the file as it came, cleaned", max_length=200)
    storage_key = models.CharField(max_length=64, unique=True, editable=False)
    size = models.PositiveBigIntegerField("size in bytes")
    checksum = models.CharField("SHA-256 of the content", max_length=64)
    content_type = models.CharField(max_length=100)
    received_on = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=models.functions.Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            one_of("document_kind_known", "kind", DocumentKind),
            models.CheckConstraint(
                condition=Q(title__gt="") & Q(file_name__gt=""),
                name="document_has_a_title",
                violation_error_message="Enter what the document is.",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0), name="document_is_not_empty",
                violation_error_message="The file is empty.",
            ),
            models.CheckConstraint(
                condition=Q(checksum__regex=r"^[0-9a-f]{64}$"), name="document_checksum_is_sha256",
                violation_error_message="The checksum is not a SHA-256.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, withdrawn_reason__gt=""),
                name="document_withdrawn_with_a_reason",
                violation_error_message="Say who withdrew the document and why.",
            ),
            # Two letters of a day may say the same; what came in from outside is kept once in a case.
            models.UniqueConstraint(
                fields=["child", "case", "checksum"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(kind="letter"),
                nulls_distinct=False,
                name="document_once_in_a_case",
                violation_error_message="This file is already attached here.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title
