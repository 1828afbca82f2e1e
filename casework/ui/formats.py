"""How days, money and shares are written on the page."""

import datetime
import decimal
from typing import Any

Number = int | float | decimal.Decimal


def long_date(day: datetime.date | None) -> str:
    """3 March 2026; "" for none."""
    return f"{day.day} {day:%B} {day.year}" if day else ""


def short_date(day: datetime.date | None) -> str:
    """3 Mar 2026, for columns of a compact table."""
    return f"{day.day} {day:%b} {day.year}" if day else ""


def days_away(due: datetime.date | None, on: datetime.date | None) -> str:
    """How far a due date is from `on`: "in 12 days", "today", "9 days late"; "" for none."""
    if due is None or on is None:
        return ""
    left = (_day(due) - _day(on)).days
    if left == 0:
        return "today"
    return f"in {_days(left)}" if left > 0 else f"{_days(-left)} late"


def days_ago(since: datetime.date | None, on: datetime.date | None) -> str:
    """How long ago something happened, seen from `on`: "9 days ago", "yesterday", "today"."""
    if since is None or on is None:
        return ""
    gone = (_day(on) - _day(since)).days
    if gone < 0:
        return f"in {_days(-gone)}"
    return {0: "today", 1: "yesterday"}.get(gone, f"{_days(gone)} ago")


def money(amount: Any) -> str:
    """£1,234.56, with a minus sign before the pound; "" for none. Amounts are pounds."""
    if amount is None or amount == "":
        return ""
    pounds = decimal.Decimal(str(amount)).quantize(decimal.Decimal("0.01"), rounding=decimal.ROUND_HALF_UP)
    return f"{'−' if pounds < 0 else ''}£{abs(pounds):,.2f}"


def percent(share: Any, places: int = 1) -> str:
    """A share between 0 and 1 as "58.3%"; "" for none."""
    if share is None or share == "":
        return ""
    step = decimal.Decimal(1).scaleb(-int(places))
    value = (decimal.Decimal(str(share)) * 100).quantize(step, rounding=decimal.ROUND_HALF_UP)
    return f"{'−' if value < 0 else ''}{abs(value)}%"


def number(value: Any) -> str:
    """1,234; "" for none."""
    return "" if value is None or value == "" else f"{value:,}"


def file_size(size: int | None) -> str:
    """A number of bytes as people say it: "640 KB", "1.4 MB"; "" for none."""
    if size is None:
        return ""
    if size >= 1024 * 1024:
        return f"{size / (1024 * 1024):.1f} MB"
    return f"{max(1, round(size / 1024)):,} KB"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def _day(value: datetime.date) -> datetime.date:
    return value.date() if isinstance(value, datetime.datetime) else value
