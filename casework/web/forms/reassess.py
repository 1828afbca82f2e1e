"""Forms of a re-assessment: the request, our own decision, what followed."""

import datetime
from typing import Any

from casework.models import Channel, RequestSource
from casework.ui.forms import DateField, GovukForm, LongTextField, RadiosField, TextField
from casework.web.forms.decisions import DaysForm

AMEND, UNCHANGED = "amend", "unchanged"


class ReassessmentRequestForm(GovukForm):
    """Who asked, when it arrived and how."""

    source = RadiosField(
        label="Who asked?", subject="who asked", small=True,
        choices=[
            (RequestSource.PARENT_OR_YOUNG_PERSON.value, "Parent or young person"),
            (RequestSource.SCHOOL.value, "The setting they attend"),
            (RequestSource.HEALTH.value, "The health commissioner"),
        ],
    )  # fmt: skip
    requested_by = TextField(label="Name and role of who asked", required=False, max_length=200)
    received_on = DateField(
        label="When did it arrive?",
        subject="the day it arrived",
        hint="You answer within 15 days of this day",
    )
    channel = RadiosField(
        label="How did it come?", subject="how it came", choices=Channel.choices, small=True
    )

    def __init__(self, *args: Any, today: datetime.date, earliest: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["received_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]


class OwnReassessmentForm(DaysForm):
    """The authority thinks a re-assessment necessary."""

    reasons = LongTextField(
        label="Why is a re-assessment necessary?",
        subject="why a re-assessment is necessary",
        rows=5,
        label_size="s",
    )
    field_order = ("reasons", "decided_on", "told_on")


class FinishReassessmentForm(GovukForm):
    """Amend or replace the plan, or leave it as it is."""

    answer = RadiosField(
        label="What follows from the re-assessment?", subject="what follows from the re-assessment", label_size="m",
        choices=[(AMEND, "The plan is amended or replaced"), (UNCHANGED, "The plan stays as it is")],
        hints={UNCHANGED: "The family may appeal"},
        reveals={AMEND: "sent_on", UNCHANGED: "reasons"},
    )  # fmt: skip
    sent_on = DateField(
        label="When was the draft sent to the family?", subject="the day the draft was sent", required=False,
        hint="With the changes marked and the advice it rests on",
    )  # fmt: skip
    served_on = DateField(
        label="When did it reach them?", subject="the day the draft reached them", required=False,
        hint="Only for a draft: their 15 days begin with this day. Leave empty until you know.",
    )  # fmt: skip
    reasons = LongTextField(
        label="Reasons", subject="the reasons", hint="As the family will read them", rows=5, required=False
    )
    decided_on = DateField(
        label="When was it decided?", subject="the day it was decided", required=False,
        hint="Only if the plan stays as it is",
    )  # fmt: skip
    told_on = DateField(
        label="When was the family told?", subject="the day the family was told", required=False,
        hint="Only if the plan stays as it is",
    )  # fmt: skip

    def __init__(
        self, *args: Any, today: datetime.date, earliest: datetime.date | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name in ("sent_on", "served_on", "decided_on", "told_on"):
            self.fields[name].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """What the answer needs, and nothing else."""
        self.require_when("answer", AMEND, "sent_on", "Enter the day the draft was sent")
        for name, words in (
            ("reasons", "Enter the reasons"),
            ("decided_on", "Enter the day it was decided"),
            ("told_on", "Enter the day the family was told"),
        ):
            self.require_when("answer", UNCHANGED, name, words)
            self.forget_unless("answer", UNCHANGED, name)
        for name in ("sent_on", "served_on"):
            self.forget_unless("answer", AMEND, name)
