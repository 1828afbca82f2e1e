"""Whom each open case waits for, and since when."""

import datetime

import pytest

from casework.models import AdviceBody, MilestoneKind, RoleCode
from casework.queries.waiting import WaitsFor, waiting
from casework.services import advice, decisions, milestones, review_calendar, reviews
from casework.services.advice import Ask
from tests.casework.conftest import MONDAY
from tests.factories.cases import CaseAssignmentFactory, PlanFactory, PlanVersionFactory
from tests.factories.people import UserFactory

DAY = datetime.timedelta(days=1)
LATER = MONDAY + 400 * DAY
M = MilestoneKind


def day(number):
    return MONDAY + number * DAY


@pytest.fixture
def case(log_request, caseworker):
    """An assessment under way."""
    found = log_request()
    decisions.decide_to_assess(case=found, decided_on=day(30), told_on=day(32), by=caseworker, on=LATER)
    return found


@pytest.fixture
def record(case, caseworker):
    def record_one(kind, number, note=""):
        milestones.record(case=case, kind=kind, happened_on=day(number), note=note, by=caseworker, on=LATER)

    return record_one


def found(reader, number, **narrowed):
    return [
        (wait.waits_for, wait.whom, wait.since, wait.until, wait.days_late(day(number)))
        for wait in waiting(reader=reader, as_at=day(number), **narrowed)
    ]


def test_nothing_is_waited_for_without_a_request_to_anybody(case, caseworker):
    assert found(caseworker, 40) == []


def test_advice_the_longest_late_first(case, caseworker):
    [health, _] = advice.ask(
        case=case, whom=[Ask(AdviceBody.HEALTH, "Dr Moss"), Ask(AdviceBody.FAMILY)], asked_on=day(40), by=caseworker,
        on=LATER,
    )  # fmt: skip
    advice.ask(case=case, whom=[Ask(AdviceBody.PSYCHOLOGY)], asked_on=day(33), by=caseworker, on=LATER)
    assert found(caseworker, 39) == [(WaitsFor.ADVICE, "Educational psychologist", day(33), day(75), 0)]
    assert found(caseworker, 85) == [
        (WaitsFor.ADVICE, "Educational psychologist", day(33), day(75), 10),
        (WaitsFor.ADVICE, "Health (Dr Moss)", day(40), day(82), 3),
        (WaitsFor.ADVICE, "Parents or young person", day(40), day(82), 3),
    ]
    [_, second, _] = waiting(reader=caseworker, as_at=day(85))
    assert (second.record, second.case_public_id, second.child_id) == (
        health.public_id, health.case.public_id, case.child_id
    )  # fmt: skip
    advice.receive(case=case, advice=[health], received_on=day(84), by=caseworker, on=LATER)
    assert len(found(caseworker, 85)) == 2


def test_a_setting_until_it_replies(case, caseworker, record):
    record(M.SETTING_CONSULTED, 100, "Otterbrook Primary School")
    assert found(caseworker, 120) == [
        (WaitsFor.CONSULTATION, "Otterbrook Primary School", day(100), day(115), 5)
    ]
    record(M.SETTING_REPLIED, 110)
    assert found(caseworker, 120) == []
    record(M.SETTING_CONSULTED, 112)
    assert found(caseworker, 120) == [(WaitsFor.CONSULTATION, "Setting consulted", day(112), day(127), 0)]


def test_the_family_while_its_days_run_and_it_has_not_answered(case, caseworker, record):
    record(M.DRAFT_PLAN_SERVED, 100)
    during = [(WaitsFor.FAMILY, "Family: draft plan", day(100), day(114), 0)]
    assert found(caseworker, 100) == found(caseworker, 114) == during
    assert found(caseworker, 115) == []
    record(M.REPRESENTATIONS_RECEIVED, 104)
    assert found(caseworker, 110) == []
    record(M.DRAFT_PLAN_SERVED, 106)
    assert found(caseworker, 110) == [(WaitsFor.FAMILY, "Family: draft plan", day(106), day(120), 0)]


def test_a_closed_case_waits_for_nobody(case, caseworker, record):
    advice.ask(case=case, whom=[Ask(AdviceBody.HEALTH)], asked_on=day(33), by=caseworker, on=LATER)
    record(M.SETTING_CONSULTED, 100)
    record(M.ASSESSMENT_WITHDRAWN, 110)
    assert found(caseworker, 120) == []


def test_the_report_of_a_review(child, caseworker):
    plan = PlanFactory(child=child, starts_on=day(-365))
    PlanVersionFactory(plan=plan)
    review_calendar.settle(on=day(-30))
    case = reviews.review_of(plan, on=day(-30)).case
    reviews.hold_meeting(case=case, held_on=day(-10), by=caseworker, on=day(10))
    assert found(caseworker, 10) == [(WaitsFor.REPORT, "Setting: report of the review", day(-10), day(4), 6)]
    reviews.receive_report(case=case, received_on=day(9), by=caseworker, on=day(10))
    assert found(caseworker, 10) == []


def test_a_worker_a_case_and_the_scope(case, caseworker, django_assert_num_queries):
    advice.ask(case=case, whom=[Ask(AdviceBody.HEALTH)], asked_on=day(33), by=caseworker, on=LATER)
    colleague = UserFactory(role=RoleCode.CASEWORKER)
    CaseAssignmentFactory(child=case.child, user=colleague)
    assert len(found(caseworker, 50, worker=colleague)) == 1
    assert found(caseworker, 50, worker=caseworker) == []
    assert len(found(caseworker, 50, case=case)) == 1
    with django_assert_num_queries(1):
        found(caseworker, 50, worker=colleague)
    type(case.child).objects.filter(pk=case.child.pk).update(restricted=True)
    assert found(caseworker, 50) == []


def test_every_wait_has_words():
    assert [kind.words for kind in WaitsFor] == [
        "Advice", "Reply to the consultation", "Family's views", "Review report"
    ]  # fmt: skip
