"""Which filled-in forms have been acted on, so that sending one twice does no harm."""

from django.conf import settings
from django.db import models

from casework.audit import untracked


@untracked("It holds a random key and an address, kept for a day; what the form changed is tracked.")
class SentForm(models.Model):
    """One form that was sent and acted on. `key` was made when the form was begun; `url` is where it led."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    url = models.CharField(max_length=300, blank=True, default="", db_default="")
    sent_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        indexes = [models.Index(fields=["sent_at"], name="sent_form_at")]
