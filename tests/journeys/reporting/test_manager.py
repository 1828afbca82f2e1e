"""A manager reads the figures, asks differently, opens whom a number counts, and takes the list away."""

import csv
import re

import pytest
from playwright.sync_api import expect

from casework.models import AccessLogEntry
from reporting.models import RunState, SnapshotRun

pytestmark = pytest.mark.journey


def test_from_the_figures_to_a_child(page, sign_in, manager, snapshot, check_accessibility):
    sign_in(page, manager)
    page.get_by_role("link", name="Reports").click()
    expect(page).to_have_title("Reports - Waymark")
    expect(page.get_by_role("heading", name="Who is waiting?")).to_be_visible()
    check_accessibility(page)

    page.get_by_role("link", name="How many plans?").click()
    expect(page).to_have_title("Plans held - Waymark")
    picture = page.get_by_role("img", name=re.compile("Plans held, on 29 January 2026"))
    expect(picture).to_be_visible()
    page.wait_for_function("() => document.querySelector('img.wm-chart').naturalWidth > 100")
    check_accessibility(page)

    page.get_by_label("Split by").select_option(label="Primary need")
    page.get_by_text("Filters and other days").click()
    page.get_by_role("group", name="Area").get_by_label("North").check()
    check_accessibility(page)
    page.get_by_role("button", name="Show").first.click()
    expect(page).to_have_url(re.compile(r"by=need&area=north$"))
    expect(page.get_by_role("link", name="Remove this filter Area: North")).to_be_visible()

    total = page.get_by_role("row", name=re.compile("^All")).get_by_role("link")
    number = int(total.inner_text().split()[0])
    total.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plans held")
    expect(page.get_by_role("main")).to_contain_text(f"{number} records, as the records stand now.")
    assert page.get_by_role("row").count() - 1 == number
    check_accessibility(page)

    with page.expect_download() as download:
        page.get_by_role("link", name="Download the list (CSV)").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == number
    named = [row for row in rows if row["surname"] != "Restricted record"]
    assert AccessLogEntry.objects.filter(user=manager, action="export").count() == len(named)

    first = page.get_by_role("rowheader").get_by_role("link").first
    name = first.inner_text()
    first.click()
    surname, forename = name.split(", ")
    expect(page).to_have_title(re.compile(f"{forename} {surname}"))


def test_a_restricted_child_has_no_name_in_a_list(page, sign_in, manager, population, snapshot):
    sign_in(page, manager)
    page.goto("/reports/D9/list/")
    expect(page.get_by_role("rowheader", name="Restricted record")).to_be_visible()
    expect(page.get_by_text("Sealwort")).to_have_count(0)


def test_lines_over_time_with_their_table(page, sign_in, manager, snapshot, check_accessibility):
    sign_in(page, manager)
    page.goto("/reports/P1/")
    page.get_by_role("link", name="Over time").click()
    expect(page.get_by_role("img", name=re.compile("^Lines. Provision mix"))).to_be_visible()
    check_accessibility(page)


def test_everything_without_script_and_with_keys_alone(
    open_page, sign_in, manager, snapshot, check_accessibility
):
    page = open_page(java_script_enabled=False)
    sign_in(page, manager)
    page.goto("/reports/D1/")
    page.get_by_label("Period").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Split by")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Parent or young person")).to_be_visible()
    page.get_by_label("Parent or young person").focus()
    page.keyboard.press("Space")
    page.get_by_role("group", name="First day").get_by_label("Day").fill("31")
    page.get_by_role("group", name="First day").get_by_label("Month").fill("2")
    page.get_by_role("group", name="First day").get_by_label("Year").fill("2025")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("First day must be a real date")
    expect(page.get_by_role("group", name="First day").get_by_label("Day")).to_have_value("31")


def test_working_the_figures_out(page, sign_in, manager, population, check_accessibility):
    sign_in(page, manager)
    page.goto("/reports/")
    expect(page.get_by_role("heading", name="No figures yet")).to_be_visible()
    check_accessibility(page)
    page.get_by_role("button", name="Work the figures out now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting to work the figures out")
    check_accessibility(page)
    SnapshotRun.objects.update(state=RunState.FAILED, message="The worker stopped.")
    expect(page.get_by_role("heading", level=1)).to_have_text("The figures could not be worked out")
    check_accessibility(page)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting to work the figures out")


def test_a_phone_scrolls_down_only(open_page, sign_in, manager, snapshot):
    page = open_page(viewport={"width": 390, "height": 800})
    sign_in(page, manager)
    for address in ("/reports/", "/reports/P1/", "/reports/P1/over-time/", "/reports/D9/list/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
