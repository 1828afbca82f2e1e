"""The history of a child's records, read in a browser and narrowed by keyboard."""

import datetime

import pytest
from playwright.sync_api import expect

from casework.audit import acting_as
from casework.models import Channel, Child, RequestSource, RoleCode
from casework.services import decisions, requests
from tests.casework.conftest import MONDAY
from tests.factories.children import ChildAddressFactory
from tests.factories.money import CostLineFactory
from tests.factories.people import UserFactory
from tests.factories.places import EstablishmentFactory, PlacementFactory
from tests.journeys.casework.conftest import TODAY

pytestmark = pytest.mark.journey


def what_happened(rowan, caseworker):
    """A move, a name that changed, a request that was refused, a place and its cost."""
    with acting_as(None, source="SEN2 2025 return: fernshire-2025.xml"):
        address = ChildAddressFactory(child=rowan, lines="1 Mill Lane", postcode="ZZ1 1AA")
        place = PlacementFactory(
            child=rowan, establishment=EstablishmentFactory(name="Otterbrook Primary School")
        )
    with acting_as(caseworker, reason="Deed poll seen on 3 March"):
        Child.objects.filter(pk=rowan.pk).update(surname="Moss")
    with acting_as(caseworker):
        type(address).objects.filter(pk=address.pk).update(lines="14 Weir Cottages", postcode="ZZ3 3CC")
    with acting_as(UserFactory(name="Ash Merrow")):
        CostLineFactory(child=rowan, placement=place, kind="therapy", amount="1300", band=None)
    case = requests.log_request(
        child=rowan,
        source=RequestSource.SCHOOL,
        received_on=MONDAY,
        channel=Channel.EMAIL,
        by=caseworker,
        on=TODAY,
    )
    decisions.refuse_to_assess(
        case=case, limb="not_necessary", grounds=["progress"],
        reasons="Rowan’s reading has caught up with the support that the school gives.",
        decided_on=datetime.date(2025, 7, 9), told_on=datetime.date(2025, 7, 10), by=caseworker, on=TODAY,
    )  # fmt: skip


def test_who_changed_what_is_found_by_keyboard(page, sign_in, caseworker, rowan, check_accessibility):
    what_happened(rowan, caseworker)
    page.set_viewport_size({"width": 1366, "height": 768})
    manager = UserFactory(name="Mira Quillfeather", role=RoleCode.MANAGER)
    sign_in(page, manager)
    page.goto(f"/children/{rowan.public_id}/")
    page.get_by_role("link", name="History", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_title("History: Rowan Moss - Waymark")
    table = page.get_by_role("table")
    expect(table).to_contain_text("Surname changed from “Heath” to “Moss”")
    expect(table).to_contain_text("Reason: Deed poll seen on 3 March")
    expect(table).to_contain_text("Decision recorded: refuse to assess")
    expect(table).to_contain_text("SEN2 2025 return: fernshire-2025.xml")
    expect(table).to_contain_text("£1,300.00")
    check_accessibility(page)

    page.get_by_text("Filter", exact=False).first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("What", exact=True).select_option("Address")
    page.get_by_label("Who", exact=True).select_option("Wren Underhill")
    page.get_by_label("Who", exact=True).press("Enter")
    page.get_by_role("button", name="Apply").press("Enter")
    expect(table).to_contain_text("Lines changed from “1 Mill Lane” to “14 Weir Cottages”")
    expect(table).not_to_contain_text("Moss”")
    check_accessibility(page)

    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    assert "14 Weir Cottages" in download.value.path().read_text(encoding="utf-8-sig")


def test_a_caseworker_reads_it_without_costs_and_without_script(open_page, sign_in, caseworker, rowan):
    what_happened(rowan, caseworker)
    page = open_page(java_script_enabled=False)
    sign_in(page, caseworker)
    page.goto(f"/children/{rowan.public_id}/history/")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Otterbrook Primary School")
    expect(main).not_to_contain_text("£1,300.00")
    expect(main.get_by_role("link", name="Download as CSV")).to_have_count(0)
