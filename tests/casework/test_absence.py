"""Cover: what is refused, whose records open for how long, and ending it early."""

import datetime

import pytest

from casework.access.scope import visible
from casework.models import Child, Cover, RestrictedAccess, RoleCode
from casework.queries.desk import COVERED, MINE, Filters, desk_of
from casework.services import absence
from casework.services.refusals import Refused
from tests.factories.cases import CaseAssignmentFactory
from tests.factories.children import ChildFactory, RestrictedAccessFactory
from tests.factories.people import UserFactory
from tests.factories.teamwork import CoverFactory, FollowUpFactory

D = datetime.date
TODAY = D(2025, 10, 1)


@pytest.fixture(autouse=True)
def _stated_day(settings):
    settings.WAYMARK_TODAY = str(TODAY)


@pytest.fixture
def other(db):
    return UserFactory(name="Teasel Brook", role=RoleCode.CASEWORKER)


def arrange(caseworker, other, **different):
    return absence.arrange(
        **{
            "user": caseworker, "covered_by": other, "starts_on": TODAY, "ends_on": D(2025, 10, 10),
            "by": caseworker, "on": TODAY,
        }
        | different
    )  # fmt: skip


def test_whoever_covers_has_the_children_and_follow_ups_on_their_desk(caseworker, other, child):
    CaseAssignmentFactory(child=child, user=caseworker)
    own = CaseAssignmentFactory(user=other).child
    todo = FollowUpFactory(child=child, user=caseworker)
    cover = arrange(caseworker, other)
    desk = desk_of(other, reader=other, as_at=TODAY)
    assert desk.covers == [cover]
    assert {(item.child, item.follow_up, item.covers) for item in desk.items} == {
        (own, None, None), (child, None, caseworker), (child, todo, caseworker),
    }  # fmt: skip
    assert [item.child for item in desk.narrowed(Filters(cover=MINE)).items] == [own]
    assert len(desk.narrowed(Filters(cover=COVERED)).items) == 2
    assert not desk_of(other, reader=other, as_at=D(2025, 10, 11)).covers


def test_restricted_records_open_for_the_days_of_the_cover_only(caseworker, other, settings):
    kept = RestrictedAccessFactory(user=caseworker, ends_on=D(2025, 10, 5)).child
    mine = RestrictedAccessFactory(user=other).child
    RestrictedAccessFactory(user=caseworker, child=mine)
    ChildFactory(restricted=True)
    cover = arrange(caseworker, other)
    assert set(visible(Child, other).filter(restricted=True)) == {kept, mine}
    grant = RestrictedAccess.objects.get(user=other, child=kept)
    assert (grant.starts_on, grant.ends_on) == (TODAY, D(2025, 10, 5))
    settings.WAYMARK_TODAY = "2025-10-04"
    absence.end(cover=cover, last_day=D(2025, 10, 3), by=caseworker, on=D(2025, 10, 4))
    assert set(visible(Child, other).filter(restricted=True)) == {mine}
    assert Cover.objects.get().ends_on == D(2025, 10, 3)


def test_cover_that_has_not_begun_is_taken_away(caseworker, other):
    RestrictedAccessFactory(user=caseworker)
    cover = arrange(caseworker, other, starts_on=D(2025, 10, 6))
    absence.end(cover=cover, last_day=D(2025, 9, 30), by=caseworker, on=TODAY)
    assert not Cover.objects.exists()
    assert not RestrictedAccess.objects.filter(user=other).exists()


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"ends_on": D(2025, 9, 30)}, "The last day must be on or after the first day."),
        (
            {"starts_on": D(2025, 9, 1), "ends_on": D(2025, 9, 30)},
            "30 September 2025 has passed. Enter a last day from today on.",
        ),
    ],
)
def test_what_is_refused(caseworker, other, different, words):
    with pytest.raises(Refused) as refused:
        arrange(caseworker, other, **different)
    assert refused.value.words == words


def test_who_cannot_cover(caseworker, other):
    with pytest.raises(Refused, match="Somebody else must cover"):
        arrange(caseworker, caseworker)
    with pytest.raises(Refused, match="Fern Dale holds no role that works cases on 1 October 2025"):
        arrange(caseworker, UserFactory(name="Fern Dale", role=RoleCode.ANALYST))
    CoverFactory(user=other, starts_on=D(2025, 10, 8), ends_on=D(2025, 10, 20))
    with pytest.raises(Refused, match="Teasel Brook is away from 8 October 2025 to 20 October 2025"):
        arrange(caseworker, other)


def test_nobody_is_covered_twice(caseworker, other):
    arrange(caseworker, other)
    third = UserFactory(role=RoleCode.CASEWORKER)
    with pytest.raises(
        Refused, match=r"Wren Underhill is already covered on some of these days\. End that cover first"
    ):
        arrange(caseworker, third)


def test_cover_does_not_end_in_the_past(caseworker, other):
    cover = arrange(caseworker, other)
    with pytest.raises(Refused, match="Cover cannot be ended in the past"):
        absence.end(cover=cover, last_day=D(2025, 9, 29), by=caseworker, on=TODAY)
