"""The plan that came from another authority, with what its section I names."""

import datetime
from typing import Any

from casework.models import Need
from casework.services.moves_in import ArrivedPlan
from casework.ui.forms import DateField, LongTextField, RadiosField
from placements.web.forms.issue_plan import IssuePlanForm

YES, NO = "yes", "no"


class PlanInForm(IssuePlanForm):
    """As it was when it came."""

    transferred_on = DateField(
        label="When was the plan transferred to us?", subject="the day of the transfer",
        hint="The day of the move, or later",
    )  # fmt: skip
    made_on = DateField(
        label="When did the authority before make the plan?", subject="the day the plan was made",
        hint="The day of the first final plan. It stays the plan’s day here.",
    )  # fmt: skip
    last_reviewed_on = DateField(
        label="When was its last review completed?", subject="the day of the last review", required=False,
        hint="The day the family was told the decision. Leave empty if it was never reviewed.",
    )  # fmt: skip
    far = RadiosField(
        label="Can the child still attend the setting the plan names?", subject="whether the child can still attend",
        choices=[(YES, "Yes"), (NO, "No, it has become impractical")], reveals={NO: "arrangements"},
        hint="If not, arrange another setting at once, until the plan is amended (SEND Regs 2014 reg 15(6))",
    )  # fmt: skip
    arrangements = LongTextField(
        label="Where is the child educated until then?",
        subject="where the child is educated",
        required=False,
        rows=3,
    )
    field_order = (
        "transferred_on", "made_on", "last_reviewed_on", "primary_need", "secondary_need", "section_i", "setting",
        "type_words", "part", "far", "arrangements",
    )  # fmt: skip

    def __init__(
        self, *args: Any, today: datetime.date, moved_on: datetime.date, born: datetime.date, **options: Any
    ) -> None:
        super().__init__(*args, today=today, earliest=None, **options)
        del self.fields["issued_on"]
        self.fields["transferred_on"].limit(past_of=today, earliest=moved_on)  # type: ignore[attr-defined]
        for name in ("made_on", "last_reviewed_on"):
            self.fields[name].limit(past_of=today, earliest=born)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """The days in their order; arrangements where the child cannot attend."""
        super().clean()
        self.require_when(
            "far", NO, "arrangements", "Enter where the child is educated until the plan is amended"
        )
        self.forget_unless("far", NO, "arrangements")
        given = self.cleaned_data
        made, came, reviewed = (
            given.get("made_on"),
            given.get("transferred_on"),
            given.get("last_reviewed_on"),
        )
        if made and came and made > came:
            self.add_error(
                "made_on", "The plan must have been made before it was transferred. Check both dates"
            )
        elif made and came and reviewed and not made <= reviewed <= came:
            self.add_error(
                "last_reviewed_on",
                "The last review must lie between the day the plan was made and the transfer",
            )


def arrived_plan_of(given: dict[str, Any]) -> ArrivedPlan:
    """What came, as the service takes it."""
    return ArrivedPlan(
        made_on=given["made_on"],
        last_reviewed_on=given["last_reviewed_on"],
        primary_need=Need(given["primary_need"]),
        secondary_need=given["secondary_need"],
        too_far=given["far"] == NO,
        arrangements=given["arrangements"],
    )
