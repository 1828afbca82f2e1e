"""D7, D7X, D7S and D8, against cases worked out by hand."""

import datetime
from decimal import Decimal

import pytest

from casework.models import RequestState
from tests.factories.cases import AssessmentRequestFactory
from tests.reporting.indicators.ask import ask, figures, on, only

pytestmark = pytest.mark.django_db

RECEIVED = on(2025, 1, 6)


def days(number: int) -> datetime.date:
    return RECEIVED + datetime.timedelta(days=number)


def issued(after: int | None, **more: object):
    final = None if after is None else days(after)
    return AssessmentRequestFactory(
        **{
            "state": RequestState.ISSUED,
            "received_on": RECEIVED,
            "decided_on": days(30),
            "final_plan_on": final,
        }
        | more
    )


def test_day_140_is_in_time_and_day_141_is_not() -> None:
    issued(140)
    issued(141)
    row = only(ask("D7"))
    assert (row.numerator, row.denominator, row.value) == (1, 2, Decimal(50))


def test_exceptions_leave_both_figures_of_one_rate_and_stay_in_the_other() -> None:
    issued(100)
    issued(200)
    issued(200, excepted=True)
    issued(90, excepted=True)
    assert figures(ask("D7")) == {(): (2, 4)}
    assert figures(ask("D7X")) == {(): (1, 2)}


def test_an_authority_that_excepts_everything_has_no_rate() -> None:
    issued(200, excepted=True)
    row = only(ask("D7X"))
    assert (row.denominator, row.value) == (0, None)


@pytest.mark.parametrize(
    "more",
    [
        {"received_on": None},
        {"final_plan_on": None},
        {"decided_before_period": True},
        {"state": RequestState.ISSUING},
        *[
            {flag: True}
            for flag in (
                "mediation_on_assess",
                "appeal_on_assess",
                "mediation_on_issue",
                "appeal_on_issue",
                "mediation_other",
                "appeal_other",
            )
        ],
    ],
    ids=lambda more: next(iter(more)),
)
def test_left_out_of_timeliness(more: dict[str, object]) -> None:
    issued(100)
    issued(100, **more)
    assert figures(ask("D7")) == {(): (1, 1)}


def test_timeliness_is_counted_by_the_day_of_the_plan() -> None:
    issued(100)
    issued(359)  # 31 December
    issued(360)  # 1 January of the next year
    assert figures(ask("D7", by=["month"])) == {("2025-04",): (1, 1), ("2025-12",): (0, 1)}


def test_day_42_is_in_time_and_day_43_is_not() -> None:
    for after, state in ((42, RequestState.ASSESSING), (43, RequestState.REFUSED)):
        AssessmentRequestFactory(received_on=RECEIVED, decided_on=days(after), state=state)
    assert figures(ask("D7S")) == {(): (1, 2)}


def test_six_weeks_are_counted_by_the_day_of_the_decision() -> None:
    """Decisions of 2025 on requests of 2024 count; requests of 2025 decided in 2026 do not."""
    for received, decided in (
        (on(2024, 12, 1), on(2025, 1, 2)),
        (on(2025, 12, 1), on(2026, 1, 2)),
        (on(2025, 3, 1), None),
    ):
        AssessmentRequestFactory(received_on=received, decided_on=decided, state=RequestState.ASSESSING)
    AssessmentRequestFactory(received_on=None, decided_on=on(2025, 5, 1), state=RequestState.REFUSED)
    assert figures(ask("D7S")) == {(): (1, 1)}


@pytest.mark.parametrize(
    ("after", "band"),
    [
        (0, "to_6_weeks"),
        (42, "to_6_weeks"),
        (43, "to_16_weeks"),
        (112, "to_16_weeks"),
        (113, "to_20_weeks"),
        (140, "to_20_weeks"),
        (141, "to_52_weeks"),
        (364, "to_52_weeks"),
        (365, "over_52_weeks"),
    ],
)
def test_age_of_an_open_request(after: int, band: str) -> None:
    AssessmentRequestFactory(received_on=RECEIVED, state=RequestState.UNDECIDED)
    assert figures(ask("D8", days(after), by=["case_age"])) == {(band,): (1, None)}


def test_a_request_is_open_from_the_day_it_came_until_the_day_before_it_ended() -> None:
    AssessmentRequestFactory(received_on=RECEIVED, decided_on=days(30), state=RequestState.REFUSED)
    assert [int(only(ask("D8", days(after))).numerator) for after in (-1, 0, 29, 30)] == [0, 1, 1, 0]


def test_stage_on_each_day() -> None:
    AssessmentRequestFactory(
        received_on=RECEIVED,
        decided_on=days(30),
        outcome_on=days(90),
        final_plan_on=days(120),
        state=RequestState.ISSUED,
    )
    stages = [list(figures(ask("D8", days(after), by=["stage"]))) for after in (29, 30, 89, 90, 119, 120)]
    assert stages == [[("deciding",)], [("assessing",)], [("assessing",)], [("issuing",)], [("issuing",)], []]


@pytest.mark.parametrize(
    "state", [RequestState.REFUSED, RequestState.NOT_ISSUED, RequestState.ISSUED, RequestState.WITHDRAWN]
)
def test_ended_on_a_day_nobody_recorded_is_not_open(state: RequestState) -> None:
    AssessmentRequestFactory(received_on=RECEIVED, state=state)
    assert only(ask("D8", days(10))).numerator == 0


def test_open_with_steps_whose_days_are_not_known() -> None:
    AssessmentRequestFactory(received_on=RECEIVED, state=RequestState.ISSUING, outcome_on=days(60))
    assert [list(figures(ask("D8", days(after), by=["stage"]))) for after in (59, 60)] == [
        [("deciding",)],
        [("issuing",)],
    ]
