"""Reviews through the services, against dates worked out by hand (docs/domain/reviews.md)."""

import datetime

import pytest

from casework.models import (
    Answer,
    Case,
    CaseKind,
    Clock,
    Milestone,
    MilestoneKind,
    PlanVersion,
    Review,
    Stage,
)
from casework.models.reviews import ReviewType
from casework.rules.clocks import ClockStatus
from casework.services import amendments, corrections, review_calendar, reviews
from casework.services.refusals import Refused
from tests.factories.cases import CaseFactory, MilestoneFactory, PlanFactory, PlanVersionFactory
from tests.factories.children import ChildFactory

D = datetime.date
M = MilestoneKind
ON = D(2026, 6, 30)


@pytest.fixture
def plan(db, child):
    """Made on Monday 10 March 2025: to be reviewed by 9 March 2026."""
    plan = PlanFactory(child=child, starts_on=D(2025, 3, 10))
    PlanVersionFactory(plan=plan)
    return plan


@pytest.fixture
def review(plan, caseworker):
    return reviews.review_of(plan, on=ON, by=caseworker).case


@pytest.fixture
def held(review, caseworker):
    """The meeting of Tuesday 20 January 2026."""
    reviews.hold_meeting(case=review, held_on=D(2026, 1, 20), by=caseworker, on=ON)
    return review


def decide(case, caseworker, answer=Answer.AMEND, **different):
    return reviews.decide(
        **{
            "case": case,
            "answer": answer,
            "reasons": "Rowan's communication outcomes have been met and need to be set again.",
            "decided_on": D(2026, 2, 12),
            "told_on": D(2026, 2, 13),
            "by": caseworker,
            "on": ON,
        }
        | different
    )


def due(case):
    return dict(case.clocks.values_list("rule_code", "due_on"))


def row(case, on=ON):
    return Review.objects.with_state(on).get(case=case)


# Worked by hand: the plan's day counts as day 1 of the twelve months; weeks leave the day of the event out.


def test_c1_runs_for_a_plan_from_the_day_it_was_made(review):
    assert due(review) == {"C1": D(2026, 3, 9)}
    assert Milestone.objects.get(case=review).happened_on == D(2025, 3, 10)


def test_c3_and_c4_count_back_two_weeks_from_the_meeting(review, caseworker):
    reviews.plan_meeting(case=review, planned_on=D(2026, 2, 3), by=caseworker, on=D(2026, 1, 5))
    assert due(review) == {"C1": D(2026, 3, 9), "C3": D(2026, 1, 20), "C4": D(2026, 1, 20)}
    reviews.give_notice(case=review, given_on=D(2026, 1, 20), by=caseworker, on=ON)
    reviews.circulate_advice(case=review, circulated_on=D(2026, 1, 21), by=caseworker, on=ON)
    states = dict(Clock.objects.with_status(ON).filter(case=review).values_list("rule_code", "status"))
    assert (states["C3"], states["C4"]) == (ClockStatus.MET, ClockStatus.LATE)


def test_c5_and_c6_count_from_the_meeting_and_not_from_the_report(held, caseworker):
    assert due(held) == {
        "C1": D(2026, 3, 9), "C3": D(2026, 1, 6), "C4": D(2026, 1, 6), "C5": D(2026, 2, 3), "C6": D(2026, 2, 17)
    }  # fmt: skip
    before = due(held)
    reviews.receive_report(case=held, received_on=D(2026, 2, 16), by=caseworker, on=ON)
    assert due(held) == before
    assert held.clocks.get(rule_code="C5").stopped_on == D(2026, 2, 16)


def test_to_amend_is_counted_as_notice_in_four_weeks_and_final_in_eight_and_twelve(held, caseworker):
    decide(held, caseworker, notice_sent_on=D(2026, 2, 13))
    days = due(held)
    assert days["C7"] == D(2026, 2, 17)  # meeting + 28
    assert days["C8"] == D(2026, 2, 27)  # sent 13 February is day 1 of 15
    assert days["C9"] == D(2026, 4, 10)  # notice + 56, before meeting + 84 = 14 April
    assert held.clocks.get(rule_code="C7").stopped_on == D(2026, 2, 13)


def test_a_late_notice_does_not_move_the_twelve_weeks(held, caseworker):
    decide(held, caseworker)
    amendments.send_notice(case=held, sent_on=D(2026, 3, 2), by=caseworker, on=ON)
    assert due(held)["C9"] == D(2026, 4, 14)  # meeting + 84; notice + 56 would be 27 April


def test_the_day_the_notice_was_served_is_day_1_of_15(held, caseworker):
    decide(held, caseworker, notice_sent_on=D(2026, 2, 13))
    amendments.record_served(case=held, served_on=D(2026, 2, 16), by=caseworker, on=ON)
    assert due(held)["C8"] == D(2026, 3, 2)
    assert PlanVersion.objects.get(stage=Stage.PROPOSED).served_on == D(2026, 2, 16)


def test_the_final_amended_plan_is_a_version_of_its_own(held, plan, caseworker):
    decide(held, caseworker, notice_sent_on=D(2026, 2, 13))
    amended = amendments.issue_final(case=held, issued_on=D(2026, 4, 10), by=caseworker, on=ON)
    versions = plan.versions.order_by("number").values_list("number", "stage", "starts_on", "ends_on")
    assert list(versions) == [
        (1, "final", D(2025, 3, 10), D(2026, 4, 9)),
        (2, "proposed", None, None),
        (3, "amended_final", D(2026, 4, 10), None),
    ]
    assert amended.primary_need == plan.versions.get(number=1).primary_need
    held.refresh_from_db()
    assert (held.closed_on, held.closed_because) == (D(2026, 4, 10), "amended")
    states = dict(Clock.objects.with_status(ON).filter(case=held).values_list("rule_code", "status"))
    assert states["C9"] == ClockStatus.MET
    assert states["C8"] == ClockStatus.MET


def test_a_plan_sent_within_the_15_days_is_too_soon(held, caseworker):
    decide(held, caseworker, notice_sent_on=D(2026, 2, 13))
    amendments.issue_final(case=held, issued_on=D(2026, 2, 27), by=caseworker, on=ON)
    clock = Clock.objects.with_status(ON).get(case=held, rule_code="C8")
    assert clock.status == ClockStatus.TOO_SOON


def test_a_decision_not_to_amend_after_the_notice_closes_the_review(held, caseworker):
    decide(held, caseworker, notice_sent_on=D(2026, 2, 13))
    amendments.decide_not_to_amend(
        case=held, reasons="The family asked for the plan to stay.", decided_on=D(2026, 4, 9), told_on=D(2026, 4, 10),
        by=caseworker, on=ON,
    )  # fmt: skip
    assert due(held)["C10"] == D(2026, 4, 10)  # notice + 56
    held.refresh_from_db()
    assert (held.closed_on, held.closed_because) == (D(2026, 4, 10), "not_amended")
    assert row(held).state == "complete"


def test_c2_counts_from_the_day_the_family_was_told_and_not_from_the_meeting(held, plan, caseworker):
    decide(held, caseworker, Answer.MAINTAIN)
    held.refresh_from_db()
    assert (held.closed_on, held.closed_because) == (D(2026, 2, 13), "maintain")
    following = reviews.review_of(plan, on=ON).case
    assert following != held
    assert due(following) == {"C2": D(2027, 2, 12)}


def test_the_next_review_waits_while_the_amendment_goes_on(held, plan, caseworker):
    decide(held, caseworker, notice_sent_on=D(2026, 2, 13))
    following = reviews.review_of(plan, on=ON).case
    assert row(held).state == "waiting_final"
    assert (row(following).state, row(following).act_by) == ("not_due", D(2027, 2, 12))


@pytest.mark.parametrize(
    ("steps", "on", "state", "act_by"),
    [
        ([], D(2025, 12, 14), "not_due", D(2026, 3, 9)),
        ([], D(2025, 12, 15), "due", D(2026, 3, 9)),  # 84 days before
        ([], D(2026, 3, 9), "due", D(2026, 3, 9)),
        ([], D(2026, 3, 10), "overdue", D(2026, 3, 9)),
        ([("plan_meeting", "planned_on", D(2026, 7, 1))], D(2026, 7, 1), "booked", D(2026, 3, 9)),
        ([("plan_meeting", "planned_on", D(2026, 7, 1))], D(2026, 7, 2), "meeting_passed", D(2026, 3, 9)),
        ([("hold_meeting", "held_on", D(2026, 1, 20))], ON, "waiting_report", D(2026, 2, 3)),
        (
            [("hold_meeting", "held_on", D(2026, 1, 20)), ("receive_report", "received_on", D(2026, 2, 1))],
            ON,
            "waiting_decision",
            D(2026, 2, 17),
        ),
    ],
)
def test_the_state_says_what_is_waited_for_and_until_when(review, caseworker, steps, on, state, act_by):
    for name, day_of, day in steps:
        getattr(reviews, name)(case=review, by=caseworker, on=ON, **{day_of: day})
    found = row(review, on)
    assert (found.state, found.act_by) == (state, act_by)


# Bad input


def refused(what, **given):
    with pytest.raises(Refused) as error:
        what(**given)
    return error.value.words


def test_a_meeting_in_the_future_is_planned_and_not_held(review, caseworker):
    words = refused(reviews.hold_meeting, case=review, held_on=D(2026, 7, 1), by=caseworker, on=ON)
    assert "Plan the meeting for that day instead" in words
    assert not Milestone.objects.filter(kind=M.REVIEW_MEETING_HELD).exists()


def test_a_report_needs_a_meeting_and_cannot_be_before_it(review, caseworker):
    words = refused(reviews.receive_report, case=review, received_on=D(2026, 1, 30), by=caseworker, on=ON)
    assert "Record the day the meeting was held before" in words
    reviews.hold_meeting(case=review, held_on=D(2026, 1, 20), by=caseworker, on=ON)
    words = refused(reviews.receive_report, case=review, received_on=D(2026, 1, 19), by=caseworker, on=ON)
    assert "Check both dates" in words


def test_a_decision_needs_a_meeting_reasons_and_days_in_order(review, caseworker):
    assert "Record the day the meeting was held" in refused(decide, case=review, caseworker=caseworker)
    reviews.hold_meeting(case=review, held_on=D(2026, 2, 20), by=caseworker, on=ON)
    assert "before the meeting on 20 February 2026" in refused(decide, case=review, caseworker=caseworker)
    late = {"case": review, "caseworker": caseworker, "decided_on": D(2026, 3, 2)}
    assert "Check both dates" in refused(decide, **late, told_on=D(2026, 3, 1))
    assert "once the letter has gone" in refused(decide, **late, told_on=D(2026, 7, 1))
    assert "Enter the reasons" in refused(decide, **late, told_on=D(2026, 3, 2), reasons=" ")
    assert not Milestone.objects.filter(kind=M.REVIEW_DECIDED).exists()


def test_one_decision_for_one_review(held, caseworker):
    decide(held, caseworker, Answer.MAINTAIN)
    assert "already recorded on 13 February 2026" in refused(decide, case=held, caseworker=caseworker)
    assert "The decision after this review was to maintain" in refused(
        amendments.send_notice, case=held, sent_on=D(2026, 2, 20), by=caseworker, on=ON
    )


def test_a_final_plan_needs_its_notice(held, caseworker):
    decide(held, caseworker)
    assert "Record the amendment notice first" in refused(
        amendments.issue_final, case=held, issued_on=D(2026, 4, 1), by=caseworker, on=ON
    )


def test_notice_of_a_meeting_after_the_meeting_is_refused(held, caseworker):
    words = refused(reviews.give_notice, case=held, given_on=D(2026, 1, 21), by=caseworker, on=ON)
    assert "must be before the meeting" in words


def test_a_meeting_is_not_planned_for_the_past_nor_moved_once_held(review, caseworker):
    assert "has passed" in refused(
        reviews.plan_meeting, case=review, planned_on=D(2026, 6, 29), by=caseworker, on=ON
    )
    reviews.hold_meeting(case=review, held_on=D(2026, 6, 1), by=caseworker, on=ON)
    assert "was held on 1 June 2026" in refused(
        reviews.plan_meeting, case=review, planned_on=D(2026, 7, 29), by=caseworker, on=ON
    )


def test_a_meeting_that_moves_keeps_the_day_it_had(review, caseworker):
    reviews.plan_meeting(case=review, planned_on=D(2026, 7, 6), by=caseworker, on=ON)
    reviews.plan_meeting(
        case=review, planned_on=D(2026, 7, 13), by=caseworker, on=ON, why_moved="Teacher ill"
    )
    assert row(review).planned_on == D(2026, 7, 13)
    old = Milestone.objects.get(case=review, kind=M.REVIEW_MEETING_PLANNED, replaced=True)
    assert (old.happened_on, old.replaced_by.reason_for_correction) == (D(2026, 7, 6), "Teacher ill")


def test_an_early_review_says_why_and_restarts_the_twelve_months(review, plan, caseworker):
    assert "Enter why" in refused(
        reviews.bring_forward, case=review, type=ReviewType.EARLY, why="", by=caseworker, on=ON
    )
    reviews.bring_forward(
        case=review, type=ReviewType.EARLY, why="The placement is breaking down", by=caseworker, on=ON
    )
    reviews.hold_meeting(case=review, held_on=D(2025, 7, 1), by=caseworker, on=ON)
    decide(review, caseworker, Answer.MAINTAIN, decided_on=D(2025, 7, 20), told_on=D(2025, 7, 21))
    assert due(reviews.review_of(plan, on=ON).case) == {"C2": D(2026, 7, 20)}


# The review to come


def test_settling_again_changes_nothing(review, plan, caseworker):
    before = list(Milestone.objects.values_list("pk", flat=True))
    assert review_calendar.settle(on=ON) == review_calendar.Settled(0, 0, 0)
    assert list(Milestone.objects.values_list("pk", flat=True)) == before
    assert Case.objects.count() == 1


def test_a_review_that_came_by_a_return_moves_the_one_to_come(review, plan):
    """An import writes milestones straight into cases of their own."""
    brought = CaseFactory(child=plan.child, kind=CaseKind.ANNUAL_REVIEW, opened_on=D(2026, 1, 10))
    MilestoneFactory(case=brought, kind=M.REVIEW_MEETING_HELD, happened_on=D(2026, 1, 10))
    MilestoneFactory(case=brought, kind=M.REVIEW_DECIDED, happened_on=D(2026, 2, 2))
    assert review_calendar.settle(on=ON).moved == 1
    assert due(review) == {"C2": D(2027, 2, 1)}
    brought.refresh_from_db()
    assert brought.closed_on == D(2026, 2, 2)


def test_a_meeting_that_came_by_a_return_is_the_review_to_decide(review, plan):
    brought = CaseFactory(child=plan.child, kind=CaseKind.ANNUAL_REVIEW, opened_on=D(2026, 1, 10))
    MilestoneFactory(case=brought, kind=M.REVIEW_MEETING_HELD, happened_on=D(2026, 1, 10))
    review_calendar.settle(on=ON)
    assert reviews.review_of(plan, on=ON).case == brought
    assert due(brought)["C1"] == D(2026, 3, 9)
    review.refresh_from_db()
    assert (review.closed_because, due(review)) == ("superseded", {})


def test_a_held_review_gives_way_to_a_later_one_that_was_decided(held, plan):
    brought = CaseFactory(child=plan.child, kind=CaseKind.ANNUAL_REVIEW, opened_on=D(2026, 5, 1))
    MilestoneFactory(case=brought, kind=M.REVIEW_MEETING_HELD, happened_on=D(2026, 5, 1))
    MilestoneFactory(case=brought, kind=M.REVIEW_DECIDED, happened_on=D(2026, 5, 20))
    review_calendar.settle(on=ON)
    held.refresh_from_db()
    assert (held.closed_on, held.closed_because) == (D(2026, 5, 20), "superseded")
    assert due(reviews.review_of(plan, on=ON).case) == {"C2": D(2027, 5, 19)}


def test_a_plan_that_ceased_has_no_review_to_come(review, plan):
    plan.ends_on, plan.cease_reason = D(2026, 6, 1), "2"
    plan.save()
    assert review_calendar.settle(on=ON).ended == 1
    assert review.clocks.get(rule_code="C1").stop_kind == "ended"
    review.refresh_from_db()
    assert review.closed_because == "plan_ended"
    with pytest.raises(Refused, match="not in force"):
        reviews.review_of(plan, on=ON)


def test_a_corrected_decision_moves_the_next_review(held, plan, caseworker):
    decision = decide(held, caseworker, Answer.MAINTAIN)
    corrections.correct(
        milestone=decision.milestone,
        happened_on=D(2026, 2, 16),
        reason="Posted on Monday",
        by=caseworker,
        on=ON,
    )
    assert due(reviews.review_of(plan, on=ON).case) == {"C2": D(2027, 2, 15)}


def test_an_undone_decision_opens_the_review_again(held, plan, caseworker):
    decision = decide(held, caseworker)
    assert Case.objects.filter(kind=CaseKind.ANNUAL_REVIEW, closed_on__isnull=True).count() == 2
    corrections.withdraw(milestone=decision.milestone, reason="Another child's letter", by=caseworker)
    held.refresh_from_db()
    assert held.closed_on is None
    assert reviews.review_of(plan, on=ON).case == held
    assert Case.objects.filter(kind=CaseKind.ANNUAL_REVIEW, closed_on__isnull=True).count() == 1
    assert "C7" not in due(held)


def test_an_amended_plan_sent_on_another_day_moves_both_versions(held, plan, caseworker):
    decide(held, caseworker, notice_sent_on=D(2026, 2, 13))
    amendments.issue_final(case=held, issued_on=D(2026, 4, 10), by=caseworker, on=ON)
    sent = Milestone.objects.get(case=held, kind=M.AMENDED_PLAN_ISSUED)
    corrections.correct(
        milestone=sent, happened_on=D(2026, 4, 2), reason="Sent before Easter", by=caseworker, on=ON
    )
    assert list(
        plan.versions.filter(stage__in=["final", "amended_final"]).values_list("starts_on", "ends_on")
    ) == [
        (D(2025, 3, 10), D(2026, 4, 1)),
        (D(2026, 4, 2), None),
    ]


def test_a_review_completed_before_waymark_starts_the_twelve_months(review, plan, caseworker):
    reviews.record_earlier(plan=plan, completed_on=D(2026, 1, 5), by=caseworker, on=ON)
    assert due(review) == {"C2": D(2027, 1, 4)}
    assert "before the plan was made" in refused(
        reviews.record_earlier, plan=plan, completed_on=D(2025, 3, 9), by=caseworker, on=ON
    )


def test_every_plan_in_force_has_one_review_to_come(db):
    for number in range(30):
        PlanFactory(child=ChildFactory(), starts_on=D(2020 + number % 6, 1 + number % 12, 1 + number % 28))
    assert review_calendar.settle(on=ON).opened == 30
    assert Clock.objects.filter(rule_code="C1", stopped_on__isnull=True).count() == 30
