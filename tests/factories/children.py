"""Children and what is known of them."""

import datetime

import factory

from casework.models import (
    AccessAction,
    AccessLogEntry,
    Area,
    CapacityFinding,
    Child,
    ChildAddress,
    ChildContact,
    ChildIdentifier,
    ChildMerge,
    ChildStatus,
    ContactLimit,
    ContactLimitBasis,
    ContactRestriction,
    FormerName,
    FormerNameKind,
    IdentifierScheme,
    MergedRow,
    NotTheSame,
    ParentalResponsibility,
    Person,
    PersonAddress,
    RecordRestriction,
    Relationship,
    ResponsibilitySource,
    RestrictedAccess,
    RowChange,
    Sex,
    Sibling,
    SiblingKind,
    StatusKind,
)
from casework.rules.identifiers import make_upn
from tests.factories.people import UserFactory


class AreaFactory(factory.django.DjangoModelFactory):
    """A part of the authority."""

    class Meta:
        model = Area

    code = factory.Sequence(lambda n: f"area{n}")
    name = factory.Sequence(lambda n: f"Area {n}")


class ChildFactory(factory.django.DjangoModelFactory):
    """A child of about ten, in 2026."""

    class Meta:
        model = Child

    surname = factory.Sequence(lambda n: f"Thistle{n}")
    forename = factory.Sequence(lambda n: f"Juniper{n}")
    date_of_birth = datetime.date(2016, 5, 4)
    sex = Sex.FEMALE


class ChildIdentifierFactory(factory.django.DjangoModelFactory):
    """A UPN with its right check letter."""

    class Meta:
        model = ChildIdentifier

    child = factory.SubFactory(ChildFactory)
    scheme = IdentifierScheme.UPN
    value = factory.Sequence(lambda n: make_upn("999", "4001", "20", f"{n % 1000:03d}"))


class ChildAddressFactory(factory.django.DjangoModelFactory):
    """A home."""

    class Meta:
        model = ChildAddress

    child = factory.SubFactory(ChildFactory)
    lines = "1 Invented Lane"
    postcode = "ZZ1 1AA"


class RestrictedAccessFactory(factory.django.DjangoModelFactory):
    """Leave to open one restricted record."""

    class Meta:
        model = RestrictedAccess

    child = factory.SubFactory(ChildFactory, restricted=True)
    user = factory.SubFactory(UserFactory)
    reason = "Works the case"
    starts_on = datetime.date(2020, 1, 1)


class AccessLogEntryFactory(factory.django.DjangoModelFactory):
    """One reading of a record."""

    class Meta:
        model = AccessLogEntry

    child = factory.SubFactory(ChildFactory)
    user = factory.SubFactory(UserFactory)
    action = AccessAction.CHILD_PAGE


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody around a child."""

    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Meadow Thistle{n}")


class PersonAddressFactory(factory.django.DjangoModelFactory):
    """Where they live, when it is not the child's home."""

    class Meta:
        model = PersonAddress

    person = factory.SubFactory(PersonFactory)
    lines = "2 Invented Lane"
    postcode = "ZZ1 2AA"


class ChildContactFactory(factory.django.DjangoModelFactory):
    """A mother at home."""

    class Meta:
        model = ChildContact

    child = factory.SubFactory(ChildFactory)
    person = factory.SubFactory(PersonFactory)
    relationship = Relationship.MOTHER
    lives_with_child = True


class ParentalResponsibilityFactory(factory.django.DjangoModelFactory):
    """A mother's, from birth."""

    class Meta:
        model = ParentalResponsibility

    contact = factory.SubFactory(ChildContactFactory)
    source = ResponsibilitySource.BIRTH_MOTHER


class ContactRestrictionFactory(factory.django.DjangoModelFactory):
    """No contact, by order of a court."""

    class Meta:
        model = ContactRestriction

    contact = factory.SubFactory(ChildContactFactory)
    limit = ContactLimit.NO_CONTACT
    basis = ContactLimitBasis.COURT_ORDER
    reason = "Order of 3 March 2025"
    starts_on = datetime.date(2025, 3, 3)


class CapacityFindingFactory(factory.django.DjangoModelFactory):
    """A young person was found to lack capacity."""

    class Meta:
        model = CapacityFinding

    child = factory.SubFactory(ChildFactory, date_of_birth=datetime.date(2006, 5, 4))
    evidence = "Assessed by Dr Larch Fennimore on 2 March 2026"
    starts_on = datetime.date(2026, 3, 2)


class FormerNameFactory(factory.django.DjangoModelFactory):
    """A name before adoption or marriage of a parent."""

    class Meta:
        model = FormerName

    child = factory.SubFactory(ChildFactory)
    surname = factory.Sequence(lambda n: f"Bramble{n}")
    forename = "Juniper"
    kind = FormerNameKind.BIRTH


class SiblingFactory(factory.django.DjangoModelFactory):
    """A sister."""

    class Meta:
        model = Sibling

    first = factory.SubFactory(ChildFactory)
    second = factory.SubFactory(ChildFactory)
    kind = SiblingKind.FULL


class NotTheSameFactory(factory.django.DjangoModelFactory):
    """Two children who look alike on paper."""

    class Meta:
        model = NotTheSame

    first = factory.SubFactory(ChildFactory)
    second = factory.SubFactory(ChildFactory)
    why = "Both are in year 4 of Brambleside"
    decided_by = factory.SubFactory(UserFactory)
    decided_on = datetime.date(2026, 3, 2)


class ChildStatusFactory(factory.django.DjangoModelFactory):
    """Looked after by this authority."""

    class Meta:
        model = ChildStatus

    child = factory.SubFactory(ChildFactory)
    kind = StatusKind.LOOKED_AFTER
    la_code = "999"


class RecordRestrictionFactory(factory.django.DjangoModelFactory):
    """A child in hiding."""

    class Meta:
        model = RecordRestriction

    child = factory.SubFactory(ChildFactory, restricted=True)
    reason = "Lives in a refuge"
    starts_on = datetime.date(2026, 3, 2)
    review_on = datetime.date(2026, 6, 2)
    set_by = factory.SubFactory(UserFactory)


class ChildMergeFactory(factory.django.DjangoModelFactory):
    """One child who was added twice."""

    class Meta:
        model = ChildMerge

    survivor = factory.SubFactory(ChildFactory)
    merged = factory.SubFactory(ChildFactory)
    merged_on = datetime.date(2026, 3, 2)
    merged_by = factory.SubFactory(UserFactory)
    why = "The school has one of that name"


class MergedRowFactory(factory.django.DjangoModelFactory):
    """A plan that moved."""

    class Meta:
        model = MergedRow

    merge = factory.SubFactory(ChildMergeFactory)
    table = "casework.plan"
    row = factory.Sequence(lambda n: n)
    change = RowChange.MOVED
