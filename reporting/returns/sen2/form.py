"""The SEN2 form as data: elements, their parents and codes, each with the return years that use them.

The tables in `data/` follow DfE's technical specifications 2023 to 2026 (docs/domain/sen2-import.md says how far they
are confirmed). Reading is loose: an element is accepted in every year, a code only in the years that have it.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"

CENSUS_DAYS: dict[int, date] = {
    2023: date(2023, 1, 19),
    2024: date(2024, 1, 18),
    2025: date(2025, 1, 16),
    2026: date(2026, 1, 15),
}
"""Return year -> census day. The years that can be read."""

PERSON_CONTAINERS = frozenset(
    {"Requests", "Assessment", "NamedPlan", "PlanDetail", "ActivePlans", "PlacementDetail", "SENneed"}
)

FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2060, 12, 31)
"""Days a return can sensibly hold: people to 25, and plans due some years ahead."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the form."""

    tag: str
    parent: str
    kind: str
    codeset: str
    first_year: int
    last_year: int
    item: str
    rule: str
    name: str


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one year, ready for quick look-ups.

    `allowed` maps parent and tag to the values a leaf may have: a set of codes or of days, or None for text.
    """

    year: int
    allowed: dict[str, dict[str, frozenset[str] | None]]
    date_tags: dict[str, tuple[str, ...]]

    @property
    def census_day(self) -> date:
        """The day the return describes the caseload of."""
        return CENSUS_DAYS[self.year]

    @property
    def first_day(self) -> date:
        """First day of the collection year: the calendar year before the census."""
        return date(self.year - 1, 1, 1)

    @property
    def last_day(self) -> date:
        """Last day of the collection year."""
        return date(self.year - 1, 12, 31)


@cache
def elements() -> tuple[Element, ...]:
    """Every element of the return, in file order."""
    with (_DATA / "elements.csv").open(encoding="utf-8") as file:
        return tuple(
            Element(
                row["tag"], row["parent"], row["kind"], row["codeset"], int(row["first_year"]),
                int(row["last_year"] or 9999), row["item"], row["rule"], row["name"],
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


@cache
def codes(codeset: str, year: int) -> frozenset[str]:
    """The codes of a code list in a return year."""
    with (_DATA / "codes.csv").open(encoding="utf-8") as file:
        return frozenset(
            row["code"]
            for row in csv.DictReader(file)
            if row["codeset"] == codeset and int(row["first_year"]) <= year <= int(row["last_year"] or 9999)
        )


@cache
def days() -> frozenset[str]:
    """Every real day from FIRST_DAY to LAST_DAY as ccyy-mm-dd: looking up is quicker than parsing."""
    count = (LAST_DAY - FIRST_DAY).days + 1
    return frozenset((FIRST_DAY + timedelta(days=number)).isoformat() for number in range(count))


@cache
def form_of(year: int) -> Form:
    """The form of a return year. Raises KeyError for a year that cannot be read."""
    CENSUS_DAYS[year]
    allowed: dict[str, dict[str, frozenset[str] | None]] = {}
    dates: dict[str, list[str]] = {}
    for element in elements():
        if element.kind == "container":
            continue
        here = allowed.setdefault(element.parent, {})
        if element.kind == "date":
            here[element.tag] = days()
            dates.setdefault(element.parent, []).append(element.tag)
        elif element.kind == "code":
            # An element of another year is read by the codes of the nearest year that has it.
            nearest = min(max(year, element.first_year), element.last_year)
            here[element.tag] = codes(element.codeset, nearest)
        else:
            here[element.tag] = None
    return Form(year, allowed, {parent: tuple(tags) for parent, tags in dates.items()})


@cache
def rule_of(parent: str, tag: str) -> str:
    """The rule that says what values an element may have."""
    return next((one.rule for one in elements() if (one.parent, one.tag) == (parent, tag)), "")


@cache
def name_of(tag: str) -> str:
    """What an element is called in words."""
    return next((one.name for one in elements() if one.tag == tag), tag)


@cache
def labels(codeset: str) -> dict[str, str]:
    """Code -> label of one code list."""
    with (_DATA / "codes.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["label"] for row in csv.DictReader(file) if row["codeset"] == codeset}
