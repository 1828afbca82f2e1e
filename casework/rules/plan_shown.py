"""The rows of a plan as labelled lines of words: one form for reading, comparing and handing on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.rules.advice import AdviceBody
from casework.rules.plan_content import (
    AdviceRow,
    BudgetPart,
    BudgetRow,
    BudgetWay,
    NeedArea,
    NeedRow,
    OutcomeRow,
    PlanContent,
    ProvisionRow,
    how_much,
)
from casework.rules.plan_sections import SECTIONS, Section


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled value of a row."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row in words. `name` says which it is, such as "Outcome 2"; the first line is its substance."""

    key: str
    name: str
    lines: tuple[Line, ...]

    @property
    def first(self) -> str:
        """What the row is about."""
        return self.lines[0].text if self.lines else ""

    @property
    def rest(self) -> tuple[Line, ...]:
        """The lines after the first that say something."""
        return tuple(line for line in self.lines[1:] if line.text)


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section as it is read."""

    letter: Section
    title: str
    words: str
    rows: tuple[ShownRow, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.words.strip() and not self.rows


def show(content: PlanContent, *, need_words: Mapping[str, str]) -> list[ShownSection]:
    """Every section that is written, in order. `need_words` are the words of the SEN2 types of need."""
    names = _names(content)
    return [
        ShownSection(
            section,
            SECTIONS[section].title,
            content.words.get(section, ""),
            tuple(
                _row(row, number, names, need_words)
                for number, row in enumerate(content.rows(section), start=1)
            ),
        )
        for section in Section
        if section is not Section.I
    ]


def show_day(day: date | None) -> str:
    """ "3 March 2026"."""
    return f"{day.day} {day:%B %Y}" if day else ""


def _names(content: PlanContent) -> dict[str, str]:
    """What other rows call a need or an outcome."""
    names = {row.key: f"Need {number}" for number, row in enumerate(content.needs, start=1)}
    return names | {row.key: f"Outcome {number}" for number, row in enumerate(content.outcomes, start=1)}


def _row(row: object, number: int, names: Mapping[str, str], need_words: Mapping[str, str]) -> ShownRow:
    if isinstance(row, NeedRow):
        return ShownRow(row.key, f"Need {number}", (
            Line("Need", row.words),
            Line("Type of need", need_words.get(row.kind, row.kind)),
            Line("Area of need", NeedArea(row.area).words if row.area else ""),
        ))  # fmt: skip
    if isinstance(row, OutcomeRow):
        return ShownRow(row.key, f"Outcome {number}", (
            Line("Outcome", row.outcome), Line("By when", row.by_when), Line("Steps towards it", row.steps),
        ))  # fmt: skip
    if isinstance(row, ProvisionRow):
        return ShownRow(row.key, f"Provision {row.section}{number}", (
            Line("Provision", row.what),
            Line("Who provides it", row.who),
            Line("How much and how often", how_much(row)),
            Line("How", row.how),
            Line("From", show_day(row.starts_on)),
            Line("Until", show_day(row.ends_on)),
            Line("Meets", ", ".join(names[key] for key in (*row.needs, *row.outcomes) if key in names)),
        ))  # fmt: skip
    if isinstance(row, BudgetRow):
        return ShownRow(row.key, f"Part {number}", (
            Line("What it is for", row.what),
            Line("Service", BudgetPart(row.part).words),
            Line("How it is delivered", BudgetWay(row.way).words),
            Line("Amount a year", f"£{row.amount:,.2f}" if row.amount is not None else ""),
        ))  # fmt: skip
    if isinstance(row, AdviceRow):
        return ShownRow(row.key, f"Advice {number}", (
            Line("From", AdviceBody(row.source).words), Line("Written by", row.who), Line("Dated", show_day(row.dated_on)),
        ))  # fmt: skip
    raise TypeError(row)
