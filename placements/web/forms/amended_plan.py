"""The final amended plan, and the setting agreed for a phase transfer."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from casework.models import Establishment, Need
from casework.ui.forms import DateField, GovukForm, RadiosField, SelectField, TextField
from placements.queries.settings_search import settings_like
from placements.web.forms.issue_plan import NAMED, OTHERWISE, TYPE_ONLY

UNCHANGED = "unchanged"


def setting_meant(typed: str) -> Establishment:
    """The one setting of this name or number. Raises ValidationError for none and for several."""
    found = settings_like(typed)
    if not found:
        raise ValidationError("No setting in the register has this name or number. Check it, or try the URN")
    if len(found) > 1:
        listed = "; ".join(f"{one.name} ({one.urn or one.ukprn})" for one in found)
        raise ValidationError(f"Several settings match. Enter the URN of the right one: {listed}")
    return found[0]


class AmendedPlanForm(GovukForm):
    """The final amended plan as it was sent."""

    issued_on = DateField(
        label="When was the final amended plan sent?",
        subject="the day the final amended plan was sent",
        label_size="s",
    )
    primary_need = SelectField(
        label="Primary need", required=False, choices=[("", "As it was"), *Need.choices]
    )
    section_i = RadiosField(
        label="What does section I name?",
        subject="what section I names",
        choices=[
            (UNCHANGED, "The same as before"),
            (NAMED, "Another setting"),
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

    def __init__(
        self, *args: Any, today: datetime.date, earliest: datetime.date | None, moves: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["issued_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]
        if moves:
            # The plan of a phase transfer must name what comes next (SEND Regs 2014 reg 18).
            section_i = self.fields["section_i"]
            section_i.choices = [pair for pair in section_i.choices if pair[0] != UNCHANGED]  # type: ignore[attr-defined]

    def clean_setting(self) -> Establishment | None:
        """The one setting that was meant; several or none is explained."""
        typed = self.cleaned_data["setting"]
        return setting_meant(typed) if typed and self.data.get("section_i") == NAMED else None

    def clean(self) -> None:
        """The setting or the type, as chosen."""
        self.require_when("section_i", NAMED, "setting", "Enter the name or URN of the setting")
        self.require_when("section_i", TYPE_ONLY, "type_words", "Enter the type of setting")
        self.cleaned_data["part"] = []


class NextSettingForm(GovukForm):
    """What the plan will name after a phase transfer."""

    what = RadiosField(
        label="What will the plan name?",
        subject="what the plan will name",
        choices=[(NAMED, "A setting"), (TYPE_ONLY, "A type of setting only")],
        reveals={NAMED: "setting", TYPE_ONLY: "words"},
        label_size="m",
    )
    setting = TextField(
        label="Name or URN of the setting",
        subject="the name or URN of the setting",
        required=False,
        spellcheck=False,
    )
    words = TextField(label="Type of setting", subject="the type of setting", required=False, max_length=200)

    def clean_setting(self) -> Establishment | None:
        """The one setting that was meant; several or none is explained."""
        typed = self.cleaned_data["setting"]
        return setting_meant(typed) if typed and self.data.get("what") == NAMED else None

    def clean(self) -> None:
        """The setting or the type, as chosen."""
        self.require_when("what", NAMED, "setting", "Enter the name or URN of the setting")
        self.require_when("what", TYPE_ONLY, "words", "Enter the type of setting")
        self.forget_unless("what", TYPE_ONLY, "words")
