"""Forms of education outside a school."""

import datetime
from typing import Any

from casework.models import Child
from casework.ui.forms import DateField, GovukForm, LongTextField, RadiosField, TextField
from placements.models import Finding, SettingCode


class OutsideSchoolForm(GovukForm):
    """Whose arrangement, from when; and for education at home how you know."""

    arrangement = RadiosField(
        label="Whose arrangement is it?", subject="whose arrangement it is",
        choices=[
            (SettingCode.EHE.value, "The parents educate the child at home"),
            (SettingCode.OLA.value, "The authority arranges education otherwise than at school"),
            (SettingCode.OPA.value, "The parents made other arrangements, such as an independent school they pay for"),
        ],
        hints={
            SettingCode.EHE.value: "Elective home education: the parents’ choice, at their cost",
            SettingCode.OLA.value: "Section 61: the authority must arrange and fund it, and the plan says so",
            SettingCode.OPA.value: "Section 42(5)",
        },
        reveals={SettingCode.EHE.value: "told_by"},
    )  # fmt: skip
    told_by = TextField(
        label="Who told you?", required=False, max_length=200, hint="The parents, or the school"
    )
    starts_on = DateField(label="From which day?", subject="the first day")
    told_on = DateField(
        label="When were you told?", subject="the day you were told", required=False,
        hint="For education at home: the day the letter came",
    )  # fmt: skip
    consent_on = DateField(
        label="If the child was at a special school: when did you agree that the name is taken off its roll?",
        subject="the day you agreed", required=False,
        hint="A special school arranged by the authority needs your consent. Leave empty for any other school.",
    )  # fmt: skip
    why = LongTextField(label="Why, as far as you know", required=False, rows=3)

    def __init__(self, *args: Any, child: Child, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("starts_on", "told_on", "consent_on"):
            self.fields[name].limit(past_of=today, earliest=child.date_of_birth)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Education at home is known from somebody on a day."""
        self.require_when("arrangement", SettingCode.EHE.value, "told_on", "Enter the day you were told")
        for name in ("told_on", "told_by", "consent_on"):
            self.forget_unless("arrangement", SettingCode.EHE.value, name)


class SuitabilityForm(GovukForm):
    """What was found."""

    looked_on = DateField(label="When did you look?", subject="the day you looked")
    finding = RadiosField(label="What did you find?", subject="what you found", choices=Finding.choices)
    note = LongTextField(
        label="What was seen?", subject="what was seen", rows=4,
        hint="Against the needs and outcomes in the plan. If it could not be judged, what you did about it.",
    )  # fmt: skip
    look_again_on = DateField(
        label="When will you look again?", subject="the day to look again", required=False
    )

    def __init__(self, *args: Any, today: datetime.date, earliest: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["looked_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]
        self.fields["look_again_on"].limit(earliest=earliest)  # type: ignore[attr-defined]


class EndOutsideForm(GovukForm):
    """The last day of the arrangement."""

    ends_on = DateField(label="What was the last day?", subject="the last day")
    why = TextField(label="What happens then?", subject="what happens then", max_length=200)

    def __init__(self, *args: Any, today: datetime.date, earliest: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ends_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]
