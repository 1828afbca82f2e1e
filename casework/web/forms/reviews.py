"""Forms of a review: a step, the decision, the decision not to amend, an early review, an earlier review."""

import datetime
from typing import Any

from casework.models import Answer
from casework.models.reviews import ReviewType
from casework.ui.forms import DateField, GovukForm, LongTextField, RadiosField
from casework.web.review_tasks import ReviewTask


class StepForm(GovukForm):
    """The day of one step, and a note where the step has one."""

    def __init__(
        self, *args: Any, task: ReviewTask, today: datetime.date, earliest: datetime.date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        day = DateField(label=task.question, subject=task.subject, hint=task.hint, label_size="m")
        if task.ahead:
            day.limit(earliest=earliest)
        else:
            day.limit(past_of=today, earliest=earliest)
        self.fields["happened_on"] = day
        if task.note:
            self.fields["note"] = LongTextField(label=task.note, required=False, rows=3)

    def clean(self) -> None:
        """A step without a note records an empty one."""
        self.cleaned_data.setdefault("note", "")


class ReviewDecisionForm(GovukForm):
    """Maintain, amend or cease; the reasons; the days."""

    answer = RadiosField(
        label="What have you decided?",
        subject="what you have decided",
        label_size="m",
        choices=[
            (Answer.MAINTAIN.value, "Maintain the plan as it is"),
            (Answer.AMEND.value, "Amend the plan"),
            (Answer.CEASE.value, "Cease the plan"),
        ],
        hints={
            Answer.MAINTAIN.value: "The family may appeal",
            Answer.AMEND.value: "The amendments must go to the family within the same four weeks",
            Answer.CEASE.value: "The family may appeal; the plan goes on until the time to appeal has passed",
        },
        reveals={Answer.AMEND.value: "notice_sent_on"},
    )
    notice_sent_on = DateField(
        label="When was the notice with the proposed amendments sent?",
        subject="the day the notice was sent",
        hint="Leave empty if it has not gone yet",
        required=False,
    )
    reasons = LongTextField(
        label="Reasons", subject="the reasons", hint="As the family will read them", rows=5
    )
    decided_on = DateField(label="When was it decided?", subject="the day it was decided")
    told_on = DateField(
        label="When was the family told?",
        subject="the day the family was told",
        hint="The day the letter was sent",
    )

    def __init__(
        self, *args: Any, today: datetime.date, earliest: datetime.date | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name in ("decided_on", "told_on", "notice_sent_on"):
            self.fields[name].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """The notice belongs to a decision to amend only."""
        self.forget_unless("answer", Answer.AMEND.value, "notice_sent_on")


class NotAmendForm(GovukForm):
    """Why the plan stays as it is after the notice."""

    reasons = LongTextField(
        label="Reasons", subject="the reasons", hint="As the family will read them", rows=5
    )
    decided_on = DateField(label="When was it decided?", subject="the day it was decided")
    told_on = DateField(label="When was the family told?", subject="the day the family was told")

    def __init__(
        self, *args: Any, today: datetime.date, earliest: datetime.date | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name in ("decided_on", "told_on"):
            self.fields[name].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]


class ReviewTypeForm(GovukForm):
    """Whether the review to come is held before it is due, and why."""

    type = RadiosField(
        label="What kind of review is it?", subject="the kind of review", choices=ReviewType.choices,
        hints={
            ReviewType.EARLY.value: "Something has changed, or the placement is at risk",
            ReviewType.INTERIM.value: "A look at part of the plan. The date of the review to come stays as it is",
            ReviewType.HALF_YEARLY.value: "Guidance asks for one every three to six months under the age of five",
        },
    )  # fmt: skip
    why = LongTextField(label="Why is it held now?", required=False, rows=3)

    def clean(self) -> None:
        """Any other than the annual review needs a reason."""
        if self.cleaned_data.get("type") not in (None, ReviewType.ANNUAL.value) and not self.cleaned_data.get(
            "why"
        ):
            self.add_error("why", "Enter why the review is held before it is due")


class EarlierReviewForm(GovukForm):
    """A review that was completed before this record was kept here."""

    happened_on = DateField(
        label="When was the family told the decision?", subject="the day the family was told", label_size="m",
        hint="The next twelve months count from this day, not from the meeting",
    )  # fmt: skip
    note = LongTextField(label="Where is it recorded?", required=False, rows=2)

    def __init__(self, *args: Any, today: datetime.date, earliest: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["happened_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]
