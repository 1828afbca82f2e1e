"""Show a refusal where the person is: beside the answer at fault, or at the top of the page."""

from django import forms
from django.utils import timezone

from casework.services.refusals import Refused, StaleEdit


def add_refusal(form: forms.Form, refusal: Refused) -> None:
    """Add the words to the form that was sent; nothing typed is lost."""
    form.is_valid()
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, refusal.words)
    if isinstance(refusal, StaleEdit):
        for change in refusal.changes:
            at = timezone.localtime(change.at)
            form.add_error(None, f"{change.who} {change.what} ({at:%H:%M on} {at.day} {at:%B %Y}).")
