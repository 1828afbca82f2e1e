"""One number, one meaning: page, list, API and CSV say the same for every indicator, split and filter."""

from urllib.parse import urlencode

import pytest

from reporting.indicator import Unit
from reporting.registry import INDICATORS
from reporting.windows import Timing
from tests.reporting.web.reading import cells, lines, number, ok

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("population")]
YEARS = "from=2021-02-01&to=2025-12-31"
"""Most of the population's requests."""
MONEY = {Unit.POUNDS, Unit.POUNDS_EACH}


def splits(code):
    return [dimension.code for dimension in INDICATORS[code].dimensions]


def page_of(code, **asked):
    """The address of an indicator's page on days with many records."""
    days = "" if INDICATORS[code].timing is Timing.STOCK else f"&{YEARS}"
    return f"/reports/{code}/?{urlencode({'by': ''} | asked)}{days}"


def addresses(client, code):
    """The page under every split, and under every filter that leaves something."""
    for by in splits(code):
        yield page_of(code, by=by)
        table = ok(client, page_of(code, by=by)).context["figures"].table
        for row in table.rows[:6]:
            yield page_of(code, **{by: row.dims[0]})


def check_list(client, cell, indicator, *, numerator):
    """The list behind a figure is as long as the figure, or adds to it."""
    listed = ok(client, cell.url)
    if numerator and indicator.unit in MONEY:
        assert listed.context["live_total"] == cell.text
    else:
        assert listed.context["page"].paginator.count == number(cell.text)
    assert listed.context["figure"] == listed.context["live_total"]
    held = lines(client, cell.url.replace("/list/", "/list.csv"))
    assert len(held) == listed.context["page"].paginator.count


@pytest.mark.parametrize("code", INDICATORS)
def test_every_number_is_as_long_as_its_list(code, manager):
    indicator = INDICATORS[code]
    opened = set()
    for address in addresses(manager, code):
        for row in cells(ok(manager, address)):
            for position, cell in enumerate(row[:2] if indicator.has_denominator else row):
                if cell.url and cell.url not in opened and len(opened) < 60:
                    opened.add(cell.url)
                    check_list(manager, cell, indicator, numerator=position == 0)
    assert opened


@pytest.mark.parametrize("code", INDICATORS)
def test_the_file_holds_what_the_page_shows_and_the_api_answers(code, manager):
    for address in addresses(manager, code):
        page = ok(manager, address)
        question = page.context["question"]
        by = question.by.code if question.by else ""
        held = lines(manager, page.context["csv_url"])
        api = ok(manager, f"/api/v1/indicators/{code}/?{api_query(page)}").json()
        answered = [*(api["rows"] if by else []), api["total"]]
        assert len(held) == len(answered) == len(cells(page)), address
        for file_row, api_row, shown in zip(held, answered, cells(page), strict=True):
            assert number(file_row["numerator"]) == number(api_row["numerator"]) == number(shown[0].text)
            if by and api_row is not api["total"]:
                assert file_row[by] == api_row["dims"][by]
            if question.indicator.has_denominator:
                assert (
                    number(file_row["denominator"]) == number(api_row["denominator"]) == number(shown[1].text)
                )
                assert api_row["shown"] == shown[2].text


def api_query(page):
    """The page's question as the API takes it: the same names."""
    pairs = [f"{name}={value}" for name, value in page.context["question"].pairs() if value]
    return "&".join(pairs)


@pytest.mark.parametrize("code", INDICATORS)
def test_rows_add_to_the_total_of_every_split(code, manager):
    for by in splits(code):
        *rows, total = cells(ok(manager, page_of(code, by=by)))
        assert sum(number(row[0].text) for row in rows) == number(total[0].text)


@pytest.mark.parametrize("code", INDICATORS)
def test_the_last_month_over_time_is_the_page_of_that_month(code, manager):
    trend = ok(manager, f"/reports/{code}/over-time/?by=").context["trend"]
    *_, table = trend.values()
    stock = table.window.first == table.window.last
    days = f"as_at={table.window.last}" if stock else f"from={table.window.first}&to={table.window.last}"
    assert ok(manager, f"/reports/{code}/?by=&{days}").context["figures"].table.total == table.total


def test_a_list_says_when_records_have_changed_since_the_snapshot(manager):
    cell = cells(ok(manager, page_of("D1")))[-1][0]
    record, *_ = ok(manager, cell.url).context["rows"][0]
    record.request.delete()
    listed = ok(manager, cell.url)
    assert listed.context["figure"] == cell.text
    assert number(listed.context["live_total"]) == number(cell.text) - 1
    assert f"The report says {cell.text}:" in listed.content.decode()
