"""Former names, siblings, standings, numbers and restrictions: services, and what the database refuses."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from casework.access.scope import visible
from casework.models import (
    Child,
    ChildStatus,
    FormerName,
    FormerNameKind,
    NotTheSame,
    RecordRestriction,
    RestrictedAccess,
    RoleCode,
    Sibling,
    SiblingKind,
    StatusKind,
)
from casework.queries.search import former_names_matching, search
from casework.services import identity, restrictions
from casework.services.refusals import Refused
from tests.factories.children import (
    ChildFactory,
    ChildMergeFactory,
    ChildStatusFactory,
    FormerNameFactory,
    MergedRowFactory,
    NotTheSameFactory,
    RecordRestrictionFactory,
    SiblingFactory,
)
from tests.factories.people import UserFactory

D = datetime.date
ON = D(2026, 3, 2)


# What the database refuses


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda: ChildStatusFactory.build(child=ChildFactory(), la_code=""),
            "Enter which authority looks after the child.",
        ),
        (
            lambda: ChildStatusFactory.build(child=ChildFactory(), la_code="88x"),
            "Enter the three-digit number of the authority, like 886.",
        ),
        (
            lambda: ChildStatusFactory.build(child=ChildStatusFactory().child),
            "This is already recorded on some of these days.",
        ),
        (
            lambda: RecordRestrictionFactory.build(child=ChildFactory(), set_by=UserFactory(), reason=""),
            "Enter why the record is restricted.",
        ),
        (
            lambda: RecordRestrictionFactory.build(child=ChildFactory(), set_by=UserFactory(), review_on=ON),
            "The day it is looked at again must be after the day it begins.",
        ),
        (
            lambda: RecordRestrictionFactory.build(
                child=ChildFactory(), set_by=UserFactory(), ends_on=D(2026, 4, 1)
            ),
            "Enter why the restriction is lifted.",
        ),
        (
            lambda: RecordRestrictionFactory.build(
                child=RecordRestrictionFactory().child, set_by=UserFactory()
            ),
            "This record is already restricted on some of these days.",
        ),
        (
            lambda: FormerNameFactory.build(child=(row := FormerNameFactory()).child, surname=row.surname),
            "This name is already recorded for this child.",
        ),
        (
            lambda: SiblingFactory.build(first=(one := ChildFactory()), second=one),
            "Choose two different children.",
        ),
        (
            lambda: SiblingFactory.build(first=(row := SiblingFactory()).first, second=row.second),
            "These two children are already linked.",
        ),
        (
            lambda: NotTheSameFactory.build(
                first=(row := NotTheSameFactory()).first, second=row.second, decided_by=row.decided_by
            ),
            "These two records were already found to be two children.",
        ),
        (
            lambda: NotTheSameFactory.build(
                first=ChildFactory(), second=ChildFactory(), decided_by=UserFactory(), why=""
            ),
            "Enter how you know that they are two children.",
        ),
        (
            lambda: ChildMergeFactory.build(
                survivor=ChildFactory(), merged=ChildFactory(), merged_by=UserFactory(), why=""
            ),
            "Enter how you know that they are one child.",
        ),
        (
            lambda: ChildMergeFactory.build(
                survivor=ChildFactory(), merged=ChildFactory(), merged_by=UserFactory(), undone_on=ON
            ),
            "Enter why the merge is undone.",
        ),
        (
            lambda: ChildMergeFactory.build(
                survivor=ChildFactory(), merged=ChildMergeFactory().merged, merged_by=UserFactory()
            ),
            "This record has already been merged into another.",
        ),
    ],
)
def test_what_a_row_must_say(db, make, words):
    with pytest.raises(ValidationError) as refused:
        make().validate_constraints(exclude={"public_id"})
    assert words in refused.value.messages


@pytest.mark.parametrize(
    "make",
    [
        lambda: ChildStatusFactory(kind="nothing"),
        lambda: SiblingFactory(kind="cousin"),
        lambda: FormerNameFactory(kind="nickname"),
        lambda: MergedRowFactory(change="lost"),
        lambda: ChildMergeFactory(survivor=(one := ChildFactory()), merged=one),
        lambda: MergedRowFactory(merge=(row := MergedRowFactory()).merge, table=row.table, row=row.row),
        lambda: ChildFactory(pk=987654, merged_into_id=987654),
    ],
)
def test_what_the_database_refuses(db, make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


# Names


def test_a_new_name_keeps_the_old_one_findable(child, caseworker):
    identity.rename(
        child=child, surname="Deepdene", forename="Rowan", preferred_name="Ro", kind=FormerNameKind.CHANGED,
        changed_on=D(2026, 2, 1), by=caseworker, on=ON,
    )  # fmt: skip
    found = search("heath rowan", reader=caseworker)
    assert (found.children, found.how, found.alike) == ([child], "name", False)
    assert former_names_matching("heath", found.children) == {child.pk: "Rowan Heath"}
    assert former_names_matching("deepdene", found.children) == {}
    # And back again: the name before is no second entry.
    child.refresh_from_db()
    for surname in ("Heath", "Deepdene"):
        child = identity.rename(
            child=child, surname=surname, forename="Rowan", preferred_name="", kind=FormerNameKind.CHANGED,
            changed_on=ON, by=caseworker, on=ON,
        )  # fmt: skip
    assert sorted(FormerName.objects.values_list("surname", flat=True)) == ["Deepdene", "Heath"]


def test_a_restricted_child_is_not_found_by_a_former_name(caseworker):
    FormerNameFactory(child=ChildFactory(restricted=True), surname="Bramblewood")
    assert search("bramblewood", reader=caseworker).children == []


@pytest.mark.parametrize(
    ("act", "words", "field"),
    [
        (
            lambda child, by: identity.rename(
                child=child, surname="", forename="Rowan", preferred_name="", kind=FormerNameKind.CHANGED,
                changed_on=ON, by=by, on=ON,
            ),
            "Enter first and last name.",
            "surname",
        ),
        (
            lambda child, by: identity.rename(
                child=child, surname="A", forename="B", preferred_name="", kind=FormerNameKind.CHANGED,
                changed_on=D(2026, 3, 3), by=by, on=ON,
            ),
            "The day must be 2 March 2026 or before. Enter it again.",
            "changed_on",
        ),
        (
            lambda child, by: identity.add_former_name(
                child=child, surname="heath", forename="ROWAN", kind=FormerNameKind.BIRTH, by=by, on=ON
            ),
            "Rowan Heath is the name on this record now.",
            "surname",
        ),
        (
            lambda child, by: identity.link_siblings(child=child, other=child, kind=SiblingKind.FULL, by=by),
            "Choose two different children.",
            "other",
        ),
        (
            lambda child, by: identity.add_status(
                child=child, kind=StatusKind.LOOKED_AFTER, by=by, on=ON, starts_on=D(2027, 1, 1)
            ),
            "The day must be 2 March 2026 or before. Enter it again.",
            "starts_on",
        ),
        (
            lambda child, by: restrictions.restrict(
                child=child, reason="A refuge", people=[], review_on=D(2026, 6, 1), by=by, on=ON
            ),
            "Name at least one person who may open the record.",
            "people",
        ),
        (
            lambda child, by: restrictions.lift(child=child, why="Moved", by=by, on=ON),
            "This record is not restricted.",
            "",
        ),
        (
            lambda child, by: restrictions.lift(child=child, why=" ", by=by, on=ON),
            "Enter why the restriction is lifted.",
            "why",
        ),
        (
            lambda child, by: restrictions.allow(child=child, person=by, reason="Why", by=by, on=ON),
            "This record is not restricted: everybody who may open children may open it.",
            "",
        ),
        (
            lambda child, by: restrictions.look_again(child=child, review_on=ON, by=by, on=ON),
            "Enter a day after 2 March 2026.",
            "review_on",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be(child, caseworker, act, words, field):
    with pytest.raises(Refused) as refused:
        act(child, caseworker)
    assert (refused.value.words, refused.value.field) == (words, field)


def test_a_link_is_the_same_from_both_sides(child, caseworker):
    sister = ChildFactory()
    identity.link_siblings(child=sister, other=child, kind=SiblingKind.TWIN, by=caseworker)
    row = Sibling.objects.get()
    assert (row.first, row.second) == (child, sister)
    with pytest.raises(Refused, match="already linked"):
        identity.link_siblings(child=child, other=sister, kind=SiblingKind.FULL, by=caseworker)


def test_a_standing_ends_and_begins_again(child, caseworker):
    first = identity.add_status(
        child=child, kind=StatusKind.CHILD_IN_NEED, by=caseworker, on=ON, starts_on=D(2025, 1, 1)
    )
    identity.end_status(status=first, ends_on=D(2025, 6, 1), by=caseworker, on=ON)
    identity.add_status(
        child=child, kind=StatusKind.CHILD_IN_NEED, by=caseworker, on=ON, starts_on=D(2025, 6, 2)
    )
    assert ChildStatus.objects.count() == 2


# Restrictions


def test_restricting_and_lifting(child, caseworker):
    other, analyst = UserFactory(role=RoleCode.MANAGER), UserFactory(role=RoleCode.ANALYST)
    with pytest.raises(Refused, match="holds no role that may open children"):
        restrictions.restrict(
            child=child, reason="A refuge", people=[analyst], review_on=D(2026, 6, 1), by=other, on=ON
        )
    assert not RecordRestriction.objects.exists()
    restrictions.restrict(
        child=child, reason="A refuge", people=[other], review_on=D(2026, 6, 1), by=other, on=ON
    )
    child.refresh_from_db()
    assert child.restricted
    assert not visible(Child, caseworker).exists()
    with pytest.raises(Refused, match="already restricted"):
        restrictions.restrict(
            child=child, reason="x", people=[other], review_on=D(2026, 6, 1), by=other, on=ON
        )
    restrictions.allow(child=child, person=caseworker, reason="Covers", by=other, on=ON)
    with pytest.raises(Refused, match="may already open this record"):
        restrictions.allow(child=child, person=caseworker, reason="Covers", by=other, on=ON)
    access = RestrictedAccess.objects.get(user=caseworker)
    restrictions.disallow(access=access, by=other, on=ON)
    assert list(RestrictedAccess.objects.values_list("user", flat=True)) == [other.pk]
    with pytest.raises(Refused, match="Nobody else could open this record"):
        restrictions.disallow(access=RestrictedAccess.objects.get(), by=other, on=ON)
    restrictions.look_again(child=child, review_on=D(2027, 1, 1), by=other, on=ON)
    restrictions.lift(child=child, why="They moved on", by=other, on=D(2026, 4, 1))
    row = RecordRestriction.objects.get()
    assert (row.review_on, row.ends_on, row.lifted_because, row.lifted_by) == (
        D(2027, 1, 1), D(2026, 4, 1), "They moved on", other,
    )  # fmt: skip
    child.refresh_from_db()
    assert not child.restricted
    assert visible(Child, caseworker).count() == 1
    assert RestrictedAccess.objects.get().ends_on == D(2026, 4, 1)


def test_a_person_who_left_does_not_count_as_somebody_else(child, caseworker):
    gone = UserFactory(role=RoleCode.CASEWORKER)
    restrictions.restrict(
        child=child,
        reason="A refuge",
        people=[caseworker, gone],
        review_on=D(2026, 6, 1),
        by=caseworker,
        on=ON,
    )
    gone.is_active = False
    gone.save()
    with pytest.raises(Refused, match="Nobody else could open"):
        restrictions.disallow(access=RestrictedAccess.objects.get(user=caseworker), by=caseworker, on=ON)


def test_two_children_are_ruled_out_once(db):
    row = NotTheSameFactory()
    assert NotTheSame.objects.get() == row
