"""Recording a panel's meeting and what it recommended for a child."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms

from casework.ui.forms import CheckboxesField, DateField, GovukForm, LongTextField, RadiosField, TextField


class MeetingForm(GovukForm):
    """That a panel met. Sent once (`key`)."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = TextField(label="Which panel?", subject="the name of the panel", max_length=100)
    held_on = DateField(label="When did it meet?", subject="the day it met")
    members = LongTextField(
        label="Who was present?",
        subject="who was present",
        hint="One a line: name and role, such as “Sorrel Finch, headteacher (chair)”",
        rows=6,
    )

    def __init__(self, *args: Any, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["held_on"].limit(past_of=today)  # type: ignore[attr-defined]


class OutcomeForm(GovukForm):
    """What the panel recommended for one child, on what evidence and why."""

    meeting = RadiosField(label="Which meeting?", subject="the meeting", label_size="s", small=True)
    recommendation = RadiosField(
        label="What did the panel recommend?",
        subject="what the panel recommended",
        label_size="s",
        small=True,
    )
    reasons = LongTextField(
        label="The panel's reasons", subject="the panel's reasons", rows=5, label_size="s"
    )
    advice = CheckboxesField(
        label="Which advice was before the panel?",
        subject="which advice",
        required=False,
        label_size="s",
        small=True,
    )
    other_evidence = LongTextField(label="Other evidence", required=False, rows=2, label_size="s")
    band = TextField(
        label="Band recommended",
        hint="As the panel put it. Funding records what is paid.",
        required=False,
        max_length=60,
        width="20",
        label_size="s",
    )
    top_up = TextField(
        label="Top-up or other funding recommended", required=False, max_length=200, label_size="s"
    )

    def __init__(
        self,
        *args: Any,
        meetings: Iterable[tuple[str, str]],
        answers: Iterable[tuple[str, str]],
        advice: Iterable[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["meeting"].choices = list(meetings)  # type: ignore[attr-defined]
        self.fields["recommendation"].choices = list(answers)  # type: ignore[attr-defined]
        advice = list(advice)
        if advice:
            self.fields["advice"].choices = advice  # type: ignore[attr-defined]
        else:
            del self.fields["advice"]


class DepartureForm(GovukForm):
    """Why the decision is another than the panel recommended."""

    departed_because = LongTextField(
        label="Why is the decision another than the panel recommended?",
        subject="why the decision is another",
        hint="The decision is the authority's. Say what it rests on that the panel did not know or saw otherwise.",
        rows=6,
        label_size="m",
    )
