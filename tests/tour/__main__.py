"""`python -m tests.tour [ADDRESS] [NAME ...]`: take the pictures of docs/tour, all or those named.

It signs in as the people of the demonstration and goes where the tour goes. `make demo` has to be running; nothing is
changed in it, so the pictures can be taken again after any change of a page.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

# The browser's flags stand beside paths that the settings know.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

from tests.fixtures.browser import FLAGS

FOLDER = Path(__file__).resolve().parents[2] / "docs/tour"
PASSWORD = "fernshire-demonstration"
CASEWORKER, MANAGER = "caseworker@fernshire.example", "manager@fernshire.example"
WIDE = {"width": 1366, "height": 768}


def at(address: str) -> Callable[[Page], None]:
    """Go straight to a page."""
    return lambda page: page.goto(address) and None


def child(name: str, section: str = "", then: Callable[[Page], None] | None = None) -> Callable[[Page], None]:
    """Find a child by name as a person would, and open a section of the record."""

    def go(page: Page) -> None:
        forename, surname = name.split(" ")
        page.goto(f"/children/?q={forename}+{surname}")
        page.get_by_role("link", name=f"{surname}, {forename}").first.click()
        if page.get_by_label("Reason").count():
            page.get_by_label("Reason").fill("Preparing the review of the plan")
            page.get_by_role("button", name="Open the record").click()
        if section:
            page.get_by_role("navigation", name="Sections of this child's record").get_by_role(
                "link", name=section, exact=True
            ).click()
        if then:
            then(page)

    return go


def press(name: str) -> Callable[[Page], None]:
    """Follow the link or press the button with this name."""
    return lambda page: (
        page.get_by_role("main").locator(f"a:has-text('{name}'), button:has-text('{name}')").first.click()
    )


def unfold(page: Page) -> None:
    """Open the first explanation of the page."""
    page.locator("main details summary").first.click()


PICTURES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "my-work": (CASEWORKER, at("/my-work/")),
    "search": (CASEWORKER, at("/children/?q=twinmor")),
    "child": (CASEWORKER, child("Tamsin Waitwell")),
    "why-this-date": (CASEWORKER, child("Heron Farafield", "Dates", unfold)),
    "assessment": (CASEWORKER, child("Tamsin Waitwell", "Assessment")),
    "decide": (CASEWORKER, child("Sorrel Freshwater", then=press("Decide whether to assess"))),
    "reviews": (CASEWORKER, child("Rush Amendbury", "Reviews")),
    "plan-comparison": (CASEWORKER, child("Rush Amendbury", "Plan", press("Compare"))),
    "disagreements": (CASEWORKER, child("Linnet Orderham", "Disagreements")),
    "moves": (CASEWORKER, child("Aspen Newcombe", "Moves and responsibility")),
    "identity": (CASEWORKER, child("Ivy Twinmoor", "Identity")),
    "review-board": (CASEWORKER, at("/reviews/")),
    "phase-transfers": (MANAGER, at("/reviews/phase-transfers/")),
    "people": (CASEWORKER, child("Jay Callington", "People")),
    "contact-log": (CASEWORKER, child("Jay Callington", "Contact log")),
    "history": (MANAGER, child("Tamsin Waitwell", "History")),
    "restricted": (CASEWORKER, child("Merle Hushcombe")),
    "team": (MANAGER, at("/my-work/team/")),
    "reports": (MANAGER, at("/reports/")),
    "indicator": (MANAGER, at("/reports/D1/")),
}


def main(address: str = "http://127.0.0.1:8000", *names: str) -> None:
    """Take the pictures, each in a browser context of its own."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        pages: dict[str, Page] = {}
        for name in names or PICTURES:
            email, go = PICTURES[name]
            page = pages.setdefault(email, _signed_in(browser, address, email))
            go(page)
            page.screenshot(path=FOLDER / f"{name}.png")
            print(f"{name}: {page.title()}")
        browser.close()


def _signed_in(browser: Browser, address: str, email: str) -> Page:
    page = browser.new_context(base_url=address, viewport=WIDE, locale="en-GB").new_page()
    page.set_default_timeout(10_000)
    page.goto("/my-work/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return page


if __name__ == "__main__":
    main(*sys.argv[1:])
