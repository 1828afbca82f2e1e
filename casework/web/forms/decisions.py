"""The questions of a decision, one a page."""

import datetime
from typing import Any

from casework.rules.legal_tests import LegalTest
from casework.ui.forms import CheckboxesField, DateField, GovukForm, LongTextField, RadiosField

YES, NO = "yes", "no"


class AnswerForm(GovukForm):
    """The decision itself."""

    answer = RadiosField(label="What was decided?", subject="what was decided", label_size="m")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]


class RefusalForm(GovukForm):
    """Why not: the part of the test, the grounds, and the reasons in words."""

    limb = RadiosField(
        label="Which part of the legal test is not met?",
        subject="the part of the legal test that is not met",
        label_size="s",
    )
    grounds = CheckboxesField(
        label="What does the evidence show?",
        hint="Select all that apply. A ground is evidence; it is not a test on its own.",
        subject="what the evidence shows",
        label_size="s",
    )
    reasons = LongTextField(
        label="Reasons",
        hint="Why the test is not met for this child, in words the family will read. The letter must carry them.",
        subject="reasons",
        rows=10,
        label_size="s",
    )

    def __init__(self, *args: Any, test: LegalTest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["limb"].choices = list(test.limbs.items())  # type: ignore[attr-defined]
        self.fields["grounds"].choices = list(test.grounds.items())  # type: ignore[attr-defined]


class DaysForm(GovukForm):
    """When it was decided and when the family was told; the law counts the second."""

    decided_on = DateField(label="When was it decided?", subject="the day it was decided", label_size="s")
    told_on = DateField(
        label="When was the family told?",
        subject="the day the family was told",
        hint="The day the letter or message was sent. The time limit runs to this day, not to the day of the panel.",
        label_size="s",
    )

    def __init__(
        self, *args: Any, today: datetime.date, earliest: datetime.date | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name in ("decided_on", "told_on"):
            self.fields[name].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """In the order in which things happen."""
        decided, told = self.cleaned_data.get("decided_on"), self.cleaned_data.get("told_on")
        if decided and told and told < decided:
            self.add_error(
                "told_on", "The family cannot be told before the decision is made. Check both dates"
            )
