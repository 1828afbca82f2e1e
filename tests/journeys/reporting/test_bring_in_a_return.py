"""A data officer brings a return in: upload, preview, doubtful match, go-ahead, list to mend. With and without script."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from casework.models import Child, RoleCode
from reporting.models import ReturnImport
from reporting.services import imports
from tests.factories.people import PASSWORD, UserFactory
from tests.reporting.returns import factory as f

AS_AT = date(2026, 6, 1)
pytestmark = pytest.mark.journey


@pytest.fixture
def officer(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return UserFactory(role=RoleCode.DATA_OFFICER)


def _sign_in(page, officer):
    page.goto("/sign-in/")
    page.get_by_label("Email").fill(officer.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def _file(folder: Path, people) -> str:
    return str(f.write(folder / "fernshire-2026.xml", people))


def _latest():
    return ReturnImport.objects.latest("pk").pk


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_bring_in_a_return(script, open_page, officer, tmp_path, check_accessibility):
    page = open_page(java_script_enabled=script, viewport={"width": 1366, "height": 768})
    check = check_accessibility if script else lambda _page: None
    _sign_in(page, officer)
    page.goto("/data/")
    check(page)
    people = [
        f.person(1, f.held()),
        f.person(2, f.refused(), UPN=None, UPNunknown="UN2"),
        f.person(2, f.refused("2025-06-02", "2025-07-01"), UPN=None, PostCode="ZZ2 2AA", UPNunknown="UN2"),
        f.person(4, f.refused(RequestSource=None), PersonBirthDate="2030-01-01"),
        f.person(5, f.undecided(), UPN="A801200001001"),
    ]

    page.get_by_role("button", name="Bring in a SEN2 return").click()
    check(page)
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_text("Select the SEN2 return").first).to_be_visible()
    page.get_by_label("SEN2 return").set_input_files(_file(tmp_path, people))
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Checking fernshire-2026.xml")
    check(page)

    imports.check(import_id=_latest(), as_at=AS_AT)
    page.goto(page.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the return")
    expect(page.get_by_text("Nothing has been written yet")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Import 3 people").click()
    expect(page.get_by_text("Tick the box to import the others").first).to_be_visible()

    page.get_by_label("No, a different child").check()
    page.get_by_role("button", name="Record the answer").click()
    expect(page.get_by_text("the answer has been recorded")).to_be_visible()
    page.get_by_role("button", name="Check the file again").click()
    imports.check(import_id=_latest(), as_at=AS_AT)
    page.goto(page.url)
    page.get_by_label("Leave out the persons with errors").check()
    page.get_by_role("button", name="Import 4 people").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Importing fernshire-2026.xml")

    imports.import_now(import_id=_latest(), as_at=AS_AT)
    page.goto(page.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("The return has been imported")
    check(page)
    assert Child.objects.count() == 4
    page.get_by_role("link", name="SIB-1510").click()
    expect(page.get_by_text("wrong check letter")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Open").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Testfield")
