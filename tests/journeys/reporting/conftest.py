"""A manager at a real browser, on the day the small population was made for."""

import pytest

from casework.models import Child, RoleCode
from reporting.services.snapshots import build_snapshots_now
from tests.factories.people import PASSWORD, UserFactory
from tests.reporting.indicators.population import AS_AT, Population


@pytest.fixture(autouse=True)
def _stated_day(settings, transactional_db):
    settings.WAYMARK_TODAY = AS_AT.isoformat()


@pytest.fixture
def population(transactional_db):
    """Sixty children with what a snapshot is made of, one of them restricted."""
    Population(3).write(60)
    hidden = Child.objects.filter(plans__ends_on=None, plans__isnull=False).order_by("pk").first()
    Child.objects.filter(pk=hidden.pk).update(restricted=True, surname="Sealwort")
    return hidden


@pytest.fixture
def snapshot(population):
    """Figures of the day."""
    build_snapshots_now(as_at=AS_AT)


@pytest.fixture
def manager(transactional_db):
    return UserFactory(name="Juniper Foxholt", role=RoleCode.MANAGER)


@pytest.fixture
def sign_in():
    """Signs a person in, the way people do."""

    def sign(page, user):
        page.goto("/")
        page.get_by_label("Email").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()

    return sign
