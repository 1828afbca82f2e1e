"""The state of a clock on a day: the edges, the exceptions, and every past day the same again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.case_kinds import CaseKind
from casework.rules.clock_status import ClockFacts, ClockStatus, is_excused, status_on
from casework.rules.clocks import ENABLED_CODES, RULES, Sense, derive, derive_all
from casework.rules.exceptions import (
    ExceptionFacts,
    Ground,
    absence_problems,
    closure_problems,
)
from casework.rules.milestones import Milestone as M

S = ClockStatus
START, DUE = date(2025, 6, 2), date(2025, 10, 20)
SUMMER = ExceptionFacts(
    Ground.SCHOOL_CLOSED, date(2025, 7, 23), date(2025, 9, 3), approved_on=date(2025, 9, 10)
)
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2027, 12, 31))


def clock(closed_on=None, *, ended=False, sense=Sense.MAXIMUM):
    return ClockFacts(START, DUE, closed_on, ended, sense)


@pytest.mark.parametrize(
    ("facts", "as_at", "status"),
    [
        (clock(), date(2025, 6, 1), S.NOT_STARTED),
        (clock(), date(2025, 6, 2), S.RUNNING),
        (clock(), date(2025, 9, 21), S.RUNNING),
        (clock(), date(2025, 9, 22), S.DUE_SOON),  # 28 days before
        (clock(), DUE, S.DUE_SOON),
        (clock(), date(2025, 10, 21), S.OVERDUE),
        (clock(DUE), DUE, S.MET),  # day 140 is in time
        (clock(DUE), date(2025, 10, 19), S.DUE_SOON),  # the stop is still ahead
        (clock(date(2025, 10, 21)), date(2025, 10, 21), S.LATE),
        (clock(date(2025, 11, 30)), date(2025, 11, 1), S.OVERDUE),
        (clock(date(2025, 7, 1), ended=True), date(2025, 7, 1), S.ENDED),
        (clock(date(2025, 7, 1), ended=True), date(2025, 6, 30), S.RUNNING),
        (clock(date(2026, 7, 1), ended=True), date(2026, 6, 30), S.OVERDUE),
        (clock(sense=Sense.MINIMUM), DUE, S.RUNNING),
        (clock(sense=Sense.MINIMUM), date(2025, 10, 21), S.MET),
        (clock(DUE, sense=Sense.MINIMUM), DUE, S.TOO_SOON),
        (clock(date(2025, 10, 21), sense=Sense.MINIMUM), date(2025, 10, 21), S.MET),
        (clock(sense=Sense.WINDOW), DUE, S.DUE_SOON),
        (clock(sense=Sense.WINDOW), date(2025, 10, 21), S.ENDED),
        (clock(DUE, sense=Sense.WINDOW), date(2025, 12, 1), S.MET),
        (clock(date(2025, 10, 21), sense=Sense.WINDOW), date(2025, 12, 1), S.LATE),
        (ClockFacts(None, None), DUE, S.NOT_STARTED),
    ],
)
def test_edges(facts, as_at, status):
    assert status_on(facts, [], as_at) is status


def test_every_state_and_ground_has_words():
    assert S.OVERDUE_EXCUSED.words == "Overdue, excused"
    assert len({state.words for state in S}) == len(S)
    assert len({ground.words for ground in Ground}) == len(Ground)


def test_how_soon_is_due_soon_can_be_chosen():
    assert status_on(clock(), [], date(2025, 10, 10), due_soon_days=9) is S.RUNNING
    assert status_on(clock(), [], date(2025, 10, 11), due_soon_days=9) is S.DUE_SOON


@pytest.mark.parametrize(
    ("closed_on", "as_at", "status"),
    [
        (None, date(2025, 10, 20), S.DUE_SOON),
        (None, date(2025, 10, 21), S.OVERDUE_EXCUSED),
        (date(2025, 11, 1), date(2025, 11, 1), S.LATE_EXCUSED),
        (date(2025, 10, 1), date(2025, 11, 1), S.MET),
    ],
)
def test_an_exception_excuses_lateness_and_moves_nothing(closed_on, as_at, status):
    assert status_on(clock(closed_on), [SUMMER], as_at) is status


@pytest.mark.parametrize(
    "exception",
    [
        ExceptionFacts(Ground.ABSENT, date(2025, 7, 1), date(2025, 8, 1)),  # nobody approved it
        ExceptionFacts(Ground.ABSENT, date(2025, 10, 21), None, date(2025, 10, 22)),  # after the limit
        ExceptionFacts(Ground.ABSENT, date(2025, 4, 1), date(2025, 6, 1), date(2025, 6, 3)),  # before receipt
        ExceptionFacts(
            Ground.ABSENT, date(2025, 7, 1), date(2025, 8, 1), date(2025, 12, 1)
        ),  # not yet approved
    ],
)
def test_what_does_not_excuse(exception):
    assert status_on(clock(), [exception], date(2025, 11, 1)) is S.OVERDUE
    assert not is_excused(clock(sense=Sense.MINIMUM), [SUMMER], date(2025, 11, 1))


def test_an_exception_a_return_only_flags_counts_for_the_whole_limit():
    flagged = ExceptionFacts(Ground.NOT_STATED)
    assert status_on(clock(), [flagged], date(2025, 10, 21)) is S.OVERDUE_EXCUSED
    assert status_on(clock(), [ExceptionFacts(Ground.PERSONAL)], date(2025, 10, 21)) is S.OVERDUE


@pytest.mark.parametrize(
    ("asked", "closed", "reopened", "problems"),
    [
        (date(2025, 7, 16), date(2025, 7, 23), date(2025, 9, 3), 0),
        (date(2025, 8, 27), date(2025, 7, 23), date(2025, 9, 3), 0),
        (date(2025, 7, 15), date(2025, 7, 23), date(2025, 9, 3), 1),
        (date(2025, 8, 28), date(2025, 7, 23), date(2025, 9, 3), 1),
        (date(2025, 12, 19), date(2025, 12, 20), date(2026, 1, 5), 1),  # Christmas is too short
        (date(2025, 7, 23), date(2025, 7, 23), date(2025, 8, 20), 0),  # exactly four weeks
        (date(2025, 6, 1), date(2025, 12, 20), date(2026, 1, 5), 2),
    ],
)
def test_a_closure_is_a_ground_only_as_the_regulation_says(asked, closed, reopened, problems):
    assert len(closure_problems(asked, closed, reopened)) == problems


def test_an_absence_is_a_ground_from_four_weeks():
    assert absence_problems(date(2025, 7, 1), date(2025, 7, 29)) == []
    assert absence_problems(date(2025, 7, 1), date(2025, 7, 28))


def states(recorded, as_at, case_kind=CaseKind.REQUEST):
    return {one.code: status_on(one.facts, [], as_at) for one in derive_all(case_kind, recorded, frozenset())}


def test_a_request_refused_has_no_twenty_weeks():
    refused = {M.REQUEST_RECEIVED: [START], M.DECIDED_NOT_TO_ASSESS: [date(2025, 7, 14)]}
    assert states(refused, date(2026, 1, 1)) == {"A1": S.MET, "A6": S.ENDED, "A10": S.ENDED}
    assert states(refused, date(2025, 7, 13)) == {"A1": S.DUE_SOON, "A6": S.RUNNING, "A10": S.RUNNING}


@pytest.mark.parametrize("kind", [M.REQUEST_WITHDRAWN, M.MOVED_AWAY, M.ASSESSMENT_WITHDRAWN])
def test_a_request_that_leaves_ends_without_being_late(kind):
    left = {M.REQUEST_RECEIVED: [START], M.DECIDED_TO_ASSESS: [date(2025, 7, 15)], kind: [date(2025, 9, 1)]}
    assert states(left, date(2026, 1, 1)) == {"A1": S.LATE, "A6": S.ENDED, "A10": S.ENDED}


def test_moving_after_the_plan_does_not_undo_a_late_plan():
    moved = {
        M.REQUEST_RECEIVED: [START],
        M.FINAL_PLAN_ISSUED: [date(2025, 10, 21)],
        M.MOVED_AWAY: [date(2025, 12, 1)],
    }
    assert states(moved, date(2026, 1, 1))["A10"] is S.LATE


def test_no_plan_stops_sixteen_weeks_and_a_decision_to_issue_ends_them():
    no_plan = {M.REQUEST_RECEIVED: [START], M.DECIDED_NOT_TO_ISSUE: [date(2025, 9, 22)]}
    assert states(no_plan, date(2026, 1, 1))["A6"] is S.MET
    assert states(no_plan, date(2026, 1, 1))["A10"] is S.ENDED
    issue = {M.REQUEST_RECEIVED: [START], M.DECIDED_TO_ISSUE: [date(2025, 9, 30)]}
    assert states(issue, date(2026, 1, 1))["A6"] is S.ENDED
    assert states(issue, date(2026, 1, 1))["A10"] is S.OVERDUE


def test_a_plan_finalised_inside_the_fifteen_days_is_too_soon():
    plan = {
        M.REQUEST_RECEIVED: [START],
        M.DRAFT_PLAN_SERVED: [date(2025, 9, 22)],
        M.FINAL_PLAN_ISSUED: [date(2025, 10, 6)],
    }
    assert states(plan, date(2025, 10, 6))["A8"] is S.TOO_SOON
    plan[M.FINAL_PLAN_ISSUED] = [date(2025, 10, 7)]
    assert states(plan, date(2025, 10, 7))["A8"] is S.MET


def test_the_request_route_is_counted_once():
    both = {M.REQUEST_RECEIVED: [START], M.RESPONSIBILITY_BEGAN: [date(2025, 6, 9)]}
    assert set(states(both, START)) == {"A1", "A6", "A10"}
    assert set(states({M.RESPONSIBILITY_BEGAN: [START]}, START)) == {"A2", "A6", "A10"}


def test_an_annual_review_to_maintain_has_no_amendment_clocks():
    review = {
        M.PLAN_FIRST_MADE: [date(2023, 3, 1)],
        M.PREVIOUS_REVIEW_COMPLETED: [date(2025, 3, 1)],
        M.REVIEW_MEETING_HELD: [date(2026, 1, 30)],
        M.REVIEW_DECIDED: [date(2026, 2, 27)],
    }
    assert states(review, date(2026, 3, 1), CaseKind.ANNUAL_REVIEW) == {
        "C2": S.MET,
        "C3": S.OVERDUE,
        "C4": S.OVERDUE,
        "C5": S.OVERDUE,
        "C6": S.MET,
    }


def test_each_body_asked_has_its_own_six_weeks():
    one = derive(RULES["A5"], {M.ADVICE_REQUESTED: [date(2025, 7, 14)]}, frozenset())
    other = derive(
        RULES["A5"],
        {M.ADVICE_REQUESTED: [date(2025, 7, 21)], M.ADVICE_RECEIVED: [date(2025, 9, 2)]},
        frozenset(),
    )
    assert (one.due_on, other.due_on) == (date(2025, 8, 25), date(2025, 9, 1))
    assert status_on(other.facts, [], date(2025, 9, 2)) is S.LATE
    assert "A5" not in {
        row.code for row in derive_all(CaseKind.REQUEST, {M.REQUEST_RECEIVED: [START]}, frozenset())
    }


def test_a_rule_that_is_off_can_be_switched_on():
    recommended = {M.RECOMMENDATION_RECEIVED: [date(2026, 1, 5)]}
    assert derive_all(CaseKind.APPEAL, recommended, frozenset()) == []
    on = derive_all(CaseKind.APPEAL, recommended, frozenset(), ENABLED_CODES | {"H10"})
    assert [row.due_on for row in on] == [date(2026, 2, 9)]


CLOCKS = st.builds(
    lambda start, length, closed, ended, sense: ClockFacts(
        start, start + timedelta(days=length), closed, ended and closed is not None, sense
    ),
    DAYS,
    st.integers(0, 200),
    st.none() | DAYS,
    st.booleans(),
    st.sampled_from(Sense),
)
EXCEPTIONS = st.lists(
    st.builds(ExceptionFacts, st.sampled_from(Ground), st.none() | DAYS, st.none() | DAYS, st.none() | DAYS),
    max_size=3,
)


@given(CLOCKS, EXCEPTIONS, DAYS)
def test_a_past_day_looks_the_same_whatever_was_recorded_since(facts, exceptions, as_at):
    known = ClockFacts(
        facts.started_on,
        facts.due_on,
        facts.closed_on if facts.closed_on and facts.closed_on <= as_at else None,
        facts.ended if facts.closed_on and facts.closed_on <= as_at else False,
        facts.sense,
    )
    known_exceptions = [one for one in exceptions if one.counts_on(as_at)]
    assert status_on(facts, exceptions, as_at) is status_on(known, known_exceptions, as_at)


@given(CLOCKS, EXCEPTIONS, DAYS)
def test_exceptions_only_ever_add_the_word_excused(facts, exceptions, as_at):
    plain, excused = status_on(facts, [], as_at), status_on(facts, exceptions, as_at)
    allowed = {S.OVERDUE: {S.OVERDUE, S.OVERDUE_EXCUSED}, S.LATE: {S.LATE, S.LATE_EXCUSED}}
    assert excused in allowed.get(plain, {plain})


@given(CLOCKS, DAYS)
def test_closed_clocks_stay_as_they_are(facts, as_at):
    now = status_on(facts, [], as_at)
    if facts.closed_on and facts.closed_on <= as_at:
        assert not now.is_open
        assert status_on(facts, [], as_at + timedelta(days=400)) is now
