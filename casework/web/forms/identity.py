"""Forms about who a child is: names, numbers, brothers and sisters, standing, restrictions."""

from typing import Any

from casework.models import FormerNameKind, IdentifierScheme, SiblingKind, StatusKind
from casework.services.children import check_identifier
from casework.ui.forms import (
    CheckboxesField,
    DateField,
    GovukForm,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
)
from casework.web.forms.contacts import DatedForm


class RenameForm(DatedForm):
    """A new name. The one before is kept as a former name."""

    forename = TextField(label="First name", subject="first name", max_length=100, width="20")
    surname = TextField(label="Last name", subject="last name", max_length=100, width="20")
    preferred_name = TextField(
        label="Preferred first name, if different", max_length=100, width="20", required=False
    )
    changed_on = DateField(label="Since when?", subject="the day the name changed")
    kind = RadiosField(
        label="What was the name before?",
        subject="what the name before was",
        choices=FormerNameKind.choices,
        small=True,
    )


class FormerNameForm(DatedForm):
    """Another name that must find the child."""

    forename = TextField(label="First name", max_length=100, width="20", required=False)
    surname = TextField(label="Last name", subject="last name", max_length=100, width="20")
    kind = RadiosField(
        label="What kind of name is it?",
        hint="The name at birth of an adopted child is confidential: add it only if the record is restricted",
        subject="the kind of name",
        choices=FormerNameKind.choices,
        small=True,
    )
    ends_on = DateField(label="Until when was it used?", hint="Leave empty if nobody knows", required=False)


class ChoiceForm(GovukForm):
    """One thing to be chosen."""

    choice = RadiosField(label="Which one?", subject="which one", small=True, label_size="m")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]


class SiblingForm(GovukForm):
    """Which child, and what the two are to each other."""

    other = RadiosField(
        label="Which child is it?", subject="which child it is", small=True, reveals={"else": "number"}
    )
    number = TextField(
        label="UPN, NHS number or case reference of the other child",
        width="20",
        required=False,
        spellcheck=False,
    )
    kind = RadiosField(
        label="What are they to each other?",
        subject="what they are to each other",
        choices=SiblingKind.choices,
        small=True,
    )

    def __init__(self, *args: Any, suggested: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["other"].choices = [*suggested, ("else", "Another child")]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Another child is named by a number."""
        self.require_when("other", "else", "number", "Enter a number of the other child")
        self.forget_unless("other", "else", "number")


class NumberForm(DatedForm):
    """A number by which others know the child."""

    scheme = RadiosField(
        label="What kind of number is it?",
        subject="the kind of number",
        choices=IdentifierScheme.choices,
        small=True,
    )
    value = TextField(label="Number", subject="the number", width="20", max_length=20, spellcheck=False)
    starts_on = DateField(label="Since when?", hint="Leave empty if nobody knows", required=False)

    def clean(self) -> None:
        """A number that cannot be one of its kind is refused here, with the character that is wrong."""
        given = self.cleaned_data
        if given.get("scheme") and given.get("value"):
            checked = check_identifier(IdentifierScheme(given["scheme"]), given["value"])
            if not checked.acceptable:
                self.add_error("value", checked.message)


class CorrectNumberForm(ChoiceForm):
    """A number that was wrong."""

    value = TextField(
        label="The right number", subject="the right number", width="20", max_length=20, spellcheck=False
    )
    reason = TextField(label="Where did you read it?", subject="where you read it", max_length=200)


class EndNumberForm(DatedForm):
    """A number that is no longer the child's."""

    choice = RadiosField(label="Which number?", subject="which number", small=True, label_size="m")
    ends_on = DateField(label="What was its last day?", subject="its last day")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]


class StatusForm(DatedForm):
    """A standing with another service."""

    kind = RadiosField(
        label="What is the child?", subject="what the child is", choices=StatusKind.choices, small=True
    )
    la_code = TextField(
        label="Number of the authority that answers for it",
        hint="Three digits, like 886. Needed for a child who is looked after",
        width="3",
        max_length=3,
        required=False,
    )
    starts_on = DateField(label="Since when?", hint="Leave empty if nobody knows", required=False)
    note = TextField(label="Note", max_length=300, required=False)

    def clean(self) -> None:
        """A looked after child has an authority."""
        self.require_when(
            "kind", StatusKind.LOOKED_AFTER.value, "la_code", "Enter which authority looks after the child"
        )


class RestrictForm(DatedForm):
    """Why only named people may open the record, and who."""

    ahead = ("review_on",)
    reason = LongTextField(
        label="Why is the record restricted?", subject="why the record is restricted", max_length=300, rows=3
    )
    people = CheckboxesField(label="Who may open it?", subject="who may open it", small=True)
    review_on = DateField(label="When will you look at this again?", subject="the day you look at this again")

    def __init__(self, *args: Any, staff: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["people"].choices = staff  # type: ignore[attr-defined]


class AllowForm(GovukForm):
    """One more person who may open a restricted record."""

    person = SelectField(label="Who?", subject="who may open it")
    reason = TextField(
        label="Why do they need to open it?", subject="why they need to open it", max_length=300
    )

    def __init__(self, *args: Any, staff: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [("", ""), *staff]  # type: ignore[attr-defined]


class LookAgainForm(DatedForm):
    """The next day a restriction is looked at."""

    ahead = ("review_on",)
    review_on = DateField(
        label="When will you look at this again?", subject="the day you look at this again", label_size="m"
    )


class LiftForm(GovukForm):
    """Why a record is open again."""

    why = TextField(
        label="Why is the restriction lifted?",
        subject="why the restriction is lifted",
        max_length=250,
        label_size="m",
    )
