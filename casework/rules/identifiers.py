"""National identifiers of children and settings: their shape and their check characters.

A wrong shape is an error (it can not be that identifier); a wrong check character is a query (a typing slip, or a
number that was issued wrongly and is in use). Identifiers change, are missing or are wrong, so none is a key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN_LENGTH = 13
_ULN_LENGTH = 10
_NHS_LENGTH = 10
_URN_LENGTH = 6
_UKPRN_LENGTH = 8
TEMPORARY_ULN = "9999999999"


class Finding(StrEnum):
    """How sure a check is that something is wrong."""

    GOOD = "good"
    QUERY = "query"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check: the value in standard form, how good it is, and what to do when it is not."""

    value: str
    finding: Finding
    message: str = ""
    temporary: bool = False

    @property
    def acceptable(self) -> bool:
        """Whether the value may be stored; queries may, errors may not."""
        return self.finding is not Finding.ERROR


def check_upn(raw: str) -> Checked:
    """Check a unique pupil number (DfE guide 1.2, June 2019).

    Check letter, 3-digit LA number, 4-digit establishment, 2-digit year, 3-character serial. A letter as the last
    character makes it temporary.
    """
    value = _tidy(raw)
    body = value[1:]
    shaped = len(value) == _UPN_LENGTH and _is_upn_letter(value[0]) and _is_digits(body[:-1])
    if not shaped or not (_is_digits(body[-1]) or _is_upn_letter(body[-1])):
        return _error(
            value,
            "UPN must be a letter and 12 digits, like H801200001001. Letters I, O and S are not used. "
            + _upn_slip(value),
        )
    temporary = not _is_digits(body[-1])
    expected = upn_check_letter(body)
    if value[0] != expected:
        message = (
            f"UPN has the wrong check letter: it begins with {value[0]}, and the other 12 characters need {expected}. "
            "Compare it with the school's record."
        )
        return Checked(value, Finding.QUERY, message, temporary)
    return Checked(value, Finding.GOOD, temporary=temporary)


def upn_check_letter(body: str) -> str:
    """The check letter of the other 12 characters of a UPN.

    The characters are multiplied by 2 to 13 and added; the remainder on division by 23 chooses the letter. A
    letter in the last place of a temporary UPN counts by its position in the same table.
    """
    values = [int(sign) if sign.isdigit() else _UPN_LETTERS.index(sign) for sign in body]
    return _UPN_LETTERS[_weighted(values, range(2, 14)) % 23]


def upn_authority(upn: str) -> str:
    """The 3-digit number of the authority in a UPN: of the area it was issued in, not of today's."""
    return _tidy(upn)[1:4]


def check_uln(raw: str) -> Checked:
    """Check a unique learner number (Learning Records Service, January 2019): 10 digits, the last a check digit."""
    value = _tidy(raw)
    if len(value) != _ULN_LENGTH or not _is_digits(value) or value[0] == "0":
        return _error(
            value,
            "ULN must be 10 digits and not start with 0, like 1000000043. " + _digit_slip(value, _ULN_LENGTH),
        )
    if value == TEMPORARY_ULN:
        message = "9999999999 stands for a learner without a ULN. Enter the real number when it is known."
        return Checked(value, Finding.QUERY, message, temporary=True)
    if uln_check_digit(value[:9]) != value[9]:
        message = "ULN has the wrong check digit" + _check_digit(value, uln_check_digit(value[:9]))
        return Checked(value, Finding.QUERY, message + " Compare it with the learner's record.")
    return Checked(value, Finding.GOOD)


def uln_check_digit(first_nine: str) -> str | None:
    """The check digit of a ULN's first nine digits, or None where no valid number starts with them."""
    remainder = _weighted([int(sign) for sign in first_nine], range(10, 1, -1)) % 11
    return str(10 - remainder) if remainder else None


def check_nhs_number(raw: str) -> Checked:
    """Check an NHS number: 10 digits, the last a check digit by modulus 11 (NHS Data Dictionary)."""
    value = _tidy(raw)
    if len(value) != _NHS_LENGTH or not _is_digits(value):
        return _error(
            value, "NHS number must be 10 digits, like 943 476 5919. " + _digit_slip(value, _NHS_LENGTH)
        )
    if nhs_check_digit(value[:9]) != value[9]:
        message = "NHS number has the wrong check digit" + _check_digit(value, nhs_check_digit(value[:9]))
        return Checked(value, Finding.QUERY, message + " Compare it with the letter.")
    return Checked(value, Finding.GOOD)


def nhs_check_digit(first_nine: str) -> str | None:
    """The check digit of an NHS number's first nine digits, or None where none is valid."""
    digit = 11 - _weighted([int(sign) for sign in first_nine], range(10, 1, -1)) % 11
    return None if digit == 10 else str(digit % 11)


def check_urn(raw: str) -> Checked:
    """Check a unique reference number of the register of settings: six digits, no check digit."""
    value = _tidy(raw)
    if len(value) != _URN_LENGTH or not _is_digits(value) or value[0] == "0":
        return _error(value, "URN must be 6 digits, like 123456.")
    return Checked(value, Finding.GOOD)


def check_ukprn(raw: str) -> Checked:
    """Check a UK provider reference number: eight digits beginning with 1, no check digit."""
    value = _tidy(raw)
    if len(value) != _UKPRN_LENGTH or not _is_digits(value) or value[0] != "1":
        return _error(value, "UKPRN must be 8 digits and start with 1, like 10012345.")
    return Checked(value, Finding.GOOD)


def make_upn(authority: str, establishment: str, year: str, serial: str) -> str:
    """A UPN with its check letter: 3-digit authority, 4-digit establishment, 2-digit year, 3-character serial.

    Raises ValueError when the parts do not make a UPN.
    """
    body = f"{authority}{establishment}{year}{serial}".upper()
    if len(body) != _UPN_LENGTH - 1 or not _is_digits(body[:-1]) or not body[-1].isalnum():
        message = "A UPN is made of 3, 4, 2 and 3 characters."
        raise ValueError(message)
    return upn_check_letter(body) + body


def make_uln(first_nine: str) -> str | None:
    """A ULN with its check digit, or None where no valid number starts with these nine digits."""
    digit = uln_check_digit(first_nine)
    return first_nine + digit if digit is not None else None


def make_nhs_number(first_nine: str) -> str | None:
    """An NHS number with its check digit, or None where no valid number starts with these nine digits."""
    digit = nhs_check_digit(first_nine)
    return first_nine + digit if digit is not None else None


def _tidy(raw: str) -> str:
    return "".join(raw.split()).replace("-", "").upper()


def _upn_slip(value: str) -> str:
    """Which character is wrong first, or how many there are."""
    if len(value) != _UPN_LENGTH:
        return f"This one has {len(value)} characters instead of 13."
    if not _is_upn_letter(value[0]):
        return f"Character 1 is {value[0]} and must be a letter that UPNs use."
    place = next(n for n, sign in enumerate(value) if n and not _is_digits(sign))
    needed = "a digit, or a letter that UPNs use" if place == _UPN_LENGTH - 1 else "a digit"
    return f"Character {place + 1} is {value[place]} and must be {needed}."


def _digit_slip(value: str, length: int) -> str:
    if len(value) != length:
        return f"This one has {len(value)} characters instead of {length}."
    place = next((n for n, sign in enumerate(value) if not _is_digits(sign)), 0)
    return f"Character {place + 1} is {value[place]}."


def _check_digit(value: str, expected: str | None) -> str:
    if expected is None:
        return f" ({value[-1]}): no number begins with {value[:-1]}, so one of those digits is wrong too."
    return f": character {len(value)} is {value[-1]}, and the digits before it need {expected}."


def _error(value: str, message: str) -> Checked:
    return Checked(value, Finding.ERROR, message)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_upn_letter(sign: str) -> bool:
    return sign in _UPN_LETTERS


def _weighted(values: Sequence[int], weights: Sequence[int]) -> int:
    return sum(value * weight for value, weight in zip(values, weights, strict=True))
