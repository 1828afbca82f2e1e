"""The work of a team: a kept view and a follow-up for several children; reassigning with a handover; cover."""

import datetime

import pytest
from playwright.sync_api import expect

from casework.models import CaseAssignment, Channel, FollowUp, MilestoneKind, RequestSource, RoleCode
from casework.services import milestones, requests
from tests.casework.conftest import MONDAY
from tests.factories.cases import CaseAssignmentFactory, CaseFactory
from tests.factories.children import AreaFactory, ChildFactory
from tests.factories.people import TeamFactory, TeamMembershipFactory, UserFactory
from tests.factories.teamwork import ContactNoteFactory, FollowUpFactory
from tests.journeys.casework.conftest import TODAY, enter_date

pytestmark = pytest.mark.journey
D = datetime.date
SCREEN = {"width": 1366, "height": 768}
NAMES = (
    "Alder", "Birch", "Cedar", "Dogwood", "Elder", "Furze", "Gorse", "Hazel", "Ivy", "Juniper", "Knapweed", "Larch",
    "Maple", "Nettle", "Osier", "Privet", "Quince", "Rush", "Sedge", "Teasel", "Umbel", "Vetch", "Willow", "Yarrow",
)  # fmt: skip


@pytest.fixture
def manager(transactional_db):
    return UserFactory(name="Linnet Marsh", role=RoleCode.MANAGER)


@pytest.fixture
def caseload(caseworker):
    """Two dozen children with requests received on different days, and what goes with them."""
    team, area = TeamFactory(name="North casework"), AreaFactory(name="North")
    TeamMembershipFactory(user=caseworker, team=team)
    children = []
    for number, name in enumerate(NAMES):
        child = ChildFactory(
            surname=name, forename="Sorrel", date_of_birth=D(2008 + number % 12, 3, 4), area=area
        )
        CaseAssignmentFactory(child=child, user=caseworker)
        case = requests.log_request(
            child=child,
            source=RequestSource.SCHOOL,
            received_on=MONDAY + datetime.timedelta(days=5 * number),
            channel=Channel.EMAIL,
            by=caseworker,
            on=TODAY,
        )
        if number % 3 == 1:
            milestones.record(
                case=case, kind=MilestoneKind.SETTING_CONSULTED, happened_on=D(2025, 9, 20), by=caseworker,
                on=TODAY, note="Brambleside Primary School",
            )  # fmt: skip
        if number % 4 == 0:
            ContactNoteFactory(child=child, happened_on=TODAY - datetime.timedelta(days=number))
        children.append(child)
    FollowUpFactory(child=children[2], user=caseworker, due_on=D(2025, 9, 30))
    FollowUpFactory(
        child=children[5], user=None, team=team, text="Ring the health team", due_on=D(2025, 10, 2)
    )
    return children


def test_a_kept_view_and_a_follow_up_for_several_children(
    open_page, sign_in, caseworker, caseload, check_accessibility
):
    page = open_page(viewport=SCREEN)
    sign_in(page, caseworker)
    expect(page).to_have_title("My work - Waymark")
    check_accessibility(page)
    page.screenshot(path="test-results/my-work.png")
    page.get_by_role("link", name="Overdue").press("Enter")
    page.get_by_text("Filters", exact=True).press("Enter")
    page.get_by_label("What", exact=True).select_option("Statutory dates")
    page.screenshot(path="test-results/my-work-filters.png")
    check_accessibility(page)
    page.get_by_role("button", name="Apply filters").press("Enter")
    page.get_by_role("link", name="Keep this view").press("Enter")
    page.get_by_role("textbox", name="Name").fill("Late by law")
    page.get_by_label("Share with").select_option("North casework")
    page.get_by_label("Open My work with this view").press("Space")
    check_accessibility(page)
    page.get_by_role("button", name="Keep this view").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("This view is kept as “Late by law”.")
    page.get_by_role("link", name="My work", exact=True).click()
    expect(page.get_by_role("link", name="Late by law")).to_have_attribute("aria-current", "true")
    page.screenshot(path="test-results/my-work-view.png")

    page.get_by_label("Tick all children on this page").press("Space")
    page.get_by_role("button", name="Add a follow-up").press("Enter")
    page.get_by_role("button", name="Add 16 follow-ups").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Enter what is to be done")
    page.get_by_label("What is to be done?").fill("Ask for the attendance record")
    enter_date(page, "due_on", D(2025, 10, 3))
    check_accessibility(page)
    page.screenshot(path="test-results/follow-up-several.png", full_page=True)
    page.get_by_role("button", name="Add 16 follow-ups").press("Enter")
    expect(page.get_by_role("main")).to_contain_text(
        "The follow-up is added for 16 children, by 3 October 2025."
    )
    page.get_by_role("link", name="All", exact=False).last.click()
    check_accessibility(page)
    assert FollowUp.objects.filter(text="Ask for the attendance record").count() == 16


def test_reassigning_a_caseload_with_a_handover_and_cover(
    open_page, sign_in, caseworker, caseload, manager, check_accessibility
):
    for name in ("Teasel Brook", "Fern Dale"):
        UserFactory(name=name, role=RoleCode.CASEWORKER)
    for name in ("Wold", "Fell", "Carr"):
        CaseFactory(child__surname=name, child__forename="Bryony")
    page = open_page(viewport=SCREEN)
    sign_in(page, manager)
    page.get_by_role("link", name="The whole team").click()
    check_accessibility(page)
    page.screenshot(path="test-results/team.png")
    page.get_by_role("link", name="3 children without a lead worker").press("Enter")
    check_accessibility(page)
    page.screenshot(path="test-results/unallocated.png")
    page.get_by_role("button", name="Allocate all 3").press("Enter")
    page.get_by_label("Shared by load: each child to whoever carries least").check()
    page.get_by_label("Teasel Brook:").last.check()
    page.get_by_label("Fern Dale:").last.check()
    check_accessibility(page)
    page.screenshot(path="test-results/reassign.png", full_page=True)
    page.get_by_role("button", name="Continue").press("Enter")
    check_accessibility(page)
    page.screenshot(path="test-results/reassign-check.png", full_page=True)
    page.get_by_role("button", name="Confirm").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lead worker changed")

    page.get_by_role("link", name="Go to the team’s work").click()
    page.get_by_role("row", name="Wren Underhill").get_by_role("button", name="Whole caseload").press("Enter")
    page.get_by_label("To one person").check()
    page.get_by_label("To whom?").select_option(index=1)
    enter_date(page, "starts_on", D(2025, 10, 6))
    page.get_by_role("button", name="Continue").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("From 6 October 2025, 24 children.")
    page.get_by_role("button", name="Confirm").press("Enter")
    check_accessibility(page)
    page.get_by_role("link", name="Handover for Fern Dale").click()
    expect(page.get_by_role("main")).to_contain_text("24 children from 6 October 2025")
    expect(page.get_by_role("row", name="Cedar, Sorrel")).to_contain_text(
        "Call the school about the timetable"
    )
    check_accessibility(page)
    page.screenshot(path="test-results/handover.png", full_page=True)
    page.pdf(path="test-results/handover.pdf", format="A4", landscape=True)
    assert CaseAssignment.objects.as_at(D(2025, 10, 6)).filter(user__name="Fern Dale").count() == 26

    page.goto("/my-work/team/cover/")
    page.get_by_label("Who is away?").select_option("Wren Underhill")
    page.get_by_label("Who covers?").select_option("Linnet Marsh")
    enter_date(page, "starts_on", TODAY)
    enter_date(page, "ends_on", D(2025, 10, 3))
    page.get_by_role("button", name="Arrange cover").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Linnet Marsh covers Wren Underhill")
    check_accessibility(page)
    page.screenshot(path="test-results/cover.png", full_page=True)
    page.get_by_role("link", name="My work").first.click()
    expect(page.get_by_role("main")).to_contain_text("You cover Wren Underhill until 3 October 2025")
    expect(page.get_by_role("row", name="Alder, Sorrel")).to_contain_text("for Wren Underhill")
    check_accessibility(page)
