"""Imports of returns, and snapshots."""

import datetime
from decimal import Decimal

import factory
from django.utils import timezone

from reporting.models import (
    DoubtfulMatch,
    ImportFinding,
    ReturnImport,
    Severity,
    Snapshot,
    SnapshotRun,
    SnapshotState,
)


class ReturnImportFactory(factory.django.DjangoModelFactory):
    """A file that was brought."""

    class Meta:
        model = ReturnImport

    file_name = "return.xml"


class ImportFindingFactory(factory.django.DjangoModelFactory):
    """One problem in a file."""

    class Meta:
        model = ImportFinding

    return_import = factory.SubFactory(ReturnImportFactory)
    severity = Severity.QUERY
    rule = "UPN"
    line = 1
    person = 1
    element = "UPN"
    problem = "The check letter is wrong."
    mend = "Compare it with the school's record."


class DoubtfulMatchFactory(factory.django.DjangoModelFactory):
    """A person who may be a child already held."""

    class Meta:
        model = DoubtfulMatch

    return_import = factory.SubFactory(ReturnImportFactory)
    person_key = factory.Sequence(lambda n: f"{n:064x}")
    person = 1
    in_file = factory.Dict({})
    why = "Twins"


class SnapshotRunFactory(factory.django.DjangoModelFactory):
    """A building of snapshots."""

    class Meta:
        model = SnapshotRun

    as_at = datetime.date(2026, 3, 2)


class SnapshotFactory(factory.django.DjangoModelFactory):
    """One cell."""

    class Meta:
        model = Snapshot

    indicator = factory.Sequence(lambda n: f"X{n}")
    definition_version = 1
    first_day = datetime.date(2026, 3, 1)
    last_day = datetime.date(2026, 3, 31)
    numerator = Decimal(1)
    denominator = Decimal(1)


class SnapshotStateFactory(factory.django.DjangoModelFactory):
    """When an indicator was last worked out."""

    class Meta:
        model = SnapshotState

    indicator = factory.Sequence(lambda n: f"X{n}")
    definition_version = 1
    as_at = datetime.date(2026, 3, 2)
    computed_at = factory.LazyFunction(timezone.now)
