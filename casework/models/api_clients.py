"""Other systems that may read through the API."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from casework.audit import tracked


@tracked()
class ApiClient(models.Model):
    """What one other system may read. Its id and the digest of its secret are the application's.

    `scopes` limits the tokens it may ask for; empty once it was withdrawn. The row stays: the access log names it.
    """

    application = models.OneToOneField(
        "oauth2_provider.Application", models.PROTECT, primary_key=True, related_name="api_client"
    )
    scopes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    answered_for_by = models.CharField("who answers for it in the authority", max_length=200)
    added_at = models.DateTimeField(db_default=models.functions.Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(scopes=[]),
                name="api_client_withdrawn_without_scopes",
            )
        ]
