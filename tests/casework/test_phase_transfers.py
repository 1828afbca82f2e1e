"""Phase transfers through the services, against dates and cohorts worked out by hand (docs/domain/reviews.md)."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.models import (
    Answer,
    Case,
    CaseKind,
    Clock,
    Milestone,
    MilestoneKind,
    PhaseTransfer,
    Review,
    RoleCode,
)
from casework.queries import phase_transfers as queries
from casework.rules.calendar import nc_year
from casework.rules.clocks import ClockStatus
from casework.rules.phase_transfers import (
    Certainty,
    Phase,
    born_between,
    last_day,
    last_meeting,
    move_of,
)
from casework.services import amendments, clocks, review_calendar, reviews
from casework.services.phase_transfers import agree_setting, open_transfers
from casework.services.refusals import Refused
from tests.factories.cases import PlanFactory, PlanVersionFactory
from tests.factories.children import ChildFactory
from tests.factories.people import UserFactory
from tests.factories.places import EstablishmentFactory, PlacementFactory

D = datetime.date
M = MilestoneKind
ON = D(2025, 10, 6)
YEAR = 2026


# Who moves: year group in 2025-26 and the ages of the setting attended


@pytest.mark.parametrize(
    ("what", "year_group", "low", "high", "phase", "certainty"),
    [
        ("nursery school", -1, 2, 5, Phase.EARLY_YEARS, Certainty.LEAVING),
        ("a year too young for the nursery to end", -2, 2, 5, None, None),
        ("infant school", 2, 4, 7, Phase.INFANT_TO_JUNIOR, Certainty.LEAVING),
        ("primary school, year 2", 2, 4, 11, None, None),
        ("first school to 9, year 4", 4, 4, 9, Phase.PRIMARY_TO_MIDDLE, Certainty.LEAVING),
        ("junior school", 6, 7, 11, Phase.TO_SECONDARY, Certainty.LEAVING),
        ("primary school, year 6", 6, 4, 11, Phase.TO_SECONDARY, Certainty.LEAVING),
        ("middle school to 13, year 6", 6, 9, 13, None, None),
        ("middle school to 13, year 8", 8, 9, 13, Phase.MIDDLE_TO_SECONDARY, Certainty.LEAVING),
        ("all-through school, year 6", 6, 4, 18, None, None),
        ("all-through special school, year 11", 11, 3, 19, Phase.TO_POST_16, Certainty.CHECK),
        ("secondary without sixth form", 11, 11, 16, Phase.TO_POST_16, Certainty.LEAVING),
        ("secondary with sixth form, year 11", 11, 11, 18, Phase.TO_POST_16, Certainty.CHECK),
        ("secondary with sixth form, year 13", 13, 11, 18, Phase.TO_POST_16, Certainty.LEAVING),
        ("sixth-form college", 13, 16, 19, None, None),
        ("kept back a year at primary", 7, 4, 11, Phase.TO_SECONDARY, Certainty.LEAVING),
        ("no age range known, year 6", 6, None, None, Phase.TO_SECONDARY, Certainty.CHECK),
        ("no age range known, year 5", 5, None, None, None, None),
    ],
)
def test_the_move_follows_from_year_group_and_setting(what, year_group, low, high, phase, certainty):
    move = move_of(year_group=year_group, low_age=low, high_age=high)
    assert (move and move.phase, move and move.certainty) == (phase, certainty), what


def test_the_same_cases_from_the_database(db, caseworker):
    """The query and the rule name the same children."""
    expected = {}
    for year_group in range(-2, 15):
        for low, high in (
            (2, 5),
            (4, 7),
            (4, 11),
            (7, 11),
            (9, 13),
            (4, 18),
            (11, 16),
            (11, 18),
            (16, 19),
            (None, None),
        ):
            born = born_between(year_group, YEAR)[0] + datetime.timedelta(days=200)
            child = ChildFactory(surname=f"Y{year_group}", date_of_birth=born)
            PlanFactory(child=child, starts_on=max(born, D(2020, 1, 1)))
            school = EstablishmentFactory(low_age=low, high_age=high)
            PlacementFactory(child=child, establishment=school, starts_on=D(2025, 9, 1))
            move = move_of(year_group=year_group, low_age=low, high_age=high)
            if move:
                expected[child.pk] = move
    rows = list(queries.cohort(reader=caseworker, year=YEAR, on=ON))
    assert {row.child_id: queries.move_in(row) for row in rows} == expected
    leaving = queries.cohort(reader=caseworker, year=YEAR, on=ON, certainty=Certainty.LEAVING)
    certain = {pk for pk, move in expected.items() if move.certainty is Certainty.LEAVING}
    assert set(leaving.values_list("child", flat=True)) == certain


@given(born=st.dates(D(2003, 1, 1), D(2024, 12, 31)), year=st.integers(2026, 2029))
def test_the_birth_days_of_a_year_group_are_those_of_the_calendar(born, year):
    group = nc_year(born, D(year, 1, 31)) if born <= D(year - 1, 8, 31) else None
    if group is not None:
        first, last = born_between(group, year)
        assert first <= born <= last


# Worked by hand


@pytest.mark.parametrize(
    ("phase", "year", "last", "meeting"),
    [
        (Phase.TO_SECONDARY, 2026, D(2026, 2, 14), D(2025, 11, 22)),
        (Phase.TO_POST_16, 2026, D(2026, 3, 30), D(2026, 1, 5)),
        (Phase.EARLY_YEARS, 2027, D(2027, 2, 14), D(2026, 11, 22)),
        (Phase.TO_POST_16, 2027, D(2027, 3, 30), D(2027, 1, 5)),
        (Phase.INFANT_TO_JUNIOR, 2028, D(2028, 2, 14), D(2027, 11, 22)),
        (Phase.TO_POST_16, 2028, D(2028, 3, 30), D(2028, 1, 6)),  # 29 February 2028 lies between
    ],
)
def test_the_last_day_is_the_day_before_and_the_meeting_twelve_weeks_earlier(phase, year, last, meeting):
    assert (last_day(phase, year), last_meeting(phase, year)) == (last, meeting)


@pytest.fixture
def pupil(db):
    """Year 6 at a junior school, plan since 2024."""
    child = ChildFactory(surname="Heath", forename="Rowan", date_of_birth=D(2015, 5, 4))
    PlanVersionFactory(plan=PlanFactory(child=child, starts_on=D(2024, 3, 4)))
    school = EstablishmentFactory(name="Alderbrook Junior School", low_age=7, high_age=11)
    PlacementFactory(child=child, establishment=school, starts_on=D(2023, 9, 1))
    review_calendar.settle(on=ON)
    return child


@pytest.fixture
def transfer(pupil, caseworker):
    return open_transfers(moves={pupil.pk: Phase.TO_SECONDARY}, year=YEAR, by=caseworker, on=ON).cases[0]


def stage(case):
    return Review.objects.with_stage().get(case=case).stage


def test_d2_is_before_15_february(transfer):
    clock = transfer.clocks.get(rule_code="D2")
    assert (clock.started_on, clock.due_on) == (D(2025, 9, 1), D(2026, 2, 14))
    assert PhaseTransfer.objects.get(case=transfer).due_on == D(2026, 2, 15)


def test_d1_is_before_31_march(pupil, caseworker):
    case = open_transfers(moves={pupil.pk: Phase.TO_POST_16}, year=YEAR, by=caseworker, on=ON).cases[0]
    assert list(case.clocks.filter(rule_code__in=["D1", "D2"]).values_list("rule_code", "due_on")) == [
        ("D1", D(2026, 3, 30))
    ]


@pytest.mark.parametrize(
    ("sent", "status"), [(D(2026, 2, 14), ClockStatus.MET), (D(2026, 2, 15), ClockStatus.LATE)]
)
def test_a_transfer_through_its_stages(transfer, caseworker, sent, status):
    on = D(2026, 3, 1)
    assert stage(transfer) == "to_review"
    reviews.hold_meeting(case=transfer, held_on=D(2025, 11, 20), by=caseworker, on=on)
    assert stage(transfer) == "reviewed"
    reviews.decide(
        case=transfer, answer=Answer.AMEND, reasons="The next school must be named.", decided_on=D(2025, 12, 14),
        told_on=D(2025, 12, 15), notice_sent_on=D(2025, 12, 15), by=caseworker, on=on,
    )  # fmt: skip
    assert stage(transfer) == "notice"
    agree_setting(case=transfer, setting=None, words="A mainstream secondary school", by=caseworker)
    assert stage(transfer) == "named"
    amendments.issue_final(case=transfer, issued_on=sent, by=caseworker, on=on)
    assert stage(transfer) == "final"
    assert Clock.objects.with_status(on).get(case=transfer, rule_code="D2").status == status
    transfer.refresh_from_db()
    assert transfer.closed_on == sent
    # The review of the transfer is a review of the plan: the next twelve months count from it.
    following = Case.objects.get(child=transfer.child, kind=CaseKind.ANNUAL_REVIEW, closed_on__isnull=True)
    assert following.clocks.get(rule_code="C2").due_on == D(2026, 12, 14)


def test_a_review_under_way_goes_on_in_the_transfer(pupil, caseworker):
    review = Case.objects.get(child=pupil, kind=CaseKind.ANNUAL_REVIEW)
    reviews.hold_meeting(case=review, held_on=D(2025, 9, 29), by=caseworker, on=ON)
    case = open_transfers(moves={pupil.pk: Phase.TO_SECONDARY}, year=YEAR, by=caseworker, on=ON).cases[0]
    assert Review.objects.get(case=case).held_on == D(2025, 9, 29)
    assert Review.objects.get(case=review).held_on is None
    assert case.clocks.get(rule_code="C6").due_on == D(2025, 10, 27)
    assert list(review.clocks.values_list("rule_code", flat=True)) == ["C1"]
    struck = Milestone.objects.get(case=review, kind=M.REVIEW_MEETING_HELD, withdrawn=True)
    assert case.reference in struck.reason_for_correction


def test_a_cohort_is_opened_once(pupil, transfer, caseworker):
    again = open_transfers(moves={pupil.pk: Phase.TO_SECONDARY}, year=YEAR, by=caseworker, on=ON)
    assert (again.cases, again.left) == ((), (pupil.pk,))
    assert not queries.cohort(reader=caseworker, year=YEAR, on=ON).exists()


def test_a_transfer_needs_a_year_a_plan_and_a_setting(pupil, transfer, caseworker):
    with pytest.raises(Refused, match="cannot be opened now"):
        open_transfers(moves={pupil.pk: Phase.TO_SECONDARY}, year=2031, by=caseworker, on=ON)
    stranger = ChildFactory()
    assert (
        open_transfers(moves={stranger.pk: Phase.TO_SECONDARY}, year=YEAR, by=caseworker, on=ON).cases == ()
    )
    with pytest.raises(Refused, match="Choose the setting"):
        agree_setting(case=transfer, setting=None, words=" ", by=caseworker)


def test_the_board_counts_the_cohort_and_the_stages(pupil, caseworker):
    assert [(row.name, row.stages) for row in queries.board(reader=caseworker, year=YEAR, on=ON)] == [
        ("Primary or junior to secondary", (1, 0, 0, 0, 0, 0))
    ]
    open_transfers(moves={pupil.pk: Phase.TO_SECONDARY}, year=YEAR, by=caseworker, on=ON)
    assert [row.stages for row in queries.board(reader=caseworker, year=YEAR, on=ON)] == [(0, 1, 0, 0, 0, 0)]
    assert [(row.name, row.total) for row in queries.by_setting(reader=caseworker, year=YEAR, on=ON)] == [
        ("Alderbrook Junior School", 1)
    ]


def test_past_years_count_what_was_sent_in_time(caseworker):
    """Three due before 15 February 2026: one on the 14th, one on the 15th, one not sent; one that ended is left out."""
    on = D(2026, 1, 12)
    children = [ChildFactory() for _ in range(4)]
    for child in children:
        PlanFactory(child=child, starts_on=D(2020, 1, 6))
    opened = open_transfers(
        moves={c.pk: Phase.TO_SECONDARY for c in children}, year=2026, by=caseworker, on=on
    )
    for case, kind, day in zip(
        opened.cases,
        (M.PHASE_TRANSFER_PLAN_ISSUED, M.PHASE_TRANSFER_PLAN_ISSUED, M.PLAN_CEASED),
        (D(2026, 2, 14), D(2026, 2, 15), D(2026, 2, 1)),
        strict=False,
    ):
        Milestone.objects.create(case=case, kind=kind, happened_on=day)
    clocks.rebuild_many(case_ids=[case.pk for case in opened.cases])
    (figure,) = queries.past_years(reader=caseworker, on=D(2026, 10, 5))
    assert (figure.year, figure.post_16, figure.due, figure.in_time, figure.late, figure.not_sent) == (
        2026, False, 3, 1, 1, 1
    )  # fmt: skip
    assert figure.share == pytest.approx(1 / 3)


def test_restricted_children_are_left_out_of_the_cohort(pupil):
    pupil.restricted = True
    pupil.save()
    other = UserFactory(role=RoleCode.CASEWORKER)
    assert not queries.cohort(reader=other, year=YEAR, on=ON).exists()
