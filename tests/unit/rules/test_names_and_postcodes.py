"""Names found however they were typed; postcodes written one way."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casework.rules.names import matching_name, same_name
from casework.rules.postcodes import normalise_postcode, outward_code


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë O’Brien-Smith", "ZOE OBRIEN SMITH"),
        ("  Mary  Ann ", "mary-ann"),
        ("D'Souza", "DSouza"),
        ("Łukasz", "lukasz"),
        ("Straße", "STRASSE"),
        ("Nuñez", "Nun\u0303ez"),
        ("İpek", "Ipek"),
        ("Søren", "Soren"),
        ("Anna\u2013Marie", "Anna Marie"),
        ("J. R. Smith", "J R Smith"),
    ],
)
def test_names_that_match(one, other):
    assert same_name(one, other)


@pytest.mark.parametrize(("one", "other"), [("Ann", "Anne"), ("", ""), ("--", "'"), ("Li Wei", "Liwei")])
def test_names_that_do_not(one, other):
    assert not same_name(one, other)


def test_letters_of_other_scripts_stay():
    assert matching_name("Олена") == "олена"


@example("\U0001d400nn")  # a styled capital A
@example("ǅ\u0345İ™")
@given(st.text(max_size=60))
def test_a_name_written_one_way_stays_so(raw):
    once = matching_name(raw)
    assert matching_name(once) == once
    assert once == once.strip()
    assert "  " not in once


@pytest.mark.parametrize(
    ("raw", "expected", "outward"),
    [
        ("me44tr", "ME4 4TR", "ME4"),
        ("  SW1A   1aa ", "SW1A 1AA", "SW1A"),
        ("M1 1AE", "M1 1AE", "M1"),
        ("CR26XH", "CR2 6XH", "CR2"),
        ("DN55 1PT", "DN55 1PT", "DN55"),
        ("W1A 0AX", "W1A 0AX", "W1A"),
        ("GIR 0AA", "GIR 0AA", "GIR"),
        ("GIR 1AA", None, ""),
        ("ME4", None, ""),
        ("ME4 4CI", None, ""),  # C, I, K, M, O and V are not used in the last two letters
        ("1ME 4TR", None, ""),
        ("ME４ 4TR", None, ""),
        ("", None, ""),
    ],
)
def test_postcodes(raw, expected, outward):
    assert normalise_postcode(raw) == expected
    assert outward_code(raw) == outward
