"""Milestones: values that fit the database, words for all, and an order that is checked both ways."""

from datetime import date
from graphlib import TopologicalSorter

import pytest

from casework.rules.case_kinds import CaseKind, case_kind_choices
from casework.rules.clocks import RULES
from casework.rules.milestone_facts import (
    FACTS,
    ONCE_ONLY,
    is_repeatable,
    may_be_future,
    milestone_choices,
    milestone_words,
    milestones_of,
)
from casework.rules.milestone_order import ORDER, order_problems
from casework.rules.milestones import Milestone as M

CORE = [
    "request_received",
    "responsibility_began",
    "decided_to_assess",
    "decided_not_to_assess",
    "request_withdrawn",
    "moved_away",
    "advice_requested",
    "advice_received",
    "decided_to_issue",
    "decided_not_to_issue",
    "draft_plan_served",
    "final_plan_issued",
    "assessment_withdrawn",
    "review_meeting_held",
    "review_report_received",
    "review_decided",
    "amendment_notice_sent",
    "draft_amended_plan_issued",
    "amended_plan_issued",
    "phase_transfer_plan_due",
    "phase_transfer_plan_issued",
    "plan_transferred_in",
    "plan_transferred_out",
    "cease_consulted",
    "cease_decided",
    "plan_ceased",
    "mediation_held",
    "appeal_registered",
    "tribunal_ordered",
]


@pytest.mark.parametrize("value", CORE)
def test_values_other_parts_rely_on(value):
    assert M(value).value == value


def test_values_fit_and_every_kind_is_described():
    assert set(FACTS) == set(M)
    for kind in M:
        assert len(kind) <= 40
        assert kind == kind.lower()
        assert kind.replace("_", "").isalnum()
        assert FACTS[kind].words
    assert len({facts.words for facts in FACTS.values()}) == len(M)


def test_case_kinds():
    assert [value for value, _ in case_kind_choices()] == [
        "request",
        "reassessment",
        "annual_review",
        "phase_transfer",
        "transfer_in",
        "transfer_out",
        "ceasing",
        "mediation",
        "appeal",
    ]
    for case_kind in CaseKind:
        assert milestones_of(case_kind)


def test_every_milestone_a_rule_names_belongs_to_a_case_or_to_none_of_its_rules():
    outside = {kind for kind in M if not FACTS[kind].case_kinds}
    for rule in RULES.values():
        if rule.case_kinds:
            assert not outside & {*rule.anchors, *rule.stops}, rule.code


def test_words_of_a_reassessment_differ():
    assert milestone_words(M.DECIDED_TO_ASSESS) == "Family told of the decision to assess"
    assert (
        milestone_words(M.DECIDED_TO_ASSESS, CaseKind.REASSESSMENT)
        == "Family told of the decision to re-assess"
    )
    assert ("request_received", "Request to re-assess received") in milestone_choices(CaseKind.REASSESSMENT)
    assert len(milestone_choices()) == len(M)


def test_once_only_and_future():
    assert M.REQUEST_RECEIVED in ONCE_ONLY
    assert M.ADVICE_REQUESTED not in ONCE_ONLY
    assert is_repeatable(M.DRAFT_PLAN_SERVED)
    assert may_be_future(M.REVIEW_MEETING_PLANNED)
    assert not may_be_future(M.REVIEW_MEETING_HELD)


def test_the_order_has_no_circle():
    assert list(TopologicalSorter(ORDER).static_order())


@pytest.mark.parametrize(
    ("kind", "day", "recorded", "problems"),
    [
        (M.DECIDED_TO_ASSESS, date(2025, 6, 1), {M.REQUEST_RECEIVED: [date(2025, 6, 2)]}, 1),
        (M.DECIDED_TO_ASSESS, date(2025, 6, 2), {M.REQUEST_RECEIVED: [date(2025, 6, 2)]}, 0),
        (M.DECIDED_TO_ASSESS, date(2025, 6, 1), {}, 0),
        # Found from the other side: the request is dated after what followed it.
        (M.REQUEST_RECEIVED, date(2025, 7, 1), {M.DECIDED_TO_ASSESS: [date(2025, 6, 20)]}, 1),
        # A second draft after the final plan was prepared from the first: in order.
        (
            M.DRAFT_PLAN_SERVED,
            date(2025, 10, 20),
            {M.DRAFT_PLAN_SERVED: [date(2025, 9, 22)], M.FINAL_PLAN_ISSUED: [date(2025, 10, 10)]},
            0,
        ),
        (M.FINAL_PLAN_ISSUED, date(2025, 9, 21), {M.DRAFT_PLAN_SERVED: [date(2025, 9, 22)]}, 1),
        (M.REVIEW_DECIDED, date(2026, 1, 4), {M.REVIEW_MEETING_HELD: [date(2026, 1, 5)]}, 1),
    ],
)
def test_order(kind, day, recorded, problems):
    assert len(order_problems(kind, day, recorded)) == problems


def test_the_message_names_both_dates():
    found = order_problems(M.FINAL_PLAN_ISSUED, date(2025, 6, 1), {M.REQUEST_RECEIVED: [date(2025, 6, 2)]})
    assert found == [
        "“Final plan sent to the family” (1 June 2025) is before “Request received” (2 June 2025). Check both dates."
    ]
