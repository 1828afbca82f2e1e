"""Reading a date from three boxes, and saying what is wrong with it in the words of the GOV.UK pattern."""

import datetime
import re
from dataclasses import dataclass

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
PARTS = ("day", "month", "year")

_WHOLE = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[\s/.\-]+([A-Za-z]+|\d{1,2})[\s/.,\-]+(\d{2}|\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")


@dataclass(frozen=True)
class DateText:
    """What was typed, kept word for word."""

    day: str = ""
    month: str = ""
    year: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing typed in any box."""
        return not (self.day or self.month or self.year)


class DateTextError(ValueError):
    """A date that cannot be read. `parts` are the boxes at fault; `about_year` means the words stand alone."""

    def __init__(self, words: str, parts: tuple[str, ...], *, stands_alone: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.parts = parts
        self.stands_alone = stands_alone


def read_date(text: DateText) -> datetime.date:
    """The date typed. Raises DateTextError, whose words follow "Date of birth ..." unless they stand alone.

    A month may be a number, a name or its first three letters. A whole date typed or pasted into the first box is read
    as day, month, year.
    """
    text = _spread(text)
    missing = tuple(part for part in PARTS if not getattr(text, part))
    if missing:
        raise DateTextError(f"must include a {' and '.join(missing)}", missing)
    if re.fullmatch(r"\d{1,3}", text.year):
        raise DateTextError("Year must include 4 numbers", ("year",), stands_alone=True)
    year = int(text.year) if re.fullmatch(r"[0-9]{4}", text.year) else None
    month = _month(text.month)
    day = int(text.day) if re.fullmatch(r"[0-9]{1,2}", text.day) and 1 <= int(text.day) <= 31 else None
    wrong = tuple(part for part, value in zip(PARTS, (day, month, year), strict=True) if value is None)
    if day is None or month is None or year is None:
        raise DateTextError("must be a real date", wrong)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise DateTextError("must be a real date", PARTS) from None


def date_text(value: datetime.date) -> DateText:
    """The three boxes for a date."""
    return DateText(str(value.day), str(value.month), f"{value.year:04d}")


def _spread(text: DateText) -> DateText:
    if text.day and not text.month and not text.year:
        if iso := _ISO.match(text.day):
            return DateText(iso[3], iso[2], iso[1])
        if whole := _WHOLE.match(text.day):
            return DateText(*whole.groups())
    return text


def _month(text: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text) if 1 <= int(text) <= 12 else None
    word = text.lower().rstrip(".")
    if len(word) >= 3:
        for number, name in enumerate(MONTHS, start=1):
            if name.startswith(word) or (word == "sept" and number == 9):
                return number
    return None
