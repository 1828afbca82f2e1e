"""A final plan recorded on the wrong child is undone, in a browser, with the keyboard."""

import datetime

import pytest
from playwright.sync_api import expect

from casework.models import Need, Plan
from casework.services import decisions
from placements.services.issue_plan import SectionI, issue_final_plan
from tests.factories.places import EstablishmentFactory
from tests.journeys.casework.conftest import TODAY

pytestmark = pytest.mark.journey
D = datetime.date


@pytest.fixture
def issued(rowan, caseworker, log_for):
    """A final plan of 25 September 2025 that was meant for somebody else."""
    case = log_for(rowan)
    decisions.decide_to_assess(
        case=case, decided_on=D(2025, 7, 10), told_on=D(2025, 7, 11), by=caseworker, on=TODAY
    )
    decisions.decide_to_issue(
        case=case, decided_on=D(2025, 9, 15), told_on=D(2025, 9, 15), by=caseworker, on=TODAY
    )
    issue_final_plan(
        case=case, issued_on=D(2025, 9, 25), primary_need=Need.ASD,
        section_i=SectionI(establishment=EstablishmentFactory(name="Otterbrook Primary School")),
        by=caseworker, on=TODAY,
    )  # fmt: skip
    return case


def test_a_plan_on_the_wrong_child_is_undone_by_keyboard(
    page, sign_in, caseworker, rowan, issued, check_accessibility
):
    page.set_viewport_size({"width": 1366, "height": 768})
    sign_in(page, caseworker)
    page.goto(f"/children/{rowan.public_id}/timeline/")
    main = page.get_by_role("main")
    entry = page.locator(".moj-timeline__item").filter(has_text="Decision to issue a plan")
    entry.get_by_role("link", name="Undo this decision").focus()
    page.keyboard.press("Enter")
    expect(main).to_contain_text("This decision cannot be undone yet")
    expect(main).to_contain_text(
        "“Final plan sent to the family” on 25 September 2025 rests on this. Undo that first."
    )
    check_accessibility(page)
    page.get_by_role("link", name="Undo: Final plan sent to the family").focus()
    page.keyboard.press("Enter")

    expect(page).to_have_title(
        "Undo: Final plan sent to the family, 25 September 2025: Rowan Heath - Waymark"
    )
    check_accessibility(page)
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Enter why the decision was recorded by mistake")
    page.get_by_label("Why was this decision recorded by mistake?").fill("It was Robin’s plan")
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    expect(main).to_contain_text("The plan made on 25 September 2025 is taken out of the records")
    expect(main).to_contain_text("Section I no longer names Otterbrook Primary School.")
    expect(main).to_contain_text("Send the final plan (20 weeks): runs again, due by 20 October 2025.")
    expect(main).to_contain_text(
        "Write to the family: they were told of the final plan on 25 September 2025."
    )
    check_accessibility(page)
    page.get_by_role("button", name="Undo the decision").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Decision undone")
    expect(main).to_contain_text("Tell the setting that the plan names, and the health commissioner.")
    check_accessibility(page)
    assert not Plan.objects.exists()

    page.get_by_role("link", name="Go to Rowan Heath’s timeline").focus()
    page.keyboard.press("Enter")
    struck = page.locator(".moj-timeline__item").filter(has_text="Final plan sent to the family")
    expect(struck).to_contain_text("recorded by mistake, undone by Wren Underhill. It was Robin’s plan")
    expect(struck.get_by_role("link")).to_have_count(0)
    check_accessibility(page)
    page.get_by_role("link", name="History", exact=True).click()
    expect(main).to_contain_text("Plan (made 25 September 2025) removed")
    check_accessibility(page)
