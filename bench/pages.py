"""Pages people wait for, on 20,000 plans and 60,000 requests, against a bare page of the same frame.

The yardstick is the least a page of ours can be: session and sign-in check, permissions, one indexed query, the base
template. Both go through every middleware, in turn, and the medians are compared. The number of queries is taken on a
small authority too and must be the same.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from bench.report import Measured
from casework.access.scope import visible
from casework.access.web import needs
from casework.models import CaseAssignment, Child, User

PLANS = 20_000
REQUESTS = 60_000
SMALL_PLANS = 2_000
FEW_PLANS = 300
ROUNDS = 40
WARM = 3
AT_MOST = 3
_DATABASE = "waymark_bench_pages"
_BARE = "/bench/bare/"
_TEMPLATE = """{% extends "casework/layouts/base.html" %}{% block title %}{{ child.name }}{% endblock %}
{% block content %}<h1 class="govuk-heading-l">{{ child.name }}</h1>{% endblock %}"""

# Old requests that were refused, given to children in turn until there are as many as wanted.
_MORE_REQUESTS = """
WITH made AS (
    INSERT INTO casework_case (child_id, kind, opened_on, closed_on, closed_because, came_from)
    SELECT child.id, 'request', child.date_of_birth + 1100 + n, child.date_of_birth + 1135 + n, 'done', 'return'
    FROM generate_series(1, %(wanted)s) n
    JOIN (SELECT id, date_of_birth, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS children
          FROM casework_child) child ON child.place = 1 + n %% child.children
    RETURNING id, opened_on
)
INSERT INTO casework_assessmentrequest (case_id, source, received_on, decided_on, state, came_from)
SELECT id, '2', opened_on, opened_on + 35, 'refused', 'return' FROM made
"""


@cache
def _page() -> Any:
    return engines["django"].from_string(_TEMPLATE)


@needs(None)
def bare(request: HttpRequest) -> HttpResponse:
    """The yardstick."""
    child = visible(Child, request.user).order_by("pk").first()
    return HttpResponse(_page().render({"child": child}, request))


urlpatterns = [path("bench/bare/", bare), path("", include("config.urls"))]


def measure(small: bool) -> list[Measured]:
    """One ratio for each page; an error when a page asks more queries of a large authority than of a small one."""
    with override_settings(ROOT_URLCONF="bench.pages"):
        with _authority(FEW_PLANS, requests=0) as pages:
            few = {name: _queries(client, address) for name, (client, address) in pages.items()}
        plans, requests = (SMALL_PLANS, 0) if small else (PLANS, REQUESTS)
        with _authority(plans, requests=requests) as pages:
            many = {name: _queries(client, address) for name, (client, address) in pages.items()}
            grown = {name: (few[name], many[name]) for name in pages if many[name] > few[name]}
            if grown:
                raise AssertionError(f"The number of queries grows with the authority: {grown}")
            return [_measured(name, client, address, many[name]) for name, (client, address) in pages.items()]


def _measured(name: str, client: Client, address: str, queries: int) -> Measured:
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds(client, address))
        theirs.append(_seconds(client, _BARE))
    return Measured(
        name,
        1000 * statistics.median(ours),
        1000 * statistics.median(theirs),
        at_most=AT_MOST,
        unit="ms",
        note=f"{queries} queries",
    )


def _seconds(client: Client, address: str) -> float:
    start = time.perf_counter()
    answer = client.get(address)
    taken = time.perf_counter() - start
    if answer.status_code != 200:
        raise AssertionError(f"{address} answers {answer.status_code}")
    return taken


def _queries(client: Client, address: str) -> int:
    for _ in range(WARM):
        _seconds(client, address)
    with CaptureQueriesContext(connection) as asked:
        _seconds(client, address)
    return len(asked)


@contextmanager
def _authority(plans: int, *, requests: int) -> Iterator[dict[str, tuple[Client, str]]]:
    """Pages by name, each with a signed-in reader, in a database of their own."""
    from django.core.management import call_command

    from config.demo.bulk import load
    from config.demo.day import DEMO_DAY
    from reporting.services.snapshots import build_snapshots_now

    usual = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {_DATABASE} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {_DATABASE}")
    connection.close()
    connection.settings_dict["NAME"] = _DATABASE
    try:
        call_command("migrate", verbosity=0)
        load(plans=plans, as_at=DEMO_DAY, progress=lambda words: None)
        _add_requests(requests)
        build_snapshots_now(as_at=DEMO_DAY)
        with override_settings(WAYMARK_TODAY=DEMO_DAY.isoformat()):
            yield _pages()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {_DATABASE} WITH (FORCE)")


def _add_requests(wanted: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_assessmentrequest")
        there = cursor.fetchone()[0]
        if wanted > there:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(_MORE_REQUESTS, {"wanted": wanted - there})
            cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")


def _pages() -> dict[str, tuple[Client, str]]:
    manager = _signed_in(User.objects.get(email="manager@fernshire.example"))
    worker = User.objects.get(email="caseworker@fernshire.example")
    led = CaseAssignment.objects.filter(user=worker).values("child")
    child = Child.objects.filter(pk__in=led, plans__ends_on=None, restricted=False).order_by("pk").first()
    caseworker = _signed_in(worker)
    named = Child.objects.filter(restricted=False).latest("pk")
    assert child, "The caseworker of the demonstration leads no child with a plan."
    reports: dict[str, Any] = {
        "reports": "/reports/",
        "indicator: provision mix": "/reports/P1/",
        "indicator: requests by area": "/reports/D1/?by=area",
        "indicator: timeliness by month": "/reports/D7/",
        "indicator over time: plans held": "/reports/D9/over-time/?by=",
        "list: refusals": "/reports/D4/list/",
    }
    return {
        "my work": (caseworker, "/my-work/"),
        "child page": (caseworker, f"/children/{child.public_id}/"),
        "search while typing a name": (caseworker, f"/children/?q={named.surname[:4]}&typing=1"),
        "search for a misspelt name": (caseworker, f"/children/?q={named.surname[:-1]}x&typing=1"),
        "board of reviews, one caseload": (caseworker, "/reviews/"),
        "board of reviews, the whole authority": (manager, "/reviews/"),
        **{name: (manager, address) for name, address in reports.items()},
    }


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
