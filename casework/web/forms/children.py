"""Adding a child."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from casework.models import Area, IdentifierScheme, Sex
from casework.queries.areas import area_of_postcode
from casework.rules.postcodes import POSTCODE_MESSAGE, normalise_postcode
from casework.services.children import NewChild, check_identifier
from casework.ui.forms import (
    CheckboxesField,
    DateField,
    GovukForm,
    LongTextField,
    ModelSelectField,
    RadiosField,
    TextField,
)


class ChildForm(GovukForm):
    """Who the child is. Only names, date of birth and sex are needed to begin."""

    forename = TextField(label="First name", subject="first name", max_length=100, width="20")
    surname = TextField(label="Last name", subject="last name", max_length=100, width="20")
    preferred_name = TextField(
        label="Preferred first name, if different",
        subject="preferred name",
        max_length=100,
        width="20",
        required=False,
    )
    date_of_birth = DateField(label="Date of birth", subject="date of birth", hint="For example, 27 3 2016")
    sex = RadiosField(label="Sex", subject="the sex", choices=Sex.choices, inline=True, small=True)
    upn = TextField(
        label="Unique pupil number (UPN)", hint="A letter and 12 digits, if known", required=False, width="20",
        subject="UPN", spellcheck=False,
    )  # fmt: skip
    nhs = TextField(
        label="NHS number", hint="10 digits, if known", required=False, width="20", spellcheck=False
    )
    postcode = TextField(
        label="Home postcode", subject="postcode", required=False, width="10", spellcheck=False
    )
    address = LongTextField(label="Home address", required=False, max_length=300, rows=3)
    area = ModelSelectField(
        label="Area", queryset=Area.objects.none(), required=False,
        hint="Leave empty to find it from the postcode", subject="the area",
    )  # fmt: skip

    def __init__(self, *args: Any, today: datetime.date, areas: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["date_of_birth"].limit(past_of=today)  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]

    def clean_postcode(self) -> str:
        """The postcode in standard form."""
        typed = self.cleaned_data["postcode"]
        if not typed:
            return ""
        normal = normalise_postcode(typed)
        if normal is None:
            raise ValidationError(POSTCODE_MESSAGE)
        return normal

    def clean_upn(self) -> str:
        """The UPN in standard form; a wrong check letter is kept and listed for mending."""
        return self._number(IdentifierScheme.UPN, "upn")

    def clean_nhs(self) -> str:
        """The NHS number in standard form."""
        return self._number(IdentifierScheme.NHS, "nhs")

    def _number(self, scheme: IdentifierScheme, name: str) -> str:
        typed = self.cleaned_data[name]
        if not typed:
            return ""
        checked = check_identifier(scheme, typed)
        if not checked.acceptable:
            raise ValidationError(checked.message)
        return checked.value

    def new_child(self) -> NewChild:
        """What the service takes."""
        given = self.cleaned_data
        numbers = {IdentifierScheme.UPN: given["upn"], IdentifierScheme.NHS: given["nhs"]}
        return NewChild(
            surname=given["surname"],
            forename=given["forename"],
            preferred_name=given["preferred_name"],
            date_of_birth=given["date_of_birth"],
            sex=Sex(given["sex"]),
            postcode=given["postcode"],
            address=given["address"],
            area=given["area"] or area_of_postcode(given["postcode"]),
            identifiers={scheme: value for scheme, value in numbers.items() if value},
        )


class NotTheSameForm(GovukForm):
    """Each record that may be the same child must be ruled out by somebody who looked."""

    different = CheckboxesField(
        label="Which of these are different children?",
        hint="Open each record to compare. If one of them is this child, use it and do not add another.",
        subject="each record that is a different child",
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["different"].choices = choices  # type: ignore[attr-defined]
        self._needed = {value for value, _ in choices}

    def clean_different(self) -> list[int]:
        """Every record on the page, ticked."""
        ticked = self.cleaned_data["different"]
        if set(ticked) != self._needed:
            raise ValidationError(
                "Tick every record that is a different child. If one is the same child, open that record instead."
            )
        return [int(value) for value in ticked]


class ReasonForm(GovukForm):
    """Why somebody opens a restricted record."""

    reason = TextField(
        label="Why do you need to open this record?",
        subject="why you need to open this record",
        max_length=300,
    )
