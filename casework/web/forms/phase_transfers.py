"""Forms of phase transfers: which year, which part of the cohort."""

from django import forms

from casework.rules.phase_transfers import Certainty, Phase, Stage
from casework.ui.forms import GovukForm, SelectField


class TransferFilterForm(GovukForm):
    """Filters of the board and its lists. `year` is the calendar year of the move."""

    year = forms.IntegerField(required=False, min_value=2015, max_value=2100, widget=forms.HiddenInput)
    phase = SelectField(
        label="Phase", required=False, choices=[("", "Any"), *((phase.value, phase.words) for phase in Phase)]
    )
    stage = SelectField(
        label="Stage", required=False, choices=[("", "Any"), *((stage.value, stage.words) for stage in Stage)]
    )
    setting = forms.IntegerField(required=False, min_value=0, max_value=2**31, widget=forms.HiddenInput)
    certainty = forms.ChoiceField(
        required=False, choices=[("", ""), *((c.value, c.value) for c in Certainty)], widget=forms.HiddenInput
    )


class OpenCohortForm(GovukForm):
    """Sent when the cohort has been checked: nothing to fill in, a key to act on once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
