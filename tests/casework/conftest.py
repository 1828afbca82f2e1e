"""A caseworker, a child and a day."""

import datetime

import pytest

from casework.models import Channel, RequestSource, RoleCode
from casework.services import requests
from tests.factories.children import ChildFactory
from tests.factories.people import UserFactory

MONDAY = datetime.date(2025, 6, 2)


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
