"""Children who move in: the plan keeps its day, and its limits are those of regulation 15."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from casework.events import PlanArrived, subscribe, unsubscribe
from casework.models import (
    AuthorityPart,
    AuthorityRole,
    Case,
    Clock,
    MilestoneKind,
    Plan,
    PlanTransfer,
    Review,
)
from casework.queries.authority_roles import responsibility
from casework.rules.clocks import RULES, due_on
from casework.services import corrections, moves_in, moves_out, review_calendar, reviews
from casework.services.moves_in import ArrivedPlan
from casework.services.refusals import Refused
from tests.factories.cases import PlanFactory, PlanVersionFactory
from tests.factories.moves import AuthorityRoleFactory, LocalAuthorityFactory, PlanTransferFactory

D = datetime.date
M = MilestoneKind
ON = D(2026, 6, 30)
MOVED = D(2026, 3, 2)


@pytest.fixture
def otterdale(db):
    return LocalAuthorityFactory(code="101", name="Otterdale")


@pytest.fixture
def case(child, otterdale, caseworker):
    """Rowan moved from Otterdale on Monday 2 March 2026; we learned of it on the 9th."""
    return moves_in.open_move_in(
        child=child, authority=otterdale, moved_on=MOVED, known_on=D(2026, 3, 9), by=caseworker, on=ON
    )


def receive(case, caseworker, **different):
    given = {"made_on": D(2024, 5, 20), "primary_need": "ASD", "last_reviewed_on": D(2025, 6, 10)}
    plan = {name: different.pop(name, value) for name, value in given.items()}
    for name in ("too_far", "arrangements", "secondary_need"):
        if name in different:
            plan[name] = different.pop(name)
    return moves_in.receive_plan(
        **{
            "case": case,
            "transferred_on": D(2026, 3, 20),
            "plan": ArrivedPlan(**plan),
            "by": caseworker,
            "on": ON,
        }
        | different
    )


def limits(case):
    return dict(Clock.objects.filter(case=case).values_list("rule_code", "due_on"))


def coming(child):
    return Review.objects.get(case__child=child, case__closed_on__isnull=True, decided_on__isnull=True)


def test_the_plan_keeps_its_day_and_is_ours_from_the_transfer(child, case, caseworker):
    version = receive(case, caseworker)
    plan = version.plan
    assert (plan.starts_on, plan.maintained_from, plan.transferred_from_la) == (
        D(2024, 5, 20),
        D(2026, 3, 20),
        "101",
    )
    assert (version.starts_on, version.primary_need, version.stage) == (D(2024, 5, 20), "ASD", "final")
    # E3: six weeks from the transfer, which is not the day of the move.
    assert limits(case) == {"E3": D(2026, 5, 1)}


@pytest.mark.parametrize(
    ("made", "reviewed", "transferred", "due"),
    [
        # Reviewed nine months before: twelve months from the review is later or the three months from the transfer are.
        (D(2024, 5, 20), D(2025, 6, 10), D(2026, 3, 20), D(2026, 6, 19)),
        (D(2024, 5, 20), D(2026, 1, 15), D(2026, 3, 20), D(2027, 1, 14)),
        # Never reviewed: from the day it was made.
        (D(2025, 11, 3), None, D(2026, 3, 20), D(2026, 11, 2)),
        # Overdue before it came: three months, not at once.
        (D(2023, 1, 9), D(2024, 1, 8), D(2026, 3, 20), D(2026, 6, 19)),
        # The end of a month that has no such day.
        (D(2023, 11, 30), None, D(2025, 11, 30), D(2026, 2, 27)),
    ],
)
def test_the_review_is_due_by_the_later_of_two_days(
    child, otterdale, caseworker, made, reviewed, transferred, due
):
    on = max(ON, transferred)
    case = moves_in.open_move_in(
        child=child, authority=otterdale, moved_on=transferred, known_on=transferred, by=caseworker, on=on
    )
    receive(case, caseworker, made_on=made, last_reviewed_on=reviewed, transferred_on=transferred, on=on)
    review = coming(child)
    assert review.due_on == due == moves_in.review_due(case)
    assert limits(review.case) == {"E4": due}, "neither C1 nor C2 runs beside it"


def test_after_its_first_review_here_the_plan_is_like_any_other(child, case, caseworker):
    receive(case, caseworker)
    review = coming(child)
    reviews.hold_meeting(case=review.case, held_on=D(2026, 6, 1), by=caseworker, on=ON)
    reviews.decide(
        case=review.case, answer="maintain", reasons="It fits.", decided_on=D(2026, 6, 12), told_on=D(2026, 6, 15),
        by=caseworker, on=ON,
    )  # fmt: skip
    assert review.case.clocks.get(rule_code="E4").stopped_on == D(2026, 6, 15)
    following = coming(child)
    assert limits(following.case) == {"C2": D(2027, 6, 14)}
    assert review_calendar.settle(on=ON).opened == 0


def test_settling_again_changes_nothing(child, case, caseworker):
    receive(case, caseworker)
    settled = review_calendar.settle(on=ON, child_ids=[child.pk])
    assert (settled.opened, settled.moved, settled.ended) == (0, 0, 0)


def test_tell_the_family_within_six_weeks_and_by_when(child, case, caseworker):
    receive(case, caseworker)
    with pytest.raises(Refused, match="must be reviewed by 19 June 2026"):
        moves_in.tell_family(
            case=case,
            told_on=D(2026, 4, 30),
            will_reassess=False,
            review_by=D(2026, 6, 20),
            by=caseworker,
            on=ON,
        )
    moves_in.tell_family(
        case=case, told_on=D(2026, 4, 30), will_reassess=False, review_by=D(2026, 6, 19), by=caseworker, on=ON
    )
    case.refresh_from_db()
    assert (case.closed_on, case.closed_because) == (D(2026, 4, 30), "family_told")
    assert case.clocks.get(rule_code="E3").stop_kind == "done"
    transfer = PlanTransfer.objects.get(case=case)
    assert (transfer.will_reassess, transfer.review_said_for) == (False, D(2026, 6, 19))


def test_the_family_is_told_nothing_before_the_plan_has_come(case, caseworker):
    with pytest.raises(Refused, match="Record the plan that came first"):
        moves_in.tell_family(case=case, told_on=ON, will_reassess=False, review_by=ON, by=caseworker, on=ON)


def test_who_is_responsible_on_which_day(child, otterdale, caseworker):
    AuthorityRoleFactory(child=child, authority=otterdale, starts_on=D(2020, 1, 1))
    case = moves_in.open_move_in(
        child=child, authority=otterdale, moved_on=MOVED, known_on=MOVED, by=caseworker, on=ON
    )
    receive(case, caseworker)
    before, after = responsibility(child, on=D(2026, 3, 1)), responsibility(child, on=MOVED)
    assert (before.authority, before.ours, before.since) == ("Otterdale", False, D(2020, 1, 1))
    assert (after.ours, after.since, after.recorded) == (True, MOVED, True)


def test_nobody_recorded_means_this_authority(child):
    found = responsibility(child, on=ON)
    assert (found.ours, found.recorded, found.since) == (True, False, None)


def test_a_move_ahead_makes_us_responsible_only_when_it_has_happened(child, otterdale, caseworker):
    case = moves_in.open_move_in(
        child=child, authority=otterdale, moved_on=D(2026, 9, 1), known_on=ON, by=caseworker, on=ON
    )
    assert not AuthorityRole.objects.filter(child=child).exists()
    later = D(2026, 9, 3)
    receive(case, caseworker, transferred_on=later, on=later)
    assert AuthorityRole.objects.get(child=child, ends_on=None).starts_on == D(2026, 9, 1)


def test_an_arrangement_where_the_old_setting_is_too_far(child, case, caseworker):
    with pytest.raises(Refused, match="where the child is educated"):
        receive(case, caseworker, too_far=True)
    heard = []
    subscribe(PlanArrived, heard.append)
    try:
        receive(case, caseworker, too_far=True, arrangements="Brambleside Primary, from 9 March")
    finally:
        unsubscribe(PlanArrived, heard.append)
    assert [(one.child_id, one.too_far) for one in heard] == [(child.pk, True)]


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"transferred_on": D(2026, 7, 1)}, "is after today"),
        ({"transferred_on": D(2026, 3, 1)}, "on the day of the move, 2 March 2026, or later"),
        ({"made_on": D(2026, 3, 21)}, "after it was transferred"),
        ({"made_on": D(2016, 5, 3), "last_reviewed_on": None}, "before Rowan Heath was born"),
        ({"last_reviewed_on": D(2024, 5, 19)}, "must lie between"),
        ({"last_reviewed_on": D(2026, 3, 21)}, "must lie between"),
        ({"secondary_need": "ASD"}, "must differ"),
    ],
)
def test_a_plan_that_cannot_have_come(case, caseworker, different, words):
    with pytest.raises(Refused, match=words):
        receive(case, caseworker, **different)
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"moved_on": D(2016, 5, 3)}, "before Rowan Heath was born"),
        ({"moved_on": D(2027, 7, 1)}, "more than a year away"),
        ({"known_on": D(2026, 7, 1)}, "after today"),
    ],
)
def test_a_move_that_cannot_be(child, otterdale, caseworker, different, words):
    given = {"moved_on": MOVED, "known_on": MOVED} | different
    with pytest.raises(Refused, match=words):
        moves_in.open_move_in(child=child, authority=otterdale, by=caseworker, on=ON, **given)
    assert not Case.objects.exists()


def test_our_own_child_cannot_move_in_with_a_plan(child, otterdale, caseworker):
    PlanVersionFactory(plan=PlanFactory(child=child, starts_on=D(2025, 1, 6)))
    with pytest.raises(Refused, match="record the move out first"):
        moves_in.open_move_in(
            child=child, authority=otterdale, moved_on=MOVED, known_on=MOVED, by=caseworker, on=ON
        )


def test_not_from_this_authority_and_not_twice(child, case, otterdale, caseworker, settings):
    own = LocalAuthorityFactory(code=settings.LA_CODE)
    for authority, words in ((own, "not this one"), (otterdale, "already recorded")):
        with pytest.raises(Refused, match=words):
            moves_in.open_move_in(
                child=child, authority=authority, moved_on=MOVED, known_on=MOVED, by=caseworker, on=ON
            )


def test_an_open_request_must_be_ended_first(child, case, caseworker, log_request):
    log_request()
    with pytest.raises(Refused, match="re-assessed and not assessed"):
        receive(case, caseworker)


def test_a_plan_comes_once(case, caseworker):
    receive(case, caseworker)
    with pytest.raises(Refused, match="already recorded as transferred"):
        receive(case, caseworker)


def test_a_child_who_comes_back_keeps_both_plans_apart(child, otterdale, caseworker):
    """Ours to 31 August 2025, theirs until 2 March 2026: the plan counts for us on no day in between."""
    ours = PlanFactory(child=child, starts_on=D(2024, 5, 20))
    PlanVersionFactory(plan=ours)
    out = moves_out.open_move_out(
        child=child,
        authority=otterdale,
        moved_on=D(2025, 8, 31),
        known_on=D(2025, 7, 1),
        by=caseworker,
        on=ON,
    )
    moves_out.hand_over(case=out, transferred_on=D(2025, 8, 31), proof="Receipt", by=caseworker, on=ON)
    back = moves_in.open_move_in(
        child=child, authority=otterdale, moved_on=MOVED, known_on=MOVED, by=caseworker, on=ON
    )
    plan = receive(back, caseworker, last_reviewed_on=D(2026, 1, 15)).plan
    assert (plan.starts_on, plan.maintained_from) == (D(2025, 9, 1), D(2026, 3, 20))
    assert coming(child).due_on == D(2027, 1, 14)
    assert [role.authority.name for role in AuthorityRole.objects.filter(child=child).order_by("starts_on")] == [
        "Otterdale", "Fernshire (a demonstration authority)"
    ]  # fmt: skip


def test_during_an_assessment_the_limits_run_from_the_move(child, otterdale, caseworker):
    case = moves_in.arrive_during_assessment(
        child=child,
        authority=otterdale,
        moved_on=MOVED,
        stage="Advice asked on 2 February",
        by=caseworker,
        on=ON,
    )
    assert limits(case)["A2"] == D(2026, 4, 13)
    assert limits(case)["A10"] == D(2026, 7, 20)
    assert case.request.requested_by.startswith("Otterdale, which was assessing")
    assert responsibility(child, on=MOVED).ours


def test_without_plan_or_assessment_only_who_is_responsible(child, otterdale, caseworker):
    moves_in.arrive_without_plan(child=child, authority=otterdale, moved_on=MOVED, by=caseworker, on=ON)
    assert responsibility(child, on=ON).since == MOVED
    assert not Case.objects.exists()


def test_call_off(child, case, caseworker):
    with pytest.raises(Refused, match="Enter why"):
        moves_in.call_off(case=case, why=" ", by=caseworker, on=ON)
    moves_in.call_off(case=case, why="The family stays in Otterdale", by=caseworker, on=ON)
    case.refresh_from_db()
    assert case.closed_because == "called_off"
    assert not AuthorityRole.objects.filter(child=child).exists()


def test_a_corrected_day_of_transfer_moves_every_date(child, case, caseworker):
    plan = receive(case, caseworker).plan
    arrived = case.milestones.get(kind=M.PLAN_TRANSFERRED_IN)
    corrections.correct(
        milestone=arrived, happened_on=D(2026, 3, 27), reason="Letter misread", by=caseworker, on=ON
    )
    plan.refresh_from_db()
    assert plan.maintained_from == D(2026, 3, 27)
    assert limits(case) == {"E3": D(2026, 5, 8)}
    assert coming(child).due_on == D(2026, 6, 26)
    stands = case.milestones.get(kind=M.PLAN_TRANSFERRED_IN, replaced=False)
    with pytest.raises(Refused, match="Correct the date"):
        corrections.withdraw(milestone=stands, reason="No", by=caseworker)


@given(
    made=st.dates(D(2015, 1, 1), D(2026, 1, 1)),
    reviewed=st.integers(0, 900),
    transferred=st.integers(0, 900),
    later=st.integers(0, 400),
)
def test_a_later_transfer_never_brings_the_review_forward(made, reviewed, transferred, later):
    last = made + datetime.timedelta(days=reviewed)
    moved = last + datetime.timedelta(days=transferred)

    def due(day):
        return due_on(
            RULES["E4"], {M.PREVIOUS_REVIEW_COMPLETED: last, M.PLAN_TRANSFERRED_IN: day}, frozenset()
        )

    assert due(moved) <= due(moved + datetime.timedelta(days=later))
    assert due(moved) >= due_on(RULES["C2"], {M.PREVIOUS_REVIEW_COMPLETED: last}, frozenset())


# Constraints


@pytest.mark.parametrize(
    "facts",
    [
        {"plan_made_on": None, "last_reviewed_on": D(2025, 1, 1)},
        {"plan_made_on": D(2025, 1, 2), "last_reviewed_on": D(2025, 1, 1)},
    ],
)
def test_the_database_refuses_a_review_before_the_plan(db, facts):
    with pytest.raises(IntegrityError, match="plan_transfer_reviewed_after_made"), transaction.atomic():
        PlanTransferFactory(**facts)


def test_the_database_wants_the_arrangements(db):
    plan = PlanFactory()
    with pytest.raises(IntegrityError, match="plan_transfer_far_with_arrangements"), transaction.atomic():
        PlanTransferFactory(case__child=plan.child, plan=plan, too_far_to_attend=True)


@pytest.mark.parametrize(
    "facts",
    [
        {"maintained_from": D(2024, 9, 1), "transferred_from_la": "101"},
        {"maintained_from": D(2025, 9, 1)},
        {
            "maintained_from": D(2025, 9, 1),
            "transferred_from_la": "101",
            "ends_on": D(2025, 8, 1),
            "cease_reason": "2",
        },
    ],
)
def test_the_database_refuses_a_transfer_that_cannot_be(db, facts):
    with pytest.raises(IntegrityError, match="plan_transferred_after_made"), transaction.atomic():
        PlanFactory(starts_on=D(2024, 9, 2), **facts)


def test_one_authority_has_a_part_on_a_day(child):
    AuthorityRoleFactory(child=child)
    with pytest.raises(IntegrityError, match="child_has_one_authority_of_a_part"), transaction.atomic():
        AuthorityRoleFactory(child=child, starts_on=D(2025, 1, 1))
    AuthorityRoleFactory(child=child, part=AuthorityPart.RESIDENT)


@pytest.mark.parametrize("code", ["12", "1234", "abc"])
def test_an_authority_has_three_digits(db, code):
    with pytest.raises((IntegrityError, Exception)), transaction.atomic():
        LocalAuthorityFactory(code=code)
