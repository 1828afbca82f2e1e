"""An annual review to the amended final plan, and the board of phase transfers, in a browser."""

import datetime

import pytest
from playwright.sync_api import expect

from casework.models import CaseKind, MilestoneKind, PhaseTransfer, Plan, Review
from casework.services import review_calendar, reviews
from tests.factories.cases import CaseAssignmentFactory, PlanFactory, PlanVersionFactory
from tests.factories.children import ChildFactory, ChildIdentifierFactory
from tests.factories.places import EstablishmentFactory, NamedPlacementFactory, PlacementFactory
from tests.journeys.casework.conftest import TODAY, enter_date

pytestmark = pytest.mark.journey
D = datetime.date


def plan_at(school, made, child, worker=None):
    """A plan that names the school the child attends."""
    plan = PlanFactory(child=child, starts_on=made)
    NamedPlacementFactory(plan_version=PlanVersionFactory(plan=plan), establishment=school)
    PlacementFactory(child=child, establishment=school, starts_on=D(2022, 9, 1))
    if worker is not None and not child.assignments.exists():
        CaseAssignmentFactory(child=child, user=worker)
    return plan


@pytest.fixture
def school(transactional_db):
    return EstablishmentFactory(name="Brambleside Primary School", urn=900321, low_age=4, high_age=11)


@pytest.fixture
def rowans_plan(rowan, school):
    """Made on 16 September 2024: to be reviewed by 15 September 2025, so overdue on 1 October."""
    plan = plan_at(school, D(2024, 9, 16), rowan)
    review_calendar.settle(on=TODAY)
    return plan


def record(page, link, name, day, note=None):
    page.get_by_role("link", name=link).click()
    enter_date(page, name, day)
    if note:
        page.get_by_role("textbox").last.fill(note)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record", exact=True).click()


def test_an_annual_review_to_the_amended_final_plan(
    page, sign_in, caseworker, rowan, rowans_plan, check_accessibility
):
    sign_in(page, caseworker)
    expect(page.get_by_role("row", name="Heath, Rowan")).to_contain_text("Complete the first annual review")
    page.get_by_role("link", name="Go to the review").click()
    expect(page).to_have_title("Reviews: Rowan Heath - Waymark")
    expect(page.get_by_role("main")).to_contain_text("Next review due by 15 September 2025")
    check_accessibility(page)

    page.get_by_role("link", name="Record the meeting").click()
    enter_date(page, "happened_on", D(2025, 12, 1))
    page.get_by_label("Who took part?").fill("Rowan, parents, class teacher")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("must be today or in the past")
    expect(page.get_by_label("Who took part?")).to_have_value("Rowan, parents, class teacher")
    check_accessibility(page)
    enter_date(page, "happened_on", D(2025, 7, 14))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text("due by 11 August 2025")
    check_accessibility(page)
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Waiting for the report")

    record(page, "Record the report", "happened_on", D(2025, 7, 25), "Amend section F")
    expect(page.get_by_role("main")).to_contain_text("Waiting for the decision")

    page.get_by_role("link", name="Decide the review").click()
    check_accessibility(page)
    page.get_by_label("Amend the plan").check()
    enter_date(page, "notice_sent_on", D(2025, 8, 8))
    page.get_by_label("Reasons").fill("Speech therapy in section F no longer fits.")
    enter_date(page, "decided_on", D(2025, 8, 7))
    enter_date(page, "told_on", D(2025, 8, 8))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text(
        "Send the final amended plan (8 weeks from the notice, 12 from the meeting): still due by 3 October 2025."
    )
    expect(page.get_by_role("main")).to_contain_text("The next review must be complete by 7 August 2026.")
    check_accessibility(page)
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decision recorded")
    page.get_by_role("link", name="Go to the reviews of this child").click()
    expect(page.get_by_role("main")).to_contain_text("Waiting for the final plan")
    check_accessibility(page)

    page.get_by_role("link", name="Record the final amended plan").click()
    enter_date(page, "issued_on", D(2025, 9, 30))
    page.get_by_label("The same as before").check()
    check_accessibility(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record the final amended plan").click()
    expect(page.get_by_role("main")).to_contain_text("Next review due by 7 August 2026")
    expect(page.get_by_role("table", name="Earlier reviews")).to_contain_text("30 Sep 2025")
    version = rowans_plan.versions.get(stage="amended_final")
    assert version.starts_on == D(2025, 9, 30)
    assert version.named_placements.get().establishment.name == "Brambleside Primary School"


@pytest.fixture
def board(school, caseworker, rowans_plan):
    """Settings with reviews in different months and states, and children who leave in 2026."""
    junior = EstablishmentFactory(name="Alderbrook Junior School", low_age=7, high_age=11)
    secondary = EstablishmentFactory(name="Quarrywood Secondary School", low_age=11, high_age=16)
    names = iter(range(100))
    for setting, born, days in (
        (school, D(2016, 1, 10), (D(2024, 8, 5), D(2024, 10, 20), D(2024, 12, 2), D(2025, 3, 3))),
        (junior, D(2015, 2, 3), (D(2024, 9, 1), D(2024, 11, 11), D(2025, 1, 20))),
        (secondary, D(2009, 11, 30), (D(2024, 7, 22), D(2024, 11, 5), D(2025, 2, 14), D(2025, 5, 12))),
    ):
        for made in days:
            child = ChildFactory(surname=f"Thicket{next(names)}", forename="Sorrel", date_of_birth=born)
            plan_at(setting, made, child, caseworker)
    review_calendar.settle(on=TODAY)
    first = Review.objects.filter(case__child__surname="Thicket0").get().case
    reviews.hold_meeting(case=first, held_on=D(2025, 9, 10), by=caseworker, on=TODAY)
    return junior


def test_the_board_of_reviews_and_a_return_from_a_school(
    page, sign_in, caseworker, board, check_accessibility, tmp_path
):
    sign_in(page, caseworker)
    page.get_by_role("link", name="Reviews", exact=True).click()
    expect(page).to_have_title("Reviews due - Waymark")
    check_accessibility(page)
    page.screenshot(path="test-results/reviews-board.png", full_page=True)
    page.get_by_role("row", name="Quarrywood Secondary School").get_by_role("link").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_title("List of reviews - Waymark")
    expect(page.get_by_role("main")).to_contain_text("1 review")
    check_accessibility(page)
    page.get_by_role("link", name="No review recorded").click()
    check_accessibility(page)

    child = Plan.objects.get(child__surname="Thicket4").child
    upn = ChildIdentifierFactory(child=child).value
    file = tmp_path / "returns.csv"
    file.write_text(
        f"upn,date_of_birth,meeting_held,report_sent\n{upn},03/02/2015,22/09/2025,29/09/2025\n{upn[::-1]},03/02/2015,22/09/2025,\n"
    )
    page.get_by_role("link", name="Returns from settings").click()
    check_accessibility(page)
    page.get_by_label("Which file did the setting send?").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("main")).to_contain_text("2 rows: 1 to record, 0 already recorded, 1 to mend")
    check_accessibility(page)
    page.screenshot(path="test-results/reviews-return.png", full_page=True)
    page.get_by_role("button", name="Record 1 review").click()
    expect(page.get_by_role("main")).to_contain_text("1 review recorded")
    assert Review.objects.get(case__child=child).report_on == D(2025, 9, 29)


def test_a_cohort_of_phase_transfers(page, sign_in, caseworker, board, check_accessibility):
    """Year 6 at a junior school and year 11 at a school that ends at 16; year 5 at a primary school stays."""
    sign_in(page, caseworker)
    page.get_by_role("link", name="Reviews", exact=True).click()
    page.get_by_role("link", name="Phase transfers").click()
    expect(page).to_have_title("Phase transfers of 2026 - Waymark")
    expect(page.get_by_role("main")).to_contain_text("22 November 2025 in 52 days")
    check_accessibility(page)
    page.get_by_role("link", name="Open their phase transfers").click()
    expect(page.get_by_role("row", name="Primary or junior to secondary")).to_contain_text("14 February 2026")
    check_accessibility(page)
    page.get_by_role("button", name="Open 7 phase transfers").click()
    expect(page.get_by_role("main")).to_contain_text("7 phase transfers are open.")
    page.go_back()
    assert PhaseTransfer.objects.count() == 7
    page.goto("/reviews/phase-transfers/?year=2026")
    page.screenshot(path="test-results/reviews-transfers.png", full_page=True)
    by_phase = page.get_by_role("table", name="Children by phase and stage")
    by_phase.get_by_role("row", name="Secondary to post-16").get_by_role("link").first.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("4 children")
    check_accessibility(page)
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("main")).to_contain_text("Phase transfer 2026: Secondary to post-16")
    record(page, "Record the meeting", "happened_on", D(2025, 9, 22))
    page.get_by_role("link", name="Say which setting was agreed").click()
    page.get_by_label("A type of setting only").check()
    page.get_by_label("Type of setting", exact=True).fill("A further education college")
    check_accessibility(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("The plan will name A further education college.")
    check_accessibility(page)
    case = PhaseTransfer.objects.exclude(next_setting_words="").get().case
    assert case.kind == CaseKind.PHASE_TRANSFER
    assert case.milestones.filter(kind=MilestoneKind.REVIEW_MEETING_HELD).exists()
