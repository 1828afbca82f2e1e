"""A plan from its draft to an amendment, in a browser."""

import datetime

import pytest
from playwright.sync_api import expect

from casework.models import Answer, MilestoneKind, PlanText, TextState
from casework.services import milestones, plan_texts, reviews
from tests.casework.plan_words import AMENDED, PLAN
from tests.factories.places import EstablishmentFactory
from tests.journeys.casework.conftest import TODAY, enter_date

pytestmark = pytest.mark.journey
D = datetime.date
M = MilestoneKind


@pytest.fixture
def case(rowan, log_for, caseworker):
    """A request with the decision to issue a plan."""
    case = log_for(rowan)
    for kind, day in ((M.DECIDED_TO_ASSESS, D(2025, 7, 1)), (M.DECIDED_TO_ISSUE, D(2025, 8, 20))):
        milestones.record(case=case, kind=kind, happened_on=day, by=caseworker, on=TODAY)
    EstablishmentFactory(name="Brambleside Primary School", urn=900321)
    return case


def look(page, name):
    page.set_viewport_size({"width": 1366, "height": 768})
    page.screenshot(path=f"test-results/plan-{name}.png", full_page=True)


def test_a_plan_from_draft_to_amendment(
    page, sign_in, caseworker, rowan, case, check_accessibility, settings
):
    sign_in(page, caseworker)
    page.goto(f"/children/{rowan.public_id}/plan/")
    expect(page).to_have_title("Plan: Rowan Heath - Waymark")
    check_accessibility(page)
    page.get_by_role("button", name="Write the draft").press("Enter")
    expect(page).to_have_title("Draft plan: Rowan Heath - Waymark")
    expect(page.get_by_role("main")).to_contain_text("11 things missing")
    check_accessibility(page)

    # One section a page; what was typed wrongly is explained and kept.
    page.get_by_role("link", name="B Educational needs").click()
    page.get_by_label("Type of need").select_option("SLCN")
    page.get_by_role("button", name="Save and add another").click()
    expect(page.get_by_role("alert")).to_contain_text("Need 1: enter the need")
    expect(page.get_by_label("Type of need")).to_have_value("SLCN")
    check_accessibility(page)
    page.get_by_label("Need, as the plan says it").fill("Rowan follows one instruction at a time.")
    page.get_by_role("button", name="Save and add another").press("Enter")
    expect(page.get_by_role("group", name="Need 1")).to_be_visible()
    expect(page.get_by_role("group", name="Add a need")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Need 1: No provision in section F meets it")
    check_accessibility(page)
    page.get_by_role("link", name="F Educational provision").click()
    page.get_by_label("What is provided").fill("Access to speech and language therapy as required")
    page.get_by_label("Need 1: Rowan follows one instruction at a time.").check()
    page.get_by_role("button", name="Save and add another").click()
    expect(page.get_by_role("main")).to_contain_text("Could be more exact than “Access to”, “as required”")
    expect(page.get_by_role("main")).to_contain_text("Is not quantified: how much and how often")
    look(page, "section-f")
    check_accessibility(page)

    # The rest is written at one go, as another system would.
    plan_texts.write_whole(case=case, content=PLAN, by=caseworker)
    page.get_by_role("link", name="All sections").click()
    look(page, "draft")
    check_accessibility(page)
    page.get_by_role("link", name="F Educational provision").click()
    look(page, "section-f-full")
    check_accessibility(page)
    page.get_by_role("link", name="All sections").click()
    page.get_by_role("link", name="Read the whole draft").click()
    look(page, "read")
    check_accessibility(page)
    page.get_by_role("link", name="Go on writing").click()
    page.get_by_role("button", name="Record that it was sent to the family").click()
    check_accessibility(page)
    enter_date(page, "served_on", D(2025, 9, 8))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text("must not be sent before 23 September 2025")
    check_accessibility(page)
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("With the family")

    page.get_by_role("link", name="Record what the family said").click()
    enter_date(page, "received_on", D(2025, 9, 18))
    page.get_by_label("What did they say?").fill("Rowan’s mother asks for therapy twice a week.")
    check_accessibility(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="Change the draft after what the family said").click()
    page.get_by_role("link", name="F Educational provision").click()
    page.get_by_role("group", name="Provision F1").get_by_label("How many times").fill("2")
    page.get_by_role("button", name="Save and see all sections").click()
    page.get_by_role("link", name="See what has changed").click()
    expect(page.get_by_role("main")).to_contain_text("1 of 12 sections differ")
    check_accessibility(page)

    page.goto(f"/children/{rowan.public_id}/plan/")
    page.get_by_role("link", name="Issue the final plan").click()
    enter_date(page, "issued_on", D(2025, 9, 25))
    expect(page.get_by_label("Primary need")).to_have_value("SLCN")
    expect(page.get_by_label("Secondary need, if any")).to_have_value("ASD")
    page.get_by_label("A setting", exact=True).check()
    page.get_by_label("Name or URN of the setting").fill("900321")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text("becomes the text of the plan and is sealed")
    check_accessibility(page)
    page.get_by_role("button", name="Record the final plan").click()
    final = PlanText.objects.get(state=TextState.FINAL)
    assert final.provision.get(position=1, section="F").times == 2

    # A year on, an amendment.
    settings.WAYMARK_TODAY = "2026-06-30"
    review = reviews.review_of(final.plan_version.plan, on=D(2026, 6, 30), by=caseworker).case
    on = {"by": caseworker, "on": D(2026, 6, 30)}
    reviews.hold_meeting(case=review, held_on=D(2026, 5, 5), **on)
    reviews.decide(
        case=review, answer=Answer.AMEND, reasons="Outcomes met.", decided_on=D(2026, 5, 19), told_on=D(2026, 5, 20), **on
    )  # fmt: skip
    page.goto(f"/children/{rowan.public_id}/plan/")
    page.get_by_role("button", name="Write the draft").click()
    plan_texts.write_whole(case=review, content=AMENDED, by=caseworker)
    page.reload()
    page.get_by_role("button", name="Record that it was sent to the family").click()
    enter_date(page, "served_on", D(2026, 5, 22))
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Record", exact=True).click()
    look(page, "versions")
    check_accessibility(page)
    page.get_by_role("link", name="Compare Proposed amendments sent on 22 May 2026").click()
    expect(page.get_by_role("main")).to_contain_text("1 row added, 1 row removed, 1 row changed")
    look(page, "compare")
    page.screenshot(path="test-results/plan-compare-top.png")
    check_accessibility(page)
    page.emulate_media(media="print")
    look(page, "compare-print")
