"""Limits worked out by hand from the text, and what must hold for every limit."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casework.rules.clock_rule import AcademicYearEnd, FixedDay, PublishedDays
from casework.rules.clocks import (
    RULES,
    Combine,
    Limit,
    Unit,
    anchors_of,
    due_on,
    explain,
    starts_on,
)
from casework.rules.due_dates import moved_appeal_day, part_due
from casework.rules.milestones import Milestone as M

NONE = frozenset()
BANK = frozenset(
    {date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6)}
)
DAYS = st.dates(min_value=date(2018, 4, 3), max_value=date(2040, 12, 31))
LIMITED = sorted(code for code, rule in RULES.items() if rule.limit)


@pytest.mark.parametrize(
    ("code", "anchors", "due"),
    [
        # Request on Monday 2 June 2025: the notes give 14 July, 22 September and 20 October.
        ("A1", {M.REQUEST_RECEIVED: date(2025, 6, 2)}, date(2025, 7, 14)),
        ("A6", {M.REQUEST_RECEIVED: date(2025, 6, 2)}, date(2025, 9, 22)),
        ("A10", {M.REQUEST_RECEIVED: date(2025, 6, 2)}, date(2025, 10, 20)),
        # 20 weeks over a leap day and a year's end: 1 December 2023 + 140 days.
        ("A10", {M.REQUEST_RECEIVED: date(2023, 12, 1)}, date(2024, 4, 19)),
        ("A2", {M.RESPONSIBILITY_BEGAN: date(2025, 6, 2)}, date(2025, 7, 14)),
        ("A10", {M.RESPONSIBILITY_BEGAN: date(2025, 6, 2)}, date(2025, 10, 20)),
        ("A5", {M.ADVICE_REQUESTED: date(2025, 7, 14)}, date(2025, 8, 25)),
        # Draft served 22 September: the family's last day is 6 October.
        ("A8", {M.DRAFT_PLAN_SERVED: date(2025, 9, 22)}, date(2025, 10, 6)),
        ("A9", {M.SETTING_CONSULTED: date(2025, 9, 22)}, date(2025, 10, 7)),
        ("B1", {M.REQUEST_RECEIVED: date(2025, 6, 2)}, date(2025, 6, 17)),
        ("B2", {M.DECIDED_TO_ASSESS: date(2025, 6, 17)}, date(2025, 9, 23)),
        # Twelve months beginning with the day: they end on the day before the anniversary.
        ("C1", {M.PLAN_FIRST_MADE: date(2025, 3, 10)}, date(2026, 3, 9)),
        ("C2", {M.PREVIOUS_REVIEW_COMPLETED: date(2024, 2, 29)}, date(2025, 2, 27)),
        ("C3", {M.REVIEW_MEETING_PLANNED: date(2026, 3, 20)}, date(2026, 3, 6)),
        ("C4", {M.REVIEW_MEETING_HELD: date(2026, 3, 20)}, date(2026, 3, 6)),
        ("C5", {M.REVIEW_MEETING_HELD: date(2025, 11, 22)}, date(2025, 12, 6)),
        ("C6", {M.REVIEW_MEETING_HELD: date(2025, 11, 22)}, date(2025, 12, 20)),
        (
            "C7",
            {M.REVIEW_MEETING_HELD: date(2025, 11, 22), M.DECIDED_TO_AMEND: date(2025, 12, 1)},
            date(2025, 12, 20),
        ),
        ("C8", {M.AMENDMENT_NOTICE_SENT: date(2025, 12, 20)}, date(2026, 1, 3)),
        (
            "C8",
            {M.AMENDMENT_NOTICE_SENT: date(2025, 12, 20), M.AMENDMENT_NOTICE_SERVED: date(2025, 12, 22)},
            date(2026, 1, 5),
        ),
        # A meeting on 22 November on the longest timetable: notice at 4 weeks, final at 12, which is 14 February.
        (
            "C9",
            {M.REVIEW_MEETING_HELD: date(2025, 11, 22), M.AMENDMENT_NOTICE_SENT: date(2025, 12, 20)},
            date(2026, 2, 14),
        ),
        # The notice went late: 56 days from it would be 7 March, but never later than meeting + 84.
        (
            "C9",
            {M.REVIEW_MEETING_HELD: date(2025, 11, 22), M.AMENDMENT_NOTICE_SENT: date(2026, 1, 10)},
            date(2026, 2, 14),
        ),
        # The notice went early: 8 weeks from the notice come first.
        (
            "C9",
            {M.REVIEW_MEETING_HELD: date(2025, 11, 22), M.AMENDMENT_NOTICE_SENT: date(2025, 12, 1)},
            date(2026, 1, 26),
        ),
        # A meeting on 5 January 2026 can end on 30 March 2026.
        (
            "C9",
            {M.REVIEW_MEETING_HELD: date(2026, 1, 5), M.AMENDMENT_NOTICE_SENT: date(2026, 2, 2)},
            date(2026, 3, 30),
        ),
        (
            "C10",
            {M.AMENDMENT_NOTICE_SENT: date(2025, 12, 20), M.DECIDED_NOT_TO_AMEND: date(2026, 2, 1)},
            date(2026, 2, 14),
        ),
        ("C11", {M.AMENDMENT_NOTICE_SENT: date(2025, 12, 20)}, date(2026, 2, 14)),
        ("D1", {M.TRANSFER_TO_POST_16: date(2026, 9, 1)}, date(2026, 3, 30)),
        ("D2", {M.TRANSFER_TO_NEXT_PHASE: date(2026, 9, 1)}, date(2026, 2, 14)),
        ("D1", {M.PHASE_TRANSFER_PLAN_DUE: date(2026, 3, 31)}, date(2026, 3, 30)),
        ("D2", {M.PHASE_TRANSFER_PLAN_DUE: date(2026, 2, 14)}, date(2026, 2, 14)),
        ("D1", {M.PHASE_TRANSFER_PLAN_DUE: date(2026, 2, 15)}, None),
        ("D2", {M.PHASE_TRANSFER_PLAN_DUE: date(2026, 3, 31)}, None),
        ("D3", {M.POST_16_MOVE_PLANNED: date(2026, 9, 7)}, date(2026, 4, 7)),
        ("E1", {M.MOVED_AWAY: date(2026, 5, 1), M.MOVE_KNOWN: date(2026, 4, 1)}, date(2026, 5, 1)),
        ("E1", {M.MOVED_AWAY: date(2026, 5, 1), M.MOVE_KNOWN: date(2026, 4, 20)}, None),
        # Known on Monday 20 April, day 1: the 15th working day is Friday 8 May (no bank holiday given).
        ("E2", {M.MOVED_AWAY: date(2026, 5, 1), M.MOVE_KNOWN: date(2026, 4, 20)}, date(2026, 5, 8)),
        ("E2", {M.MOVED_AWAY: date(2026, 5, 1), M.MOVE_KNOWN: date(2026, 4, 1)}, None),
        ("E1", {M.MOVED_AWAY: date(2026, 5, 1)}, date(2026, 5, 1)),
        ("E2", {M.MOVE_KNOWN: date(2026, 4, 20)}, date(2026, 5, 8)),
        ("C1", {M.PLAN_FIRST_MADE: date(2024, 3, 1), M.PREVIOUS_REVIEW_COMPLETED: date(2025, 3, 1)}, None),
        ("C7", {M.REVIEW_MEETING_HELD: date(2025, 11, 22)}, None),
        ("E3", {M.PLAN_TRANSFERRED_IN: date(2026, 1, 5)}, date(2026, 2, 16)),
        (
            "E4",
            {M.PLAN_TRANSFERRED_IN: date(2026, 1, 5), M.PLAN_FIRST_MADE: date(2025, 2, 1)},
            date(2026, 4, 4),
        ),
        (
            "E4",
            {
                M.PLAN_TRANSFERRED_IN: date(2026, 1, 5),
                M.PLAN_FIRST_MADE: date(2023, 2, 1),
                M.PREVIOUS_REVIEW_COMPLETED: date(2025, 10, 1),
            },
            date(2026, 9, 30),
        ),
        ("F3", {M.CEASE_DECIDED: date(2026, 3, 3)}, date(2026, 5, 3)),
        ("F5", {M.TURNS_25: date(2026, 8, 3)}, date(2027, 7, 31)),
        ("F5", {M.TURNS_25: date(2026, 7, 31)}, date(2026, 7, 31)),
        ("G1", {M.APPEALABLE_DECISION_SENT: date(2025, 12, 31)}, date(2026, 2, 28)),
        ("G2", {M.MEDIATION_DECLINED: date(2025, 12, 24)}, date(2025, 12, 31)),
        ("G3", {M.MEDIATION_REQUESTED: date(2026, 1, 30)}, date(2026, 3, 1)),
        ("G4", {M.HEALTH_MEDIATION_REQUESTED: date(2026, 4, 2)}, date(2026, 4, 9)),
        (
            "G5",
            {
                M.HEALTH_TOLD_OF_MEDIATION: date(2026, 4, 9),
                M.HEALTH_ONLY_MEDIATION_REQUESTED: date(2026, 4, 2),
            },
            date(2026, 5, 9),
        ),
        ("G5", {M.HEALTH_TOLD_OF_MEDIATION: date(2026, 4, 9)}, None),
        ("G7", {M.AGREED_OTHER_ISSUE: date(2026, 4, 9)}, date(2026, 4, 23)),
        ("G8", {M.AGREED_WITHOUT_AUTHORITY: date(2026, 4, 9)}, date(2026, 4, 16)),
        ("H0", {M.APPEALABLE_DECISION_SENT: date(2025, 3, 3)}, date(2025, 5, 3)),
        (
            "H0",
            {
                M.APPEALABLE_DECISION_SENT: date(2025, 3, 3),
                M.MEDIATION_CERTIFICATE_ISSUED: date(2025, 4, 20),
            },
            date(2025, 5, 20),
        ),
        (
            "H0",
            {
                M.APPEALABLE_DECISION_SENT: date(2025, 3, 3),
                M.MEDIATION_CERTIFICATE_ISSUED: date(2025, 3, 20),
            },
            date(2025, 5, 3),
        ),
        ("H0", {M.APPEALABLE_DECISION_SENT: date(2025, 10, 25)}, date(2026, 1, 2)),
        ("H0", {M.APPEALABLE_DECISION_SENT: date(2026, 6, 20)}, date(2026, 9, 1)),
        ("H1", {M.CEASING_APPEAL_DISMISSED: date(2026, 5, 5)}, date(2026, 5, 5)),
        ("H2", {M.ORDERED_TO_ASSESS: date(2026, 1, 5)}, date(2026, 1, 19)),
        ("H3", {M.ORDERED_TO_ASSESS: date(2026, 1, 5)}, date(2026, 3, 16)),
        ("H4", {M.ORDERED_TO_ASSESS: date(2026, 1, 5)}, date(2026, 4, 13)),
        ("H5", {M.ORDERED_TO_MAKE_PLAN: date(2026, 1, 5)}, date(2026, 2, 9)),
        ("H6", {M.ORDERED_TO_MAKE_PLAN: date(2026, 1, 5)}, date(2026, 3, 23)),
        ("H7", {M.ORDERED_TO_AMEND: date(2026, 1, 5)}, date(2026, 2, 9)),
        ("H8", {M.ORDERED_TO_CHANGE_SETTING: date(2026, 1, 5)}, date(2026, 1, 19)),
        ("H9.3", {M.NOT_OPPOSED_ASSESSMENT: date(2026, 1, 5)}, date(2026, 4, 13)),
        ("H9.4", {M.NOT_OPPOSED_CONTENT: date(2026, 1, 5)}, date(2026, 2, 9)),
        ("I1", {M.DIRECT_PAYMENTS_STARTED: date(2025, 9, 1)}, date(2025, 11, 30)),
        ("J1", {M.SEN2_CENSUS_DAY: date(2026, 1, 15)}, date(2026, 3, 12)),
        ("J1", {M.SEN2_CENSUS_DAY: date(2027, 1, 21)}, date(2027, 3, 11)),
        ("J1", {M.SEN2_CENSUS_DAY: date(2026, 1, 16)}, None),
    ],
)
def test_worked_dates(code, anchors, due):
    assert due_on(RULES[code], anchors, BANK) == due


def test_mediation_agreements_run_as_orders_do():
    pairs = {
        "G6.1": "H2",
        "G6.2": "H3",
        "G6.3": "H4",
        "G6.4": "H5",
        "G6.5": "H6",
        "G6.6": "H7",
        "G6.7": "H8",
    }
    for agreement, order in pairs.items():
        one, other = RULES[agreement].limit, RULES[order].limit
        assert (one.length, one.unit) == (other.length, other.unit)
    for unopposed, order in {"H9.1": "H2", "H9.2": "H3", "H9.3": "H4", "H9.4": "H7"}.items():
        assert RULES[unopposed].limit.length == RULES[order].limit.length


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2025, 12, 24), date(2025, 12, 24)),
        (date(2025, 12, 25), date(2026, 1, 2)),
        (date(2026, 1, 1), date(2026, 1, 2)),
        (date(2026, 12, 31), date(2027, 1, 4)),  # 2 January 2027 is a Saturday
        (date(2026, 1, 2), date(2026, 1, 2)),
        (date(2026, 7, 31), date(2026, 7, 31)),
        (date(2026, 8, 1), date(2026, 9, 1)),
        (date(2024, 8, 31), date(2024, 9, 2)),  # 1 September 2024 is a Sunday
    ],
)
def test_the_last_day_to_appeal_leaves_the_holidays(day, moved):
    assert moved_appeal_day(day, BANK) == moved


def test_a_clock_starts_no_later_than_it_is_due():
    late_notice = {M.REVIEW_MEETING_HELD: date(2025, 1, 6), M.AMENDMENT_NOTICE_SENT: date(2025, 6, 2)}
    assert due_on(RULES["C9"], late_notice, NONE) == date(2025, 3, 31)
    assert starts_on(RULES["C9"], late_notice, NONE) == date(2025, 3, 31)
    assert starts_on(RULES["C3"], {M.REVIEW_MEETING_PLANNED: date(2026, 3, 20)}, NONE) == date(2026, 2, 6)
    assert starts_on(RULES["D2"], {M.TRANSFER_TO_NEXT_PHASE: date(2026, 9, 1)}, NONE) == date(2025, 9, 1)


def test_a_second_draft_gives_the_family_a_new_fortnight():
    served = {M.DRAFT_PLAN_SERVED: [date(2025, 9, 22), date(2025, 10, 1)]}
    assert due_on(RULES["A8"], anchors_of(RULES["A8"], served), NONE) == date(2025, 10, 15)
    notices = {M.AMENDMENT_NOTICE_SENT: [date(2025, 9, 22), date(2025, 10, 1)]}
    assert due_on(RULES["C9"], anchors_of(RULES["C9"], notices), NONE) == date(2025, 11, 17)


@pytest.mark.parametrize(
    ("code", "anchors", "words"),
    [
        (
            "A10",
            {M.REQUEST_RECEIVED: date(2025, 6, 2)},
            "Request received 2 June 2025 + 20 weeks (140 days) = 20 October 2025.",
        ),
        (
            "A8",
            {M.DRAFT_PLAN_SERVED: date(2025, 9, 22)},
            (
                "Draft plan served on the family 22 September 2025 counts as day 1, 15 days: last day 6 October 2025. "
                "The whole period must be allowed: acting on or before the last day is too soon."
            ),
        ),
        (
            "C9",
            {M.REVIEW_MEETING_HELD: date(2025, 11, 22), M.AMENDMENT_NOTICE_SENT: date(2026, 1, 10)},
            (
                "Amendment notice sent 10 January 2026 + 8 weeks (56 days) = 7 March 2026; Review meeting held "
                "22 November 2025 + 12 weeks (84 days) = 14 February 2026; the earlier counts."
            ),
        ),
        (
            "D1",
            {M.TRANSFER_TO_POST_16: date(2026, 9, 1)},
            "Before 31 March 2026: the last day is 30 March 2026.",
        ),
        (
            "E2",
            {M.MOVED_AWAY: date(2026, 5, 1), M.MOVE_KNOWN: date(2026, 4, 20)},
            (
                "Old authority became aware of the move 20 April 2026: 15 working days (Monday to Friday without "
                "bank holidays) beginning with that day: last day 8 May 2026."
            ),
        ),
        (
            "H0",
            {M.APPEALABLE_DECISION_SENT: date(2026, 6, 20)},
            (
                "Decision letter with appeal right sent 20 June 2026 + 2 months = 20 August 2026; moved out of the "
                "holidays to 1 September 2026."
            ),
        ),
        ("H1", {M.CEASING_APPEAL_DISMISSED: date(2026, 5, 5)}, None),
        (
            "F5",
            {M.TURNS_25: date(2026, 8, 3)},
            "Young person's 25th birthday 3 August 2026: the academic year ends on 31 July 2027.",
        ),
        (
            "J1",
            {M.SEN2_CENSUS_DAY: date(2026, 1, 15)},
            "SEN2 census day 15 January 2026: published last day 12 March 2026.",
        ),
        (
            "D3",
            {M.POST_16_MOVE_PLANNED: date(2026, 9, 7)},
            "Move between post-16 institutions planned for 7 September 2026 - 5 months = 7 April 2026.",
        ),
        (
            "A10",
            {},
            "Not started: “Request received” or “Authority became responsible” is not recorded.",
        ),
        ("A3", {}, "The text sets no limit: record the day and act as soon as practicable."),
        ("C6", {}, "Not started: “Review meeting held” is not recorded."),
        (
            "E1",
            {M.MOVED_AWAY: date(2026, 5, 1), M.MOVE_KNOWN: date(2026, 4, 20)},
            "This limit does not apply to the dates recorded.",
        ),
        ("J1", {M.SEN2_CENSUS_DAY: date(2030, 1, 17)}, "No last day is published for this date."),
    ],
)
def test_the_arithmetic_in_words(code, anchors, words):
    expected = words or "Order: appeal against ceasing dismissed 5 May 2026: the same day, 5 May 2026."
    assert explain(RULES[code], anchors, BANK) == expected


def test_a_rule_is_silent_before_it_came_into_force():
    assert due_on(RULES["A10"], {M.REQUEST_RECEIVED: date(2014, 8, 31)}, NONE) is None
    assert due_on(RULES["H10"], {M.RECOMMENDATION_RECEIVED: date(2018, 4, 2)}, NONE) is None
    assert due_on(RULES["H10"], {M.RECOMMENDATION_RECEIVED: date(2018, 4, 3)}, NONE) == date(2018, 5, 8)


def anchors_for(rule, day):
    anchors = {rule.limit.anchors[0]: day}
    if rule.requires and not set(rule.requires) & set(anchors):
        anchors[rule.requires[0]] = day
    if rule.notice_working_days and not rule.notice_given:
        anchors[M.MOVED_AWAY] = day
    return anchors


@given(st.sampled_from(LIMITED), DAYS, DAYS)
def test_a_later_anchor_never_gives_an_earlier_day(code, one, other):
    rule = RULES[code]
    assume(not isinstance(rule.limit, PublishedDays))
    first, second = sorted((one, other))
    early, late = (due_on(rule, anchors_for(rule, day), NONE) for day in (first, second))
    assert early is not None
    assert late is not None
    assert early <= late


@given(st.sampled_from(LIMITED), DAYS, st.frozensets(DAYS, max_size=5), st.integers(0, 40))
def test_a_holiday_moves_only_limits_that_know_working_days_and_only_later(code, day, holidays, after):
    rule = RULES[code]
    assume(not isinstance(rule.limit, PublishedDays))
    anchors = anchors_for(rule, day)
    plain = due_on(rule, anchors, holidays)
    moved = due_on(rule, anchors, holidays | {day + timedelta(days=after)})
    assert plain is not None
    assert moved is not None
    assert moved >= plain
    counts_working_days = isinstance(rule.limit, Limit) and rule.limit.unit is Unit.WORKING_DAYS
    if not counts_working_days and not rule.appeal_window:
        assert moved == plain


@given(st.sampled_from([code for code in LIMITED if RULES[code].combine]), DAYS, DAYS)
def test_two_parts_give_the_earlier_or_the_later(code, one, other):
    rule = RULES[code]
    anchors = {rule.limit.anchors[0]: one, rule.second.anchors[0]: other}
    parts = [part_due(rule.limit, anchors, NONE), part_due(rule.second, anchors, NONE)]
    best = min(parts) if rule.combine is Combine.EARLIER else max(parts)
    expected = moved_appeal_day(best, NONE) if rule.appeal_window else best
    assert due_on(rule, anchors, NONE) == expected


@given(st.sampled_from(LIMITED), DAYS)
def test_a_clock_never_starts_after_it_is_due(code, day):
    rule = RULES[code]
    anchors = anchors_for(rule, day)
    due, start = due_on(rule, anchors, NONE), starts_on(rule, anchors, NONE)
    assert (due is None) == (start is None)
    if due and start:
        assert start <= due


@given(DAYS)
def test_fixed_days_are_themselves_late(day):
    for code in ("D1", "D2"):
        limit = RULES[code].limit
        assert isinstance(limit, FixedDay)
        due = due_on(RULES[code], {limit.anchors[0]: day}, NONE)
        assert due == date(day.year, limit.month, limit.day) - timedelta(days=1)


def test_every_shape_of_the_table_is_used():
    shapes = {type(rule.limit) for rule in RULES.values()}
    assert shapes == {Limit, FixedDay, AcademicYearEnd, PublishedDays, type(None)}
