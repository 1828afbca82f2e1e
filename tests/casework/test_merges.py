"""Two records of one child made one, what stands in the way, and the way back."""

import datetime
import random

import pytest
from django.apps import apps
from django.db import transaction

from casework.access.scope import visible, visible_to_system
from casework.models import (
    AssignmentPart,
    Case,
    CaseKind,
    Child,
    ChildAddress,
    ChildContact,
    ChildIdentifier,
    ChildMerge,
    FormerName,
    IdentifierScheme,
    MergedRow,
    Plan,
    Sibling,
    SiblingKind,
    StatusKind,
)
from casework.queries.child_rows import moved_tables
from casework.queries.merging import compare, merge_of
from casework.queries.search import search
from casework.rules.identifiers import make_nhs_number, make_upn
from casework.services import merges, requests
from casework.services.merges import KEPT, OTHER, CannotMerge, MayBeTwins
from casework.services.refusals import Refused, StaleEdit
from tests.factories.cases import CaseAssignmentFactory, CaseFactory, PlanFactory
from tests.factories.children import (
    ChildAddressFactory,
    ChildContactFactory,
    ChildFactory,
    ChildIdentifierFactory,
    ChildStatusFactory,
    ContactRestrictionFactory,
    FormerNameFactory,
    RestrictedAccessFactory,
    SiblingFactory,
)
from tests.factories.letters import LetterFactory
from tests.factories.money import CostLineFactory
from tests.factories.people import UserFactory
from tests.factories.places import PlacementFactory
from tests.factories.plans import PlanTextFactory

D = datetime.date
ON = D(2026, 3, 2)
# Counts on, so that somebody with an old page is told; everything else goes back.
NOT_TURNED_BACK = {"casework.child": {"version"}}


@pytest.fixture
def twice(db):
    """One child, added twice with a slip in the name."""
    return (
        ChildFactory(surname="Heath", forename="Rowan", date_of_birth=D(2016, 5, 4)),
        ChildFactory(surname="Heeth", forename="Rowan", date_of_birth=D(2016, 5, 4)),
    )


def join(pair, by, side=KEPT, **different):
    kept, other = pair
    chosen = {fact.key: side for fact in compare(kept, other).choices}
    return merges.merge(
        **{"kept": kept, "other": other, "chosen": chosen, "why": "The school has one", "by": by, "on": ON}
        | different
    )


def tables():
    """Every row of every table that a merge may touch."""
    models = {rows.model for rows in moved_tables()} | {
        Child, Sibling, ChildMerge, apps.get_model("casework", "ContactRestriction"),
        apps.get_model("casework", "ParentalResponsibility"),
    }  # fmt: skip
    return {
        model._meta.label_lower: {
            row["id" if "id" in row else "case_id"]: {
                name: value
                for name, value in row.items()
                if name not in NOT_TURNED_BACK.get(model._meta.label_lower, ())
            }
            for row in model._default_manager.values()
        }
        for model in models
        if model is not ChildMerge
    }


# The merge


def test_what_hangs_on_the_other_record_moves(twice, caseworker):
    kept, other = twice
    case = CaseFactory(child=other)
    plan = PlanFactory(child=other)
    place = PlacementFactory(child=other)
    line = CostLineFactory(child=other, placement=place)
    upn = ChildIdentifierFactory(child=other)
    letter = LetterFactory(child=other)
    sister = ChildFactory(surname="Heath", forename="Fern")
    SiblingFactory(first=other, second=sister)
    merged = join(twice, caseworker)
    for row in (case, plan, place, line, upn, letter):
        row.refresh_from_db()
        assert row.child_id == kept.pk, row
    assert [(link.first_id, link.second_id) for link in Sibling.objects.all()] == [(kept.pk, sister.pk)]
    other.refresh_from_db()
    assert other.merged_into == kept
    assert list(visible(Child, caseworker).order_by("pk")) == [kept, sister]
    assert other not in visible_to_system(Child)
    assert merge_of(other.public_id) == merged
    assert search(upn.value, reader=caseworker).children == [kept]
    assert search(case.reference, reader=caseworker).children == [kept]
    assert search("Heeth", reader=caseworker).children == [kept]


def test_the_chosen_facts_stay_and_the_others_still_find_the_child(twice, caseworker):
    kept, other = twice
    nhs = [make_nhs_number("943476591"), make_nhs_number("987654321")]
    for child, value, lines in ((kept, nhs[0], "1 Old Row"), (other, nhs[1], "2 New Row")):
        ChildIdentifierFactory(child=child, scheme=IdentifierScheme.NHS, value=value)
        ChildIdentifierFactory(child=child, scheme=IdentifierScheme.UPN)
        ChildAddressFactory(child=child, lines=lines)
    ours, theirs = (child.identifiers.get(scheme="upn").value for child in twice)
    join(twice, caseworker, side=OTHER)
    kept.refresh_from_db()
    assert kept.surname == "Heeth"
    assert ChildAddress.objects.get(child=kept).lines == "2 New Row"
    held = {(row.scheme, row.value): row.ends_on for row in kept.identifiers.all()}
    assert held == {("nhs", nhs[1]): None, ("upn", theirs): None, ("former_upn", ours): ON}
    for number in (ours, theirs, *nhs):
        assert search(number, reader=caseworker).children == [kept], number
    assert FormerName.objects.get(child=kept).name == "Rowan Heath"
    assert search("rowan heath", reader=caseworker).children == [kept]


def test_a_restriction_of_contact_is_never_lost(twice, caseworker):
    kept, other = twice
    ours = ChildContactFactory(child=kept)
    theirs = ChildContactFactory(child=other, person=ours.person)
    ContactRestrictionFactory(contact=theirs)
    join(twice, caseworker)
    assert ours.restrictions.get().reason == "Order of 3 March 2025"


def test_a_restricted_record_makes_the_kept_one_restricted(twice, caseworker):
    kept, other = twice
    Child.objects.filter(pk=other.pk).update(restricted=True)
    RestrictedAccessFactory(child=other, user=caseworker)
    other.refresh_from_db()
    join(twice, caseworker)
    assert list(visible(Child, caseworker)) == [kept]
    assert list(visible(Child, UserFactory())) == []


def test_the_one_to_contact_first_is_chosen_and_both_stay_contacts(twice, caseworker):
    for child in twice:
        ChildContactFactory(child=child, contact_first=True)
    join(twice, caseworker, side=OTHER)
    assert sorted(ChildContact.objects.values_list("child_id", "contact_first")) == [
        (twice[0].pk, False),
        (twice[0].pk, True),
    ]


# What stands in the way


def test_two_open_requests(twice, caseworker, log_request):
    for child in twice:
        log_request(child=child)
    with pytest.raises(CannotMerge, match="Both records have an open request") as refused:
        join(twice, caseworker)
    assert len(refused.value.blockers) == 1
    assert not ChildMerge.objects.exists()


def test_plans_and_placements_on_the_same_days(twice, caseworker):
    for child in twice:
        PlanFactory(child=child)
        PlacementFactory(child=child)
    with pytest.raises(CannotMerge) as refused:
        join(twice, caseworker)
    assert [words.split(".")[0] for words in refused.value.blockers] == [
        "Both records have a plan on the same days",
        "Both records have a main placement on the same days",
    ]


def test_sealed_words_of_a_plan_stay_where_they_are(twice, caseworker):
    kept, other = twice
    PlanTextFactory(child=other)
    with pytest.raises(CannotMerge, match="Keep that record instead"):
        join(twice, caseworker)
    assert compare(other, kept).blockers == []


def test_plans_one_after_the_other_do_not(twice, caseworker):
    PlanFactory(child=twice[0], starts_on=D(2020, 1, 1), ends_on=D(2021, 1, 1), cease_reason="2")
    PlanFactory(child=twice[1], starts_on=D(2022, 1, 1))
    join(twice, caseworker)
    assert Plan.objects.filter(child=twice[0]).count() == 2


@pytest.mark.parametrize(
    ("different", "words", "field"),
    [
        ({"why": " "}, "This field cannot be blank.", "why"),
        ({"chosen": {}}, "Choose which is right: Last name.", "surname"),
        ({"chosen": {"surname": "both"}}, "Choose which is right: Last name.", "surname"),
    ],
)
def test_a_merge_without_an_answer(twice, caseworker, different, words, field):
    with pytest.raises(Refused) as refused:
        join(twice, caseworker, **different)
    assert (refused.value.words, refused.value.field) == (words, field)


def test_a_record_with_itself_or_merged_before(twice, caseworker):
    with pytest.raises(CannotMerge, match="one record already"):
        join((twice[0], twice[0]), caseworker)
    join(twice, caseworker)
    twice[1].refresh_from_db()
    with pytest.raises(CannotMerge, match="merged already"):
        join((ChildFactory(), twice[1]), caseworker)


def test_somebody_changed_the_record_meanwhile(twice, caseworker):
    twice[0].refresh_from_db()
    read = twice[0].version
    Child.objects.filter(pk=twice[0].pk).update(version=read + 1)
    with pytest.raises(StaleEdit):
        join(twice, caseworker, version=read)


# Twins


@pytest.mark.parametrize(
    ("other", "numbers", "linked", "second_look"),
    [
        ({"forename": "Sorrel", "surname": "Heath"}, False, False, True),
        ({"forename": "Rowan", "surname": "Heeth"}, False, False, False),
        ({"forename": "Rowen", "surname": "Heath"}, False, False, False),
        ({"forename": "Rowen", "surname": "Heath"}, True, False, True),
        ({"forename": "Rowan", "surname": "Heath"}, False, True, True),
        ({"forename": "Rowan", "surname": "Heath", "date_of_birth": D(2016, 4, 5)}, False, False, False),
    ],
)
def test_who_may_be_a_twin(db, caseworker, other, numbers, linked, second_look):
    one = ChildFactory(surname="Heath", forename="Rowan", date_of_birth=D(2016, 5, 4))
    two = ChildFactory(**{"date_of_birth": D(2016, 5, 4)} | other)
    if numbers:
        ChildIdentifierFactory(child=one, value=make_upn("999", "4001", "20", "901"))
        ChildIdentifierFactory(child=two, value=make_upn("999", "4001", "20", "902"))
    if linked:
        SiblingFactory(first=one, second=two, kind=SiblingKind.TWIN)
    assert compare(one, two).needs_second_look is second_look
    if second_look:
        with pytest.raises(MayBeTwins):
            join((one, two), caseworker)
        join((one, two), caseworker, twin_evidence="The hospital has one birth on that day")
    else:
        join((one, two), caseworker)


# The way back


def test_undoing_gives_back_what_was_there(twice, caseworker):
    before = tables()
    for child in twice:
        ChildAddressFactory(child=child)
    before = tables()
    merged = join(twice, caseworker, side=OTHER)
    assert tables() != before
    merges.undo(merge=merged, why="They are cousins", by=caseworker, on=D(2026, 3, 9))
    assert tables() == before
    assert merge_of(twice[1].public_id) is None
    with pytest.raises(Refused, match="undone already"):
        merges.undo(merge=merged, why="Again", by=caseworker, on=ON)
    join(twice, caseworker)


def _grow(child, chance, others, staff):
    """Give a record rows of many kinds, by chance; what could not be merged is left out."""
    maybe = lambda: chance.random() < 0.6  # noqa: E731
    day = lambda: D(2020, 1, 1) + datetime.timedelta(days=chance.randrange(1500))  # noqa: E731
    for scheme in ("upn", "uln", "nhs", "local"):
        if maybe():
            ChildIdentifierFactory(
                child=child, scheme=scheme, value=f"{scheme}{child.pk}", starts_on=day() if maybe() else None
            )
    if maybe():
        ChildAddressFactory(child=child, lines=f"Home of {child.pk}", starts_on=day() if maybe() else None)
    for number in range(chance.randrange(3)):
        CaseFactory(
            child=child, kind=CaseKind.REQUEST, opened_on=D(2018, 1, 1), closed_on=D(2018, 6, 1 + number),
            closed_because="refused",
        )  # fmt: skip
    if maybe():
        CaseAssignmentFactory(child=child, user=chance.choice(staff), starts_on=day())
    if maybe():
        CaseAssignmentFactory(
            child=child, user=chance.choice(staff), starts_on=day(), part=AssignmentPart.SUPPORT
        )
    people = []
    for first in (True, False):
        if maybe():
            contact = ChildContactFactory(
                child=child, contact_first=first, starts_on=day() if maybe() else None
            )
            ContactRestrictionFactory(contact=contact)
            people.append(contact.person)
    for kind in (StatusKind.LOOKED_AFTER, StatusKind.CHILD_IN_NEED):
        if maybe():
            ChildStatusFactory(child=child, kind=kind, starts_on=day())
    if maybe():
        FormerNameFactory(child=child, surname="Bramble", forename="Fern")
    if maybe():
        RestrictedAccessFactory(child=child, user=chance.choice(staff))
    if maybe():
        CostLineFactory(child=child)
    if maybe():
        first, second = sorted((child, chance.choice(others)), key=lambda one: one.pk)
        SiblingFactory(first=first, second=second)
    return people


@pytest.mark.parametrize("seed", range(12))
def test_merging_and_undoing_changes_nothing(db, caseworker, seed):
    """Whatever the two records hold and whatever is chosen, undoing gives back every row of both."""
    chance = random.Random(seed)
    others = [ChildFactory(), ChildFactory()]
    staff = [UserFactory(), UserFactory()]
    kept, other = (
        ChildFactory(
            surname=chance.choice(["Heath", "Heeth"]), forename="Rowan", restricted=chance.random() < 0.3
        )
        for _ in range(2)
    )
    people = _grow(kept, chance, others, staff)
    _grow(other, chance, others, staff)
    if people and chance.random() < 0.7:
        shared = ChildContactFactory(child=other, person=people[0])
        ContactRestrictionFactory(contact=shared)
    if chance.random() < 0.5:
        PlanFactory(child=chance.choice([kept, other]))
    before = tables()
    found = compare(kept, other)
    assert found.blockers == []
    chosen = {fact.key: chance.choice([KEPT, OTHER]) for fact in found.choices}
    # Straight after the merge the other record holds only what gave way, and nothing is anywhere twice or gone.
    merged = merges.merge(kept=kept, other=other, chosen=chosen, why="One child", by=caseworker, on=ON)
    assert not Case.objects.filter(child=other).exists()
    after = tables()
    for table, rows in before.items():
        added = 1 if table == "casework.formername" else 0
        assert set(rows) <= set(after[table])
        assert len(after[table]) - len(rows) <= added, table
    # An account of each change, and of nothing else.
    changed = {
        (table, key)
        for table, rows in after.items()
        for key, row in rows.items()
        if before[table].get(key) != row
    }
    assert changed == set(MergedRow.objects.filter(merge=merged).values_list("table", "row"))
    merges.undo(merge=merged, why="Two children", by=caseworker, on=ON)
    assert tables() == before


def test_what_was_recorded_since_stays_with_the_kept_record(twice, caseworker):
    merged = join(twice, caseworker)
    plan = PlanFactory(child=twice[0])
    merges.undo(merge=merged, why="Two children", by=caseworker, on=ON)
    plan.refresh_from_db()
    assert plan.child == twice[0]


def test_a_fact_corrected_since_is_not_turned_back(twice, caseworker):
    merged = join(twice, caseworker, side=OTHER)
    Child.objects.filter(pk=twice[0].pk).update(surname="Heathcote")
    merges.undo(merge=merged, why="Two children", by=caseworker, on=ON)
    twice[0].refresh_from_db()
    assert twice[0].surname == "Heathcote"


def test_the_newer_merge_is_undone_first(twice, caseworker):
    third = ChildFactory(surname="Heath", forename="Rowan", date_of_birth=D(2016, 5, 4))
    first = join(twice, caseworker)
    second = join((third, twice[0]), caseworker)
    twice[1].refresh_from_db()
    assert twice[1].merged_into == third
    with pytest.raises(Refused, match="Undo that merge first"):
        merges.undo(merge=first, why="Two children", by=caseworker, on=ON)
    merges.undo(merge=second, why="Two children", by=caseworker, on=ON)
    merges.undo(merge=first, why="Two children", by=caseworker, on=ON)
    assert Child.objects.filter(merged_into__isnull=True).count() == 3


def test_something_recorded_since_is_in_the_way(twice, caseworker):
    for child in twice:
        ChildAddressFactory(child=child, lines=f"{child.pk} Row", ends_on=D(2026, 2, 1))
    merged = join(twice, caseworker, side=OTHER)
    # Now the kept record has the other's home, and its own stayed behind; a home that overlaps both is entered.
    ChildAddress.objects.filter(child=twice[0]).update(ends_on=D(2026, 1, 1))
    ChildAddressFactory(child=twice[0], lines="9 Row", starts_on=D(2026, 1, 2))
    with pytest.raises(Refused, match="Something recorded since on Rowan Heeth"):
        merges.undo(merge=merged, why="Two children", by=caseworker, on=ON)
    assert ChildMerge.objects.get().undone_on is None
    with pytest.raises(Refused, match="Enter why the merge is undone"):
        merges.undo(merge=merged, why=" ", by=caseworker, on=ON)


def test_a_merge_that_fails_leaves_nothing(twice, caseworker, monkeypatch):
    before = tables()
    monkeypatch.setattr(merges, "_turn_siblings", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        join(twice, caseworker)
    assert tables() == before


def test_an_old_number_matches_the_kept_record(twice, caseworker):
    """A number that stayed behind still leads somewhere."""
    for child, value in zip(twice, ("L-1", "L-22345"), strict=True):
        ChildIdentifierFactory(child=child, scheme=IdentifierScheme.LOCAL, value=value)
    join(twice, caseworker)
    assert ChildIdentifier.objects.get(value="L-22345").child == twice[1]
    Child.objects.filter(pk=twice[1].pk)
    ChildIdentifier.objects.filter(value="L-22345").update(value="L22345")
    assert search("L22345", reader=caseworker).children == [twice[0]]


def test_requests_can_be_logged_on_the_kept_record(twice, caseworker, log_request):
    join(twice, caseworker)
    assert log_request(child=twice[0]).child == twice[0]
    assert requests is not None
