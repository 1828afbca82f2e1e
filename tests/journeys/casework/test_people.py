"""Who may be written to, and two records made one and two again, in a browser."""

import datetime

import pytest
from playwright.sync_api import expect

from casework.models import Child, ChildMerge, RoleCode
from tests.factories.cases import PlanFactory
from tests.factories.children import (
    ChildAddressFactory,
    ChildContactFactory,
    ChildFactory,
    ChildIdentifierFactory,
    ParentalResponsibilityFactory,
)
from tests.factories.people import UserFactory
from tests.journeys.casework.conftest import enter_date

pytestmark = pytest.mark.journey
D = datetime.date


def heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


@pytest.fixture
def family(rowan):
    """A mother at home, a father elsewhere and a grandmother without a say."""
    ChildAddressFactory(child=rowan, lines="1 Invented Lane, Alderbrook", postcode="ZZ1 1AA")
    for name, relationship, at_home in (
        ("Meadow Heath", "mother", True),
        ("Larch Heath", "father", False),
        ("Fern Heath", "grandparent", False),
    ):
        contact = ChildContactFactory(
            child=rowan,
            person__name=name,
            person__email=f"{name.split()[0].lower()}@post.example",
            relationship=relationship,
            lives_with_child=at_home,
            contact_first=at_home,
        )
        if relationship != "grandparent":
            ParentalResponsibilityFactory(contact=contact)


def test_who_may_be_written_to(page, sign_in, caseworker, rowan, family, check_accessibility):
    sign_in(page, caseworker)
    page.get_by_role("link", name="Heath, Rowan").first.click()
    page.get_by_role("link", name="People", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_title("People: Rowan Heath - Waymark")
    expect(page.get_by_role("row", name="Larch Heath")).to_contain_text("Decides as parent")
    expect(page.get_by_role("row", name="Fern Heath")).to_contain_text("Neither has parental responsibility")
    check_accessibility(page)

    page.get_by_role("row", name="Larch Heath").locator("summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Restrict contact for Larch Heath").focus()
    page.keyboard.press("Enter")
    heading(page, "Restrict contact: Larch Heath")
    check_accessibility(page)
    page.get_by_role("button", name="Continue").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Select what is not allowed")
    check_accessibility(page)
    page.get_by_label("No contact: do not write, call or meet").check()
    page.get_by_label("Why?").select_option("Order of a court")
    page.get_by_label("Reason and evidence").fill("Order of Fernshire Family Court, 22 September 2025")
    enter_date(page, "starts_on", D(2025, 9, 22))
    page.get_by_role("button", name="Continue").press("Enter")
    expect(page.get_by_role("main")).to_contain_text(
        "no letter about Rowan Heath can be addressed to Larch Heath"
    )
    check_accessibility(page)
    page.get_by_role("button", name="Record", exact=True).press("Enter")
    expect(page.get_by_role("row", name="Larch Heath")).to_contain_text("No contact is allowed")
    page.screenshot(path="test-results/people.png")

    page.get_by_role("link", name="Record a move of home").click()
    heading(page, "Record a move of home")
    check_accessibility(page)
    page.get_by_label("Address", exact=True).fill("The Harbour")
    enter_date(page, "starts_on", D(2025, 9, 1))
    page.get_by_label("Withhold this address").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("table", name="Where the child lives and lived")).to_contain_text("The Harbour")
    check_accessibility(page)
    page.screenshot(path="test-results/people-withheld.png", full_page=True)

    page.get_by_role("link", name="Identity", exact=True).click()
    expect(page).to_have_title("Identity: Rowan Heath - Waymark")
    check_accessibility(page)
    page.get_by_role("link", name="Add a number").click()
    page.get_by_label("NHS number").check()
    page.get_by_label("Number", exact=True).fill("943 476 5918")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text("character 10 is 8, and the digits before it need 9")
    page.screenshot(path="test-results/people-number.png")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("table", name="Numbers")).to_contain_text("9434765918")
    page.screenshot(path="test-results/identity.png", full_page=True)


@pytest.fixture
def twice(rowan):
    """Rowan, added a second time with a slip in the name, where the plan was recorded."""
    again = ChildFactory(surname="Heeth", forename="Rowan", date_of_birth=rowan.date_of_birth)
    PlanFactory(child=again)
    ChildIdentifierFactory(child=again)
    ChildAddressFactory(child=again, lines="2 Other Row")
    ChildAddressFactory(child=rowan, lines="1 Invented Lane")
    ChildFactory(surname="Heath", forename="Sorrel", date_of_birth=rowan.date_of_birth)
    return rowan, again


def test_two_records_are_merged_and_taken_apart(page, sign_in, twice, check_accessibility):
    """By keyboard."""
    kept, again = twice
    manager = UserFactory(name="Mira Quillfeather", role=RoleCode.MANAGER)
    sign_in(page, manager)

    def press(role, name, key="Enter"):
        page.get_by_role(role, name=name, exact=True).focus()
        page.keyboard.press(key)

    press("link", "Children")
    press("link", "Records that look alike")
    expect(page).to_have_title("May be one child - Waymark")
    expect(page.get_by_role("row", name="Heath, Rowan")).to_contain_text("Very likely: same date of birth")
    check_accessibility(page)
    page.screenshot(path="test-results/alike.png")
    page.get_by_role("link", name="May be twins").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Sorrel")
    check_accessibility(page)
    page.get_by_role("link", name="Compare").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Are these one child?")
    page.go_back()
    page.get_by_role("link", name="May be one child").press("Enter")
    press("link", "Compare Rowan Heath and Rowan Heeth")
    expect(page.get_by_role("table")).to_contain_text("2 Other Row")
    check_accessibility(page)
    page.screenshot(path="test-results/compare.png", full_page=True)
    page.locator("[name=choice-surname][value=kept]").press("Space")
    page.locator("[name=choice-casework-childaddress-0][value=other]").press("Space")
    page.get_by_label("How do you know that these are one child?").fill(
        "The school has one child of that name"
    )
    press("button", "Continue")
    expect(page.get_by_role("main")).to_contain_text("1 plan")
    check_accessibility(page)
    page.screenshot(path="test-results/merge-check.png", full_page=True)
    press("button", "Merge the records")
    expect(page.get_by_role("main")).to_contain_text("The two records are one")
    check_accessibility(page)
    page.goto(f"/children/{again.public_id}/")
    expect(page.get_by_role("main")).to_contain_text("The record of Rowan Heeth was merged into this one")
    assert Child.objects.get(pk=again.pk).merged_into == kept

    press("link", "Identity")
    press("link", "Undo the merge with Rowan Heeth")
    heading(page, "Undo the merge with Rowan Heeth")
    check_accessibility(page)
    page.get_by_label("Why is the merge undone?").fill("They are cousins")
    press("button", "Continue")
    expect(page.get_by_role("main")).to_contain_text("exactly as they were made")
    check_accessibility(page)
    press("button", "Undo the merge")
    expect(page.get_by_role("main")).to_contain_text("The merge is undone")
    check_accessibility(page)
    assert ChildMerge.objects.get().undone_because == "They are cousins"
    assert again.plans.count() == 1
