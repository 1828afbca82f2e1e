"""The last page of a task: nothing to fill in, a key to act on once."""

from django import forms

from casework.ui.forms import GovukForm


class CheckForm(GovukForm):
    """Sent when the answers have been checked."""

    key = forms.UUIDField(widget=forms.HiddenInput)
