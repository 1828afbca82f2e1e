"""A refusal to assess through mediation and the Tribunal to the assessment, and the board, in a browser."""

import datetime

import pytest
from playwright.sync_api import expect

from casework.models import Case, CaseKind, DirectionKind, RequestState
from casework.rules.appeal_rights import Appealable
from casework.services import appeals, decisions, disagreements, mediation, tribunal
from tests.factories.cases import CaseAssignmentFactory
from tests.factories.children import ChildFactory
from tests.journeys.casework.conftest import TODAY, enter_date

pytestmark = pytest.mark.journey
D = datetime.date
TOLD = D(2025, 7, 7)


@pytest.fixture
def refused(rowan, log_for, caseworker):
    """Rowan's request of 2 June 2025, refused an assessment on 7 July."""
    case = log_for(rowan)
    decisions.refuse_to_assess(
        case=case, limb="not_necessary", grounds=["progress"], reasons="Why not.", decided_on=TOLD, told_on=TOLD,
        by=caseworker, on=TODAY,
    )  # fmt: skip
    return case


def press(page, name):
    """Press a button the way people without a mouse do."""
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def test_an_appeal_from_the_refusal_to_the_assessment(
    page, sign_in, caseworker, rowan, refused, check_accessibility, settings
):
    sign_in(page, caseworker)
    page.goto(f"/children/{rowan.public_id}/disagreements/")
    main = page.get_by_role("main")
    expect(page).to_have_title("Disagreements: Rowan Heath - Waymark")
    # 7 July + 2 months, before today's 1 October: lapsed, but the certificate was to come.
    expect(main).to_contain_text("7 Sep 2025")
    check_accessibility(page)

    page.get_by_role("link", name="Record mediation").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_title("Record mediation: Rowan Heath - Waymark")
    check_accessibility(page)
    page.get_by_label("The adviser has issued the certificate").check()
    enter_date(page, "happened_on", D(2025, 7, 1))
    page.get_by_label("Note").fill("By e-mail from the adviser")
    press(page, "Continue")
    expect(page.get_by_role("alert")).to_contain_text("must be the same as or after 7 July 2025")
    expect(page.get_by_label("Note")).to_have_value("By e-mail from the adviser")
    check_accessibility(page)
    enter_date(page, "happened_on", D(2025, 9, 4))
    press(page, "Continue")
    expect(main).to_contain_text("The family may appeal until 4 October 2025.")
    check_accessibility(page)
    press(page, "Record")
    expect(main).to_contain_text("Certificate issued, no agreement to carry out")
    expect(page.get_by_role("table", name="Rights of appeal that run")).to_contain_text("4 Oct 2025")
    page.get_by_text("Why this date").first.click()
    expect(main).to_contain_text("the later counts")
    check_accessibility(page)

    page.get_by_role("link", name="Record an appeal").click()
    check_accessibility(page)
    enter_date(page, "registered_on", D(2025, 9, 22))
    page.get_by_label("The Tribunal's reference").fill("EH000/25/00001")
    enter_date(page, "response_due_on", D(2025, 10, 6))
    enter_date(page, "hearing_on", D(2025, 11, 24))
    page.get_by_label("Tribunal officer").select_option(label="Wren Underhill")
    press(page, "Continue")
    expect(main).to_contain_text("The appeal is in time: the last day was 4 October 2025.")
    check_accessibility(page)
    press(page, "Record the appeal")
    expect(main).to_contain_text("EH000/25/00001")
    page.screenshot(path="test-results/disagreements-child.png", full_page=True)
    check_accessibility(page)

    page.get_by_role("link", name="Add a direction of the Tribunal").click()
    page.get_by_label("Further evidence").check()
    page.get_by_label("What is to be done, in its words").fill("The school's records of support")
    enter_date(page, "due_on", D(2025, 10, 20))
    press(page, "Continue")
    press(page, "Record")
    page.get_by_role("row", name="Response to the appeal").get_by_role("link").click()
    check_accessibility(page)
    page.get_by_label("It was done").check()
    enter_date(page, "happened_on", D(2025, 9, 30))
    press(page, "Continue")
    press(page, "Record")

    page.get_by_role("link", name="Record an order").click()
    check_accessibility(page)
    page.get_by_label("Assess or re-assess").check()
    enter_date(page, "made_on", D(2025, 9, 29))
    page.get_by_label("The terms, in its words").fill(
        "The authority shall carry out an EHC needs assessment."
    )
    press(page, "Continue")
    expect(main).to_contain_text("Order to assess: send the final plan (14 weeks): due by 5 January 2026.")
    check_accessibility(page)
    press(page, "Record")
    expect(main).to_contain_text("Order to carry out")

    page.get_by_role("link", name="Record what was done to carry it out").click()
    page.get_by_label("Family told of the decision to assess").check()
    enter_date(page, "happened_on", D(2025, 9, 30))
    press(page, "Continue")
    expect(main).to_contain_text("Order to assess: tell the family you will (2 weeks): met.")
    expect(main).to_contain_text("The request is taken up again")
    check_accessibility(page)
    press(page, "Record")
    page.get_by_role("link", name="Overview").click()
    expect(main.get_by_text("Decide whether to issue")).to_be_visible()
    page.get_by_role("link", name="Timeline").click()
    expect(main).to_contain_text("Order: assess or re-assess")
    check_accessibility(page)
    refused.request.refresh_from_db()
    assert refused.request.state == RequestState.ASSESSING
    assert refused.request.appeal_on_assess is True
    appeal = Case.objects.get(kind=CaseKind.APPEAL)
    assert appeal.clocks.get(rule_code="H2").stopped_on == D(2025, 9, 30)


def test_the_board(page, sign_in, caseworker, refused, rowan, check_accessibility):
    by = {"by": caseworker, "on": TODAY}
    against = list(Appealable)
    for number in range(24):
        child = ChildFactory(surname=f"Thicket{number}", forename="Sorrel")
        CaseAssignmentFactory(child=child, user=caseworker)
        about = disagreements.earlier_decision(
            child=child, against=against[number % 6], sent_on=D(2025, 7, 1 + number), on=TODAY
        )
        if number % 3 == 2:
            mediation.open_with_request(about=about, wants="education", told_on=D(2025, 9, 1 + number), **by)
            continue
        case = appeals.register(
            about=about, registered_on=D(2025, 8, 28), sections="BF" if about.against == "contents" else "",
            officer=caseworker if number % 2 else None, response_due_on=D(2025, 9, 25) + datetime.timedelta(days=number),
            hearing_on=D(2025, 11, 3) + datetime.timedelta(days=number * 5), **by,
        )  # fmt: skip
        if number % 4 == 0:
            tribunal.direct(
                case=case,
                kind=DirectionKind.WORKING_DOCUMENT,
                text="Second version",
                due_on=D(2025, 10, 30),
                **by,
            )
    sign_in(page, caseworker)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.get_by_role("link", name="Appeals", exact=True).click()
    expect(page).to_have_title("Mediation and appeals - Waymark")
    page.screenshot(path="test-results/disagreements-board.png")
    page.screenshot(path="test-results/disagreements-board-full.png", full_page=True)
    check_accessibility(page)
    page.get_by_role("link", name="Hearings in 8 weeks").first.press("Enter")
    page.wait_for_url("**part=hearings")
    expect(page.get_by_role("main")).to_contain_text("3 Nov 2025")
    check_accessibility(page)
    page.get_by_role("link", name="All open").click()
    page.get_by_role("table", name="Open mediation and appeals by the decision disputed").get_by_role(
        "row", name="Decision to cease the plan"
    ).get_by_role("link").first.click()
    expect(page.get_by_role("main")).to_contain_text("4 open")
    check_accessibility(page)
