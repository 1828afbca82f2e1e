"""Forget which forms were sent, once nobody can send them again."""

import datetime

from casework.models import SentForm


def forget(*, before: datetime.datetime) -> int:
    """Remove the keys of forms sent before this moment; how many."""
    removed, _ = SentForm.objects.filter(sent_at__lt=before).delete()
    return removed
