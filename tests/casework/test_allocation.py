"""Lead workers: one on each day whatever is reassigned, follow-ups and leave that go along, and what is refused."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.models import AssignmentPart, CaseAssignment, FollowUp, RestrictedAccess, RoleCode
from casework.queries.handover import handover
from casework.queries.loads import leads_of, team_loads, unallocated
from casework.rules.loads import share_out, weight
from casework.services import allocation
from casework.services.allocation import Move
from casework.services.refusals import Refused
from tests.factories.cases import CaseAssignmentFactory, CaseFactory, ClockFactory, PlanFactory
from tests.factories.children import ChildFactory, RestrictedAccessFactory
from tests.factories.people import TeamMembershipFactory, UserFactory
from tests.factories.teamwork import ContactNoteFactory, CoverFactory, FollowUpFactory

D = datetime.date
TODAY = D(2025, 10, 1)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _stated_day(settings):
    settings.WAYMARK_TODAY = str(TODAY)


@pytest.fixture
def manager(db):
    return UserFactory(name="Linnet Marsh", role=RoleCode.MANAGER)


@pytest.fixture
def other(db):
    return UserFactory(name="Teasel Brook", role=RoleCode.CASEWORKER)


def leads_on(child, day):
    return list(
        CaseAssignment.objects.as_at(day)
        .filter(child=child, part=AssignmentPart.LEAD)
        .values_list("user", flat=True)
    )


def test_a_caseload_goes_to_another_worker_from_a_day(caseworker, other, manager, child):
    CaseAssignmentFactory(child=child, user=caseworker)
    done = allocation.assign(
        moves=[Move(child.pk, other.pk, caseworker.pk)], starts_on=D(2025, 10, 6), by=manager, on=TODAY
    )
    assert done.children == {other.pk: [child.pk]}
    assert (leads_on(child, D(2025, 10, 5)), leads_on(child, D(2025, 10, 6))) == ([caseworker.pk], [other.pk])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 40)), min_size=1, max_size=6))
def test_reassigning_keeps_one_lead_on_each_day(caseworker, other, manager, steps):
    """Whatever is reassigned to whomever from whichever day, a child that has a lead has exactly one, on every day."""
    people, child = [caseworker, other, manager], ChildFactory()
    CaseAssignmentFactory(child=child, user=caseworker, starts_on=TODAY - 30 * DAY)
    wanted = {}
    for who, ahead in steps:
        starts_on = TODAY + ahead * DAY
        was = leads_of([child.pk], as_at=starts_on).get(child.pk)
        before = {day: leads_on(child, day) for day in (TODAY, starts_on - DAY)}
        allocation.assign(
            moves=[Move(child.pk, people[who].pk, was)], starts_on=starts_on, by=manager, on=TODAY
        )
        wanted = {day: user for day, user in wanted.items() if day < starts_on} | {starts_on: people[who].pk}
        if ahead:
            assert {day: leads_on(child, day) for day in before} == before
    for number in range(-30, 60):
        day = TODAY + number * DAY
        begun = [user for start, user in sorted(wanted.items()) if start <= day]
        assert leads_on(child, day) == [begun[-1] if begun else caseworker.pk]


def test_follow_ups_go_along_at_once_or_from_the_day(caseworker, other, manager, child):
    CaseAssignmentFactory(child=child, user=caseworker)
    late = FollowUpFactory(child=child, user=caseworker, due_on=D(2025, 9, 20))
    soon = FollowUpFactory(child=child, user=caseworker, due_on=D(2025, 10, 20))
    FollowUpFactory(child=child, user=manager)
    FollowUpFactory(user=caseworker)
    moves = [Move(child.pk, other.pk, caseworker.pk)]
    done = allocation.assign(moves=moves, starts_on=D(2025, 10, 10), by=manager, on=TODAY)
    assert (done.follow_ups, set(FollowUp.objects.filter(user=other))) == (1, {soon})
    allocation.assign(
        moves=[Move(child.pk, manager.pk, caseworker.pk)], starts_on=TODAY, by=manager, on=TODAY
    )
    assert FollowUp.objects.get(pk=late.pk).user == manager
    assert leads_on(child, D(2025, 10, 10)) == [manager.pk]


def test_a_new_lead_may_open_a_restricted_record_from_the_day(caseworker, other, manager):
    child = ChildFactory(restricted=True)
    allocation.assign(moves=[Move(child.pk, other.pk)], starts_on=D(2025, 10, 6), by=manager, on=TODAY)
    grant = RestrictedAccess.objects.get(user=other)
    assert (grant.starts_on, grant.ends_on, grant.reason) == (D(2025, 10, 6), None, "Lead worker")
    ended = RestrictedAccessFactory(
        child=ChildFactory(restricted=True), user=other, starts_on=D(2025, 9, 1), ends_on=D(2025, 10, 20)
    )
    allocation.assign(moves=[Move(ended.child_id, other.pk)], starts_on=D(2025, 10, 6), by=manager, on=TODAY)
    ended.refresh_from_db()
    assert (ended.starts_on, ended.ends_on) == (D(2025, 9, 1), None)


@pytest.mark.parametrize(
    ("different", "words"),
    [
        (
            {"starts_on": D(2025, 9, 30)},
            "30 September 2025 has passed. A change of lead worker is not back-dated: enter today or a later day.",
        ),
        ({"moves": []}, "Choose at least one child."),
    ],
)
def test_what_is_refused(other, manager, child, different, words):
    with pytest.raises(Refused) as refused:
        allocation.assign(
            **{"moves": [Move(child.pk, other.pk)], "starts_on": TODAY, "by": manager, "on": TODAY}
            | different
        )
    assert refused.value.words == words


def test_whoever_holds_no_role_then_gets_nobody(manager, child):
    leaver = TeamMembershipFactory(ends_on=D(2025, 10, 3), user__name="Alder Finch").user
    allocation.assign(moves=[Move(child.pk, leaver.pk)], starts_on=TODAY, by=manager, on=TODAY)
    with pytest.raises(Refused, match="Alder Finch holds no role that works cases on 4 October 2025"):
        allocation.assign(
            moves=[Move(child.pk, leaver.pk, leaver.pk)], starts_on=D(2025, 10, 4), by=manager, on=TODAY
        )


def test_a_lead_that_changed_meanwhile_changes_nothing(caseworker, other, manager, child):
    CaseAssignmentFactory(child=child, user=caseworker)
    second = ChildFactory()
    with pytest.raises(Refused, match="The lead worker of Rowan Heath has changed since you opened the page"):
        allocation.assign(
            moves=[Move(second.pk, other.pk), Move(child.pk, other.pk)], starts_on=TODAY, by=manager, on=TODAY
        )
    assert leads_on(second, TODAY) == []


def test_a_child_who_stays_is_left_as_it_is(caseworker, manager, child):
    row = CaseAssignmentFactory(child=child, user=caseworker)
    done = allocation.assign(
        moves=[Move(child.pk, caseworker.pk, caseworker.pk)], starts_on=TODAY, by=manager, on=TODAY
    )
    assert done.number == 0
    assert list(CaseAssignment.objects.all()) == [row]


def test_loads_count_by_the_next_date_and_say_who_is_away(caseworker, other, manager, child):
    def leads(user, *dues):
        for due in dues:
            case = CaseFactory(child__surname="Thistle")
            ClockFactory(case=case, rule_code="A10", started_on=D(2025, 1, 1), due_on=due)
            CaseAssignmentFactory(child=case.child, user=user)

    leads(caseworker, D(2025, 9, 1), D(2025, 9, 20), D(2025, 10, 3), D(2025, 10, 20), D(2026, 1, 1))
    CaseAssignmentFactory(child=child, user=caseworker)
    FollowUpFactory(user=caseworker, due_on=D(2025, 9, 30))
    FollowUpFactory(user=caseworker, due_on=D(2025, 10, 1))
    cover = CoverFactory(user=caseworker, covered_by=other, starts_on=D(2025, 9, 29), ends_on=D(2025, 10, 3))
    loads = {load.worker: load for load in team_loads(reader=manager, as_at=TODAY)}
    mine = loads[caseworker]
    assert (mine.children, mine.overdue, mine.in_7_days, mine.in_28_days) == (6, 2, 1, 2)
    assert (mine.oldest, mine.follow_ups, mine.late_follow_ups, mine.away) == (D(2025, 9, 1), 2, 1, cover)
    assert mine.weight == weight(children=6, overdue=2, due_soon=2, follow_ups=2) == 6 + 6 + 4 + 2
    assert (loads[other].children, loads[other].weight, loads[other].away) == (0, 0, None)
    assert list(loads) == [manager, other, caseworker]


def test_restricted_children_count_for_those_who_may_see_them(caseworker, manager):
    hidden = ChildFactory(restricted=True)
    CaseAssignmentFactory(child=hidden, user=caseworker)
    CaseFactory(child=ChildFactory(restricted=True))
    assert [load.children for load in team_loads(reader=manager, as_at=TODAY)] == [0, 0]
    assert not unallocated(reader=manager, as_at=TODAY).exists()
    RestrictedAccessFactory(child=hidden, user=manager)
    assert [load.children for load in team_loads(reader=manager, as_at=TODAY)] == [0, 1]


def test_who_is_unallocated(manager, caseworker):
    waiting = CaseFactory().child
    with_plan = PlanFactory().child
    PlanFactory(ends_on=D(2025, 7, 1), cease_reason="9")
    ChildFactory()
    led = CaseFactory().child
    CaseAssignmentFactory(child=led, user=caseworker)
    coming = CaseFactory().child
    CaseAssignmentFactory(child=coming, user=caseworker, starts_on=D(2025, 10, 20))
    left = CaseFactory().child
    CaseAssignmentFactory(child=left, user=caseworker, ends_on=D(2025, 9, 30))
    assert set(unallocated(reader=manager, as_at=TODAY)) == {waiting, with_plan, left}


def test_a_handover_says_what_is_next_who_is_waited_for_and_what_was_said_last(
    caseworker, other, manager, log_request, child
):
    CaseAssignmentFactory(child=child, user=caseworker)
    log_request()
    note = ContactNoteFactory(child=child, happened_on=D(2025, 6, 20))
    todo = FollowUpFactory(child=child, user=caseworker)
    elsewhere = ChildFactory()
    CaseAssignmentFactory(child=elsewhere, user=other)
    allocation.assign(
        moves=[Move(child.pk, other.pk, caseworker.pk)], starts_on=D(2025, 10, 6), by=manager, on=TODAY
    )
    [one] = handover(other, starts_on=D(2025, 10, 6), reader=manager, on=TODAY)
    assert (one.child, one.by, one.last_contact, list(one.follow_ups)) == (
        child,
        caseworker.name,
        note,
        [todo],
    )
    assert one.due.due_on == D(2025, 7, 14)
    assert one.warnings == ["2 statutory dates overdue", "No contact for 90 days"]


@given(
    weights=st.dictionaries(st.integers(), st.integers(1, 9), max_size=30),
    loads=st.dictionaries(st.text(max_size=3), st.integers(0, 50), min_size=1, max_size=5),
)
def test_sharing_out_gives_everything_once_and_levels_the_loads(weights, loads):
    shares = share_out(weights, loads)
    assert set(shares) == set(weights)
    carried = {who: loads[who] + sum(weights[one] for one in shares if shares[one] == who) for who in loads}
    getting = set(shares.values())
    # Whoever got something carried least before their last piece, so nobody carries more than it above another.
    assert all(carried[who] - carried[least] <= 9 for who in getting for least in loads)


def test_sharing_out_by_place_goes_to_whoever_knows_it_best():
    known = {"a": {"Wren": 2, "Teasel": 5}, "b": {"Gone": 9}, "c": {}}
    assert share_out({"a": 1, "b": 1, "c": 1}, {"Wren": 3, "Teasel": 9}, preferred=known) == {
        "a": "Teasel", "b": "Wren", "c": "Wren",
    }  # fmt: skip
    with pytest.raises(ValueError, match="nobody to share out to"):
        share_out({"a": 1}, {})
