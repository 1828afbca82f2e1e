"""Sending a draft, what the family said, and the steps of a personal budget."""

import datetime
from typing import Any

from casework.models import MilestoneKind
from casework.rules.milestone_facts import milestone_words
from casework.ui.forms import DateField, GovukForm, LongTextField, RadiosField


class ServeDraftForm(GovukForm):
    """The day a first draft reached the family."""

    served_on = DateField(
        label="When did the family have the draft?",
        subject="the day the family had the draft",
        hint="This is day 1 of their 15 days",
    )

    def __init__(
        self, *args: Any, today: datetime.date, earliest: datetime.date | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["served_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]


class SendProposalsForm(ServeDraftForm):
    """The day the notice with the proposed amendments went, and the day it reached the family, if known."""

    served_on = DateField(
        label="When was the notice with the proposed amendments sent?",
        subject="the day the notice was sent",
        hint="With a copy of the plan and the evidence",
    )
    reached_on = DateField(
        label="When did it reach the family, if you know?",
        subject="the day it reached the family",
        hint="Their 15 days begin with this day",
        required=False,
    )

    def __init__(
        self, *args: Any, today: datetime.date, earliest: datetime.date | None, **options: Any
    ) -> None:
        super().__init__(*args, today=today, earliest=earliest, **options)
        self.fields["reached_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """It cannot arrive before it went."""
        sent, reached = self.cleaned_data.get("served_on"), self.cleaned_data.get("reached_on")
        if sent and reached and reached < sent:
            self.add_error("reached_on", "The day it reached the family is before the day it was sent")


class RepresentationsForm(GovukForm):
    """What the family said about the draft."""

    received_on = DateField(
        label="When did you hear from the family?", subject="the day you heard from the family"
    )
    words = LongTextField(
        label="What did they say?",
        subject="what the family said",
        hint="Changes they ask for, the setting they ask for, a meeting they want",
        rows=8,
    )

    def __init__(
        self, *args: Any, today: datetime.date, earliest: datetime.date | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["received_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]


class BudgetStepForm(GovukForm):
    """One step of a personal budget."""

    kind = RadiosField(label="What happened?", subject="what happened", small=True)
    happened_on = DateField(label="When?", subject="the day it happened")
    words = LongTextField(
        label="What was asked, decided or paid?",
        subject="what was asked, decided or paid",
        hint="For a refusal, the reasons as they were written to the family. For a payment, to whom and how much.",
        rows=5,
    )

    def __init__(
        self,
        *args: Any,
        kinds: list[MilestoneKind],
        today: datetime.date,
        born: datetime.date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(kind.value, milestone_words(kind)) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["happened_on"].limit(past_of=today, earliest=born)  # type: ignore[attr-defined]
