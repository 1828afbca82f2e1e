"""Finding a child while typing, in a browser."""

import re

import pytest
from playwright.sync_api import expect

from casework.models import AccessLogEntry, IdentifierScheme
from tests.factories.children import ChildFactory, ChildIdentifierFactory

pytestmark = pytest.mark.journey


def test_whoever_types_a_name_sees_who_it_finds(page, sign_in, caseworker, rowan, check_accessibility):
    other = ChildFactory(surname="Marsh", forename="Linnet")
    ChildIdentifierFactory(child=other, scheme=IdentifierScheme.LOCAL, value="L0098765")
    sign_in(page, caseworker)
    page.goto("/children/")
    box = page.locator("#find-a-child")
    found = page.locator("#found")

    box.press_sequentially("mars")
    expect(found).to_contain_text("Marsh, Linnet")
    expect(page.get_by_role("status").first).to_have_text("1 found by name")
    expect(page).to_have_url(re.compile(r"/children/\?q=mars$"))
    check_accessibility(page)

    box.fill("")
    box.press_sequentially("L0098765")
    expect(page.get_by_role("status").first).to_have_text("1 found by number")
    assert not AccessLogEntry.objects.filter(child=other).exists(), "typing a number must not open the record"
    box.press("Enter")
    expect(page).to_have_title("Overview: Linnet Marsh - Waymark")
    assert AccessLogEntry.objects.filter(child=other).count() == 1

    page.goto("/children/")
    box.press_sequentially("zzzzzz")
    expect(found).to_contain_text("Nobody found")
    expect(page.get_by_role("status").first).to_have_text("Nobody found")
