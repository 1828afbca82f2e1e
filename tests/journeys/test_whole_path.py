"""From an authority's own returns to a figure that changes, the children behind it, and the same figure over REST."""

import datetime
import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from config.demo.day import DEMO_DAY
from config.demo.people import DEMO_PASSWORD
from tests.api.callers import system
from tests.factories.children import ChildFactory
from tests.journeys.casework.conftest import enter_date

pytestmark = [pytest.mark.journey, pytest.mark.worker]
FIRST = datetime.date(2026, 9, 1)


def requests_over_rest():
    figures = system("indicators:read").get(f"/api/v1/indicators/D1/?from={FIRST}&to={DEMO_DAY}").json()
    return int(figures["rows"][0]["numerator"].split(".")[0])


def sign_in(page):
    page.goto("/")
    page.get_by_label("Email").fill("manager@fernshire.example")
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def log_and_decide(page, day):
    page.get_by_role("button", name="Log a request").click()
    page.get_by_label("School or other education setting").check()
    page.get_by_label("Name and role of who asked").fill("Fern Dale, SENCO")
    page.get_by_label("A request under section 36(1)").check()
    enter_date(page, "received_on", day)
    page.get_by_label("E-mail").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Log the request").click()
    page.get_by_role("link", name="Decide whether to assess").click()
    page.get_by_label("Carry out an EHC needs assessment").check()
    page.get_by_role("button", name="Continue").click()
    enter_date(page, "decided_on", DEMO_DAY)
    enter_date(page, "told_on", DEMO_DAY)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decision recorded")


def test_from_returns_to_a_figure_its_children_and_rest(
    page, settings, transactional_db, live_worker, check_accessibility
):
    settings.WAYMARK_TODAY = DEMO_DAY.isoformat()
    call_command("seed_demo", plans=200)
    child = ChildFactory(surname="Hazelwick", forename="Rowan", date_of_birth=datetime.date(2016, 5, 4))
    before = requests_over_rest()

    sign_in(page)
    page.goto(f"/children/{child.public_id}/")
    log_and_decide(page, FIRST + datetime.timedelta(days=13))

    page.get_by_role("link", name="Reports").click()
    page.get_by_role("button", name="Work the figures out now").or_(
        page.get_by_role("link", name="Work the figures out now")
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The figures are worked out", timeout=60_000)
    check_accessibility(page)

    page.goto(f"/reports/D1/?from={FIRST}&to={DEMO_DAY}")
    total = page.get_by_role("row", name=re.compile("^All")).get_by_role("link").first
    assert int(total.inner_text().split()[0].replace(",", "")) == before + 1 == requests_over_rest()
    total.click()
    row = page.get_by_role("row", name=re.compile("Hazelwick, Rowan"))
    expect(row).to_be_visible()
    check_accessibility(page)
    row.get_by_role("link").first.click()
    expect(page).to_have_title("Overview: Rowan Hazelwick - Waymark")
    expect(page.get_by_role("main")).to_contain_text("Send the final plan (20 weeks)")
