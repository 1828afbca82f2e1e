"""D1, D2, D4: requests, against cases worked out by hand."""

from decimal import Decimal

import pytest

from casework.models import CaseKind, MilestoneKind, Need, RequestState
from reporting.compute import listed
from reporting.registry import indicator
from reporting.windows import Window
from tests.factories.cases import (
    AssessmentRequestFactory,
    CaseFactory,
    MilestoneFactory,
    PlanFactory,
    PlanVersionFactory,
)
from tests.factories.children import AreaFactory, ChildFactory
from tests.reporting.indicators.ask import YEAR_2025, ask, figures, on, only

pytestmark = pytest.mark.django_db


def request(state: RequestState, *, source: str = "1", received: object = on(2025, 3, 3), **more: object):
    return AssessmentRequestFactory(state=state, source=source, received_on=received, **more)


@pytest.fixture
def a_year() -> None:
    """2025: eight requests. From parents: 2 refused, 1 assessed, 1 waiting. From schools: 1 refused, 2 assessed,
    1 withdrawn before the decision."""
    for _ in range(2):
        request(RequestState.REFUSED, decided_on=on(2025, 4, 1))
    request(RequestState.ISSUED, decided_on=on(2025, 4, 1), final_plan_on=on(2025, 7, 21))
    request(RequestState.UNDECIDED, received=on(2025, 12, 31))
    request(RequestState.REFUSED, source="2", received=on(2025, 1, 1), decided_on=on(2025, 2, 1))
    request(RequestState.NOT_ISSUED, source="2", decided_on=on(2025, 4, 1), outcome_on=on(2025, 6, 1))
    request(RequestState.WITHDRAWN, source="2", decided_on=on(2025, 4, 1), ended_on=on(2025, 5, 1))
    request(RequestState.WITHDRAWN, source="2", ended_on=on(2025, 3, 20))
    # Not of the year: the day before, the day after, history only, and a case that is not a request.
    request(RequestState.REFUSED, received=on(2024, 12, 31), decided_on=on(2025, 1, 31))
    request(RequestState.UNDECIDED, received=on(2026, 1, 1))
    request(RequestState.ISSUED, decided_before_period=True)
    AssessmentRequestFactory(case=CaseFactory(kind=CaseKind.REASSESSMENT), received_on=on(2025, 3, 3))


@pytest.mark.usefixtures("a_year")
def test_requests_received_by_source() -> None:
    assert figures(ask("D1", by=["source"])) == {("1",): (4, None), ("2",): (4, None)}
    assert only(ask("D1")).shown == "8"


@pytest.mark.usefixtures("a_year")
def test_requests_received_by_month() -> None:
    assert figures(ask("D1", by=["month"])) == {
        ("2025-01",): (1, None),
        ("2025-03",): (6, None),
        ("2025-12",): (1, None),
    }


@pytest.mark.usefixtures("a_year")
def test_refusal_rate_has_all_requests_received_below_the_line() -> None:
    refused = only(ask("D4"))
    assert (refused.numerator, refused.denominator, refused.value) == (3, 8, Decimal("37.5"))
    assert figures(ask("D4", by=["source"])) == {("1",): (2, 4), ("2",): (1, 4)}


@pytest.mark.usefixtures("a_year")
def test_received_is_assessed_and_refused_and_waiting_and_withdrawn() -> None:
    """DfE's identity: R = assess + refuse + none yet + withdrawn."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, count(*) FROM reporting_request_facts WHERE received_on BETWEEN %s AND %s GROUP BY 1",
            [YEAR_2025.first, YEAR_2025.last],
        )
        outcomes = dict(cursor.fetchall())
    assert outcomes == {"assess": 3, "refused": 3, "none_yet": 1, "withdrawn": 1}
    assert sum(outcomes.values()) == only(ask("D1")).numerator


@pytest.mark.usefixtures("a_year")
def test_share_by_source_is_of_all_sources_even_when_filtered() -> None:
    request(RequestState.UNDECIDED, source="")
    table = ask("D2", by=["source"])
    assert figures(table) == {("1",): (4, 9), ("2",): (4, 9), ("not_recorded",): (1, 9)}
    assert [row.labels[0] for row in table.rows][-1] == "Not known"
    assert only(ask("D2", where={"source": "1"})).shown == "44.4%"
    assert figures(ask("D2", by=["source"], where={"source": ["2"]})) == {("2",): (4, 9)}


def test_share_by_source_within_a_month() -> None:
    request(RequestState.UNDECIDED, source="1", received=on(2025, 1, 5))
    request(RequestState.UNDECIDED, source="2", received=on(2025, 1, 5))
    request(RequestState.UNDECIDED, source="1", received=on(2025, 2, 5))
    assert figures(ask("D2", by=["month", "source"])) == {
        ("2025-01", "1"): (1, 2),
        ("2025-01", "2"): (1, 2),
        ("2025-02", "1"): (1, 1),
    }


def test_a_refusal_that_was_turned_round_is_still_a_refusal() -> None:
    turned = request(RequestState.ISSUED, decided_on=on(2025, 4, 1), final_plan_on=on(2025, 12, 1))
    MilestoneFactory(case=turned.case, kind=MilestoneKind.DECIDED_NOT_TO_ASSESS, happened_on=on(2025, 4, 1))
    MilestoneFactory(case=turned.case, kind=MilestoneKind.DECIDED_TO_ASSESS, happened_on=on(2025, 8, 1))
    assert only(ask("D4")).numerator == 1


def test_age_is_age_on_the_day_of_the_request() -> None:
    child = ChildFactory(date_of_birth=on(2020, 3, 3))
    request(RequestState.UNDECIDED, case=CaseFactory(child=child), received=on(2025, 3, 3))
    closed = CaseFactory(
        child=child, opened_on=on(2025, 3, 2), closed_on=on(2025, 3, 9), closed_because="refused"
    )
    request(RequestState.REFUSED, case=closed, received=on(2025, 3, 2), decided_on=on(2025, 3, 9))
    assert figures(ask("D1", by=["age"])) == {("under_5",): (1, None), ("5_to_10",): (1, None)}


def test_area_is_that_of_the_request_and_else_of_the_child() -> None:
    north, south = AreaFactory(code="north"), AreaFactory(code="south")
    moved = ChildFactory(area=south)
    request(RequestState.UNDECIDED, case=CaseFactory(child=moved), area=north)
    request(RequestState.UNDECIDED, case=CaseFactory(child=ChildFactory(area=south)))
    request(RequestState.UNDECIDED)
    assert figures(ask("D1", by=["area"])) == {
        ("north",): (1, None),
        ("south",): (1, None),
        ("not_recorded",): (1, None),
    }
    items = listed(indicator("D1"), window=YEAR_2025, where={"area": "north"})
    assert [item.child_id for item in items] == [moved.pk]


def test_need_is_that_of_the_first_version_of_the_plan() -> None:
    found = request(RequestState.ISSUED, final_plan_on=on(2025, 7, 1))
    plan = PlanFactory(child=found.case.child, request=found.case, starts_on=on(2025, 7, 1))
    PlanVersionFactory(plan=plan, number=1, primary_need=Need.HI, ends_on=on(2026, 1, 1))
    PlanVersionFactory(
        plan=plan, number=2, primary_need=Need.ASD, starts_on=on(2026, 1, 2), stage="amended_final"
    )
    assert figures(ask("D1", by=["need"])) == {("HI",): (1, None)}


def test_nothing_in_the_window_is_a_row_of_nothing() -> None:
    row = only(ask("D4", Window(on(2025, 1, 1), on(2025, 1, 1))))
    assert (row.numerator, row.denominator, row.value, row.shown) == (0, 0, None, "not available")


def test_days_of_the_window_are_included() -> None:
    request(RequestState.UNDECIDED, received=on(2025, 5, 1))
    assert only(ask("D1", Window.day(on(2025, 5, 1)))).numerator == 1
    assert only(ask("D1", Window.day(on(2025, 5, 2)))).numerator == 0


@pytest.mark.parametrize(
    ("by", "where", "message"),
    [
        (["shoe"], {}, "D1 has no dimension “shoe”. It has: source, area, age, need, month."),
        ([], {"source": "9"}, "“9” is not a value of source. Use one of: 1, 2, 3, 4, 5, not_recorded."),
        ([], {"month": "May"}, "“May” is not a month. Write it as 2026-01."),
    ],
)
def test_what_does_not_exist_is_named(by: list[str], where: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError) as problem:
        ask("D1", by=by, where=where)
    assert str(problem.value) == message
