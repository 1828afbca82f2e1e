"""Recording a step, correcting one, and recording an exception."""

import datetime
from typing import Any

from casework.models import Ground
from casework.rules.exceptions import ADVISER_GROUNDS, AUTHORITY_GROUNDS
from casework.ui.forms import DateField, GovukForm, LongTextField, RadiosField, TextField

WRONG_DATE, NEVER_HAPPENED = "date", "never"


class MilestoneForm(GovukForm):
    """What happened, and when."""

    kind = RadiosField(label="What happened?", subject="what happened", small=True)
    happened_on = DateField(label="When?", subject="the day it happened")
    note = LongTextField(label="Note", required=False, rows=3)

    def __init__(
        self,
        *args: Any,
        choices: list[tuple[str, str]],
        today: datetime.date,
        born: datetime.date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.fields["happened_on"].limit(past_of=today, earliest=born)  # type: ignore[attr-defined]


class CorrectionForm(GovukForm):
    """What is wrong with a record, and why."""

    what = RadiosField(
        label="What is wrong?",
        subject="what is wrong",
        choices=[(WRONG_DATE, "The date is wrong"), (NEVER_HAPPENED, "It did not happen")],
        reveals={WRONG_DATE: "happened_on"},
    )
    happened_on = DateField(label="What is the right date?", subject="the right date", required=False)
    reason = TextField(
        label="Why was it recorded wrongly?",
        hint="Everybody who reads the timeline will see this.",
        subject="why it was recorded wrongly",
        max_length=300,
    )

    def __init__(
        self,
        *args: Any,
        today: datetime.date,
        born: datetime.date,
        date_only: bool = False,
        **options: Any,
    ) -> None:
        """`date_only`: that it did not happen is said elsewhere, because a whole decision is undone by it."""
        super().__init__(*args, **options)
        self.fields["happened_on"].limit(past_of=today, earliest=born)  # type: ignore[attr-defined]
        if date_only:
            self.fields["what"].choices = [(WRONG_DATE, "The date is wrong")]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """The date is asked for only when the date is wrong."""
        self.require_when("what", WRONG_DATE, "happened_on", "Enter the right date")
        self.forget_unless("what", WRONG_DATE, "happened_on")


class ExceptionForm(GovukForm):
    """Which limit, on what ground, when, and how one knows."""

    rule_code = RadiosField(label="Which limit could not be met?", subject="the limit", small=True)
    ground = RadiosField(
        label="What made it impractical?",
        subject="what made it impractical",
        choices=[
            (ground.value, Ground(ground.value).label)
            for ground in dict.fromkeys((*AUTHORITY_GROUNDS, *ADVISER_GROUNDS))
        ],
        hint="These are the only grounds. A shortage of staff or psychologists, late advice, a panel date or no school "
        "found excuse nothing.",
        hints={
            Ground.MISSED_APPOINTMENT.value: "Only for the six weeks of the body that asked the child to come"
        },
        small=True,
    )
    starts_on = DateField(
        label="From", subject="the first day", hint="For a closure, the day the setting closed"
    )
    ends_on = DateField(
        label="To",
        subject="the last day",
        hint="For a closure, the day it opened again. Leave empty while it goes on.",
        required=False,
    )
    advice_asked_on = DateField(
        label="Day the setting was asked for advice", subject="the day advice was asked", required=False,
        hint="Only for a closure",
    )  # fmt: skip
    evidence = LongTextField(
        label="Evidence", hint="What happened, why the limit could not be met because of it, and how you know",
        subject="the evidence", rows=5,
    )  # fmt: skip
    family_told_on = DateField(
        label="When was the family told that an exception applies?", subject="the day the family was told",
        hint="Leave empty if they have not been told yet", required=False,
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        limits: list[tuple[str, str]],
        today: datetime.date,
        born: datetime.date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["rule_code"].choices = limits  # type: ignore[attr-defined]
        for name in ("starts_on", "advice_asked_on", "family_told_on"):
            self.fields[name].limit(past_of=today, earliest=born)  # type: ignore[attr-defined]
