"""Two questions an operator's probe asks: is the process alive, and can it do its work."""

import functools
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from config.celery import app

BROKER_SECONDS = 2


@never_cache
@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all. A failing database is no reason to restart it."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations and broker are as they have to be, else 503; either way says which is not."""
    problems = {name: check() for name, check in CHECKS.items()}
    return JsonResponse(
        {name: problem or "ready" for name, problem in problems.items()},
        status=503 if any(problems.values()) else 200,
    )


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "not reachable"
    return ""


class _NotAppliedError(Exception):
    """The database is older than the code."""


def _migrations() -> str:
    try:
        _ensure_applied()
    except _NotAppliedError:
        return "not applied: run manage.py migrate"
    except DatabaseError:
        return "not known"
    return ""


# Remembers success only: reading every migration takes a while, and once applied they stay so for this process.
@functools.cache
def _ensure_applied() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _NotAppliedError


def _broker() -> str:
    try:
        with app.connection_for_read(connect_timeout=BROKER_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    except OperationalError:
        return "not reachable"
    return ""


CHECKS: dict[str, Callable[[], str]] = {"database": _database, "migrations": _migrations, "broker": _broker}
