"""Readers of reports, and a small population with a snapshot."""

import pytest
from django.core.management import call_command

from casework.models import RoleCode
from reporting.services.snapshots import build_snapshots_now
from tests.api.callers import person
from tests.reporting.indicators.population import AS_AT, Population


@pytest.fixture(scope="module")
def population(django_db_setup, django_db_blocker):
    """Records that stay for the tests of a module, with a snapshot of them."""
    with django_db_blocker.unblock():
        Population(3).write(60)
        build_snapshots_now(as_at=AS_AT)
        yield
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def _on_the_day(settings):
    """The day the population was made for."""
    settings.WAYMARK_TODAY = AS_AT.isoformat()


@pytest.fixture
def manager(db, _on_the_day):
    """A manager's session."""
    return person(RoleCode.MANAGER)


@pytest.fixture
def analyst(db, _on_the_day):
    """An analyst's session: totals, and nobody's name."""
    return person(RoleCode.ANALYST)


@pytest.fixture
def data_officer(db, _on_the_day):
    """A data officer's session: children, and no money."""
    return person(RoleCode.DATA_OFFICER)
