"""From the first letter to the final plan, in a browser."""

import datetime

import pytest
from playwright.sync_api import expect

from casework.models import AssessmentRequest, Child, Decision, Plan, RequestState, Sex
from casework.services import decisions
from tests.casework.conftest import MONDAY
from tests.factories.children import ChildFactory
from tests.factories.people import UserFactory
from tests.factories.places import EstablishmentFactory
from tests.journeys.casework.conftest import TODAY, enter_date

pytestmark = pytest.mark.journey


def log(page, day=MONDAY):
    page.get_by_label("School or other education setting").check()
    page.get_by_label("Name and role of who asked").fill("Fern Dale, SENCO")
    page.get_by_label("A request under section 36(1)").check()
    enter_date(page, "received_on", day)
    page.get_by_label("E-mail").check()
    page.get_by_role("button", name="Continue").click()


def test_a_request_from_the_letter_to_the_final_plan(page, sign_in, caseworker, rowan, check_accessibility):
    EstablishmentFactory(name="Otterbrook Primary School", urn=900123)
    sign_in(page, caseworker)
    expect(page).to_have_title("My work - Waymark")
    expect(page.get_by_role("row", name="Heath, Rowan")).to_contain_text("No date is running")
    check_accessibility(page)

    page.get_by_role("link", name="Heath, Rowan").click()
    expect(page).to_have_title("Overview: Rowan Heath - Waymark")
    page.get_by_role("button", name="Log a request").click()
    expect(page).to_have_title("Log a request: Rowan Heath - Waymark")
    check_accessibility(page)
    log(page)
    expect(page.get_by_role("main")).to_contain_text(
        "Tell the family whether you will assess (6 weeks): due by 14 July 2025."
    )
    check_accessibility(page)
    page.get_by_role("button", name="Log the request").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Request logged")
    expect(page.get_by_role("main")).to_contain_text("tell the family by 14 July 2025")

    page.get_by_role("link", name="Decide whether to assess").click()
    expect(page.get_by_role("main")).to_contain_text("has or may have special educational needs")
    check_accessibility(page)
    page.get_by_label("Carry out an EHC needs assessment").check()
    page.get_by_role("button", name="Continue").click()
    enter_date(page, "decided_on", datetime.date(2025, 7, 10))
    enter_date(page, "told_on", datetime.date(2025, 7, 11))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text(
        "Send the final plan (20 weeks): still due by 20 October 2025."
    )
    check_accessibility(page)
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decision recorded")
    check_accessibility(page)

    page.get_by_role("link", name="Go to Rowan Heath’s page").click()
    page.get_by_role("button", name="Decide whether to issue").click()
    page.get_by_label("Issue an EHC plan").check()
    page.get_by_role("button", name="Continue").click()
    enter_date(page, "decided_on", datetime.date(2025, 9, 15))
    enter_date(page, "told_on", datetime.date(2025, 9, 15))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text("the date of 22 September 2025 no longer applies")
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_role("link", name="Go to Rowan Heath’s page").click()

    page.get_by_role("button", name="Issue the final plan").click()
    enter_date(page, "issued_on", TODAY)
    page.get_by_label("Primary need").select_option("Autistic spectrum disorder")
    page.get_by_label("A setting", exact=True).check()
    page.get_by_label("Name or URN of the setting").fill("otterbrook")
    check_accessibility(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text("Otterbrook Primary School (900123)")
    expect(page.get_by_role("main")).to_contain_text("will have a right of appeal until 1 December 2025")
    check_accessibility(page)
    page.get_by_role("button", name="Record the final plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Final plan recorded")

    plan = Plan.objects.get()
    assert (plan.child, plan.starts_on) == (rowan, TODAY)
    assert plan.versions.get().named_placements.get().establishment.urn == 900123
    page.get_by_role("link", name="Go to Rowan Heath’s page").click()
    expect(page.get_by_role("main")).to_contain_text("Otterbrook Primary School")
    page.get_by_text("Why this date").first.click()
    check_accessibility(page)
    page.get_by_role("link", name="Timeline", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Final plan sent to the family")
    check_accessibility(page)


def test_refuse_with_reasons_without_script_by_keyboard(open_page, sign_in, caseworker, rowan, log_for):
    """JavaScript is off; nothing is clicked: fields by label, sent with the Enter and Space keys."""
    case = log_for(rowan)
    page = open_page(java_script_enabled=False)
    sign_in(page, caseworker)
    page.goto(f"/requests/{case.public_id}/assess/")
    page.get_by_label("Refuse to assess").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Reasons")).to_be_visible()

    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Enter the reasons")
    expect(page).to_have_title("Error: Decide whether to assess: Rowan Heath - Waymark")

    words = "Rowan’s reading has caught up.\nThe school’s support is working."
    page.get_by_label("Reasons").fill(words)
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Reasons")).to_have_value(words)
    page.get_by_label("They have or may have special educational needs, but").focus()
    page.keyboard.press("Space")
    page.get_by_label("Support already given is meeting the needs").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")

    enter_date(page, "decided_on", datetime.date(2025, 7, 9))
    enter_date(page, "told_on", datetime.date(2025, 7, 8))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("cannot be told before the decision is made")
    enter_date(page, "told_on", datetime.date(2025, 7, 10))
    page.keyboard.press("Enter")
    main = page.get_by_role("main")
    expect(main).to_contain_text("The school’s support is working.")
    expect(main).to_contain_text("right of appeal until 10 September 2025")
    expect(main).to_contain_text(
        "Send the final plan (20 weeks): the date of 20 October 2025 no longer applies."
    )
    page.get_by_role("button", name="Record the decision").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Decision recorded")
    assert Decision.objects.get().reasons.splitlines() == words.splitlines()


def test_add_a_child_who_may_be_there_already(page, sign_in, caseworker, check_accessibility):
    there = ChildFactory(
        surname="Bracken", forename="Fern", date_of_birth=datetime.date(2018, 2, 3), sex=Sex.FEMALE
    )
    sign_in(page, caseworker)
    page.get_by_role("link", name="Children").click()
    page.get_by_role("link", name="Add a child").click()
    check_accessibility(page)
    page.get_by_label("First name", exact=True).fill("Ferne")
    page.get_by_label("Last name").fill("Bracken")
    enter_date(page, "date_of_birth", datetime.date(2018, 2, 3))
    page.get_by_label("Female").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text("Same date of birth and a like name")
    check_accessibility(page)
    page.get_by_role("button", name="Add the child").click()
    expect(page.get_by_role("alert")).to_contain_text("each record that is a different child")
    assert Child.objects.count() == 1
    page.get_by_label("Fern Bracken is a different child").check()
    page.get_by_role("button", name="Add the child").click()
    expect(page).to_have_title("Overview: Ferne Bracken - Waymark")
    page.go_back()
    assert Child.objects.exclude(pk=there.pk).count() == 1


def test_two_people_decide_and_one_is_told(page, open_page, sign_in, caseworker, rowan, log_for):
    case = log_for(rowan)
    sign_in(page, caseworker)
    page.goto(f"/requests/{case.public_id}/assess/")
    page.get_by_label("Carry out an EHC needs assessment").check()
    page.get_by_role("button", name="Continue").click()
    enter_date(page, "decided_on", datetime.date(2025, 7, 10))
    enter_date(page, "told_on", datetime.date(2025, 7, 10))
    page.get_by_role("button", name="Continue").click()
    ash = UserFactory(name="Ash Merrow")
    decisions.refuse_to_assess(
        case=case, limb="not_necessary", grounds=["progress"], reasons="Not needed.",
        decided_on=datetime.date(2025, 7, 1), told_on=datetime.date(2025, 7, 2), by=ash, on=TODAY,
    )  # fmt: skip
    page.get_by_role("button", name="Record the decision").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("This record has changed since you opened the page. Nothing was saved.")
    expect(alert).to_contain_text(
        "Ash Merrow recorded “Family told of the decision not to assess” on 2 July 2025"
    )
    assert AssessmentRequest.objects.get().state == RequestState.REFUSED
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be")
    assert Decision.objects.get().decided_by == ash
