"""The dimensions figures are split and filtered by: what each is called and which values it has.

A dimension is worked out from one or two columns of the subject. The five classifications of provision are
dimensions too: they map the finest provision type (and, where the classification says so, the age group).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.models import Area, Need, RequestSource
from placements.rules.classification_tables import CLASSIFICATIONS
from placements.rules.classifications import Classification
from placements.rules.provision import Leaf

NOT_RECORDED = "not_recorded"
"""The value of a dimension where nothing is recorded. Columns of the database hold an empty string for it."""

AGE_GROUPS: dict[str, str] = {
    "under_5": "Under 5",
    "5_to_10": "5 to 10",
    "11_to_15": "11 to 15",
    "16_to_19": "16 to 19",
    "20_to_25": "20 to 25",
    "over_25": "Over 25 (to be checked)",
}
POST_16 = frozenset({"16_to_19", "20_to_25", "over_25"})
"""Aged 16 or more on 31 August: year 12 and after."""

CASE_AGES: dict[str, tuple[str, int, int | None]] = {
    "to_6_weeks": ("Up to 6 weeks", 0, 42),
    "to_16_weeks": ("Over 6 and up to 16 weeks", 43, 112),
    "to_20_weeks": ("Over 16 and up to 20 weeks", 113, 140),
    "to_52_weeks": ("Over 20 and up to 52 weeks", 141, 364),
    "over_52_weeks": ("Over 52 weeks", 365, None),
}
"""Words, first and last day of age of an open request, counted from the day after it was received."""

STAGES: dict[str, str] = {
    "deciding": "Waiting for the decision to assess",
    "assessing": "Assessment under way",
    "issuing": "Decided to issue; plan not yet issued",
}


@dataclass(frozen=True)
class Dimension:
    """One way of splitting figures. `columns` are the subject's columns it is worked out from."""

    code: str
    title: str
    columns: tuple[str, ...]
    labels: Mapping[str, str]
    not_recorded: str = "Not recorded"

    def value(self, cells: Sequence[str]) -> str:
        """The dimension's value for the subject's columns."""
        return cells[0] or NOT_RECORDED

    def values(self) -> dict[str, str]:
        """Every value with its words, in the order tables show them."""
        return {**self.labels, NOT_RECORDED: self.not_recorded}

    def cells(self, value: str) -> list[tuple[str, ...]]:
        """The combinations of the subject's columns that have this value."""
        return [("" if value == NOT_RECORDED and NOT_RECORDED not in self.labels else value,)]

    def label(self, value: str) -> str:
        """The words of a value."""
        return self.values().get(value, value)


@dataclass(frozen=True)
class AreaDimension(Dimension):
    """Areas are the authority's own, so their names come from the database."""

    def values(self) -> dict[str, str]:
        """Every area by code."""
        return {**dict(Area.objects.values_list("code", "name")), NOT_RECORDED: self.not_recorded}


@dataclass(frozen=True)
class MonthDimension(Dimension):
    """Calendar months, written 2026-01. Any month may be asked for."""

    def values(self) -> dict[str, str]:
        """None listed: which months there are depends on the window."""
        return {}


@dataclass(frozen=True)
class ClassificationDimension(Dimension):
    """Provision as one dated classification groups it, with the parts it does not show as rows of their own.

    "Not recorded" is a placement nobody recorded, unless the classification has a category for it.
    """

    classification: Classification = CLASSIFICATIONS["published_groups"]

    def value(self, cells: Sequence[str]) -> str:
        """The category, or why there is none."""
        leaf = Leaf(cells[0])
        category = self.classification.category(leaf, post_16=len(cells) > 1 and cells[1] in POST_16)
        if category is not None:
            return category
        if leaf is Leaf.NOT_RECORDED:
            return NOT_RECORDED
        return "not_counted" if leaf in self.classification.not_counted else "not_stated"

    def values(self) -> dict[str, str]:
        """The categories in the order of the classification, then the parts not shown."""
        return {
            **{category: category for category in self.classification.categories},
            "not_counted": "Not counted by this classification",
            "not_stated": "Not stated by its source",
            NOT_RECORDED: "Placement not recorded",
        }

    def cells(self, value: str) -> list[tuple[str, ...]]:
        """Every provision type, or provision type and age group, with this value."""
        ages = [(age,) for age in AGE_GROUPS] if "age_group" in self.columns else [()]
        return [
            (leaf.value, *age) for leaf in Leaf for age in ages if self.value((leaf.value, *age)) == value
        ]


SOURCE = Dimension("source", "Source of request", ("source",), dict(RequestSource.choices), "Not known")
AREA = AreaDimension("area", "Area", ("area",), {})
NEED = Dimension("need", "Primary need", ("need",), dict(Need.choices))
AGE = Dimension("age", "Age group", ("age_group",), AGE_GROUPS)
PROVISION = Dimension(
    "provision", "Provision type", ("provision",), {leaf.value: leaf.words for leaf in Leaf}
)
STAGE = Dimension("stage", "Stage", ("stage",), STAGES)
CASE_AGE = Dimension(
    "case_age", "Age of the request", ("case_age",), {code: words for code, (words, *_) in CASE_AGES.items()}
)
MONTH = MonthDimension("month", "Month", ("month",), {})
CLASSIFIED: tuple[ClassificationDimension, ...] = tuple(
    ClassificationDimension(
        code=table.code,
        title=table.name,
        columns=("provision", "age_group") if table.post_16 else ("provision",),
        labels={},
        classification=table,
    )
    for table in CLASSIFICATIONS.values()
)
PROVISION_FAMILY = frozenset({PROVISION.code, *(dimension.code for dimension in CLASSIFIED)})
"""All say where the child is; a share of one is a share of all plans."""
