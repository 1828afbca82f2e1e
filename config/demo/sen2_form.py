"""What a return year's form holds, and how its elements are written."""

from datetime import date
from typing import ClassVar

from config.demo.places import Register


class Form:
    """What a return year's form holds, and the days it describes."""

    YEAR_OF_SEX: ClassVar[int] = 2024
    YEAR_OF_SOURCES: ClassVar[int] = 2025
    """RequestSource, ReviewDraft, phase transfers, DSCO and the need code DS came with this return."""

    def __init__(self, year: int, census: date, register: Register) -> None:
        self.year = year
        self.register = register
        self.first = date(year - 1, 1, 1).toordinal()
        self.last = date(year - 1, 12, 31).toordinal()
        self.census = census.toordinal()
        self.has_sex = year >= self.YEAR_OF_SEX
        self.has_reviews = year >= self.YEAR_OF_SEX
        self.has_sources = year >= self.YEAR_OF_SOURCES


def tag(indent: str, name: str, value: str) -> str:
    """One element on a line."""
    return f"{indent}<{name}>{value}</{name}>\n"


def flag(indent: str, name: str, value: bool) -> str:
    """A yes or no element."""
    return f"{indent}<{name}>{int(value)}</{name}>\n"
