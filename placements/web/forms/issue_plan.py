"""Issuing the final plan: when, for which needs, and what section I names."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from casework.models import Establishment, Need
from casework.ui.forms import CheckboxesField, DateField, GovukForm, RadiosField, SelectField, TextField
from placements.models import SettingCode
from placements.queries.settings_search import settings_like
from placements.services.issue_plan import SectionI

NAMED, TYPE_ONLY, OTHERWISE = "named", "type", "otherwise"
SEN_UNIT, RESOURCED = "sen_unit", "resourced"


class IssuePlanForm(GovukForm):
    """The final plan as it was sent."""

    issued_on = DateField(
        label="When was the final plan sent?",
        subject="the day the final plan was sent",
        hint="To the family, the setting named and the health commissioner",
        label_size="s",
    )
    primary_need = SelectField(label="Primary need", subject="the primary need", choices=Need.choices)
    secondary_need = SelectField(
        label="Secondary need, if any", subject="the secondary need", required=False,
        choices=[("", "None"), *Need.choices],
    )  # fmt: skip
    section_i = RadiosField(
        label="What does section I name?",
        subject="what section I names",
        choices=[
            (NAMED, "A setting"),
            (TYPE_ONLY, "A type of setting only"),
            (OTHERWISE, "Education otherwise than at school (section 61)"),
        ],
        reveals={NAMED: "setting", TYPE_ONLY: "type_words"},
        label_size="s",
    )
    setting = TextField(
        label="Name or URN of the setting",
        subject="the name or URN of the setting",
        required=False,
        spellcheck=False,
    )
    type_words = TextField(
        label="Type of setting", subject="the type of setting", required=False, max_length=200,
        hint="For example, a mainstream secondary school",
    )  # fmt: skip
    part = CheckboxesField(
        label="Is the place in a special part of the setting?",
        required=False,
        choices=[(SEN_UNIT, "SEN unit"), (RESOURCED, "Resourced provision")],
        small=True,
    )

    def __init__(
        self, *args: Any, today: datetime.date, earliest: datetime.date | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["issued_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]

    def clean_setting(self) -> Establishment | None:
        """The one setting that was meant; several or none is explained."""
        typed = self.cleaned_data["setting"]
        if not typed or self.data.get("section_i") != NAMED:
            return None
        found = settings_like(typed)
        if not found:
            raise ValidationError(
                "No setting in the register has this name or number. Check it, or try the URN"
            )
        if len(found) > 1:
            listed = "; ".join(f"{one.name} ({one.urn or one.ukprn})" for one in found)
            raise ValidationError(f"Several settings match. Enter the URN of the right one: {listed}")
        return found[0]

    def clean(self) -> None:
        """The setting or the type, as chosen; two different needs."""
        self.require_when("section_i", NAMED, "setting", "Enter the name or URN of the setting")
        self.require_when("section_i", TYPE_ONLY, "type_words", "Enter the type of setting")
        given = self.cleaned_data
        if given.get("secondary_need") and given.get("secondary_need") == given.get("primary_need"):
            self.add_error("secondary_need", "The secondary need must differ from the primary need")


def section_i_of(given: dict[str, Any]) -> SectionI:
    """Section I as the service takes it."""
    part = given["part"]
    if given["section_i"] == NAMED:
        return SectionI(
            establishment=given["setting"], sen_unit=SEN_UNIT in part, resourced=RESOURCED in part
        )
    if given["section_i"] == TYPE_ONLY:
        return SectionI(code=SettingCode.OTH, words=given["type_words"])
    return SectionI(code=SettingCode.OLA)
