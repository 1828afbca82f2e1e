"""Asking for advice, recording what came, chasing, and using advice given before."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms

from casework.models import AdviceBody, ChaseMeans, Establishment, Team, User
from casework.models import Ground as GroundChoice
from casework.queries.advice import ALL, CHASE, LATE, SOON, AdviceFilters
from casework.rules.advice import AdviceBody as Body
from casework.rules.advice import Agrees
from casework.rules.exceptions import ADVISER_GROUNDS
from casework.services.advice import Ask
from casework.services.existing_advice import Agreement
from casework.ui.forms import (
    CheckboxesField,
    DateField,
    GovukForm,
    LongTextField,
    ModelSelectField,
    RadiosField,
    SelectField,
    TextField,
)

_NAMED = (AdviceBody.REQUESTED, AdviceBody.OTHER)
_WHO = {
    AdviceBody.FAMILY: "Who is asked?",
    AdviceBody.EDUCATION: "Which setting, and who there?",
    AdviceBody.REQUESTED: "Whom did the family ask you to ask?",
    AdviceBody.OTHER: "Who is asked, and for what?",
}


class AskForm(GovukForm):
    """Whom to ask, and the day the requests reached them."""

    bodies = CheckboxesField(
        label="Who is asked for advice?",
        subject="who is asked for advice",
        choices=AdviceBody.choices,
        hints={body.value: body.hint for body in Body},
        reveals={body.value: f"who_{body.value}" for body in Body},
        label_size="m",
        small=True,
    )
    asked_on = DateField(
        label="When did the requests reach them?",
        subject="the day the requests reached them",
        hint="For an e-mail, the day it was sent. The six weeks of each run from this day.",
        label_size="m",
    )

    def __init__(
        self,
        *args: Any,
        today: datetime.date,
        earliest: datetime.date | None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for body in AdviceBody:
            self.fields[f"who_{body.value}"] = TextField(
                label=_WHO.get(body, "Name and role, or team"), required=False, max_length=200
            )
        self.fields["asked_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Only the law's own bodies can be asked without saying who."""
        for body in AdviceBody:
            if body in _NAMED:
                self.require_when(
                    "bodies", body.value, f"who_{body.value}", f"Enter who is asked: {body.label.lower()}"
                )
            self.forget_unless("bodies", body.value, f"who_{body.value}")

    @staticmethod
    def whom(given: dict[str, Any], setting: Establishment | None) -> list[Ask]:
        """The answers as the service takes them; the setting itself where its name was left as it stood."""
        found = []
        for value in given["bodies"]:
            who = " ".join(given[f"who_{value}"].split())
            is_setting = value == AdviceBody.EDUCATION and setting is not None and who == setting.name
            found.append(Ask(AdviceBody(value), "" if is_setting else who, setting if is_setting else None))
        return found


class ReceiveForm(GovukForm):
    """Whose advice has come, and when."""

    advice = CheckboxesField(
        label="Whose advice has come?", subject="whose advice has come", label_size="m", small=True
    )
    received_on = DateField(label="When did it come?", subject="the day it came", label_size="m")
    note = LongTextField(
        label="Note", hint="Optional: what is missing in it, for example", required=False, rows=3
    )

    def __init__(
        self,
        *args: Any,
        choices: Iterable[tuple[str, str]],
        today: datetime.date,
        earliest: datetime.date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["advice"].choices = list(choices)  # type: ignore[attr-defined]
        self.fields["received_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]


class NotNeededForm(GovukForm):
    """Why no advice is needed any more."""

    ended_on = DateField(label="From which day is it not needed?", subject="the day")
    why = LongTextField(
        label="Why?", subject="why this advice is no longer needed", rows=4,
        hint="Advice the regulations name must be asked for: only existing advice that all three accept replaces it.",
    )  # fmt: skip

    def __init__(self, *args: Any, today: datetime.date, earliest: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ended_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]


class ExistingAdviceForm(GovukForm):
    """Which advice was given before, and who agrees that it is enough: all three must (reg 6(4))."""

    body = SelectField(
        label="Whose advice is it?", subject="whose advice it is", choices=[("", ""), *AdviceBody.choices]
    )
    who = TextField(label="Name and role, or team", required=False, max_length=200)
    what = TextField(
        label="Which advice?", subject="which advice this is", max_length=300, hint="Title and who gave it"
    )
    given_on = DateField(label="When was it given?", subject="the day it was given", required=False)

    def __init__(self, *args: Any, today: datetime.date, of_a_request: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if of_a_request:
            del self.fields["body"], self.fields["who"]
        for party in Agrees:
            self.fields[f"{party}_agreed_by"] = TextField(
                label=f"Who agreed for {party.words}?",
                hint="Leave empty if they have not agreed",
                required=False,
                max_length=200,
                label_size="s",
            )
            self.fields[f"{party}_agreed_on"] = DateField(
                label=f"When did {party.words} agree?",
                subject=f"the day {party.words} agreed",
                required=False,
            )
        for name, field in self.fields.items():
            if name.endswith("_on"):
                field.limit(past_of=today)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """An agreement has a day and a name."""
        for party in Agrees:
            on, by = f"{party}_agreed_on", f"{party}_agreed_by"
            if self.cleaned_data.get(on) and not self.cleaned_data.get(by):
                self.add_error(by, f"Enter who agreed for {party.words}")
            if self.cleaned_data.get(by) and on not in self.errors and not self.cleaned_data.get(on):
                self.add_error(on, f"Enter the day {party.words} agreed")

    @staticmethod
    def agreements(given: dict[str, Any]) -> dict[Agrees, Agreement]:
        """The agreements that were given."""
        return {
            party: Agreement(given[f"{party}_agreed_on"], given[f"{party}_agreed_by"])
            for party in Agrees
            if given[f"{party}_agreed_on"]
        }


class AdviceExceptionForm(GovukForm):
    """What excuses one body; the authority's own limits are not touched by it."""

    ground = RadiosField(
        label="What made the six weeks impractical for this body?",
        subject="what made it impractical",
        choices=[(ground.value, GroundChoice(ground.value).label) for ground in ADVISER_GROUNDS],
        hint="These are the only grounds (reg 8(2)). A shortage of psychologists or other staff excuses nothing.",
        small=True,
    )
    starts_on = DateField(label="From", subject="the first day")
    ends_on = DateField(
        label="To", subject="the last day", required=False, hint="Leave empty while it goes on"
    )
    evidence = LongTextField(
        label="Evidence", subject="the evidence", rows=4,
        hint="What happened, why the six weeks could not be met because of it, and how you know",
    )  # fmt: skip

    def __init__(self, *args: Any, today: datetime.date, earliest: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["starts_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]


class ChaseForm(GovukForm):
    """How they were chased, and when to chase again. Sent once (`key`)."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    chased_on = DateField(label="When?", subject="the day of the chase")
    means = RadiosField(
        label="How?", subject="how they were chased", choices=ChaseMeans.choices, small=True, inline=True
    )
    to_whom = TextField(label="To whom?", hint="Leave empty where it differs", required=False, max_length=200)
    note = LongTextField(label="What was said?", required=False, rows=3)
    next_on = DateField(
        label="When will you chase again?",
        subject="the day of the next chase",
        hint="Leave empty to be reminded once it is late, then every week",
        required=False,
    )

    def __init__(self, *args: Any, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["chased_on"].limit(past_of=today)  # type: ignore[attr-defined]


class AdviceFilterForm(GovukForm):
    """Filters of the list of outstanding advice, read strictly."""

    which = forms.ChoiceField(
        required=False,
        choices=[("", ""), *((one, one) for one in (LATE, CHASE, SOON, ALL))],
        widget=forms.HiddenInput,
    )
    body = SelectField(label="Body", required=False, choices=[("", "Any"), *AdviceBody.choices])
    worker = ModelSelectField(
        label="Lead worker", required=False, queryset=User.objects.none(), to_field_name="public_id",
        empty_label="Any",
    )  # fmt: skip
    team = ModelSelectField(
        label="Team", required=False, queryset=Team.objects.none(), to_field_name="name", empty_label="Any"
    )

    def __init__(self, *args: Any, workers: Any, teams: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    @property
    def chosen(self) -> AdviceFilters:
        """The filters, for the query; only of a valid form."""
        given = self.cleaned_data
        return AdviceFilters(given["which"] or LATE, given["body"], given["worker"], given["team"])
