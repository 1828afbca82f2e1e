"""Noting a contact, and putting a wrong note right."""

import datetime
from typing import Any

from casework.models import ContactWay, FollowUpKind
from casework.services.contact_log import LONGEST_WITH_WHOM, Contact
from casework.services.followups import LONGEST_TEXT, Intent
from casework.ui.forms import DateField, LongTextField, RadiosField, SelectField, TextField, TimeField
from casework.web.forms.followups import ME, Who
from casework.web.single_task import KeyedForm

STEP, NO_STEP = "step", "none"
WRONG, NEVER_HAPPENED = "wrong", "never"


class ContactForm(KeyedForm):
    """What happened, in the order in which people tell it."""

    way = RadiosField(
        label="How were you in touch?", subject="how you were in touch", choices=ContactWay.choices, inline=True,
        small=True,
    )  # fmt: skip
    with_whom = TextField(
        label="With whom?",
        hint="Name and part, for example: Rowan’s mother, or the SENCO",
        subject="with whom it was",
        max_length=LONGEST_WITH_WHOM,
    )
    happened_on = DateField(label="Which day?", subject="the day")
    happened_at = TimeField(
        label="What time? (optional)", hint="For example, 14:30 or 2.30pm", subject="the time", required=False
    )
    said = LongTextField(label="What was said?", subject="what was said", rows=6)

    def __init__(self, *args: Any, today: datetime.date, born: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["happened_on"].limit(past_of=today, earliest=born)  # type: ignore[attr-defined]

    @property
    def contact(self) -> Contact:
        """What was given; only of a valid form."""
        given = self.cleaned_data
        return Contact(
            happened_on=given["happened_on"],
            happened_at=given["happened_at"],
            way=ContactWay(given["way"]),
            with_whom=given["with_whom"],
            said=given["said"],
        )


class NoteForm(ContactForm):
    """A contact and what is to be done next, which makes a follow-up."""

    next_step = RadiosField(
        label="Is there anything to do next?",
        subject="whether there is anything to do next",
        choices=[(NO_STEP, "No"), (STEP, "Yes")],
        reveals={STEP: "step_text"},
        initial=NO_STEP,
        small=True,
    )
    step_text = TextField(
        label="What is to be done?", subject="what is to be done", max_length=LONGEST_TEXT, required=False
    )
    step_due_on = DateField(
        label="By when?", hint="Only if there is something to do next", subject="the day it is to be done by",
        required=False,
    )  # fmt: skip
    step_who = SelectField(label="Who is to do it?", subject="who is to do it", initial=ME, required=False)

    def __init__(self, *args: Any, who: Who, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, today=today, **options)
        self._who = who
        self.fields["step_who"].choices = who.choices  # type: ignore[attr-defined]
        self.fields["step_due_on"].limit(earliest=today)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """What is next needs words and a day; without a next step both are forgotten."""
        self.require_when("next_step", STEP, "step_text", "Enter what is to be done next")
        self.require_when("next_step", STEP, "step_due_on", "Enter the day it is to be done by")
        for name in ("step_text", "step_due_on"):
            self.forget_unless("next_step", STEP, name)

    @property
    def intent(self) -> Intent | None:
        """The follow-up to make; None without a next step."""
        given = self.cleaned_data
        if given["next_step"] != STEP:
            return None
        user, team = self._who.of(given["step_who"] or ME)
        return Intent(
            text=given["step_text"],
            due_on=given["step_due_on"],
            kind=FollowUpKind.OTHER,
            user=user,
            team=team,
        )


class CorrectNoteForm(ContactForm):
    """What is wrong with a note, what is right, and why it was recorded wrongly."""

    what = RadiosField(
        label="What is wrong?",
        subject="what is wrong",
        choices=[
            (WRONG, "Something in the note is wrong"),
            (NEVER_HAPPENED, "It did not happen, or not about this child"),
        ],
        small=True,
    )
    reason = TextField(
        label="Why was it recorded wrongly?",
        hint="Everybody who reads the log will see this.",
        subject="why it was recorded wrongly",
        max_length=300,
    )
    field_order = ("what", "reason")
