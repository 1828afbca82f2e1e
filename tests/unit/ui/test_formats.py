"""Days, money and shares as the page writes them."""

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from casework.ui import formats

DAY = datetime.date(2026, 3, 3)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (datetime.date(2026, 3, 15), "in 12 days"),
        (datetime.date(2026, 3, 4), "in 1 day"),
        (DAY, "today"),
        (datetime.date(2026, 3, 2), "1 day late"),
        (datetime.date(2026, 2, 22), "9 days late"),
        (datetime.date(2020, 3, 3), "2,191 days late"),
        (datetime.datetime(2026, 3, 4, 1, 0, tzinfo=datetime.UTC), "in 1 day"),
        (None, ""),
    ],
)
def test_days_away(due: datetime.date | None, words: str) -> None:
    assert formats.days_away(due, DAY) == words


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (DAY, "today"),
        (datetime.date(2026, 3, 2), "yesterday"),
        (datetime.date(2026, 2, 22), "9 days ago"),
        (datetime.date(2026, 3, 5), "in 2 days"),
        (None, ""),
    ],
)
def test_days_ago(since: datetime.date | None, words: str) -> None:
    assert formats.days_ago(since, DAY) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Decimal("1234.56"), "£1,234.56"),
        (0, "£0.00"),
        ("1234567.5", "£1,234,567.50"),
        (Decimal("-12.345"), "−£12.35"),
        (Decimal("0.005"), "£0.01"),
        (None, ""),
        ("", ""),
    ],
)
def test_money(amount: object, words: str) -> None:
    assert formats.money(amount) == words


@pytest.mark.parametrize(
    ("share", "places", "words"),
    [
        (0.583, 1, "58.3%"),
        (Decimal("0.5835"), 1, "58.4%"),
        (1, 0, "100%"),
        (0, 1, "0.0%"),
        (-0.021, 1, "−2.1%"),
        (None, 1, ""),
    ],
)
def test_percent(share: object, places: int, words: str) -> None:
    assert formats.percent(share, places) == words


def test_dates_have_no_leading_nought() -> None:
    assert formats.long_date(DAY) == "3 March 2026"
    assert formats.short_date(DAY) == "3 Mar 2026"
    assert formats.long_date(None) == ""


def test_filters_are_there_in_templates() -> None:
    filters = ("day|long_date", "due|days_away:day", "1.5|money", "0.5|percent:0", "1234|number")
    source = "{% load waymark_ui %}" + "|".join("{{ " + name + " }}" for name in filters)
    context = Context({"day": DAY, "due": datetime.date(2026, 3, 4)})
    assert Template(source).render(context) == "3 March 2026|in 1 day|£1.50|50%|1,234"
