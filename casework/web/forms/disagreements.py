"""Forms of mediation: how it began, one day and a note, what the family wants, what was agreed."""

import datetime
from typing import Any

from casework.models import MediationAbout, MilestoneKind
from casework.rules.undertakings import Undertaking
from casework.ui.forms import DateField, GovukForm, LongTextField, RadiosField, TextField

M = MilestoneKind
REQUESTED = "requested"


class OpenMediationForm(GovukForm):
    """What was heard first about mediation."""

    first = RadiosField(
        label="What did you hear first?",
        subject="what you heard first",
        label_size="m",
        choices=[
            (M.MEDIATION_ADVISER_CONTACTED.value, "The family has contacted the mediation adviser"),
            (REQUESTED, "The family wants mediation"),
            (M.MEDIATION_DECLINED.value, "The family told the adviser that it does not want mediation"),
            (M.MEDIATION_CERTIFICATE_ISSUED.value, "The adviser has issued the certificate"),
        ],
        reveals={REQUESTED: "about"},
    )
    about = RadiosField(
        label="What is it to be about?",
        subject="what it is to be about",
        choices=MediationAbout.choices,
        required=False,
    )
    happened_on = DateField(
        label="When was that?", subject="the day of it", hint="For a request, the day the authority was told"
    )
    adviser = TextField(label="Mediation adviser", required=False, max_length=200, width="20")
    note = LongTextField(label="Note", required=False, rows=2)

    def __init__(self, *args: Any, today: datetime.date, earliest: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["happened_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """What it is about belongs to a request only."""
        self.require_when("first", REQUESTED, "about", "Select what the mediation is to be about")
        self.forget_unless("first", REQUESTED, "about")


class DayForm(GovukForm):
    """The day of one step, and a note where the step has one."""

    def __init__(
        self,
        *args: Any,
        question: str,
        subject: str,
        today: datetime.date,
        earliest: datetime.date,
        hint: str = "",
        note: str = "",
        note_needed: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        day = DateField(label=question, subject=subject, hint=hint, label_size="m")
        day.limit(past_of=today, earliest=earliest)
        self.fields["happened_on"] = day
        if note:
            self.fields["note"] = LongTextField(
                label=note, subject=note[0].lower() + note[1:].rstrip("?"), required=note_needed, rows=3
            )

    def clean(self) -> None:
        """A step without a note records an empty one."""
        self.cleaned_data.setdefault("note", "")


class RequestMediationForm(DayForm):
    """The day the authority was told that the family wants mediation, and about what."""

    about = RadiosField(
        label="What is it to be about?", subject="what it is to be about", label_size="m",
        choices=MediationAbout.choices,
        hints={
            MediationAbout.WITH_HEALTH.value: "Tell each health commissioner the issues within 3 working days",
            MediationAbout.HEALTH_ONLY.value: "The health commissioner arranges it once you have told them",
        },
    )  # fmt: skip


class AgreementForm(GovukForm):
    """What was agreed, when, and whether another time was agreed in writing."""

    what = RadiosField(label="What was agreed?", subject="what was agreed", label_size="m")
    note = LongTextField(label="The agreement in its words", subject="what was agreed, in its words", rows=5)
    agreed_on = DateField(label="When was it agreed?", subject="the day of the agreement")
    carry_out_by = DateField(
        label="Was another time agreed in writing? If so, by when is it to be done?",
        subject="the time agreed",
        hint="Leave empty if not: the limits of regulation 44 then apply",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        choices: tuple[Undertaking, ...],
        today: datetime.date,
        earliest: datetime.date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        offered = [(one.value, one.words) for one in choices]
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            *offered,
            (Undertaking.OTHER.value, "Something else, without a right of appeal"),
        ]
        self.fields["agreed_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]
        self.fields["carry_out_by"].limit(earliest=earliest)  # type: ignore[attr-defined]
