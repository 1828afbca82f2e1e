"""Advice from the request to the panel's decision, in a browser."""

import datetime

import pytest
from playwright.sync_api import expect

from casework.models import AdviceBody, AdviceChase, AdviceRequest, Answer, Decision, PanelOutcome
from casework.services import advice, decisions
from casework.services.advice import Ask
from tests.factories.children import ChildFactory
from tests.factories.places import EstablishmentFactory, PlacementFactory
from tests.journeys.casework.conftest import TODAY, enter_date

pytestmark = pytest.mark.journey
D = datetime.date


@pytest.fixture
def assessing(caseworker, log_for):
    """Opens an assessment of a child, decided on 10 July 2025."""

    def decide(child):
        case = log_for(child)
        decisions.decide_to_assess(
            case=case, decided_on=D(2025, 7, 10), told_on=D(2025, 7, 11), by=caseworker, on=TODAY
        )
        return case

    return decide


def go(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()


def shot(page, name):
    page.set_viewport_size({"width": 1366, "height": 768})
    page.screenshot(path=f"test-results/assessment-{name}.png", full_page=True)


def test_advice_from_the_request_to_the_decision(
    page, sign_in, caseworker, rowan, assessing, check_accessibility
):
    school = EstablishmentFactory(name="Otterbrook Primary School")
    PlacementFactory(child=rowan, establishment=school, starts_on=D(2020, 9, 1))
    assessing(rowan)
    sign_in(page, caseworker)
    page.get_by_role("link", name="Heath, Rowan").first.click()
    go(page, "Assessment")
    expect(page).to_have_title("Assessment: Rowan Heath - Waymark")
    expect(page.get_by_role("main")).to_contain_text(
        "Not asked yet: parents or young person, school, college"
    )
    check_accessibility(page)

    # Ask the five bodies the law names, in one step, by keyboard.
    page.get_by_role("button", name="Ask for advice").press("Enter")
    expect(page.get_by_label("Educational psychologist")).to_be_checked()
    expect(page.get_by_label("Preparation for adulthood")).not_to_be_checked()
    expect(page.get_by_label("Which setting, and who there?")).to_have_value("Otterbrook Primary School")
    check_accessibility(page)
    shot(page, "ask")
    page.get_by_label("Someone the family asks for").press("Space")
    page.get_by_role("button", name="Continue").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Enter who is asked: someone the family asks for")
    page.get_by_label("Whom did the family ask you to ask?").fill("Marlow Reed, play therapist")
    enter_date(page, "asked_on", D(2025, 7, 14))
    page.get_by_role("button", name="Continue").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Each has six weeks, until 25 August 2025")
    check_accessibility(page)
    page.get_by_role("button", name="Record the requests").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("0 of 6 pieces of advice in hand, 6 late")
    check_accessibility(page)
    row = page.get_by_role("row").filter(has_text="Educational psychologist")
    row.get_by_text("Why this date").click()
    expect(row).to_contain_text("14 July 2025 + 6 weeks (42 days) = 25 August 2025")
    shot(page, "late")

    # Chase one.
    row.get_by_role("link", name="Chase").press("Enter")
    check_accessibility(page)
    page.get_by_label("Telephone call").check()
    page.get_by_label("What was said?").fill("Report promised for Friday")
    enter_date(page, "next_on", D(2025, 10, 3))
    page.get_by_role("button", name="Record the chase").click()
    expect(page.get_by_role("main")).to_contain_text("The chase is recorded for 1 request for advice")
    row.get_by_text("1, last 1 Oct 2025").click()
    expect(row).to_contain_text("Report promised for Friday")

    # Receive three.
    page.get_by_role("button", name="Record advice received").click()
    for name in ("Parents or young person", "Otterbrook", "Health"):
        page.get_by_label(name).check()
    enter_date(page, "received_on", D(2025, 7, 10))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("must be the same as or after 14 July 2025")
    check_accessibility(page)
    enter_date(page, "received_on", D(2025, 8, 27))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text("Health: 2 days late.")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("3 of 6 pieces of advice in hand, 3 late")

    # Existing advice: two agree, then the third.
    row.get_by_role("link", name="Existing advice").click()
    page.get_by_label("Which advice?").fill("Psychologist's report for the nursery")
    page.get_by_label("Who agreed for the person who gave the advice?").fill("Dr Fern Dale")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the day the person who gave the advice agreed")
    enter_date(page, "adviser_agreed_on", D(2025, 9, 1))
    page.get_by_label("Who agreed for the authority?").fill("Wren Underhill")
    enter_date(page, "authority_agreed_on", D(2025, 9, 2))
    shot(page, "existing")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text(
        "Not accepted yet: the parents or young person must agree too"
    )
    check_accessibility(page)
    page.get_by_role("button", name="Record", exact=True).click()
    expect(row).to_contain_text("family has not agreed")
    row.get_by_role("link", name="Existing advice").click()
    expect(page.get_by_label("Who agreed for the authority?")).to_have_value("Wren Underhill")
    page.get_by_label("Who agreed for the parents or young person?").fill("Briar Heath, mother")
    enter_date(page, "family_agreed_on", D(2025, 9, 4))
    check_accessibility(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(row).to_contain_text("Existing advice used")
    check_accessibility(page)

    # The panel recommends, the decision takes it over.
    go(page, "Record what a panel recommended")
    expect(page.get_by_role("main")).to_contain_text("Record the panel's meeting first")
    page.get_by_label("Which panel?").fill("SEND panel")
    enter_date(page, "held_on", D(2025, 9, 29))
    page.get_by_label("Who was present?").fill("Sorrel Finch, headteacher (chair)\nAsh Marlow, head of SEND")
    check_accessibility(page)
    page.get_by_role("button", name="Record the meeting").click()
    page.get_by_label("Issue a plan", exact=True).check()
    page.get_by_label("The panel's reasons").fill("The school cannot meet these needs from what it has.")
    page.get_by_label("Band recommended").fill("Band C")
    check_accessibility(page)
    shot(page, "panel")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text(
        "Educational psychologist, existing advice used 4 September 2025"
    )
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Not decided yet")
    check_accessibility(page)
    shot(page, "child")
    page.get_by_role("button", name="Decide whether to issue").click()
    expect(page.get_by_label("Issue an EHC plan")).to_be_checked()
    expect(page.get_by_role("main")).to_contain_text(
        "SEND panel, 29 September 2025 recommended: issue a plan"
    )
    check_accessibility(page)
    shot(page, "decide")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("[name=decided_on-day]")).to_have_value("29")
    enter_date(page, "told_on", D(2025, 9, 30))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text("SEND panel, 29 September 2025: issue a plan")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decision recorded")
    decision = Decision.objects.get(answer=Answer.ISSUE)
    assert PanelOutcome.objects.get().decision == decision
    assert AdviceRequest.objects.filter(received_on=D(2025, 8, 27)).count() == 3
    page.goto("/panels/")
    check_accessibility(page)
    page.get_by_role("link", name="SEND panel, 29 September 2025").click()
    expect(page.get_by_role("row", name="Heath, Rowan")).to_contain_text("Issue a plan")
    check_accessibility(page)


def test_chasing_several_at_once(page, sign_in, caseworker, rowan, assessing, check_accessibility):
    for number in range(24):
        case = assessing(rowan if not number else ChildFactory(surname=f"Thicket{number}", forename="Sorrel"))
        bodies = [AdviceBody.PSYCHOLOGY, AdviceBody.HEALTH][: 1 + number % 2]
        advice.ask(
            case=case, whom=[Ask(body) for body in bodies], asked_on=D(2025, 7, 14) + datetime.timedelta(days=number),
            by=caseworker, on=TODAY,
        )  # fmt: skip
    sign_in(page, caseworker)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.get_by_role("link", name="Advice", exact=True).press("Enter")
    expect(page).to_have_title("Advice outstanding - Waymark")
    expect(page.get_by_role("main")).to_contain_text("36 late, 36 to chase today, 36 in all")
    check_accessibility(page)
    page.screenshot(path="test-results/advice-list.png")
    seen = [row.bounding_box() for row in page.get_by_role("row").all()]
    assert sum(box["y"] + box["height"] <= 768 for box in seen) > 15
    page.get_by_role("list", name="By body").get_by_role("link", name="Health").press("Enter")
    expect(page.get_by_role("row")).to_have_count(13)
    page.get_by_label("Choose all").press("Space")
    page.get_by_label("Sorrel Thicket23: Health").press("Space")
    page.get_by_role("button", name="Record a chase of those chosen").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Chase 11 requests for advice")
    check_accessibility(page)
    page.get_by_label("E-mail").press("Space")
    page.get_by_role("button", name="Record the chase").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("The chase is recorded for 11 requests for advice")
    assert AdviceChase.objects.count() == 11
    page.go_back()
    page.go_back()
    page.goto("/advice/chase/")
    expect(page.get_by_role("main")).to_contain_text("Select the advice to chase first")
    page.get_by_role("link", name="Only my children").click()
    expect(page.get_by_role("row")).to_have_count(2)
