"""Generated calls to the real application, right ones and wrong ones, against the committed description."""

from pathlib import Path

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode

from config.throttles import CallerThrottle
from config.wsgi import application
from tests.api.callers import SCOPES, ask_for_token, make_application
from tests.api.conftest import make_records

SCHEMA = schemathesis.openapi.from_path(Path(django_settings.BASE_DIR) / "docs/api/openapi.yaml")
SCHEMA.app = application
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]
# What the type of a parameter cannot say (an area or an indicator's dimension that exists, days in order) is
# refused with a reason, so that right types alone are not always accepted.
CHECKED = [
    check for check in CHECKS.get_all() if check.__name__ not in {"positive_data_acceptance", "ignored_auth"}
]
# Any text is a right value of their parameters, so there is no wrong one to send.
NOTHING_TO_GET_WRONG = {"GET /api/v1/areas/{code}/", "GET /api/v1/indicators/"}
CALLS = [
    pytest.param(operation, mode, id=f"{operation.label}-{mode.name.lower()}")
    for operation in OPERATIONS
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or operation.label not in NOTHING_TO_GET_WRONG
]


@pytest.fixture
def token(db, monkeypatch):
    """A token for everything, for a caller whom nobody slows down."""
    monkeypatch.setattr(CallerThrottle, "rate", "100000/min", raising=False)
    token = ask_for_token(make_application(), *SCOPES).json()["access_token"]
    # A served application ends its connection with the request; here the test's transaction is on it.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield token
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.parametrize(("operation", "mode"), CALLS)
def test_generated_calls(operation, mode, token):
    made = make_records()
    ids = {
        "/api/v1/requests/{id}/": made.request.case.public_id,
        "/api/v1/advice-requests/{id}/": made.advice.public_id,
        "/api/v1/decisions/{id}/": made.decision.milestone.public_id,
        "/api/v1/appeals/{id}/": made.appeal.case.public_id,
        "/api/v1/plans/{id}/": made.plan.public_id,
        "/api/v1/plan-versions/{id}/": made.version.public_id,
        "/api/v1/plan-texts/{id}/": made.text.public_id,
        "/api/v1/placements/{id}/": made.placement.public_id,
        "/api/v1/cost-lines/{id}/": made.line.public_id,
        "/api/v1/establishments/{id}/": made.placement.establishment.public_id,
        "/api/v1/areas/{code}/": made.request.area.code,
    }
    statuses = set()

    # The same cases on every run: a failure here is never a matter of luck.
    @settings(
        max_examples=20,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), real=st.booleans())
    def call(case, real):
        if real and operation.path in ids:
            case.path_parameters = {name: str(ids[operation.path]) for name in case.path_parameters}
        response = case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKED)
        statuses.add(response.status_code)

    call()
    if mode is GenerationMode.POSITIVE:
        assert 200 in statuses, f"No generated call of {operation.label} succeeded: {statuses}"
