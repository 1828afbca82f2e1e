"""Stored clocks equal their derivation, and SQL says of each what the rules say."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.models import Clock, ClockException, Ground, Milestone, MilestoneKind, RequestState, StopKind
from casework.rules import clocks as rules
from casework.rules.case_kinds import CaseKind
from casework.rules.milestone_facts import milestones_of
from casework.services import clocks
from casework.services.clock_derivation import Deriver
from tests.casework.conftest import MONDAY
from tests.factories.cases import (
    AssessmentRequestFactory,
    CaseFactory,
    ClockExceptionFactory,
    ClockFactory,
    MilestoneFactory,
)

YEAR = datetime.timedelta(days=365)
days = st.dates(MONDAY - YEAR, MONDAY + YEAR)
in_a_transaction = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def stored_clocks(draw):
    started = draw(days)
    due = started + datetime.timedelta(days=draw(st.integers(0, 200)))
    stopped = draw(st.none() | days)
    exceptions = []
    for _ in range(draw(st.integers(0, 2))):
        first = draw(days)
        last = draw(st.none() | st.integers(0, 90))
        exceptions.append(
            SimpleNamespace(
                starts_on=first,
                ends_on=None if last is None else first + datetime.timedelta(days=last),
                approved_on=draw(days),
            )
        )
    return SimpleNamespace(
        code=draw(st.sampled_from(["A1", "A10", "A8", "C8", "F3", "H0", "G1", "C2"])),
        started=started,
        due=due,
        stopped=stopped,
        ended=stopped is not None and draw(st.booleans()),
        exceptions=exceptions,
    )


@given(drawn=st.lists(stored_clocks(), min_size=1, max_size=12), as_at=days, soon=st.integers(0, 60))
@in_a_transaction
def test_status_in_sql_is_the_status_of_the_rules(db, drawn, as_at, soon):
    ClockException.objects.all().delete()
    Clock.objects.all().delete()
    case_ids = [CaseFactory(kind=CaseKind.ANNUAL_REVIEW).pk for _ in drawn]
    for case_id, one in zip(case_ids, drawn, strict=True):
        ClockFactory(
            case_id=case_id,
            rule_code=one.code,
            started_on=one.started,
            due_on=one.due,
            stopped_on=one.stopped,
            stop_kind="" if one.stopped is None else StopKind.ENDED if one.ended else StopKind.DONE,
        )
        for exception in one.exceptions:
            ClockExceptionFactory(case_id=case_id, rule_code=one.code, **vars(exception))
    expected = {
        case_id: str(
            rules.status_on(
                rules.ClockFacts(one.started, one.due, one.stopped, one.ended, rules.RULES[one.code].sense),
                [
                    rules.ExceptionFacts(rules.Ground.ABSENT, e.starts_on, e.ends_on, e.approved_on)
                    for e in one.exceptions
                ],
                as_at,
                soon,
            )
        )
        for case_id, one in zip(case_ids, drawn, strict=True)
    }
    rows = Clock.objects.with_status(as_at, due_soon_days=soon)
    assert dict(rows.values_list("case_id", "status")) == expected


def test_an_exception_a_return_only_flagged_excuses_the_whole_limit(db):
    clock = ClockFactory()
    ClockExceptionFactory(
        case=clock.case, ground=Ground.NOT_STATED, starts_on=None, approved_on=None, evidence=""
    )
    assert Clock.objects.with_status(clock.due_on + YEAR).get().status == "overdue_excused"


kinds_of_case = st.sampled_from(list(CaseKind))


@st.composite
def recorded_milestones(draw):
    kind = draw(kinds_of_case)
    chosen = draw(st.lists(st.sampled_from(milestones_of(kind)), unique=True, max_size=8))
    return kind, {milestone: draw(st.lists(days, min_size=1, max_size=3)) for milestone in chosen}


@given(drawn=st.lists(recorded_milestones(), max_size=5), holidays=st.frozensets(days, max_size=4))
def test_the_quick_derivation_is_that_of_the_rules(drawn, holidays):
    deriver = Deriver(holidays)
    for kind, recorded in drawn:
        quick = [
            (c.rule_code, c.started_on, c.due_on, c.stopped_on) for c in deriver.clocks_of(kind, recorded)
        ]
        slow = rules.derive_all(kind, recorded, holidays)
        assert quick == [(c.code, c.started_on, c.due_on, c.closed_on) for c in slow]
        ended = [c.stop_kind == StopKind.ENDED for c in deriver.clocks_of(kind, recorded)]
        assert ended == [c.ended for c in slow]


@pytest.fixture
def three_cases(db):
    """An open request, one that ended in a plan, and a review."""
    open_one, issued = AssessmentRequestFactory().case, AssessmentRequestFactory().case
    review = CaseFactory(kind=CaseKind.ANNUAL_REVIEW)
    for case, kind, after in (
        (open_one, MilestoneKind.REQUEST_RECEIVED, 0),
        (issued, MilestoneKind.REQUEST_RECEIVED, 0),
        (issued, MilestoneKind.DECIDED_TO_ASSESS, 30),
        (issued, MilestoneKind.DECIDED_TO_ISSUE, 100),
        (issued, MilestoneKind.FINAL_PLAN_ISSUED, 150),
        (review, MilestoneKind.PLAN_FIRST_MADE, 0),
    ):
        MilestoneFactory(case=case, kind=kind, happened_on=MONDAY + datetime.timedelta(days=after))
    return open_one, issued, review


def test_rebuilding_twice_changes_nothing_the_second_time(three_cases):
    first = clocks.rebuild_many()
    assert (first.cases, first.clocks, first.requests) == (3, 7, 2)
    before = list(Clock.objects.order_by("pk").values())
    second = clocks.rebuild_many()
    assert (second.clocks, second.requests) == (0, 0)
    assert list(Clock.objects.order_by("pk").values()) == before
    assert not list(clocks.differences())


def test_a_drift_is_found_and_mended(three_cases):
    open_one, issued, review = three_cases
    clocks.rebuild_many()
    Clock.objects.filter(case=open_one, rule_code="A10").update(due_on=MONDAY)
    Clock.objects.filter(case=review).delete()
    ClockFactory(case=review, rule_code="H0")
    issued.request.refresh_from_db()
    issued.request.final_plan_on = None
    issued.request.save()
    found = {(one.case_id, one.what) for one in clocks.differences()}
    assert found == {(open_one.pk, "clocks"), (review.pk, "clocks"), (issued.pk, "request")}
    rebuilt = clocks.rebuild_many(case_ids=[open_one.pk, review.pk, issued.pk])
    assert (rebuilt.clocks, rebuilt.requests) == (3, 1)
    assert not list(clocks.differences())


def test_one_rebuild_and_many_give_the_same(three_cases):
    clocks.rebuild_many()
    many = list(
        Clock.objects.order_by("case", "rule_code").values_list("case", "rule_code", "due_on", "stopped_on")
    )
    Clock.objects.all().delete()
    for case in three_cases:
        clocks.rebuild(case=case)
    one_by_one = Clock.objects.order_by("case", "rule_code").values_list(
        "case", "rule_code", "due_on", "stopped_on"
    )
    assert list(one_by_one) == many


def test_replaced_and_withdrawn_rows_do_not_count(three_cases):
    open_one, *_ = three_cases
    Milestone.objects.filter(case=open_one).update(replaced=True)
    MilestoneFactory(
        case=open_one,
        kind=MilestoneKind.DECIDED_TO_ASSESS,
        happened_on=MONDAY,
        withdrawn=True,
        reason_for_correction="Slip",
        replaces=open_one.milestones.get(),
    )
    clocks.rebuild(case=open_one)
    assert not open_one.clocks.exists()


def test_the_number_of_statements_does_not_depend_on_the_number_of_cases(three_cases):
    clocks.rebuild_many()
    needed = []
    for cases in ([three_cases[0], three_cases[2]], three_cases):
        with CaptureQueriesContext(connection) as statements:
            clocks.rebuild_many(case_ids=[case.pk for case in cases])
        needed.append(len(statements))
    assert needed[0] == needed[1] < 20


def test_an_old_request_known_only_as_history_is_left_as_it_is(db):
    old = AssessmentRequestFactory(
        case__opened_on=None,
        case__closed_on=MONDAY,
        case__closed_because="issued",
        received_on=None,
        state=RequestState.ISSUED,
        decided_before_period=True,
    )
    assert not list(clocks.differences())
    clocks.rebuild_many()
    old.refresh_from_db()
    assert (old.state, old.case.closed_on) == (RequestState.ISSUED, MONDAY)
