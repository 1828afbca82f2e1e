"""Forms of ceasing a plan."""

import datetime
from typing import Any

from casework.models import CeaseReason, Child, NoAppeal
from casework.rules.calendar import age_on
from casework.rules.ceasing import AFTER_CONSULTING, AT_ONCE
from casework.ui.forms import DateField, GovukForm, LongTextField, RadiosField, TextField

YES, NO, NOT_KNOWN = "yes", "no", "not_known"
_ADULT = 18
OVER = "over"


def _reasons(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(code, CeaseReason(code).label) for code in codes]


class ConsultForm(GovukForm):
    """Why ceasing is considered, and who was consulted."""

    reason = RadiosField(
        label="Why do you consider ceasing the plan?",
        subject="why you consider ceasing",
        choices=_reasons(AFTER_CONSULTING),
    )
    why = LongTextField(
        label="What makes you think so?", subject="what makes you think so", rows=4,
        hint="Outcomes met, evidence, what the young person says. The family will read it.",
    )  # fmt: skip
    stopped_attending_on = DateField(
        label="When did they stop attending?", subject="the day they stopped attending", required=False,
        hint="Only where a young person of 18 or over stopped. A review must then come before the decision.",
    )  # fmt: skip
    wishes_to_return = RadiosField(
        label="Do they wish to return to education?", subject="whether they wish to return",
        choices=[(YES, "Yes"), (NO, "No"), (NOT_KNOWN, "Not known yet")], required=False, inline=True, small=True,
    )  # fmt: skip
    consulted_on = DateField(
        label="When were the family and the setting told and asked for their views?",
        subject="the day they were asked",
        hint="The day the letter was sent. It says that you consider ceasing, and asks for views.",
    )
    setting_consulted = TextField(
        label="Which head or principal was consulted?", required=False, max_length=200,
        hint="Of the setting named in the plan. Leave empty if it names none.",
    )  # fmt: skip

    def __init__(self, *args: Any, child: Child, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("consulted_on", "stopped_attending_on"):
            self.fields[name].limit(past_of=today, earliest=child.date_of_birth)  # type: ignore[attr-defined]
        if age_on(child.date_of_birth, today) < _ADULT:
            del self.fields["stopped_attending_on"], self.fields["wishes_to_return"]

    def clean(self) -> None:
        """Fields that were not asked are empty."""
        self.cleaned_data.setdefault("stopped_attending_on", None)
        self.cleaned_data.setdefault("wishes_to_return", "")


class CeaseDecisionForm(GovukForm):
    """Views heard, the decision and its days."""

    family_views = LongTextField(
        label="What did the family or the young person say?", subject="what the family said", rows=3,
        hint="If nobody answered, say so and how often you asked",
    )  # fmt: skip
    setting_views = LongTextField(label="What did the setting say?", required=False, rows=3)
    answer = RadiosField(
        label="What have you decided?", subject="what you have decided",
        choices=[(YES, "Cease the plan"), (NO, "The plan goes on")],
        hints={YES: "The family may appeal; the plan goes on until the time to appeal is over"},
        reveals={YES: "reason"},
    )  # fmt: skip
    reason = RadiosField(
        label="For which reason?",
        subject="the reason",
        choices=_reasons(AFTER_CONSULTING),
        required=False,
        small=True,
    )
    reasons = LongTextField(
        label="Reasons", subject="the reasons", hint="As the family will read them", rows=5
    )
    decided_on = DateField(label="When was it decided?", subject="the day it was decided")
    told_on = DateField(
        label="When was the family told?", subject="the day the family was told",
        hint="The day the notice was sent. The two months to appeal count from it.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, today: datetime.date, earliest: datetime.date | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name in ("decided_on", "told_on"):
            self.fields[name].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """A decision to cease has one of the reasons."""
        self.require_when("answer", YES, "reason", "Select the reason")
        self.forget_unless("answer", YES, "reason")
        decided, told = self.cleaned_data.get("decided_on"), self.cleaned_data.get("told_on")
        if decided and told and told < decided:
            self.add_error(
                "told_on", "The family cannot be told before the decision is made. Check both dates"
            )


class EndForm(GovukForm):
    """The last day, and why no appeal is possible where it comes early."""

    ended_on = DateField(label="What was the last day of the plan?", subject="the last day of the plan")
    appeal = RadiosField(
        label="Is the time to appeal over?", subject="whether the time to appeal is over",
        choices=[(OVER, "Yes, and no appeal was made"), *NoAppeal.choices],
        dividers={NoAppeal.DISMISSED.value: "or, before it is over:"},
    )  # fmt: skip
    proof = TextField(
        label="How is that known?", required=False, max_length=300,
        hint="For example, the order of the Tribunal and its date",
    )  # fmt: skip

    def __init__(
        self, *args: Any, today: datetime.date, earliest: datetime.date | None, first: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["ended_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]
        self.fields["ended_on"].help_text = first

    def clean(self) -> None:
        """Why no appeal is possible can be proved."""
        if self.cleaned_data.get("appeal") not in (None, "", OVER) and not self.cleaned_data.get("proof"):
            self.add_error("proof", "Enter how it is known that no appeal is possible")


class AtOnceForm(GovukForm):
    """The authority is no longer responsible: nothing is decided."""

    reason = RadiosField(
        label="Why did the plan end?", subject="why the plan ended", choices=_reasons(AT_ONCE),
        hints={
            CeaseReason.MAXIMUM_AGE.value: "After the 25th birthday; it can be kept to the end of that academic year",
            CeaseReason.LEFT_ENGLAND.value: "To another authority in England, record a move out instead",
        },
    )  # fmt: skip
    ended_on = DateField(
        label="On which day?",
        subject="the day",
        hint="The day of the death or of the move, or the last day of the plan",
    )
    why = LongTextField(
        label="How is it known?",
        subject="how it is known",
        rows=3,
        hint="For example, letter from the family of 3 March",
    )

    def __init__(self, *args: Any, child: Child, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ended_on"].limit(past_of=today, earliest=child.date_of_birth)  # type: ignore[attr-defined]
