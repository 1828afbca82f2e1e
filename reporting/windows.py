"""The days a figure is about: one day for a stock, from a first to a last day for a flow."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from casework.rules.calendar import add_months


class Timing(StrEnum):
    """What kind of period an indicator has. Every table states it."""

    STOCK = "stock"
    FLOW = "flow"

    @property
    def words(self) -> str:
        """How a column says it."""
        return (
            "as it stood at the end of a day"
            if self is Timing.STOCK
            else "counted from a first to a last day"
        )


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last day, both included. For a stock they are the same day.

    Raises ValueError when the last day is before the first.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("The last day must be on or after the first day.")

    @classmethod
    def day(cls, day: date) -> Self:
        """One day."""
        return cls(day, day)

    @classmethod
    def year_to(cls, day: date) -> Self:
        """The calendar year up to a day."""
        return cls(date(day.year, 1, 1), day)

    def a_year_before(self) -> Self:
        """The same days twelve months earlier."""
        return type(self)(add_months(self.first, -12), add_months(self.last, -12))
