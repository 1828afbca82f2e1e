"""Writing a letter, recording that it went, and keeping the templates."""

import datetime
from dataclasses import replace
from typing import Any

from django import forms

from casework.models import SentHow
from casework.queries.recipients import Recipient
from casework.rules.letter_fields import FIELDS, Source
from casework.rules.letter_kinds import letter_kind_choices
from casework.ui.forms import (
    CheckboxField,
    DateField,
    FileField,
    GovukForm,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
)

SOMEBODY_ELSE = "else"
_DAYS_AHEAD = 14


class ChooseLetterForm(GovukForm):
    """Which letter, about which case, to whom, and with which date."""

    template = SelectField(label="Which letter?", subject="the letter", label_size="s")
    case = SelectField(
        label="Which case is it about?", required=False, label_size="s",
        hint="Only a letter that is about no case in particular leaves this empty.",
    )  # fmt: skip
    to = RadiosField(
        label="To whom?", subject="to whom the letter goes", label_size="s", small=True,
        hint="One letter for each recipient: make another for the next.",
        reveals={SOMEBODY_ELSE: "body"}, dividers={SOMEBODY_ELSE: "or"},
    )  # fmt: skip
    body = TextField(label="Name of the setting, service or professional", required=False, max_length=200)
    dated = DateField(
        label="Date of the letter", subject="the date of the letter", label_size="s",
        hint="The day it will be sent: time limits in the letter count from it.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, templates: list[tuple[str, str]], cases: list[tuple[str, str]],
        recipients: list[tuple[str, Recipient]], today: datetime.date, born: datetime.date, **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.fields["template"].choices = templates  # type: ignore[attr-defined]
        self.fields["case"].choices = [("", "No case"), *cases]  # type: ignore[attr-defined]
        to = self.fields["to"]
        to.choices = [  # type: ignore[attr-defined]
            *((value, f"{one.name}, {one.relationship.lower()}") for value, one in recipients),
            (SOMEBODY_ELSE, "Somebody else: a setting, service or professional"),
        ]
        hints = {value: _standing(one) for value, one in recipients}
        to.look = replace(to.look, hints=hints)  # type: ignore[attr-defined]
        latest = today + datetime.timedelta(days=_DAYS_AHEAD)
        self.fields["dated"].limit(earliest=born, latest=latest)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """A setting or service needs its name."""
        self.require_when(
            "to", SOMEBODY_ELSE, "body", "Enter the name of the setting, service or professional"
        )
        self.forget_unless("to", SOMEBODY_ELSE, "body")


def _standing(one: Recipient) -> str:
    if not one.may_write:
        return f"May not be written to: {one.standing.because[:1].lower()}{one.standing.because[1:]}"
    return ". ".join([one.standing.because, *(term.rstrip(".") for term in one.standing.terms)])


class LetterWordsForm(GovukForm):
    """What the record does not hold, and where a setting or service is reached. Its fields are those of the template."""

    def __init__(self, *args: Any, asked: list[str], is_body: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_body:
            self.fields["body_role"] = TextField(
                label="Their role or organisation", subject="their role or organisation", max_length=100
            )
            self.fields["body_address"] = LongTextField(
                label="Their address", subject="their address", rows=4
            )
        for name in asked:
            field = FIELDS[name]
            subject = f"{field.words[:1].lower()}{field.words[1:]}"
            if field.long:
                self.fields[name] = LongTextField(label=field.words, subject=subject, hint=field.hint, rows=8)
            else:
                self.fields[name] = TextField(
                    label=field.words, subject=subject, hint=field.hint, max_length=300
                )


class CheckLetterForm(GovukForm):
    """Sent when person, address and letter have been read."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
    right = CheckboxField(label="")

    def __init__(self, *args: Any, statement: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["right"].label = statement
        self.fields["right"].error_messages["required"] = (
            "Confirm that this is the right person and the right letter, or go back"
        )


class SentForm(GovukForm):
    """When and how a letter went, and what proves it."""

    sent_on = DateField(label="When was it sent?", subject="the day it was sent", label_size="s")
    sent_how = RadiosField(
        label="How?", subject="how it was sent", choices=SentHow.choices, label_size="s", small=True
    )
    proof = TextField(
        label="Proof",
        hint="For example, the number of the signed-for post, the subject and time of the e-mail, or who took it at the door",
        subject="what proves that it was sent",
        max_length=300,
        label_size="s",
    )

    def __init__(self, *args: Any, today: datetime.date, dated: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sent_on"].limit(past_of=today, earliest=dated)  # type: ignore[attr-defined]


class DiscardForm(GovukForm):
    """Why a letter that was made does not go."""

    reason = LongTextField(
        label="Why is it discarded?", subject="why it is discarded", rows=3, max_length=300, label_size="s"
    )


class SentInErrorForm(GovukForm):
    """What went wrong with a letter, and what was done about it."""

    reason = LongTextField(
        label="What went wrong?", subject="what went wrong", rows=3, max_length=500, label_size="s",
        hint="Who received what, about whom, and how it came about. Do not repeat what the letter says.",
    )  # fmt: skip
    done = LongTextField(
        label="What was done about it?", subject="what was done about it", rows=3, max_length=500, label_size="s",
        hint="For example: letter recovered, family told, reported to the data protection officer, with days.",
    )  # fmt: skip


class NewTemplateForm(GovukForm):
    """A letter the authority has not had yet."""

    name = TextField(
        label="Name of the template", subject="a name for the template", max_length=120, label_size="s"
    )
    kind = SelectField(
        label="What kind of letter is it?", subject="the kind of letter", choices=letter_kind_choices(), label_size="s",
        hint="The kind decides to whom it may go and what the law asks it to say.",
    )  # fmt: skip
    file = FileField(label="Word file", subject="a Word file", accept=".docx", label_size="s")


class NewVersionForm(GovukForm):
    """A better text of a template."""

    file = FileField(label="Add a new version", subject="a Word file", accept=".docx", label_size="s")


class StandingWordsForm(GovukForm):
    """The words of every letter."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in FIELDS.items():
            if field.source is Source.STANDING:
                self.fields[name] = LongTextField(
                    label=field.words,
                    hint=field.hint,
                    required=False,
                    rows=3,
                    max_length=1000,
                    label_size="s",
                )
