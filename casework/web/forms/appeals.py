"""Forms of an appeal: registering it, its details, directions, hearings, orders, recommendations, carrying out."""

import datetime
from typing import Any

from django.db.models import QuerySet

from casework.models import DirectionKind, HearingKind, HearingOutcome, MilestoneKind, User
from casework.models.tribunal import RECOMMENDATIONS
from casework.rules.appeal_rights import ABOUT_A_PLAN, Appealable
from casework.rules.milestone_facts import milestone_words
from casework.rules.tribunal_orders import orders_for
from casework.ui.forms import (
    CheckboxesField,
    CheckboxField,
    DateField,
    GovukForm,
    LongTextField,
    ModelSelectField,
    RadiosField,
    TextField,
)

HEALTH, SOCIAL_CARE = "health", "social_care"
DONE, MOVED, DROPPED = "done", "moved", "dropped"
_SECTIONS = [
    ("B", "Section B: special educational needs"),
    ("F", "Section F: special educational provision"),
    ("I", "Section I: the setting or type of setting"),
]


class AppealFactsForm(GovukForm):
    """What the Tribunal's letter and the family's appeal say, apart from dates."""

    tribunal_reference = TextField(
        label="The Tribunal's reference",
        hint="For example, EH000/26/00001",
        required=False,
        max_length=40,
        width="20",
    )
    sections = CheckboxesField(
        label="Which sections is it about?", subject="the sections it is about", choices=_SECTIONS, small=True
    )
    recommendations = CheckboxesField(
        label="Does the family also ask for recommendations?",
        choices=[(HEALTH, "On health"), (SOCIAL_CARE, "On social care")],
        required=False,
        small=True,
    )
    officer = ModelSelectField(
        label="Tribunal officer", required=False, queryset=User.objects.none(), to_field_name="public_id",
        empty_label="Nobody yet",
    )  # fmt: skip
    representative = TextField(label="Who represents the family?", required=False, max_length=200, width="20")

    def __init__(self, *args: Any, against: Appealable, officers: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]
        if against not in ABOUT_A_PLAN:
            del self.fields["sections"]
        else:
            self.fields["sections"].required = against is Appealable.CONTENTS
        if against is Appealable.REFUSE_ASSESS:
            del self.fields["recommendations"]

    def facts(self, given: dict[str, Any]) -> dict[str, Any]:
        """The answers as the services take them."""
        asks = given.get("recommendations") or ()
        return {
            "tribunal_reference": given["tribunal_reference"],
            "sections": "".join(given.get("sections") or ()),
            "asks_health": HEALTH in asks,
            "asks_social_care": SOCIAL_CARE in asks,
            "officer": given["officer"],
            "representative": given["representative"],
        }


class RegisterAppealForm(AppealFactsForm):
    """An appeal the Tribunal has registered."""

    registered_on = DateField(
        label="When did the Tribunal register the appeal?",
        subject="the day it was registered",
        hint="The day on the Tribunal's letter",
        label_size="m",
    )
    certificate_on = DateField(
        label="When was the mediation certificate issued?",
        subject="the day of the certificate",
        hint="Not needed where only section I is disputed",
        required=False,
    )
    response_due_on = DateField(
        label="By when is the response due?",
        subject="the day the response is due",
        hint="The Tribunal's letter says. Its working days leave out August and 25 December to 1 January",
        required=False,
    )
    evidence_due_on = DateField(
        label="By when is further evidence due?", subject="the day evidence is due", required=False
    )
    hearing_on = DateField(
        label="For which day is the hearing listed?", subject="the day of the hearing", required=False
    )
    field_order = ["registered_on", "tribunal_reference", "sections", "recommendations", "certificate_on",
                   "response_due_on", "evidence_due_on", "hearing_on", "officer", "representative"]  # fmt: skip

    def __init__(
        self,
        *args: Any,
        today: datetime.date,
        sent_on: datetime.date,
        certificate_known: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for name in ("registered_on", "certificate_on"):
            self.fields[name].limit(past_of=today, earliest=sent_on)  # type: ignore[attr-defined]
        for name in ("response_due_on", "evidence_due_on"):
            self.fields[name].limit(earliest=sent_on)  # type: ignore[attr-defined]
        self.fields["hearing_on"].limit(earliest=today)  # type: ignore[attr-defined]
        if certificate_known:
            del self.fields["certificate_on"]


class AppealDetailsForm(AppealFactsForm):
    """Who works the appeal, what is disputed, how the working document stands."""

    working_document = LongTextField(
        label="The working document",
        hint="Which version is the last, its day, who has it, and what is still disputed",
        required=False,
        rows=4,
    )


class DirectionForm(GovukForm):
    """Something the Tribunal directed by a day."""

    kind = RadiosField(
        label="What did the Tribunal direct?", subject="what the Tribunal directed", label_size="m", small=True,
        choices=[(kind.value, kind.label) for kind in DirectionKind if kind not in RECOMMENDATIONS],
    )  # fmt: skip
    text = LongTextField(label="What is to be done, in its words", subject="what is to be done", rows=3)
    due_on = DateField(label="By when?", subject="the day it is due")

    def __init__(self, *args: Any, earliest: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_on"].limit(earliest=earliest)  # type: ignore[attr-defined]


class DirectionOutcomeForm(GovukForm):
    """What became of a direction: done, given another day, or no longer needed."""

    what = RadiosField(
        label="What happened?",
        subject="what happened",
        label_size="m",
        choices=[
            (DONE, "It was done"),
            (MOVED, "The Tribunal gave another day"),
            (DROPPED, "It no longer applies"),
        ],
        reveals={DONE: "happened_on", MOVED: "due_on"},
    )
    happened_on = DateField(label="When was it done?", subject="the day it was done", required=False)
    due_on = DateField(label="By when is it now due?", subject="the new day", required=False)
    note = LongTextField(
        label="How, or why?", subject="how it was done, or why it changed", required=False, rows=3
    )

    def __init__(
        self,
        *args: Any,
        today: datetime.date,
        earliest: datetime.date,
        recommendation: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["happened_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]
        self.fields["due_on"].limit(earliest=earliest)  # type: ignore[attr-defined]
        if recommendation:
            what = self.fields["what"]
            what.choices = [(DONE, "It was answered in writing"), (MOVED, "Another day was agreed")]  # type: ignore[attr-defined]
            self.fields["note"].label = "The answer: is it followed and, if not, why not?"

    def clean(self) -> None:
        """Each answer needs its day or its reason."""
        self.require_when("what", DONE, "happened_on", "Enter the day it was done")
        self.require_when("what", MOVED, "due_on", "Enter the new day")
        self.require_when("what", MOVED, "note", "Enter why the day was moved")
        self.require_when("what", DROPPED, "note", "Enter why it no longer applies")
        self.forget_unless("what", DONE, "happened_on")
        self.forget_unless("what", MOVED, "due_on")


class HearingForm(GovukForm):
    """A day the Tribunal listed."""

    kind = RadiosField(
        label="What is listed?",
        subject="what is listed",
        label_size="m",
        choices=HearingKind.choices,
        small=True,
    )
    listed_for = DateField(label="For which day?", subject="the day of the hearing")
    how = TextField(label="Where, or by video", required=False, max_length=200, width="20")

    def __init__(self, *args: Any, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["listed_for"].limit(earliest=today)  # type: ignore[attr-defined]


class HearingOutcomeForm(GovukForm):
    """What became of a hearing."""

    outcome = RadiosField(
        label="What became of it?", subject="what became of it", label_size="m", choices=HearingOutcome.choices,
        hints={HearingOutcome.VACATED.value: "The Tribunal took the day away; list the new day when it is known"},
    )  # fmt: skip
    note = LongTextField(label="Note", required=False, rows=3)


class OrderForm(GovukForm):
    """An order of the Tribunal."""

    kind = RadiosField(
        label="What did the Tribunal order?", subject="what the Tribunal ordered", label_size="m"
    )
    made_on = DateField(
        label="When was the order made?",
        subject="the day of the order",
        hint="Every limit runs from this day, not from the day it arrived",
    )
    received_on = DateField(label="When did it arrive?", subject="the day it arrived", required=False)
    by_consent = CheckboxField(label="It was made by consent", required=False)
    terms = LongTextField(label="The terms, in its words", subject="what the Tribunal ordered", rows=5)

    def __init__(
        self, *args: Any, against: Appealable, today: datetime.date, earliest: datetime.date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(one.value, one.words) for one in orders_for(against)]  # type: ignore[attr-defined]
        for name in ("made_on", "received_on"):
            self.fields[name].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]


class RecommendationForm(GovukForm):
    """What the Tribunal recommended on health and social care."""

    received_on = DateField(
        label="When did the recommendation arrive?", subject="the day it arrived", label_size="m",
        hint="The health commissioner and social care answer in writing within five weeks of it",
    )  # fmt: skip
    health = LongTextField(label="What it recommends on health", required=False, rows=3)
    social_care = LongTextField(label="What it recommends on social care", required=False, rows=3)

    def __init__(self, *args: Any, today: datetime.date, earliest: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["received_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """One of the two at least."""
        if not self.cleaned_data.get("health") and not self.cleaned_data.get("social_care"):
            self.add_error("health", "Enter what was recommended on health, on social care or on both")


class CarryOutForm(GovukForm):
    """A step that carries out an order or an agreement."""

    kind = RadiosField(label="What was done?", subject="what was done", label_size="m")
    happened_on = DateField(label="When?", subject="the day it was done")
    note = LongTextField(label="Note", required=False, rows=2)

    def __init__(
        self,
        *args: Any,
        kinds: list[MilestoneKind],
        today: datetime.date,
        earliest: datetime.date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(kind.value, milestone_words(kind)) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["happened_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]
