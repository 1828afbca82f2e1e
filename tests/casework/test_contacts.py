"""The people around a child: who decides, who may be written to, and what the database refuses."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from casework.access.people import may_read_withheld
from casework.access.scope import visible
from casework.models import (
    ChildAddress,
    ChildContact,
    ContactLimit,
    ContactLimitBasis,
    Person,
    PersonAddress,
    PreferredWay,
    Relationship,
    ResponsibilitySource,
    RoleCode,
)
from casework.queries.recipients import people_of
from casework.queries.search import search
from casework.rules.contacting import DecidedBy
from casework.services import addresses, contacts
from casework.services.contacts import PersonFacts
from casework.services.refusals import Refused, StaleEdit
from tests.factories.cases import CaseAssignmentFactory
from tests.factories.children import (
    CapacityFindingFactory,
    ChildAddressFactory,
    ChildContactFactory,
    ChildFactory,
    ContactRestrictionFactory,
    ParentalResponsibilityFactory,
    PersonAddressFactory,
    PersonFactory,
    RestrictedAccessFactory,
)
from tests.factories.people import UserFactory

D = datetime.date
ON = D(2026, 3, 2)


def add(child, by, name="Meadow Heath", relationship=Relationship.MOTHER, **different):
    return contacts.add_contact(
        child=child, person=PersonFacts(name), relationship=relationship, by=by, on=ON, **different
    )


def only(child, name, on=ON):
    return next(one for one in people_of(child, on=on).recipients if one.name == name)


# What the database refuses


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: PersonFactory.build(name=""), "Enter the name."),
        (
            lambda: PersonFactory.build(preferred_way=PreferredWay.EMAIL),
            "Enter the e-mail address, or choose another way.",
        ),
        (
            lambda: PersonFactory.build(preferred_way=PreferredWay.TELEPHONE),
            "Enter the telephone number, or choose another way.",
        ),
        (
            lambda: PersonAddressFactory.build(person=PersonFactory(), lines="", postcode=""),
            "Enter the address or the postcode.",
        ),
        (
            lambda: ChildContactFactory.build(
                child=ChildFactory(), person=PersonFactory(), relationship=Relationship.OTHER
            ),
            "Enter who this person is to the child.",
        ),
        (
            lambda: ContactRestrictionFactory.build(contact=ChildContactFactory(), reason=""),
            "Enter why contact is restricted.",
        ),
        (
            lambda: CapacityFindingFactory.build(child=ChildFactory(), evidence=""),
            "Enter who assessed capacity, when and how.",
        ),
    ],
)
def test_what_a_row_must_say(db, make, words):
    with pytest.raises(ValidationError) as refused:
        make().validate_constraints()
    assert words in refused.value.messages


@pytest.mark.parametrize(
    ("factory", "words"),
    [
        (ChildContactFactory, "This person is already a contact of this child on some of these days."),
        (PersonAddressFactory, "This person already has an address on some of these days."),
        (
            ParentalResponsibilityFactory,
            "This person already has parental responsibility on some of these days.",
        ),
        (ContactRestrictionFactory, "Contact is already restricted in this way on some of these days."),
        (CapacityFindingFactory, "A finding about capacity is already recorded on some of these days."),
        (ChildAddressFactory, "This child already has a home address on some of these days."),
    ],
)
def test_one_of_a_kind_at_a_time(db, factory, words):
    row = factory()
    row.pk = None
    row._state.adding = True
    for name in ("public_id",):
        if hasattr(row, name):
            setattr(row, name, None)
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints(exclude={"public_id"})
    assert words in refused.value.messages


def test_the_last_day_is_not_before_the_first(child, caseworker):
    mother = add(child, caseworker, starts_on=D(2026, 1, 1))
    with pytest.raises(Refused, match="The last day must be on or after the first day") as refused:
        contacts.end_contact(contact=mother, ends_on=D(2025, 12, 31), by=caseworker, on=ON)
    assert refused.value.field == "ends_on"


def test_one_person_is_contacted_first(child, caseworker):
    add(child, caseworker, contact_first=True)
    with pytest.raises(Refused, match="Another person is already the one to contact first"):
        add(child, caseworker, "Larch Heath", Relationship.FATHER, contact_first=True)
    assert ChildContact.objects.count() == 1


# Who decides and who may be written to


def test_a_child_of_school_age_has_parents_who_decide(child, caseworker):
    mother = add(child, caseworker, lives_with_child=True)
    father = add(child, caseworker, "Larch Heath", Relationship.FATHER)
    add(child, caseworker, "Fern Heath", Relationship.GRANDPARENT)
    contacts.record_responsibility(
        contact=father, source=ResponsibilitySource.BIRTH_CERTIFICATE, evidence="Certificate seen", by=caseworker,
        on=ON,
    )  # fmt: skip
    ChildAddressFactory(child=child)
    PersonAddressFactory(person=father.person)
    people = people_of(child, on=ON)
    assert people.decided_by is DecidedBy.PARENT
    assert [(one.name, one.standing.because, one.address and one.address.postcode) for one in people.recipients] == [
        ("Larch Heath", "Decides as parent", "ZZ1 2AA"),
        ("Meadow Heath", "Decides as parent", "ZZ1 1AA"),
        ("Fern Heath", "Neither has parental responsibility nor lives with the child", None),
    ]  # fmt: skip
    assert [one.contact for one in people.deciders] == [father, mother]


def test_the_day_compulsory_school_age_ends_the_young_person_decides(caseworker):
    # Born on 4 May 2010: 16 in the school year that ends in 2026, whose last Friday of June is the 26th.
    young = ChildFactory(forename="Rowan", surname="Heath", date_of_birth=D(2010, 5, 4))
    mother = add(young, caseworker, lives_with_child=True)
    ChildAddressFactory(child=young)
    assert people_of(young, on=D(2026, 6, 26)).decided_by is DecidedBy.PARENT
    people = people_of(young, on=D(2026, 6, 27))
    assert people.decided_by is DecidedBy.YOUNG_PERSON
    assert [(one.name, one.address.postcode) for one in people.deciders] == [("Rowan Heath", "ZZ1 1AA")]
    refused = only(young, "Meadow Heath", D(2026, 6, 27))
    assert (refused.may_write, refused.standing.because) == (
        False,
        "The young person decides and has not agreed to this",
    )
    contacts.change_contact(
        contact=mother, lives_with_child=True, contact_first=False, young_person_agreed_on=D(2026, 7, 1), note="",
        by=caseworker, on=D(2026, 7, 1),
    )  # fmt: skip
    assert not only(young, "Meadow Heath", D(2026, 6, 30)).may_write
    assert only(young, "Meadow Heath", D(2026, 7, 1)).may_write


def test_a_young_person_cannot_agree_before_there_is_one(child, caseworker):
    mother = add(child, caseworker)
    with pytest.raises(Refused, match="Until then the parent decides") as refused:
        contacts.change_contact(
            contact=mother, lives_with_child=True, contact_first=False, young_person_agreed_on=ON, note="",
            by=caseworker, on=ON,
        )  # fmt: skip
    assert refused.value.field == "young_person_agreed_on"


@pytest.fixture
def young(db):
    return ChildFactory(forename="Rowan", surname="Heath", date_of_birth=D(2007, 5, 4))


def test_capacity_is_presumed_and_a_finding_names_who_decides(young, caseworker):
    add(young, caseworker, lives_with_child=True)
    deputy = add(young, caseworker, "Sorrel Deepdene", Relationship.REPRESENTATIVE)
    assert people_of(young, on=ON).decided_by is DecidedBy.YOUNG_PERSON
    finding = contacts.record_capacity(
        child=young, evidence="Assessed by Dr Fennimore", starts_on=D(2026, 1, 5), representative=deputy, by=caseworker,
        on=ON,
    )  # fmt: skip
    assert [one.name for one in people_of(young, on=ON).deciders] == ["Sorrel Deepdene"]
    assert only(young, "Meadow Heath").standing.because == "The representative decides"
    contacts.end_contact(contact=deputy, ends_on=D(2026, 2, 1), by=caseworker, on=ON)
    people = people_of(young, on=ON)
    assert people.decided_by is DecidedBy.PARENT_IN_PLACE
    assert [one.name for one in people.deciders] == ["Meadow Heath"]
    contacts.end_capacity(finding=finding, ends_on=D(2026, 2, 20), by=caseworker, on=ON)
    assert people_of(young, on=ON).decided_by is DecidedBy.YOUNG_PERSON


@pytest.mark.parametrize(
    ("different", "words", "field"),
    [
        ({"starts_on": D(2023, 1, 1)}, "Until 30 June 2023 the parent decides", "starts_on"),
        ({"starts_on": D(2026, 3, 3)}, "The day must be 2 March 2026 or before", "starts_on"),
        ({"evidence": " "}, "This field cannot be blank", "evidence"),
    ],
)
def test_a_finding_that_cannot_be(young, caseworker, different, words, field):
    with pytest.raises(Refused, match=words) as refused:
        contacts.record_capacity(
            **{"child": young, "evidence": "Seen", "starts_on": ON, "by": caseworker, "on": ON} | different
        )
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("limit", "may", "terms", "by_letter", "learns"),
    [
        (ContactLimit.NO_CONTACT, False, (), False, True),
        (ContactLimit.LETTERS_ONLY, True, ("By letter only: do not call or send messages.",), True, True),
        (ContactLimit.SUPERVISED, True, ("Only through the worker named in the restriction.",), False, True),
        (
            ContactLimit.NO_ADDRESS,
            True,
            (
                "Must not learn where the child lives or learns: take the address and setting out of what you send.",
            ),
            False,
            False,
        ),
    ],
)
def test_a_restriction_is_stronger_than_the_right_to_be_told(
    child, caseworker, limit, may, terms, by_letter, learns
):
    father = contacts.add_contact(
        child=child,
        person=PersonFacts("Larch Heath", email="larch@post.example", way=PreferredWay.EMAIL),
        relationship=Relationship.FATHER,
        by=caseworker,
        on=ON,
    )
    ParentalResponsibilityFactory(contact=father)
    row = contacts.restrict_contact(
        contact=father, limit=limit, basis=ContactLimitBasis.COURT_ORDER, reason="Order of 1 March", starts_on=D(2026, 3, 1),
        by=caseworker, on=ON,
    )  # fmt: skip
    before, now = only(child, "Larch Heath", D(2026, 2, 28)), only(child, "Larch Heath")
    assert (before.may_write, before.email, before.way) == (True, "larch@post.example", PreferredWay.EMAIL)
    assert (now.may_write, now.standing.terms, now.by_letter_only, now.may_learn_address) == (
        may, terms, by_letter, learns,
    )  # fmt: skip
    assert now.email == ("larch@post.example" if may and not by_letter else "")
    contacts.end_restriction(restriction=row, ends_on=ON, why="The court lifted it", by=caseworker, on=ON)
    assert only(child, "Larch Heath", D(2026, 3, 3)).standing.terms == ()
    with pytest.raises(Refused, match="Enter why contact is no longer restricted"):
        contacts.end_restriction(restriction=row, ends_on=ON, why=" ", by=caseworker, on=ON)


def test_one_person_of_three_children_is_changed_once(caseworker):
    one, two = ChildFactory(), ChildFactory()
    mother = add(one, caseworker)
    other = contacts.add_contact(
        child=two, person=mother.person, relationship=Relationship.MOTHER, by=caseworker, on=ON
    )
    contacts.change_person(
        contact=mother, person=PersonFacts("Meadow Heath", telephone="01632 960001"), by=caseworker
    )
    other.person.refresh_from_db()
    assert (other.person.telephone, Person.objects.count()) == ("01632 960001", 1)


def test_an_order_needs_what_was_seen(child, caseworker):
    mother = add(child, caseworker)
    with pytest.raises(Refused, match="Enter what you have seen") as refused:
        contacts.record_responsibility(
            contact=mother, source=ResponsibilitySource.COURT_ORDER, by=caseworker, on=ON
        )
    assert refused.value.field == "evidence"
    held = contacts.record_responsibility(
        contact=mother, source=ResponsibilitySource.BIRTH_MOTHER, by=caseworker, on=ON
    )
    contacts.end_responsibility(responsibility=held, ends_on=D(2026, 2, 1), by=caseworker, on=ON)
    held.refresh_from_db()
    assert held.ends_on == D(2026, 2, 1)


def test_two_people_changing_contacts_at_once(child, caseworker):
    read = child.version or 1
    add(child, caseworker, version=read)
    with pytest.raises(StaleEdit):
        add(child, caseworker, "Larch Heath", version=read)


def test_the_first_day_is_not_ahead(child, caseworker):
    with pytest.raises(Refused, match="The day must be 2 March 2026 or before"):
        add(child, caseworker, starts_on=D(2026, 3, 3))


# Homes


def test_a_move_ends_the_home_before(child, caseworker):
    addresses.move_home(
        child=child, lines="1 Old Row", postcode="ZZ1 1AA", starts_on=D(2025, 1, 1), by=caseworker, on=ON
    )
    now = addresses.move_home(
        child=child, lines="2 New Row", postcode="ZZ1 2AA", starts_on=D(2026, 2, 1), by=caseworker, on=ON
    )
    assert list(ChildAddress.objects.order_by("starts_on").values_list("lines", "ends_on")) == [
        ("1 Old Row", D(2026, 1, 31)),
        ("2 New Row", None),
    ]
    addresses.correct_home(address=now, lines="3 New Row", postcode="ZZ1 2AA", withheld=True, by=caseworker)
    assert people_of(child, on=ON).home.text == "3 New Row\nZZ1 2AA"
    assert people_of(child, on=ON).home.withheld


@pytest.mark.parametrize(
    ("different", "words", "field"),
    [
        ({"lines": " ", "postcode": ""}, "Enter the address or the postcode", "lines"),
        ({"starts_on": D(2026, 3, 3)}, "a move is recorded when it has happened", "starts_on"),
        ({"starts_on": D(2025, 6, 1)}, "Correct that one instead", "starts_on"),
    ],
)
def test_a_move_that_cannot_be(child, caseworker, different, words, field):
    ChildAddressFactory(child=child, starts_on=D(2025, 6, 1))
    given = {
        "child": child,
        "lines": "2 New Row",
        "postcode": "ZZ1 2AA",
        "starts_on": ON,
        "by": caseworker,
        "on": ON,
    }
    with pytest.raises(Refused, match=words) as refused:
        addresses.move_home(**given | different)
    assert refused.value.field == field


def test_a_refuge_is_not_found_by_postcode_and_not_printed_for_others(child, caseworker):
    ChildAddressFactory(child=child, postcode="ZZ9 9ZZ", withheld=True)
    add(child, caseworker, lives_with_child=True)
    father = add(child, caseworker, "Larch Heath", Relationship.FATHER)
    ParentalResponsibilityFactory(contact=father)
    assert search("ZZ9 9ZZ", reader=caseworker).children == []
    assert only(child, "Meadow Heath").address.postcode == "ZZ9 9ZZ"
    assert only(child, "Meadow Heath").may_learn_address
    shown = only(child, "Larch Heath")
    assert (shown.may_write, shown.address, shown.may_learn_address) == (True, None, False)


def test_who_may_read_a_withheld_address(child, caseworker):
    other = UserFactory(role=RoleCode.CASEWORKER)
    manager = UserFactory(role=RoleCode.MANAGER)
    named = UserFactory(role=RoleCode.CASEWORKER)
    CaseAssignmentFactory(child=child, user=caseworker, ends_on=D(2026, 3, 2))
    RestrictedAccessFactory(child=child, user=named)
    assert [may_read_withheld(child, who, on=ON) for who in (caseworker, other, manager, named)] == [
        True, False, True, True,
    ]  # fmt: skip
    assert not may_read_withheld(child, caseworker, on=D(2026, 3, 3))


def test_people_follow_the_child(caseworker):
    hidden = ChildContactFactory(child=ChildFactory(restricted=True))
    PersonAddressFactory(person=hidden.person)
    shown = ChildContactFactory(person=PersonFactory(name="Meadow Heath"))
    PersonAddressFactory(person=shown.person)
    assert list(visible(Person, caseworker)) == [shown.person]
    assert list(visible(PersonAddress, caseworker)) == [shown.person.addresses.get()]
    assert list(visible(ChildContact, caseworker)) == [shown]


def test_reading_people_takes_few_queries(child, django_assert_max_num_queries, caseworker):
    for number in range(6):
        row = add(child, caseworker, f"Contact {number}")
        PersonAddressFactory(person=row.person)
    with django_assert_max_num_queries(6):
        assert len(people_of(child, on=ON).recipients) == 6
