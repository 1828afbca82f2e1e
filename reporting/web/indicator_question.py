"""What the reader of an indicator asks, read from the address; and the addresses that ask it again.

Pages, pictures, lists and CSV files share this, and use the names of the REST parameters: `as_at`, or `from` and `to`;
`by`; and a dimension's code with a value, repeated for more than one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from reporting.compute import check_where
from reporting.dimensions import Dimension, MonthDimension
from reporting.indicator import Indicator, Part
from reporting.web.indicator_periods import default_window
from reporting.windows import Timing, Window

DAYS = ("as_at", "from", "to")
_EARLIEST = 1900
_LATEST = 2199


class QuestionError(ValueError):
    """An address that cannot be answered. Its words are for the reader."""


@dataclass(frozen=True)
class Question:
    """An indicator for some days, split by one dimension and narrowed to values of others."""

    indicator: Indicator
    window: Window
    by: Dimension | None
    where: Mapping[str, tuple[str, ...]]

    @property
    def split(self) -> tuple[str, ...]:
        """The dimension it is split by, as `compute` takes it."""
        return (self.by.code,) if self.by else ()

    def narrowed(self, dimension: Dimension, value: str) -> "Question":
        """The same, for one value of a dimension only: the row of a table."""
        return replace(self, where={**self.where, dimension.code: (value,)})

    def without(self, code: str, value: str) -> "Question":
        """The same without one value of the filter."""
        kept = {
            name: tuple(one for one in values if (name, one) != (code, value))
            for name, values in self.where.items()
        }
        return replace(self, where={name: values for name, values in kept.items() if values})

    def pairs(self) -> list[tuple[str, str]]:
        """The address's parameters, in one order, so that the same question has one address."""
        stock = self.indicator.timing is Timing.STOCK
        days = (
            [("as_at", str(self.window.last))]
            if stock
            else [("from", str(self.window.first)), ("to", str(self.window.last))]
        )
        chosen = [
            (dimension.code, value)
            for dimension in self.indicator.dimensions
            for value in self.where.get(dimension.code, ())
        ]
        return [*days, ("by", self.by.code if self.by else ""), *chosen]

    def address(self, url_name: str, **more: str) -> str:
        """The address of a page that answers this question."""
        return f"{reverse(url_name, args=[self.indicator.code])}?{urlencode([*self.pairs(), *more.items()])}"

    def list_address(self, part: Part = Part.NUMERATOR) -> str:
        """The list behind the numerator or the denominator."""
        kept = replace(self, by=None)
        return kept.address("indicator_list", part=part.value)


def read_question(asked: QueryDict, indicator: Indicator, *, on: date) -> Question:
    """The question of an address; `on` is the last day there can be figures for. Raises QuestionError."""
    return Question(
        indicator=indicator,
        window=read_window(asked, indicator, on=on),
        by=_by(asked, indicator),
        where=_where(asked, indicator),
    )


def read_part(asked: QueryDict, indicator: Indicator) -> Part:
    """Which figure's list is asked for. Raises QuestionError."""
    text = asked.get("part") or Part.NUMERATOR.value
    if text not in list(Part):
        raise QuestionError(
            "The list can show the numerator or the denominator. Open it from a figure of the report."
        )
    part = Part(text)
    if part is Part.DENOMINATOR and not indicator.has_denominator:
        raise QuestionError(
            f"“{indicator.title}” has no denominator. Open the list from a figure of the report."
        )
    return part


def read_window(asked: QueryDict, indicator: Indicator, *, on: date) -> Window:
    """The days asked for, or those the page begins with. Raises QuestionError."""
    as_at, first, last = (_day(asked.get(name, "")) for name in DAYS)
    if indicator.timing is Timing.STOCK:
        if first or last:
            raise QuestionError(f"“{indicator.title}” is counted on one day. Choose a day.")
        return Window.day(as_at) if as_at else default_window(indicator, on=on)
    if as_at:
        return Window.year_to(as_at)
    if not first and not last:
        return default_window(indicator, on=on)
    last = last or on
    try:
        return Window(first or date(last.year, 1, 1), last)
    except ValueError as error:
        raise QuestionError(str(error)) from None


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise QuestionError(f"“{text}” is not a day. Write it as 2026-01-31, or choose a period.") from None
    if not _EARLIEST <= day.year <= _LATEST:
        raise QuestionError(f"Choose a day from {_EARLIEST} to {_LATEST}.")
    return day


def _by(asked: QueryDict, indicator: Indicator) -> Dimension | None:
    if "by" not in asked:
        return indicator.dimension(indicator.by_default[0]) if indicator.by_default else None
    wanted = asked.get("by")
    if not wanted:
        return None
    try:
        return indicator.dimension(wanted)
    except ValueError as error:
        raise QuestionError(str(error)) from None


def _where(asked: QueryDict, indicator: Indicator) -> dict[str, tuple[str, ...]]:
    chosen = {
        dimension.code: tuple(dict.fromkeys(value for value in asked.getlist(dimension.code) if value))
        for dimension in indicator.dimensions
    }
    chosen = {code: values for code, values in chosen.items() if values}
    try:
        return check_where(indicator, chosen)
    except ValueError as error:
        raise QuestionError(str(error)) from None


def filterable(indicator: Indicator) -> list[Dimension]:
    """The dimensions a reader may filter by; months are chosen as a period."""
    return [dimension for dimension in indicator.dimensions if not isinstance(dimension, MonthDimension)]
