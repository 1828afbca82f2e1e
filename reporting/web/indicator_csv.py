"""An indicator's figures as CSV: one header line, one line a row, ready for a program; what they mean is a file of its own.

Each line says its indicator, definition and days, so that lines of several files can be put together.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from reporting.exports import csv_lines
from reporting.web.indicator_figures import Figures
from reporting.web.indicator_periods import words
from reporting.web.indicator_question import Question

TOTAL = "all"


def figure_lines(question: Question, figures: Figures) -> Iterator[str]:
    """The table's rows, then the total, which has "all" in the column of the dimension."""
    indicator, table = question.indicator, figures.table
    by = question.by
    split = (by.code, f"{by.code}_words") if by else ()
    heading = (
        "indicator", "definition_version", "first_day", "last_day", "worked_out_at", "filter", *split,
        "numerator", "denominator", "value", "unit",
    )  # fmt: skip

    def rows() -> Iterator[Sequence[Any]]:
        shared = (
            indicator.code, indicator.version, question.window.first, question.window.last,
            figures.worked_out_at or "now", filter_words(question),
        )  # fmt: skip
        for row in table.rows if by else ():
            yield (
                *shared,
                row.dims[0],
                row.labels[0],
                row.numerator,
                row.denominator,
                row.value,
                indicator.unit.value,
            )
        total = table.total
        whole = (TOTAL, "All") if by else ()
        yield (*shared, *whole, total.numerator, total.denominator, total.value, indicator.unit.value)

    return csv_lines(heading, rows())


def about_rows(question: Question, figures: Figures) -> list[tuple[str, str]]:
    """What a reader of the figures has to know."""
    indicator = question.indicator
    rows = [
        ("Indicator", f"{indicator.code} {indicator.title}"),
        ("Definition", indicator.definition),
        ("Numerator", indicator.numerator_words),
        ("Denominator", indicator.denominator_words or "None: a count"),
        ("Source of the definition", indicator.source),
        ("Version of the definition", str(indicator.version)),
        ("Days", words(indicator, question.window)),
        ("Filter", filter_words(question) or "None"),
        (
            "Worked out at",
            figures.worked_out_at.isoformat() if figures.worked_out_at else "When the file was made",
        ),
    ]
    return rows + [("Note", note) for note in indicator.notes]


def filter_words(question: Question) -> str:
    """The filter as the REST parameters write it."""
    return "&".join(f"{code}={value}" for code, values in question.where.items() for value in values)


def file_name(question: Question, what: str) -> str:
    """Such as D4-figures-2025-10-01-to-2026-09-30.csv."""
    window = question.window
    days = str(window.last) if window.first == window.last else f"{window.first}-to-{window.last}"
    return f"{question.indicator.code}-{what}-{days}.csv"
