"""Who opened whose record."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.audit import untracked
from casework.columns import one_of
from casework.models.children import Child
from casework.models.documents import Document


class AccessAction(models.TextChoices):
    """What was opened."""

    CHILD_PAGE = "child_page", "Opened the child's page"
    API = "api", "Read through the API"
    EXPORT = "export", "Exported in a list"
    DOCUMENT = "document", "Opened a document"
    ADDRESS = "address", "Read a withheld address"


@untracked("It is itself a log; the database refuses updates and deletions.")
class AccessLogEntry(models.Model):
    """One reading of one child's record, or of one `document` in it. Insert only."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    application = models.CharField(
        "name of the other system", max_length=100, blank=True, default="", db_default=""
    )
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    action = models.CharField(max_length=12, choices=AccessAction.choices)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="readings")
    reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        verbose_name_plural = "access log entries"
        constraints = [
            one_of("access_action_known", "action", AccessAction),
            models.CheckConstraint(
                condition=Q(action="document", document__isnull=False)
                | (~Q(action="document") & Q(document__isnull=True)),
                name="access_to_a_document_names_it",
                violation_error_message="Say which document was opened.",
            ),
        ]
        indexes = [models.Index(fields=["child", "-at"], name="access_log_child_at")]
