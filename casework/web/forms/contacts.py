"""Forms about the people around a child."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from casework.models import (
    ContactLimit,
    ContactLimitBasis,
    PreferredWay,
    Relationship,
    ResponsibilitySource,
)
from casework.rules.postcodes import POSTCODE_MESSAGE, normalise_postcode
from casework.services.contacts import PersonFacts
from casework.ui.forms import (
    CheckboxField,
    DateField,
    EmailField,
    GovukForm,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
)

NEW = "new"


class DatedForm(GovukForm):
    """A form whose days are not ahead, unless its field is named in `ahead`."""

    ahead: tuple[str, ...] = ()

    def __init__(self, *args: Any, today: datetime.date, born: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if isinstance(field, DateField):
                field.limit(earliest=born, past_of=None if name in self.ahead else today)


def postcode_or_error(typed: str) -> str:
    """The postcode in standard form; raises ValidationError for what is none."""
    if not typed:
        return ""
    normal = normalise_postcode(typed)
    if normal is None:
        raise ValidationError(POSTCODE_MESSAGE)
    return normal


class PersonForm(GovukForm):
    """Who somebody is and how to reach them."""

    name = TextField(
        label="Name, as a letter has it", subject="the name", max_length=200, width="20", required=False
    )
    salutation = TextField(
        label="How a letter begins",
        hint="For example, Ms Thistle",
        max_length=100,
        width="20",
        required=False,
    )
    telephone = TextField(label="Telephone", max_length=40, width="20", required=False, spellcheck=False)
    email = EmailField(label="E-mail address", required=False)
    way = SelectField(
        label="How they ask to be reached", required=False, choices=[("", "Not said"), *PreferredWay.choices]
    )
    language = TextField(label="Language, where it is not English", max_length=60, width="20", required=False)
    needs_interpreter = CheckboxField(label="Needs an interpreter", required=False)
    format_needs = TextField(
        label="Format they need", hint="For example, large print or easy read", max_length=200, required=False
    )

    def clean(self) -> None:
        """A person has a name, and can be reached in the way they ask for."""
        given = self.cleaned_data
        if "name" in self.fields and not given.get("name") and given.get("known", NEW) == NEW:
            self.add_error("name", "Enter the name")
        if given.get("way") == PreferredWay.EMAIL and not given.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter the e-mail address, or choose another way")
        if given.get("way") in (PreferredWay.TELEPHONE, PreferredWay.TEXT_MESSAGE) and not given.get(
            "telephone"
        ):
            self.add_error("telephone", "Enter the telephone number, or choose another way")

    def facts(self) -> PersonFacts:
        """What the service takes."""
        return person_facts(self.cleaned_data)


def person_facts(given: dict[str, Any]) -> PersonFacts:
    """What the service takes of the answers."""
    return PersonFacts(**{name: given[name] for name in PersonFacts.__dataclass_fields__})


class ContactForm(PersonForm):
    """Somebody who is somebody to the child; `known` offers people of brothers and sisters."""

    known = RadiosField(label="Who is it?", subject="who it is", small=True)
    relationship = SelectField(
        label="Who are they to the child?", subject="who they are", choices=[("", ""), *Relationship.choices]
    )
    relationship_words = TextField(label="If another, in words", max_length=100, width="20", required=False)
    lives_with_child = CheckboxField(label="Lives with the child", required=False)
    contact_first = CheckboxField(label="The one to contact first", required=False)
    starts_on = DateField(label="Since when?", hint="Leave empty if nobody knows", required=False)
    field_order = ("known", "name", "relationship", "relationship_words", "lives_with_child", "contact_first")

    def __init__(
        self,
        *args: Any,
        today: datetime.date,
        born: datetime.date,
        known: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["starts_on"].limit(past_of=today, earliest=born)  # type: ignore[attr-defined]
        if known:
            self.fields["known"].choices = [*known, (NEW, "Somebody else")]  # type: ignore[attr-defined]
        else:
            del self.fields["known"]

    def clean(self) -> None:
        """Another relationship is said in words."""
        super().clean()
        self.require_when(
            "relationship",
            Relationship.OTHER.value,
            "relationship_words",
            "Enter who this person is to the child",
        )


class ContactChangeForm(DatedForm):
    """What somebody is for this child now."""

    lives_with_child = CheckboxField(label="Lives with the child", required=False)
    contact_first = CheckboxField(label="The one to contact first", required=False)
    young_person_agreed_on = DateField(
        label="When did the young person agree that this person is written to as well?",
        hint="Only for a young person over compulsory school age. Leave empty if they have not agreed",
        subject="the day the young person agreed",
        required=False,
    )
    note = TextField(label="Note", max_length=300, required=False)


class LastDayForm(DatedForm):
    """The last day of something."""

    ends_on = DateField(label="What was the last day?", subject="the last day", label_size="m")


class ResponsibilityForm(DatedForm):
    """Where parental responsibility comes from."""

    source = RadiosField(
        label="Where does parental responsibility come from?",
        subject="where parental responsibility comes from",
        choices=ResponsibilitySource.choices,
        small=True,
    )
    evidence = TextField(
        label="What have you seen?",
        hint="The order or agreement, its date and who holds it. Not needed for a mother who gave birth",
        subject="what you have seen",
        max_length=300,
        required=False,
    )
    starts_on = DateField(label="Since when?", hint="Leave empty if it was from birth", required=False)


class ContactLimitForm(DatedForm):
    """What may not be done with somebody, and why."""

    ahead = ("starts_on", "ends_on")
    limit = RadiosField(
        label="What is not allowed?", subject="what is not allowed", choices=ContactLimit.choices
    )
    basis = SelectField(label="Why?", subject="why", choices=[("", ""), *ContactLimitBasis.choices])
    reason = LongTextField(
        label="Reason and evidence",
        hint="For an order: the court, its date and number. For a named worker: who",
        subject="the reason and evidence",
        max_length=300,
        rows=3,
    )
    starts_on = DateField(label="From which day?", subject="the first day")
    ends_on = DateField(label="To which day, if an order says so?", required=False)


class EndLimitForm(DatedForm):
    """The end of a restriction of contact."""

    restriction = RadiosField(label="Which restriction ends?", subject="which restriction ends")
    ends_on = DateField(label="What was its last day?", subject="its last day")
    why = TextField(label="Why does it end?", subject="why it ends", max_length=200)

    def __init__(self, *args: Any, restrictions: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["restriction"].choices = restrictions  # type: ignore[attr-defined]


class HomeForm(DatedForm):
    """Where the child, or a contact, lives."""

    lines = LongTextField(label="Address", max_length=300, rows=3, required=False)
    postcode = TextField(label="Postcode", width="10", required=False, spellcheck=False)
    starts_on = DateField(label="Since when?", subject="the first day")
    withheld = CheckboxField(
        label="Withhold this address",
        hint="A refuge, or a home that somebody must not find. Only those who work the child's cases, the people named on a "
        "restricted record and managers can read it",
        required=False,
    )

    def clean_postcode(self) -> str:
        """The postcode in standard form."""
        return postcode_or_error(self.cleaned_data["postcode"])

    def clean(self) -> None:
        """Something must be known."""
        given = self.cleaned_data
        if not given.get("lines") and not given.get("postcode") and "postcode" not in self.errors:
            self.add_error("lines", "Enter the address or the postcode")


class CorrectHomeForm(HomeForm):
    """Mend the address that is recorded now."""

    starts_on = None  # type: ignore[assignment]


class CapacityForm(DatedForm):
    """A finding about a young person's capacity."""

    evidence = LongTextField(
        label="Who assessed capacity, when and how?",
        hint="For decisions about the EHC plan. Capacity is presumed until a finding says otherwise",
        subject="who assessed capacity, when and how",
        max_length=300,
        rows=3,
    )
    starts_on = DateField(label="From which day?", subject="the first day")
    representative = SelectField(
        label="Who is the representative?",
        hint="A deputy, attorney or other person appointed. Without one a parent decides",
        required=False,
    )

    def __init__(self, *args: Any, contacts: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["representative"].choices = [("", "Nobody: a parent decides"), *contacts]  # type: ignore[attr-defined]
