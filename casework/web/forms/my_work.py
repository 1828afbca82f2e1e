"""What My work is narrowed to, and keeping that by a name."""

from typing import Any
from urllib.parse import urlencode

from casework.models import Area, Team
from casework.queries.desk import COVERED, FOLLOW_UPS, MINE, OWN_FOLLOW_UPS, PHASES, STATUTORY, Filters
from casework.queries.waiting import WaitsFor
from casework.rules.case_kinds import case_kind_choices
from casework.services.saved_filters import LONGEST_NAME
from casework.ui.components import Link
from casework.ui.forms import CheckboxField, GovukForm, SelectField, TextField

_ANY = ("", "Any")


class WorkFilterForm(GovukForm):
    """Filters of My work; each is a part of the address."""

    what = SelectField(
        label="What", required=False,
        choices=[("", "Everything"), (STATUTORY, "Statutory dates"), (FOLLOW_UPS, "Follow-ups"),
            (OWN_FOLLOW_UPS, "Follow-ups for one person")],
    )  # fmt: skip
    kind = SelectField(label="Process", required=False, choices=[_ANY, *case_kind_choices()])
    waits = SelectField(
        label="Waiting for", required=False, choices=[_ANY, *((wait.value, wait.words) for wait in WaitsFor)]
    )
    area = SelectField(label="Area", required=False)
    phase = SelectField(
        label="Year group",
        required=False,
        choices=[_ANY, *((key, words) for key, (words, _, _) in PHASES.items())],
    )
    cover = SelectField(
        label="Whose", required=False,
        choices=[("", "Mine and those I cover"), (MINE, "Mine only"), (COVERED, "Those I cover only")],
    )  # fmt: skip

    def __init__(self, *args: Any, areas: list[Area], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].choices = [_ANY, *((str(area.pk), area.name) for area in areas)]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Filters:
        """The filters; what cannot be understood is left out here and explained beside its field."""
        self.is_valid()
        return Filters(**self.given)

    @property
    def given(self) -> dict[str, str]:
        """The filters that are on, as the address writes them."""
        self.is_valid()
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}

    def tags(self, kept: dict[str, str]) -> list[Link]:
        """What is on, each as a link that takes it away; `kept` is the rest of the address."""
        given = self.given
        return [
            Link(
                dict(self.fields[name].choices)[value],  # type: ignore[attr-defined]
                "?" + urlencode({**kept, **{key: other for key, other in given.items() if key != name}}),
            )
            for name, value in given.items()
        ]


class SaveFilterForm(GovukForm):
    """A name for the view that is shown, and who else may use it."""

    name = TextField(label="Name", subject="a name for this view", max_length=LONGEST_NAME, width="20")
    team = SelectField(label="Share with", required=False)
    is_default = CheckboxField(label="Open My work with this view", required=False)

    def __init__(self, *args: Any, teams: list[Team], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["team"].choices = [  # type: ignore[attr-defined]
            ("", "Nobody: for me only"),
            *((str(team.pk), team.name) for team in teams),
        ]
