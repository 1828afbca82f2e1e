"""Half a penny goes up, a credit mirrors its charge, and floats are refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.rules.money import show_pounds, to_pence, to_pounds

AMOUNTS = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=6)


@pytest.mark.parametrize(
    ("amount", "pence"),
    [
        ("0.005", "0.01"),
        ("0.0049", "0.00"),
        ("1.115", "1.12"),
        ("2.675", "2.68"),
        ("-0.005", "-0.01"),
        ("4519.726027", "4519.73"),
    ],
)
def test_half_up_to_the_penny(amount, pence):
    assert to_pence(Decimal(amount)) == Decimal(pence)


def test_whole_pounds_and_words():
    assert to_pounds(Decimal("2.50")) == Decimal(3)
    assert to_pounds(Decimal("2.49")) == Decimal(2)
    assert show_pounds(Decimal("1234567.5")) == "£1,234,567.50"
    assert show_pounds(Decimal("-0.5")) == "-£0.50"
    assert show_pounds(Decimal("-0.001")) == "£0.00"


@pytest.mark.parametrize("amount", [0.1, 1, "1.00"])
def test_only_decimals_are_money(amount):
    with pytest.raises(TypeError, match="Decimal"):
        to_pence(amount)


@given(AMOUNTS)
def test_rounding_moves_at_most_half_a_penny_and_mirrors(amount):
    rounded = to_pence(amount)
    assert abs(rounded - amount) <= Decimal("0.005")
    assert to_pence(-amount) == -rounded
    assert to_pence(rounded) == rounded
    assert rounded.as_tuple().exponent == -2
