"""Bands and cost lines."""

import datetime
from decimal import Decimal

import factory

from funding.models import Band, BandScheme, BandValue, CostLine, LineKind
from tests.factories.children import ChildFactory


class BandSchemeFactory(factory.django.DjangoModelFactory):
    """A scheme."""

    class Meta:
        model = BandScheme

    code = factory.Sequence(lambda n: f"S{n}")
    name = "A scheme of bands"


class BandFactory(factory.django.DjangoModelFactory):
    """A band."""

    class Meta:
        model = Band

    scheme = factory.SubFactory(BandSchemeFactory)
    code = factory.Sequence(lambda n: f"B{n}")


class BandValueFactory(factory.django.DjangoModelFactory):
    """What a band is worth."""

    class Meta:
        model = BandValue

    band = factory.SubFactory(BandFactory)
    annual_value = Decimal("4321.50")
    starts_on = datetime.date(2020, 4, 1)


class CostLineFactory(factory.django.DjangoModelFactory):
    """A top-up by an amount."""

    class Meta:
        model = CostLine

    child = factory.SubFactory(ChildFactory)
    kind = LineKind.TOP_UP
    amount = Decimal("9000.00")
    starts_on = datetime.date(2024, 9, 2)
