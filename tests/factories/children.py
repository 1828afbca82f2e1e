"""Children and what is known of them."""

import datetime

import factory

from casework.models import (
    AccessAction,
    AccessLogEntry,
    Area,
    Child,
    ChildAddress,
    ChildIdentifier,
    IdentifierScheme,
    RestrictedAccess,
    Sex,
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
