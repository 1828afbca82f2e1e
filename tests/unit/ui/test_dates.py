"""Reading dates from three boxes."""

import datetime

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from casework.ui import forms
from casework.ui.dates import MONTHS, DateText, DateTextError, date_text, read_date

MARCH_3 = datetime.date(2026, 3, 3)


@pytest.mark.parametrize(
    "typed",
    [
        ("3", "3", "2026"),
        ("03", "03", "2026"),
        ("3", "March", "2026"),
        ("3", "march", "2026"),
        ("3", "MAR", "2026"),
        ("3", "Mar.", "2026"),
        ("3 March 2026", "", ""),
        ("3rd March 2026", "", ""),
        ("03/03/2026", "", ""),
        ("3.3.2026", "", ""),
        ("3-3-2026", "", ""),
        ("2026-03-03", "", ""),
    ],
)
def test_reads(typed: tuple[str, str, str]) -> None:
    assert read_date(DateText(*typed)) == MARCH_3


@pytest.mark.parametrize(
    ("typed", "words", "parts"),
    [
        (("", "3", "2026"), "must include a day", ("day",)),
        (("3", "", "2026"), "must include a month", ("month",)),
        (("3", "3", ""), "must include a year", ("year",)),
        (("", "", "2026"), "must include a day and month", ("day", "month")),
        (("3", "", ""), "must include a month and year", ("month", "year")),
        (("", "3", ""), "must include a day and year", ("day", "year")),
        (("3", "3", "26"), "Year must include 4 numbers", ("year",)),
        (("3", "3", "6"), "Year must include 4 numbers", ("year",)),
        (("3", "3", "206"), "Year must include 4 numbers", ("year",)),
        (("3/3/26", "", ""), "Year must include 4 numbers", ("year",)),
        (("32", "3", "2026"), "must be a real date", ("day",)),
        (("0", "3", "2026"), "must be a real date", ("day",)),
        (("3", "13", "2026"), "must be a real date", ("month",)),
        (("3", "Ma", "2026"), "must be a real date", ("month",)),
        (("3", "Brumaire", "2026"), "must be a real date", ("month",)),
        (("3", "3", "20266"), "must be a real date", ("year",)),
        (("x", "y", "2026"), "must be a real date", ("day", "month")),
        (("29", "2", "2025"), "must be a real date", ("day", "month", "year")),
        (("31", "6", "2026"), "must be a real date", ("day", "month", "year")),
        (("3", "3", "0000"), "must be a real date", ("day", "month", "year")),
        (("٣", "3", "2026"), "must be a real date", ("day",)),
    ],
)
def test_says_what_is_wrong(typed: tuple[str, str, str], words: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(DateTextError) as caught:
        read_date(DateText(*typed))
    assert (caught.value.words, caught.value.parts) == (words, parts)


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_day_is_read_as_it_is_written(day: datetime.date) -> None:
    name = MONTHS[day.month - 1].capitalize()
    assert read_date(date_text(day)) == day
    assert read_date(DateText(str(day.day), name, str(day.year))) == day
    assert read_date(DateText(f"{day.day} {name[:3]} {day.year}")) == day
    assert read_date(DateText(day.isoformat())) == day


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_nothing_typed_breaks_the_reading(day: str, month: str, year: str) -> None:
    try:
        read: datetime.date | tuple[str, ...] = read_date(DateText(day, month, year))
    except DateTextError as error:
        read = error.parts
    assert read


class Received(forms.GovukForm):
    on = forms.DateField(label="When was the request received?", subject="date the request was received")


def posted(day: str = "", month: str = "", year: str = "") -> Received:
    return Received({"on-day": day, "on-month": month, "on-year": year})


@pytest.mark.parametrize(
    ("typed", "message", "target"),
    [
        (("", "", ""), "Enter the date the request was received", "id_on-day"),
        (("3", "", "2026"), "Date the request was received must include a month", "id_on-month"),
        (("3", "3", "26"), "Year must include 4 numbers", "id_on-year"),
        (("31", "June", "2026"), "Date the request was received must be a real date", "id_on-day"),
        (
            ("3", "3", "0203"),
            "Date the request was received must be the same as or after 1 January 1900",
            "id_on-day",
        ),
    ],
)
def test_field_messages_and_where_they_link(typed: tuple[str, str, str], message: str, target: str) -> None:
    form = posted(*typed)
    assert list(forms.summary_of_errors(form)) == [(message, target)]


def test_field_gives_a_date() -> None:
    form = posted("3", "March", "2026")
    assert form.is_valid()
    assert form.cleaned_data["on"] == MARCH_3


def test_field_keeps_what_was_typed_and_marks_the_box_at_fault() -> None:
    html = str(posted("3", "Brumaire", "2026")["on"])
    assert 'value="Brumaire"' in html
    assert html.count("govuk-input--error") == 1
    assert 'aria-describedby="id_on-error"' in html


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (
            {"past_of": datetime.date(2026, 3, 2)},
            "Date the request was received must be today or in the past",
        ),
        (
            {"earliest": datetime.date(2026, 3, 4)},
            "Date the request was received must be the same as or after 4 March 2026",
        ),
        (
            {"latest": datetime.date(2026, 3, 2)},
            "Date the request was received must be the same as or before 2 March 2026",
        ),
        ({"past_of": MARCH_3, "earliest": MARCH_3, "latest": MARCH_3}, None),
    ],
)
def test_limits(limits: dict[str, datetime.date], message: str | None) -> None:
    form = posted("3", "3", "2026")
    form.fields["on"].limit(**limits)
    assert [words for words, _ in forms.summary_of_errors(form)] == ([message] if message else [])


def test_limits_of_one_form_are_not_those_of_the_next() -> None:
    posted().fields["on"].limit(latest=datetime.date(2000, 1, 1))
    assert posted("3", "3", "2026").is_valid()


def test_initial_date_fills_the_boxes_and_counts_as_unchanged() -> None:
    assert 'value="2026"' in str(Received(initial={"on": MARCH_3})["on"])
    data = {"on-day": "03", "on-month": "mar", "on-year": "2026"}
    assert not Received(data, initial={"on": MARCH_3}).has_changed()
    assert Received({**data, "on-day": "4"}, initial={"on": MARCH_3}).has_changed()


def test_one_value_in_an_address_is_read_too() -> None:
    form = Received(MultiValueDict({"on": ["2026-03-03"]}))
    assert form.is_valid()
    assert form.cleaned_data["on"] == MARCH_3
