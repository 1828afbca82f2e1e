"""CSV files: what programs read back, and what spreadsheets must not run."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.exports import csv_lines, csv_value


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1+1",
        "＝1+1",
        '=HYPERLINK("http://x.example")',
    ],
)
def test_words_that_a_spreadsheet_would_run_are_marked(text):
    assert csv_value(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("-3.20"), "-3.2"),
        (Decimal("107.00"), "107"),
        (Decimal("100"), "100"),
        (Decimal("1E+2"), "100"),
        (Decimal("57.21925133689"), "57.219251"),
        (-5, "-5"),
        (None, ""),
        (True, "yes"),
        (datetime.date(2026, 1, 31), "2026-01-31"),
        ("Plain words", "Plain words"),
        ("O'Harrow", "O'Harrow"),
        ("", ""),
    ],
)
def test_values_are_written_for_machines(value, written):
    assert csv_value(value) == written


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), st.integers())
    )
)
def test_a_file_is_read_back_as_it_was_written(rows):
    body = "".join(csv_lines(("words", "number"), rows)).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(body, newline="")))
    assert read[0] == ["words", "number"]
    assert [(words.removeprefix("'") if not text.startswith("'") else words, int(number))
            for (words, number), (text, _) in zip(read[1:], rows, strict=True)] == rows  # fmt: skip
