"""Authorities, their parts in a child's life, moves between them and ceasing."""

import datetime

import factory

from casework.models import (
    AuthorityPart,
    AuthorityRole,
    CaseKind,
    CeaseReason,
    Ceasing,
    LocalAuthority,
    Paper,
    PlanTransfer,
    TransferPaper,
)
from placements.models import Finding, HomeEducation, SettingCode, SuitabilityCheck
from tests.factories.cases import CaseFactory, PlanFactory
from tests.factories.children import ChildFactory
from tests.factories.places import PlacementFactory


class LocalAuthorityFactory(factory.django.DjangoModelFactory):
    """An invented authority."""

    class Meta:
        model = LocalAuthority
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"{100 + n % 90}")
    name = factory.Sequence(lambda n: f"Otterdale {n}")


class AuthorityRoleFactory(factory.django.DjangoModelFactory):
    """Another authority, responsible."""

    class Meta:
        model = AuthorityRole

    child = factory.SubFactory(ChildFactory)
    part = AuthorityPart.RESPONSIBLE
    authority = factory.SubFactory(LocalAuthorityFactory)
    starts_on = datetime.date(2020, 1, 1)


class PlanTransferFactory(factory.django.DjangoModelFactory):
    """A move in whose plan has not come yet."""

    class Meta:
        model = PlanTransfer

    case = factory.SubFactory(CaseFactory, kind=CaseKind.TRANSFER_IN)
    authority = factory.SubFactory(LocalAuthorityFactory)
    moved_on = datetime.date(2026, 3, 2)
    known_on = datetime.date(2026, 3, 2)


class TransferPaperFactory(factory.django.DjangoModelFactory):
    """The plan, sent."""

    class Meta:
        model = TransferPaper

    transfer = factory.SubFactory(PlanTransferFactory)
    paper = Paper.PLAN
    sent_on = datetime.date(2026, 3, 2)
    proof = "Secure e-mail, receipt kept"


class CeasingFactory(factory.django.DjangoModelFactory):
    """Ceasing is considered."""

    class Meta:
        model = Ceasing

    case = factory.SubFactory(CaseFactory, kind=CaseKind.CEASING)
    plan = factory.SubFactory(PlanFactory, child=factory.SelfAttribute("..case.child"))
    reason = CeaseReason.NEEDS_MET
    why = "The outcomes are met"


class HomeEducationFactory(factory.django.DjangoModelFactory):
    """A child educated at home by the parents' choice."""

    class Meta:
        model = HomeEducation

    placement = factory.SubFactory(PlacementFactory, establishment=None, setting_code=SettingCode.EHE)
    told_on = datetime.date(2024, 9, 2)


class SuitabilityCheckFactory(factory.django.DjangoModelFactory):
    """One look."""

    class Meta:
        model = SuitabilityCheck

    home_education = factory.SubFactory(HomeEducationFactory)
    looked_on = datetime.date(2024, 12, 2)
    finding = Finding.SUITABLE
    note = "A broad programme, with time outdoors"
