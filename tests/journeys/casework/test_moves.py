"""A child moves in with a plan, by keyboard and without JavaScript; a plan ceases in two stages, in a browser."""

import datetime

import pytest
from playwright.sync_api import expect

from casework.models import Case, CaseKind, Plan
from casework.services import review_calendar
from tests.factories.cases import PlanFactory, PlanVersionFactory
from tests.factories.children import ChildFactory
from tests.factories.moves import LocalAuthorityFactory
from tests.factories.places import EstablishmentFactory, NamedPlacementFactory
from tests.journeys.casework.conftest import TODAY, enter_date

pytestmark = pytest.mark.journey
D = datetime.date


@pytest.fixture
def school(transactional_db):
    return EstablishmentFactory(name="Brambleside Primary School", urn=900321, low_age=4, high_age=11)


def press(page, name):
    """Send a form the way the keyboard does."""
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def tick(page, label):
    page.get_by_label(label).focus()
    page.keyboard.press("Space")


def test_move_in_by_keyboard_without_script(
    open_page, sign_in, caseworker, rowan, school, check_accessibility
):
    LocalAuthorityFactory(code="101", name="Otterdale")
    page = open_page(java_script_enabled=False, viewport={"width": 1366, "height": 768})
    sign_in(page, caseworker)
    page.goto(f"/children/{rowan.public_id}/moves/")
    expect(page).to_have_title("Moves and responsibility: Rowan Heath - Waymark")
    page.get_by_role("link", name="Record a move in").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Which authority did the child live in before?").select_option("Otterdale")
    enter_date(page, "moved_on", D(2025, 8, 18))
    enter_date(page, "known_on", D(2025, 10, 2))
    tick(page, "An EHC plan")
    press(page, "Continue")
    expect(page.get_by_role("alert")).to_contain_text("must be today or in the past")
    enter_date(page, "known_on", D(2025, 8, 20))
    press(page, "Continue")
    expect(page.get_by_role("main")).to_contain_text("Otterdale must transfer the plan on 18 August 2025")
    press(page, "Record the move in")
    expect(page.get_by_role("main")).to_contain_text("Waiting for the plan")

    page.get_by_role("link", name="Record the plan that came").focus()
    page.keyboard.press("Enter")
    enter_date(page, "transferred_on", D(2025, 9, 8))
    enter_date(page, "made_on", D(2023, 3, 6))
    enter_date(page, "last_reviewed_on", D(2025, 2, 10))
    page.get_by_label("Primary need").select_option("Autistic spectrum disorder")
    tick(page, "A setting")
    page.get_by_label("Name or URN of the setting").fill("brambleside")
    tick(page, "Yes")
    press(page, "Continue")
    main = page.get_by_role("main")
    expect(main).to_contain_text("re-assessment and review (6 weeks): due by 20 October 2025.")
    expect(main).to_contain_text("The next review must be complete by 9 February 2026")
    press(page, "Record the plan")

    page.get_by_role("link", name="Record what the family was told").focus()
    page.keyboard.press("Enter")
    enter_date(page, "told_on", D(2025, 9, 29))
    tick(page, "No, the plan goes on as it is until its review")
    enter_date(page, "review_by", D(2026, 1, 30))
    press(page, "Continue")
    press(page, "Record")
    expect(page.get_by_role("heading", level=1)).to_have_text("Move in finished")
    plan = Plan.objects.get()
    assert (plan.starts_on, plan.maintained_from) == (D(2023, 3, 6), D(2025, 9, 8))
    assert plan.versions.get().named_placements.get().establishment == school


def test_the_pages_of_a_move_in_are_accessible(page, sign_in, caseworker, rowan, school, check_accessibility):
    LocalAuthorityFactory(code="101", name="Otterdale")
    page.set_viewport_size({"width": 1366, "height": 768})
    sign_in(page, caseworker)
    page.goto(f"/children/{rowan.public_id}/moves/")
    check_accessibility(page)
    page.get_by_role("link", name="Record a move in").click()
    check_accessibility(page)
    page.get_by_label("Which authority did the child live in before?").select_option("Otterdale")
    enter_date(page, "moved_on", D(2025, 8, 18))
    enter_date(page, "known_on", D(2025, 8, 20))
    page.get_by_label("An EHC plan").check()
    page.get_by_role("button", name="Continue").click()
    check_accessibility(page)
    page.get_by_role("button", name="Record the move in").click()
    check_accessibility(page)
    page.screenshot(path="test-results/child-moves.png", full_page=True)
    page.get_by_role("link", name="Record the plan that came").click()
    check_accessibility(page)
    page.screenshot(path="test-results/plan-in.png", full_page=True)
    page.get_by_role("link", name="Moves", exact=True).click()
    expect(page).to_have_title("Moves and ceasing - Waymark")
    check_accessibility(page)
    page.screenshot(path="test-results/moves.png", full_page=True)


def test_cease_a_plan_in_two_stages(page, sign_in, caseworker, school, check_accessibility):
    child = ChildFactory(surname="Bracken", forename="Fern", date_of_birth=D(2007, 2, 3))
    plan = PlanFactory(child=child, starts_on=D(2020, 9, 7))
    NamedPlacementFactory(plan_version=PlanVersionFactory(plan=plan), establishment=school)
    review_calendar.settle(on=TODAY)
    page.set_viewport_size({"width": 1366, "height": 768})
    sign_in(page, caseworker)
    page.goto(f"/children/{child.public_id}/moves/")
    page.get_by_role("link", name="Consult about ceasing the plan").click()
    check_accessibility(page)
    page.get_by_label("Moved to higher education").check()
    page.get_by_label("What makes you think so?").fill("Fern begins a degree in October.")
    enter_date(page, "consulted_on", D(2025, 6, 2))
    page.get_by_label("Which head or principal was consulted?").fill("Principal of Brambleside")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing is decided: the plan goes on")
    check_accessibility(page)
    page.get_by_role("button", name="Record the consultation").click()

    page.get_by_role("link", name="Decide whether to cease").click()
    page.get_by_label("What did the family or the young person say?").fill("Fern agrees.")
    page.get_by_label("Cease the plan").check()
    check_accessibility(page)
    page.get_by_label("Moved to higher education").check()
    page.get_by_role("textbox", name="Reasons", exact=True).fill("A plan cannot go on in higher education.")
    enter_date(page, "decided_on", D(2025, 6, 23))
    enter_date(page, "told_on", D(2025, 6, 24))
    page.get_by_role("button", name="Continue").click()
    main = page.get_by_role("main")
    # Two months end on 24 August, which moves to the first working day of September.
    expect(main).to_contain_text("the plan must not end before 2 September 2025")
    check_accessibility(page)
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decision recorded")
    check_accessibility(page)

    page.get_by_role("link", name="Go to the moves of Fern Bracken").click()
    expect(main).to_contain_text("Time to appeal")
    page.screenshot(path="test-results/child-ceasing.png", full_page=True)
    page.get_by_role("link", name="Record the end of the plan").click()
    enter_date(page, "ended_on", D(2025, 8, 31))
    page.get_by_label("Yes, and no appeal was made").check()
    page.get_by_role("button", name="Continue").click()
    check_accessibility(page)
    page.screenshot(path="test-results/end-plan-check.png", full_page=True)
    page.get_by_role("button", name="Record the end of the plan").click()
    expect(page.get_by_role("alert")).to_contain_text("The family can appeal until 1 September 2025")
    page.get_by_role("link", name="Back", exact=True).click()
    enter_date(page, "ended_on", D(2025, 9, 2))
    page.get_by_role("button", name="Continue").click()
    expect(main).to_contain_text("The placement and what is paid for it do not end with the plan")
    page.get_by_role("button", name="Record the end of the plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan ended")
    check_accessibility(page)
    plan.refresh_from_db()
    assert (plan.ends_on, plan.cease_reason) == (D(2025, 9, 2), "3")
    assert not Case.objects.filter(child=child, kind=CaseKind.ANNUAL_REVIEW, closed_on__isnull=True).exists()
