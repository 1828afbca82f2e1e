"""Amounts of money: `Decimal` pounds, exact until one rounding to the penny, half up.

Binary floating point is refused at the door, because 0.1 has no exact form in it.
"""

from decimal import ROUND_HALF_UP, Decimal

PENNY = Decimal("0.01")
POUND = Decimal(1)


def to_pence(amount: Decimal) -> Decimal:
    """Pounds rounded half up to the penny; half a penny goes away from zero, so a credit mirrors its charge."""
    return _exact(amount).quantize(PENNY, rounding=ROUND_HALF_UP)


def to_pounds(amount: Decimal) -> Decimal:
    """Rounded half up to whole pounds, for tables."""
    return _exact(amount).quantize(POUND, rounding=ROUND_HALF_UP)


def show_pounds(amount: Decimal) -> str:
    """An amount as people read it: £1,234.50, or -£1,234.50 for a credit."""
    pence = to_pence(amount)
    return f"{'-' if pence < 0 else ''}£{abs(pence):,.2f}"


def _exact(amount: Decimal) -> Decimal:
    if not isinstance(amount, Decimal):
        message = "Money is a Decimal, never a float."
        raise TypeError(message)
    return amount
