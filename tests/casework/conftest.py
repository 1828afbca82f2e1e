"""A caseworker, a child and a day."""

import datetime

import pytest

from casework.models import Channel, RequestSource, RoleCode
from casework.services import advice, decisions, requests
from tests.factories.children import ChildFactory
from tests.factories.people import UserFactory

MONDAY = datetime.date(2025, 6, 2)
MUCH_LATER = MONDAY + datetime.timedelta(days=200)
ASKED, CAME = MONDAY + datetime.timedelta(days=33), MONDAY + datetime.timedelta(days=60)


@pytest.fixture
def caseworker(db):
    """Somebody who may work cases."""
    return UserFactory(name="Wren Underhill", role=RoleCode.CASEWORKER)


@pytest.fixture
def child(db):
    """A child with a date of birth well before the requests."""
    return ChildFactory(surname="Heath", forename="Rowan", date_of_birth=datetime.date(2016, 5, 4))


@pytest.fixture
def log_request(caseworker, child):
    """Logs a school's request of Monday 2 June 2025, with what a test wants to be different."""

    def log(**different):
        return requests.log_request(
            **{
                "child": child,
                "source": RequestSource.SCHOOL,
                "received_on": MONDAY,
                "channel": Channel.EMAIL,
                "by": caseworker,
                "on": MONDAY,
            }
            | different
        )

    return log


@pytest.fixture
def assessment(log_request, caseworker):
    """An assessment under way, the family told of the decision on day 32."""
    case = log_request()
    told = MONDAY + datetime.timedelta(days=32)
    decisions.decide_to_assess(case=case, decided_on=told, told_on=told, by=caseworker, on=MUCH_LATER)
    return case


@pytest.fixture
def ask(assessment, caseworker):
    """Asks bodies for advice on day 33."""

    def ask_them(*whom, asked_on=ASKED, on=MUCH_LATER, **different):
        return advice.ask(case=assessment, whom=whom, asked_on=asked_on, by=caseworker, on=on, **different)

    return ask_them


@pytest.fixture
def receive(assessment, caseworker):
    """Records advice that came on day 60."""

    def receive_from(*rows, received_on=CAME, on=MUCH_LATER):
        return advice.receive(case=assessment, advice=rows, received_on=received_on, by=caseworker, on=on)

    return receive_from
