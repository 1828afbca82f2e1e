"""Attaching files, saying what they are, and withdrawing one."""

import datetime
from typing import Any

from casework.models import DocumentKind
from casework.rules.file_types import ACCEPTED, ACCEPTED_WORDS
from casework.ui.forms import DateField, FilesField, GovukForm, LongTextField, SelectField, TextField

_KINDS = [(kind.value, kind.label) for kind in DocumentKind if kind != DocumentKind.LETTER]
_ACCEPT = ",".join(f".{ending}" for one in ACCEPTED for ending in one.extensions)


class AttachForm(GovukForm):
    """One or several files that came together."""

    attached = FilesField(
        label="Files", subject="one or more files", accept=_ACCEPT, label_size="s",
    )  # fmt: skip
    kind = SelectField(label="What are they?", subject="what they are", choices=_KINDS, label_size="s")
    title = TextField(
        label="Title",
        hint="For example, Educational psychologist’s report. Leave empty to use the name of each file.",
        required=False,
        max_length=200,
        label_size="s",
    )
    received_on = DateField(
        label="When did the authority receive them?", subject="the day they were received", label_size="s"
    )
    case = SelectField(
        label="Which case are they about?",
        hint="Leave empty where they are about the child as a whole.",
        required=False,
        choices=[],
        label_size="s",
    )

    def __init__(
        self,
        *args: Any,
        cases: list[tuple[str, str]],
        today: datetime.date,
        born: datetime.date,
        most: int,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["case"].choices = [("", "No case"), *cases]  # type: ignore[attr-defined]
        self.fields["received_on"].limit(past_of=today, earliest=born)  # type: ignore[attr-defined]
        several = f"You can choose several that came together, up to {most} MB each: {ACCEPTED_WORDS}."
        self.fields["attached"].help_text = several


class DescribeForm(GovukForm):
    """What a document is."""

    title = TextField(label="Title", subject="the title", max_length=200, label_size="s")
    kind = SelectField(label="What is it?", subject="what it is", choices=_KINDS, label_size="s")
    received_on = DateField(
        label="When did the authority receive it?", subject="the day it was received", label_size="s"
    )

    def __init__(self, *args: Any, today: datetime.date, born: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["received_on"].limit(past_of=today, earliest=born)  # type: ignore[attr-defined]


class WithdrawForm(GovukForm):
    """Why a document is taken out of use."""

    reason = LongTextField(
        label="Why is it withdrawn?", subject="why it is withdrawn", rows=3, max_length=300,
        hint="For example, it is about another child. Everybody who sees the list will read this.",
    )  # fmt: skip
