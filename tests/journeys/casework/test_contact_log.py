"""The contact log and follow-ups of a child, with the keyboard where it matters."""

import datetime

import pytest
from playwright.sync_api import expect

from casework.models import ContactNote, FollowUp
from tests.journeys.casework.conftest import enter_date

pytestmark = pytest.mark.journey
D = datetime.date


def test_a_telephone_call_and_what_follows_from_it(
    open_page, sign_in, caseworker, rowan, log_for, check_accessibility
):
    log_for(rowan)
    page = open_page(viewport={"width": 1366, "height": 768})
    sign_in(page, caseworker)
    page.get_by_role("link", name="Heath, Rowan").click()
    page.get_by_role("link", name="Contact log").click()
    expect(page.get_by_role("main")).to_contain_text("No contact noted yet")
    check_accessibility(page)
    page.get_by_role("button", name="Note a contact").press("Enter")

    page.get_by_role("button", name="Save the note").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Enter what was said")
    page.get_by_label("Telephone").press("Space")
    page.get_by_label("With whom?").fill("Rowan's mother")
    page.get_by_label("What time?").fill("half two")
    page.get_by_label("What was said?").fill("She asks for a meeting.\nShe will bring the report.")
    page.get_by_label("Yes").press("Space")
    page.get_by_role("button", name="Save the note").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The time must be written like 14:30 or 2.30pm")
    expect(page.get_by_role("alert")).to_contain_text("Enter what is to be done next")
    expect(page.get_by_label("What was said?")).to_have_value(
        "She asks for a meeting.\nShe will bring the report."
    )
    check_accessibility(page)
    page.screenshot(path="test-results/contact-note.png", full_page=True)
    page.get_by_label("What time?").fill("2.30pm")
    page.get_by_label("What is to be done?").fill("Arrange a meeting")
    enter_date(page, "step_due_on", D(2025, 10, 8))
    page.get_by_role("button", name="Save the note").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("The contact is noted. A follow-up was added.")
    expect(page.get_by_role("main")).to_contain_text("Telephone: Rowan's mother, 14:30")
    expect(page.get_by_role("row", name="Arrange a meeting")).to_contain_text("8 Oct 2025 in 7 days")
    check_accessibility(page)

    page.get_by_role("link", name="Correct this note").click()
    page.get_by_label("Something in the note is wrong").check()
    page.get_by_label("Why was it recorded wrongly?").fill("It was her aunt")
    page.get_by_label("With whom?").fill("Rowan's aunt")
    check_accessibility(page)
    page.get_by_role("button", name="Correct the note").click()
    expect(page.get_by_role("main")).to_contain_text("Corrected: It was her aunt (Wren Underhill)")

    page.get_by_role("row", name="Arrange a meeting").get_by_role("link", name="Move").click()
    enter_date(page, "due_on", D(2025, 10, 20))
    page.get_by_label("Why?").fill("Half term")
    check_accessibility(page)
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_role("row", name="Arrange a meeting")).to_contain_text(
        "Moved from 8 Oct 2025: Half term"
    )
    page.screenshot(path="test-results/contact-log.png", full_page=True)
    check_accessibility(page)

    page.get_by_role("searchbox", name="Search the contact log of this child").fill("report aunt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("1 note has “report aunt”")
    page.get_by_role("row", name="Arrange a meeting").get_by_role("link", name="Complete").click()
    page.get_by_label("What came of it?").fill("Meeting on 3 November")
    check_accessibility(page)
    page.get_by_role("button", name="Complete").click()
    page.get_by_text("Follow-ups done").click()
    expect(page.get_by_role("main")).to_contain_text("Meeting on 3 November")
    page.get_by_role("link", name="Add a follow-up").click()
    page.screenshot(path="test-results/follow-up-add.png", full_page=True)
    check_accessibility(page)
    assert FollowUp.objects.get().done_by == caseworker
    assert ContactNote.objects.count() == 2
