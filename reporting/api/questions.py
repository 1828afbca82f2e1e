"""What a caller asks of an indicator, read from the address. Every mistake is a 400 that says what to do."""

from dataclasses import dataclass
from datetime import date

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from casework.api.base import refuse_unknown
from reporting.compute import check_where, check_window
from reporting.indicator import Indicator, Part
from reporting.windows import Timing, Window

DAYS = ("as_at", "from", "to")


@dataclass(frozen=True)
class Question:
    """An indicator for some days, split by and narrowed to dimensions."""

    indicator: Indicator
    window: Window
    by: tuple[str, ...]
    where: dict[str, tuple[str, ...]]
    part: Part


def question(request: Request, indicator: Indicator, *, on: date, more: tuple[str, ...]) -> Question:
    """Read the question. `on` is today; `more` names the parameters besides days and dimensions."""
    dimensions = [dimension.code for dimension in indicator.dimensions]
    refuse_unknown(request, known=[*DAYS, *more, *dimensions], repeatable=dimensions)
    asked = request.query_params
    return Question(
        indicator=indicator,
        window=_window(request, indicator, on=on),
        by=_by(asked.get("by", ""), indicator),
        where=_where({code: asked.getlist(code) for code in dimensions if code in asked}, indicator),
        part=_part(asked.get("part", Part.NUMERATOR), indicator),
    )


def _window(request: Request, indicator: Indicator, *, on: date) -> Window:
    days = {name: _day(request, name) for name in DAYS}
    as_at, first, last = days["as_at"], days["from"], days["to"]
    if as_at and (first or last):
        raise ValidationError({"as_at": ["Give either as_at, or from and to."]})
    if indicator.timing is Timing.STOCK:
        if first or last:
            raise ValidationError(
                {"from" if first else "to": [f"{indicator.code} is counted on one day. Give as_at."]}
            )
        return Window.day(as_at or on)
    if as_at:
        return Window.year_to(as_at)
    last = last or on
    try:
        window = Window(first or date(last.year, 1, 1), last)
        check_window(indicator, window)
    except ValueError as error:
        raise ValidationError({"to": [str(error)]}) from None
    return window


def _day(request: Request, name: str) -> date | None:
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        if len(text) != len("2025-01-16"):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        raise ValidationError({name: ["Enter a day as YYYY-MM-DD, such as 2025-01-16."]}) from None
    if day.year < 1900:
        # Before any record, and near the end of what dates of a year before can hold.
        raise ValidationError({name: ["Enter a day from 1900 on."]})
    return day


def _by(text: str, indicator: Indicator) -> tuple[str, ...]:
    codes = tuple(text.split(",")) if text else ()
    try:
        for code in codes:
            indicator.dimension(code)
    except ValueError as error:
        raise ValidationError({"by": [str(error)]}) from None
    return codes


def _where(asked: dict[str, list[str]], indicator: Indicator) -> dict[str, tuple[str, ...]]:
    where: dict[str, tuple[str, ...]] = {}
    for code, values in asked.items():
        try:
            where |= check_where(indicator, {code: values})
        except ValueError as error:
            raise ValidationError({code: [str(error)]}) from None
    return where


def _part(text: str, indicator: Indicator) -> Part:
    if text not in list(Part):
        raise ValidationError({"part": [f"Use one of: {', '.join(Part)}."]})
    part = Part(text)
    if part is Part.DENOMINATOR and not indicator.has_denominator:
        raise ValidationError({"part": [f"{indicator.code} has no denominator."]})
    return part
