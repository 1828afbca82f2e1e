"""The indicator page as values for its template: table, picture's words, and what has to be said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from casework.ui.components import Cell, Column
from casework.ui.formats import long_date, money
from placements.rules.classifications import Classification
from placements.rules.provision import Leaf
from reporting.dimensions import NOT_RECORDED, ClassificationDimension, Dimension, MonthDimension
from reporting.indicator import Indicator, Part, Unit
from reporting.tables import Row, Table
from reporting.web import indicator_periods
from reporting.web.charts import Bar
from reporting.web.indicator_question import Question

NOT_SHOWN = ("not_counted", "not_stated", NOT_RECORDED)
"""Rows of a classification that are no category of it."""
_ALT_ROWS = 8
_MONEY = {Unit.POUNDS, Unit.POUNDS_EACH}


@dataclass(frozen=True)
class ShownTable:
    """What the table tag takes."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    totals: Sequence[Any]


def shown_table(question: Question, table: Table, *, links: bool) -> ShownTable:
    """Every figure with the address of its list, or bare for who may not open lists."""
    indicator = question.indicator
    first = Column(question.by.title if question.by else "")
    heads = [Column(heading, numeric=True) for heading in figure_headings(indicator)]
    rows = [
        [
            label_of(question.by, row),
            *figure_cells(
                question.narrowed(question.by, row.dims[0]) if question.by else question, row, links=links
            ),
        ]
        for row in table.rows
        if question.by
    ]
    totals = ["All", *figure_cells(replace(question, by=None), table.total, links=links)]
    return ShownTable([first, *heads], rows, totals)


def headline(question: Question, table: Table, *, links: bool) -> Cell:
    """The figure over everything, with its list and what it rests on."""
    indicator, total = question.indicator, table.total
    whole_shared = indicator.share_of and not any(indicator.shares(code) for code in question.where)
    address = replace(question, by=None).list_address() if links and total.numerator else ""
    if whole_shared:
        # The shares of everything add to 100%, which says nothing: the whole that they are shares of does.
        return Cell(f"{total.numerator:,.0f}", address, note=indicator.denominator_words.lower())
    note = ""
    if indicator.has_denominator and total.denominator is not None:
        above = figure_words(indicator, Part.NUMERATOR, total.numerator)
        below = figure_words(indicator, Part.DENOMINATOR, total.denominator)
        note = f"{above} {indicator.numerator_words.lower()}, {below} {indicator.denominator_words.lower()}"
    return Cell(short_figure(indicator, total), address, note=note)


def figure_headings(indicator: Indicator) -> list[str]:
    """Headings of numerator, denominator and value, as far as there are such."""
    if not indicator.has_denominator:
        return [indicator.numerator_words]
    return [indicator.numerator_words, indicator.denominator_words, indicator.unit.words.capitalize()]


def figure_words(indicator: Indicator, part: Part, amount: Decimal) -> str:
    """A numerator or denominator as people read it."""
    if indicator.unit in _MONEY and part is Part.NUMERATOR:
        return money(amount)
    return f"{amount:,.0f}"


def figure_cells(question: Question, row: Row, *, links: bool) -> list[Cell]:
    """Numerator, denominator and value of one row, each number with its list."""
    indicator = question.indicator
    about = label_of(question.by, row) if question.by and row.dims else "all"
    cells = [_figure(question, Part.NUMERATOR, row.numerator, about, links=links)]
    if indicator.has_denominator:
        cells += [
            _figure(question, Part.DENOMINATOR, row.denominator or Decimal(0), about, links=links),
            Cell(row.shown),
        ]
    return cells


def _figure(question: Question, part: Part, amount: Decimal, about: str, *, links: bool) -> Cell:
    words = figure_words(question.indicator, part, amount)
    return (
        Cell(words, question.list_address(part), hidden=f"listed: {about}")
        if links and amount
        else Cell(words)
    )


def label_of(dimension: Dimension, row: Row) -> str:
    """The words of a row; months as "Jan 2026"."""
    if isinstance(dimension, MonthDimension):
        return f"{date.fromisoformat(f'{row.dims[0]}-01'):%b %Y}"
    return row.labels[0]


def bars_of(table: Table) -> list[Bar]:
    """The table's rows as a picture draws them."""
    quiet = NOT_SHOWN if isinstance(table.by[0], ClassificationDimension) else (NOT_RECORDED,)
    return [
        Bar(label_of(table.by[0], row), row.value, short_figure(table.indicator, row), row.dims[0] in quiet)
        for row in table.rows
        if row.value is not None
    ]


def short_figure(indicator: Indicator, row: Row) -> str:
    """A figure short enough for a picture or a tile: millions and whole pounds; the table has the pence."""
    if row.value is None or indicator.unit not in _MONEY:
        return row.shown
    return short_money(row.value)


def short_money(pounds: Decimal) -> str:
    """£12.3m, £45,300."""
    if abs(pounds) >= 1_000_000:
        return f"£{pounds / 1_000_000:,.1f}m"
    return f"£{pounds:,.0f}"


def picture_words(question: Question, table: Table) -> str:
    """What the picture says, for who does not see it. The table beside it has every figure."""
    days = indicator_periods.words(question.indicator, question.window)
    start = f"{question.indicator.title}, {days}"
    if not table.by:
        return f"{start}: {table.total.shown}."
    told = [f"{bar.label} {bar.shown}" for bar in bars_of(table)]
    more = len(told) - _ALT_ROWS
    told = told[:_ALT_ROWS] + ([f"and {more} more in the table"] if more > 0 else [])
    return f"Bars. {start}, split by “{table.by[0].title}”: {'; '.join(told)}."


def classification_of(question: Question) -> Classification | None:
    """The classification the table is split by."""
    return question.by.classification if isinstance(question.by, ClassificationDimension) else None


def classification_words(question: Question, table: Table) -> list[str]:
    """What stands under a table of provision: the mapping's name, source and days, and the part it does not show."""
    classification = classification_of(question)
    if classification is None:
        return []
    words = [f"Grouped as in “{classification.name}”. Source: {classification.source}."]
    if not classification.in_force(question.window.last):
        ends = classification.applies_to
        stretch = f"from {long_date(classification.applies_from)}" + (
            f" to {long_date(ends)}" if ends else ""
        )
        words.append(
            f"This grouping applies {stretch}; the figures are for {long_date(question.window.last)}."
        )
    words.append(_share_not_shown(table))
    if sentence := classification.part_not_shown(list(Leaf)):
        words.append(sentence.replace("Not shown:", "Types of provision it has no group for:", 1))
    return [*words, classification.notes] if classification.notes else words


def _share_not_shown(table: Table) -> str:
    missing = sum((row.numerator for row in table.rows if row.dims[0] in NOT_SHOWN), Decimal(0))
    whole = table.total.numerator
    if not missing:
        return "Every row belongs to a group of this table: nothing is left out."
    share = f"{100 * missing / whole:.1f}%" if whole else "0.0%"
    amount = figure_words(table.indicator, Part.NUMERATOR, missing)
    return f"The part that no group shows is {amount} ({share}), in the rows in grey; with it the rows add to all."


def how_counted(question: Question) -> list[tuple[str, str]]:
    """The definition, said in full on the page."""
    indicator = question.indicator
    rows = [("Definition", indicator.definition), ("Numerator", indicator.numerator_words)]
    if indicator.has_denominator:
        rows.append(("Denominator", indicator.denominator_words))
    return [
        *rows,
        ("Source of the definition", indicator.source),
        ("Version", f"{indicator.code}, version {indicator.version} of the definition"),
        ("Kind of period", indicator.timing.words.capitalize()),
    ]
