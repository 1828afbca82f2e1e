"""How many questions a page of reports asks the database: the same for few records and for many."""

import datetime

import pytest

from reporting.services.snapshots import build_snapshots_now
from tests.api.conftest import make_records
from tests.factories.children import AreaFactory
from tests.reporting.web.reading import ok

# A snapshot is built in a transaction of its own.
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DAY = datetime.date(2025, 12, 31)
# Session, person and permissions are three of each; at the most one more when the session is written.
BUDGETS = {
    "/reports/": 5,
    "/reports/P1/": 8,
    "/reports/D1/?by=area": 8,
    "/reports/D4/": 16,
    "/reports/M2/": 8,
    "/reports/P1/over-time/": 7,
    "/reports/D1/list/?from=2025-01-01&to=2025-12-31": 12,
    "/reports/D9/list/": 12,
    "/reports/M1/list/": 14,
}


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.WAYMARK_TODAY = DAY.isoformat()


def count(client, address, django_assert_max_num_queries):
    ok(client, address)  # what is put together once for each snapshot is
    with django_assert_max_num_queries(BUDGETS[address]) as asked:
        ok(client, address)
    return len(asked)


@pytest.mark.parametrize("address", BUDGETS)
def test_the_number_of_queries_does_not_depend_on_rows(address, manager, django_assert_max_num_queries):
    make_records()
    build_snapshots_now(as_at=DAY)
    few = count(manager, address, django_assert_max_num_queries)
    for _ in range(6):
        make_records()
        AreaFactory()
    build_snapshots_now(as_at=DAY)
    assert count(manager, address, django_assert_max_num_queries) == few
