"""A caseworker at a real browser, on a stated day."""

import datetime

import pytest

from casework.models import Channel, RequestSource, RoleCode
from casework.services import requests
from tests.casework.conftest import MONDAY
from tests.factories.cases import CaseAssignmentFactory
from tests.factories.children import AreaFactory, ChildFactory
from tests.factories.people import PASSWORD, UserFactory

TODAY = datetime.date(2025, 10, 1)


@pytest.fixture(autouse=True)
def _stated_day(settings, transactional_db):
    settings.WAYMARK_TODAY = str(TODAY)


@pytest.fixture
def caseworker(transactional_db):
    return UserFactory(name="Wren Underhill", role=RoleCode.CASEWORKER)


@pytest.fixture
def rowan(caseworker):
    """A child the caseworker leads, without request or plan."""
    child = ChildFactory(
        surname="Heath",
        forename="Rowan",
        date_of_birth=datetime.date(2016, 5, 4),
        area=AreaFactory(name="North"),
    )
    CaseAssignmentFactory(child=child, user=caseworker)
    return child


@pytest.fixture
def sign_in():
    """Signs a person in, the way people do."""

    def sign(page, user):
        page.goto("/")
        page.get_by_label("Email").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()

    return sign


def enter_date(page, name, day):
    """Fill the three boxes of a date."""
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name={name}-{part}]").fill(str(value))


@pytest.fixture
def log_for(caseworker):
    """Logs a school's request of Monday 2 June 2025 for a child."""

    def log(child):
        return requests.log_request(
            child=child,
            source=RequestSource.SCHOOL,
            received_on=MONDAY,
            channel=Channel.EMAIL,
            by=caseworker,
            on=TODAY,
        )

    return log
