"""Identifiers: the worked examples of the published guides, and the check characters made and checked again."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casework.rules.identifiers import (
    Finding,
    check_nhs_number,
    check_ukprn,
    check_uln,
    check_upn,
    check_urn,
    make_nhs_number,
    make_uln,
    make_upn,
    upn_authority,
    upn_check_letter,
)

GOOD, QUERY, ERROR = Finding.GOOD, Finding.QUERY, Finding.ERROR


@pytest.mark.parametrize(
    ("raw", "finding", "temporary"),
    [
        ("H801200001001", GOOD, False),  # DfE guide: 53, remainder 7, H
        (" h801 2000 01001 ", GOOD, False),
        ("X00180001701A", GOOD, True),  # DfE guide: 135, remainder 20, X
        ("A801200001001", QUERY, False),
        ("Y00180001701A", QUERY, True),
        ("I801200001001", ERROR, False),
        ("H80120000100", ERROR, False),
        ("H80120000100S", ERROR, False),
        ("H8012000A1001", ERROR, False),
        ("8801200001001", ERROR, False),
        ("", ERROR, False),
        ("H８01200001001", ERROR, False),  # a full-width 8
    ],
)
def test_upn(raw, finding, temporary):
    checked = check_upn(raw)
    assert (checked.finding, checked.temporary) == (finding, temporary)
    assert bool(checked.message) == (finding is not GOOD)
    assert checked.acceptable == (finding is not ERROR)


def test_the_authority_of_a_upn_is_where_it_was_issued():
    assert upn_authority("H801200001001") == "801"
    assert check_upn(" h801 2000 01001 ").value == "H801200001001"


@pytest.mark.parametrize(
    ("raw", "finding"),
    [
        ("1000000043", GOOD),
        ("1000000063", QUERY),  # remainder 0: no valid number starts so
        ("1000000044", QUERY),
        ("9999999999", QUERY),
        ("0000000043", ERROR),
        ("100000004", ERROR),
        ("10000000A3", ERROR),
    ],
)
def test_uln(raw, finding):
    assert check_uln(raw).finding is finding


def test_the_stand_in_uln_is_told_apart():
    assert check_uln("9999999999").temporary
    assert not check_uln("1000000044").temporary
    assert make_uln("999999999") == "9999999998"
    assert make_uln("100000006") is None


@pytest.mark.parametrize(
    ("raw", "finding"),
    [
        ("943 476 5919", GOOD),
        ("9434765919", GOOD),
        ("9434765918", QUERY),
        ("943476591", ERROR),
        ("94347659I9", ERROR),
    ],
)
def test_nhs_number(raw, finding):
    assert check_nhs_number(raw).finding is finding


@pytest.mark.parametrize(
    ("raw", "finding"), [("123456", GOOD), ("12345", ERROR), ("012345", ERROR), ("12345A", ERROR)]
)
def test_urn(raw, finding):
    assert check_urn(raw).finding is finding


@pytest.mark.parametrize(
    ("raw", "finding"), [("10012345", GOOD), ("20012345", ERROR), ("1001234", ERROR), ("1001234X", ERROR)]
)
def test_ukprn(raw, finding):
    assert check_ukprn(raw).finding is finding


def digits(count):
    return st.text("0123456789", min_size=count, max_size=count)


@given(digits(3), digits(4), digits(2), digits(2), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUVWXYZ"))
def test_a_made_upn_is_good_and_one_wrong_digit_is_noticed(authority, school, year, serial, last):
    upn = make_upn(authority, school, year, serial + last)
    assert check_upn(upn).finding is GOOD
    assert check_upn(upn).temporary == last.isalpha()
    for place in range(1, 12):
        wrong = upn[:place] + str((int(upn[place]) + 1) % 10) + upn[place + 1 :]
        assert check_upn(wrong).finding is QUERY


@given(digits(8))
def test_a_made_uln_is_good(tail):
    uln = make_uln("1" + tail)
    assume(uln is not None)
    assert check_uln(uln).finding is GOOD
    assert check_uln(uln[:9] + str((int(uln[9]) + 1) % 10)).finding is QUERY


@given(digits(9))
def test_a_made_nhs_number_is_good(first_nine):
    number = make_nhs_number(first_nine)
    assume(number is not None)
    assert check_nhs_number(number).finding is GOOD


@pytest.mark.parametrize(
    "parts",
    [
        ("80", "2000", "01", "001"),
        ("801", "2000", "01", "00-"),
        ("801", "2000", "01", "00S"),
        ("8o1", "2000", "01", "001"),
    ],
)
def test_parts_that_make_no_upn_are_refused(parts):
    with pytest.raises(ValueError):
        make_upn(*parts)


def test_the_sum_of_the_guide():
    assert upn_check_letter("801200001001") == "H"
    assert upn_check_letter("00180001701A") == "X"
