"""Settings and placements."""

import datetime

import factory

from casework.models import Establishment, EstablishmentStatus
from placements.models import NamedPlacement, Placement
from tests.factories.cases import PlanVersionFactory
from tests.factories.children import ChildFactory


class EstablishmentFactory(factory.django.DjangoModelFactory):
    """A school of the register."""

    class Meta:
        model = Establishment

    urn = factory.Sequence(lambda n: 900000 + n)
    name = factory.Sequence(lambda n: f"Invented School {n}")
    in_register = True


class EstablishmentStatusFactory(factory.django.DjangoModelFactory):
    """A community school, since before anyone knows."""

    class Meta:
        model = EstablishmentStatus

    establishment = factory.SubFactory(EstablishmentFactory)
    type_code = 1
    leaf = "mainstream_maintained"


class PlacementFactory(factory.django.DjangoModelFactory):
    """A child at a school."""

    class Meta:
        model = Placement

    child = factory.SubFactory(ChildFactory)
    establishment = factory.SubFactory(EstablishmentFactory)
    starts_on = datetime.date(2024, 9, 2)


class NamedPlacementFactory(factory.django.DjangoModelFactory):
    """A school named in section I."""

    class Meta:
        model = NamedPlacement

    plan_version = factory.SubFactory(PlanVersionFactory)
    establishment = factory.SubFactory(EstablishmentFactory)
