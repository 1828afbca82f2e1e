"""What an indicator is."""

from dataclasses import dataclass, field
from enum import StrEnum

from casework.rules.permissions import Permission
from reporting.dimensions import PROVISION_FAMILY, Dimension
from reporting.subjects import Subject
from reporting.windows import Timing


class Unit(StrEnum):
    """What the value is, and how it comes from numerator and denominator."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    GROWTH = "growth"
    POUNDS = "pounds"
    POUNDS_EACH = "pounds_each"

    @property
    def words(self) -> str:
        """How a column heading says it."""
        return _UNIT_WORDS[self]


_UNIT_WORDS = {
    Unit.COUNT: "number",
    Unit.PERCENTAGE: "%",
    Unit.GROWTH: "% change in a year",
    Unit.POUNDS: "£ a year",
    Unit.POUNDS_EACH: "£ a year each",
}


class Part(StrEnum):
    """Which of the two figures a list opens."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True)
class Indicator:
    """One figure and everything that has to be said about it. SQL here is written by us and never holds user text.

    `on` is the date column that puts a row into a flow's window. `population` holds for every row that can count.
    The numerator is the rows that `counted` holds for; the denominator all of the population (a share: of all values
    of the dimensions in `share_of`; growth: of the rows a year before). `cells` is the code of the indicator whose
    snapshot it reads. `version` rises when the definition changes, so that a trend starts a new line.
    """

    code: str
    title: str
    question: str
    definition: str
    source: str
    unit: Unit
    subject: Subject
    timing: Timing
    dimensions: tuple[Dimension, ...]
    numerator_words: str
    denominator_words: str = ""
    on: str = ""
    population: str = "TRUE"
    counted: str = "TRUE"
    share_of: frozenset[str] = frozenset()
    cells: str = ""
    permission: Permission = Permission.SEE_REPORTS
    version: int = 1
    by_default: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if (self.timing is Timing.FLOW) != bool(self.on):
            raise ValueError(f"{self.code}: a flow names the date it is counted by, a stock does not.")

    @property
    def has_denominator(self) -> bool:
        """Whether the value is a division."""
        return self.unit not in {Unit.COUNT, Unit.POUNDS}

    def dimension(self, code: str) -> Dimension:
        """The dimension with this code. Raises ValueError naming those there are."""
        for dimension in self.dimensions:
            if dimension.code == code:
                return dimension
        names = ", ".join(dimension.code for dimension in self.dimensions)
        raise ValueError(f"{self.code} has no dimension “{code}”. It has: {names}.")

    def shares(self, code: str) -> bool:
        """Whether the denominator runs over every value of this dimension."""
        return code in self.share_of


SHARE_OF_PROVISION = PROVISION_FAMILY
"""A share of one provision type is a share of all plans."""
