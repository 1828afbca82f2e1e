"""Refuse with reasons, and tell the right person of it: the letter, the check that stops, the proof."""

import datetime

import pytest
from playwright.sync_api import expect

from casework.models import AccessLogEntry, Letter
from casework.word.fields import words_of
from tests.casework.letter_world import make_world
from tests.journeys.casework.conftest import TODAY, enter_date

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def refuse(page, case):
    page.goto(f"/requests/{case.public_id}/assess/")
    page.get_by_label("Refuse to assess").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("They have or may have special educational needs, but").check()
    page.get_by_label("Support already given is meeting the needs").check()
    page.get_by_label("Reasons").fill("Rowan’s reading has caught up.")
    page.get_by_role("button", name="Continue").click()
    enter_date(page, "decided_on", TODAY - datetime.timedelta(1))
    enter_date(page, "told_on", TODAY)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record the decision").click()


def press(page, role, name):
    """Reach a control and use it with the keyboard."""
    control = page.get_by_role(role, name=name)
    control.focus()
    page.keyboard.press("Space" if role in {"radio", "checkbox"} else "Enter")


def test_refuse_and_write_to_the_right_person(page, sign_in, caseworker, rowan, log_for, check_accessibility):
    make_world(rowan)
    case = log_for(rowan)
    sign_in(page, caseworker)
    refuse(page, case)

    page.get_by_role("link", name="Write the letter").click()
    expect(page).to_have_title("Write a letter: Rowan Heath - Waymark")
    expect(page.get_by_label("Which letter?")).to_have_value(
        page.locator("option:text('Refusal to assess')").get_attribute("value")
    )
    expect(page.get_by_role("radio", name="Hazel Heath, mother")).to_be_checked()
    expect(page.get_by_role("main")).to_contain_text("May not be written to: no contact is allowed")
    check_accessibility(page)
    press(page, "radio", "Bracken Heath, father")
    press(page, "button", "Continue")

    expect(page).to_have_title("Stop: this letter cannot be made: Rowan Heath - Waymark")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Bracken Heath may not be written to: no contact is allowed.")
    expect(main).to_contain_text("Write to Hazel Heath.")
    expect(page.get_by_role("button", name="Make the letter")).to_have_count(0)
    check_accessibility(page)
    press(page, "button", "Change the letter or the recipient")

    press(page, "radio", "Hazel Heath, mother")
    press(page, "button", "Continue")
    expect(page).to_have_title("Right person, right letter?: Rowan Heath - Waymark")
    for said in (
        "Rowan Heath",
        "4 May 2016",
        "Hazel Heath",
        "Mother",
        "12 Invented Lane",
        "Decides as parent",
        "caught up",
    ):
        expect(main).to_contain_text(said)
    check_accessibility(page)
    press(page, "button", "Make the letter")
    expect(page.get_by_role("alert")).to_contain_text(
        "Confirm that this is the right person and the right letter"
    )
    check_accessibility(page)
    press(page, "checkbox", "I have checked that this letter about Rowan Heath is meant for Hazel Heath")
    press(page, "button", "Make the letter")

    expect(page).to_have_title("Refusal to assess to Hazel Heath: Rowan Heath - Waymark")
    expect(main).to_contain_text("Made, not sent")
    check_accessibility(page)
    with page.expect_download() as started:
        page.get_by_role("button", name="Download the letter").click()
    assert started.value.suggested_filename == "Refusal to assess to Hazel Heath.docx"
    with open(started.value.path(), "rb") as file:
        words = words_of(file.read())
    assert "Rowan’s reading has caught up." in words
    assert "by 1 December 2025" in words
    assert "{{" not in words
    assert AccessLogEntry.objects.filter(action="document", user=caseworker).count() == 1

    press(page, "button", "Record as sent")
    expect(page).to_have_title("Record that a letter was sent: Rowan Heath - Waymark")
    check_accessibility(page)
    enter_date(page, "sent_on", TODAY)
    press(page, "radio", "Post, signed for")
    page.get_by_label("Proof").fill("AB 1234 5678 9GB")
    page.keyboard.press("Enter")
    expect(main).to_contain_text(
        "This agrees with the case: “Family told of the decision not to assess” on 1 October 2025."
    )
    expect(main).to_contain_text("cannot be changed afterwards")
    check_accessibility(page)
    press(page, "button", "Record as sent")
    expect(main).to_contain_text("Proof: AB 1234 5678 9GB")
    check_accessibility(page)
    assert Letter.objects.get().sent_by == caseworker

    page.get_by_role("link", name="Letters", exact=True).click()
    expect(page.get_by_role("row", name="Refusal to assess")).to_contain_text(
        "post, signed for", ignore_case=True
    )
    check_accessibility(page)


def test_attach_open_and_withdraw_a_document(page, sign_in, caseworker, rowan, tmp_path, check_accessibility):
    good, false = tmp_path / "psychologist report.pdf", tmp_path / "photo.jpg"
    for file in (good, false):
        file.write_bytes(b"%PDF-1.7\n%%EOF\n")
    sign_in(page, caseworker)
    page.goto(f"/children/{rowan.public_id}/documents/")
    check_accessibility(page)
    page.get_by_role("link", name="Attach documents").click()
    expect(page).to_have_title("Attach documents: Rowan Heath - Waymark")
    check_accessibility(page)
    page.get_by_label("Files").set_input_files([good, false])
    page.get_by_label("What are they?").select_option("Professional report")
    enter_date(page, "received_on", TODAY)
    page.get_by_role("button", name="Attach").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text(
        "“photo.jpg” ends in .jpg, but its content is a PDF."
    )
    expect(page.locator(".govuk-notification-banner")).to_contain_text("1 document attached")
    check_accessibility(page)

    page.goto(f"/children/{rowan.public_id}/documents/")
    page.get_by_role("link", name="psychologist report", exact=True).click()
    expect(page).to_have_title("psychologist report: Rowan Heath - Waymark")
    check_accessibility(page)
    with page.expect_download() as started:
        page.get_by_role("button", name="Open the file").click()
    assert started.value.suggested_filename == "psychologist report.pdf"
    page.get_by_role("link", name="Withdraw it").click()
    page.get_by_label("Why is it withdrawn?").fill("It is about another child")
    page.get_by_role("button", name="Withdraw the document").click()
    expect(page.get_by_role("main")).to_contain_text("It is about another child")
    check_accessibility(page)
