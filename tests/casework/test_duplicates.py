"""Adding a child, and finding that the child is there already."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from casework.models import Child, ChildIdentifier, IdentifierScheme, Sex
from casework.rules.identifiers import make_upn
from casework.services import children
from casework.services.children import NewChild, PossibleDuplicates
from casework.services.refusals import Refused
from tests.casework.conftest import MONDAY
from tests.factories.children import ChildAddressFactory, ChildFactory, ChildIdentifierFactory

BORN = datetime.date(2016, 5, 4)
UPN = make_upn("999", "4001", "21", "001")


def new(**different):
    return NewChild(
        **{"surname": "Heath", "forename": "Rowan", "date_of_birth": BORN, "sex": Sex.MALE} | different
    )


def add(child, caseworker, **options):
    return children.add(child=child, by=caseworker, on=MONDAY, **options)


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ({"surname": "Heath", "forename": "Rowan"}, "Same date of birth and a like name"),
        ({"surname": "HEATH", "forename": "Rowen"}, "Same date of birth and a like name"),
        ({"surname": "Heeth", "forename": "Roan"}, "Same date of birth and a like name"),
        (
            {"surname": "Heath", "forename": "Robert", "preferred_name": "Rowan"},
            "Same date of birth and a like name",
        ),
        (
            {"surname": "Heath", "forename": "Sorrel"},
            "Same date of birth and surname, another first name: may be a twin",
        ),
        ({"date_of_birth": datetime.date(2016, 4, 5)}, "A like name; the date of birth differs by a slip"),
        ({"date_of_birth": datetime.date(2015, 5, 4)}, "A like name; the date of birth differs by a slip"),
        ({"date_of_birth": datetime.date(2009, 1, 1)}, "The same name, another date of birth"),
    ],
)
def test_like_records_stop_the_adding_until_somebody_has_looked(caseworker, held, reason):
    there = ChildFactory(**{"surname": "Heath", "forename": "Rowan", "date_of_birth": BORN} | held)
    with pytest.raises(PossibleDuplicates) as warning:
        add(new(), caseworker)
    [candidate] = warning.value.found
    assert candidate.child == there
    assert candidate.reasons[0].startswith(reason)
    assert Child.objects.count() == 1
    assert add(new(), caseworker, not_the_same_as=[there.pk]).pk != there.pk


@pytest.mark.parametrize(
    "held",
    [
        {"surname": "Bracken", "forename": "Fern"},
        {"surname": "Heath", "forename": "Juniper", "date_of_birth": datetime.date(2014, 8, 8)},
        {"surname": "Moss", "forename": "Rowan", "date_of_birth": datetime.date(2012, 1, 1)},
    ],
)
def test_other_children_do_not(caseworker, held):
    ChildFactory(**{"date_of_birth": BORN} | held)
    assert add(new(), caseworker).name == "Rowan Heath"


def test_a_number_finds_the_child_under_any_name(caseworker):
    there = ChildIdentifierFactory(value=UPN, child=ChildFactory(surname="Bracken", forename="Fern")).child
    with pytest.raises(PossibleDuplicates) as warning:
        add(new(identifiers={IdentifierScheme.UPN: UPN.lower()}), caseworker)
    assert [(one.child, one.reasons) for one in warning.value.found] == [(there, ("Has the same number",))]


def test_a_home_with_another_surname_is_found(caseworker):
    there = ChildAddressFactory(
        postcode="ZZ1 1AA", child=ChildFactory(surname="Bracken", forename="Rowan", date_of_birth=BORN)
    ).child
    with pytest.raises(PossibleDuplicates) as warning:
        add(new(postcode="ZZ1 1AA"), caseworker)
    assert warning.value.found[0].child == there


def test_likeliest_first(caseworker):
    twin = ChildFactory(surname="Heath", forename="Sorrel", date_of_birth=BORN)
    same = ChildFactory(surname="Heath", forename="Rowan", date_of_birth=BORN)
    with pytest.raises(PossibleDuplicates) as warning:
        add(new(), caseworker)
    assert [one.child for one in warning.value.found] == [same, twin]
    assert [one.may_be_twin for one in warning.value.found] == [False, True]


def test_everything_known_is_kept(caseworker):
    added = add(new(postcode="ZZ1 1AA", identifiers={IdentifierScheme.UPN: UPN}), caseworker)
    assert added.identifiers.get().value == UPN
    assert added.addresses.get().postcode == "ZZ1 1AA"


def test_a_wrong_check_letter_is_kept_as_a_query_and_a_wrong_shape_refused(caseworker, child):
    wrong = ("B" if UPN[0] == "A" else "A") + UPN[1:]
    kept = children.add_identifier(
        child=child, scheme=IdentifierScheme.UPN, value=wrong, by=caseworker, on=None
    )
    assert "check letter" in kept.query
    with pytest.raises(Refused) as refused:
        children.add_identifier(child=child, scheme=IdentifierScheme.ULN, value="12", by=caseworker, on=None)
    assert refused.value.field == IdentifierScheme.ULN


def test_a_number_has_one_child(caseworker, child):
    ChildIdentifierFactory(value=UPN)
    with pytest.raises(Refused, match="Another child has"):
        children.add_identifier(child=child, scheme=IdentifierScheme.UPN, value=UPN, by=caseworker, on=None)
    with pytest.raises(IntegrityError, match="identifier_belongs_to_one_child"), transaction.atomic():
        ChildIdentifier.objects.create(child=child, scheme=IdentifierScheme.UPN, value=UPN)


def test_born_in_the_future_is_refused(caseworker):
    with pytest.raises(Refused) as refused:
        add(new(date_of_birth=MONDAY + datetime.timedelta(days=1)), caseworker)
    assert refused.value.field == "date_of_birth"
