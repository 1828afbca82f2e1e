"""The texts of plans, part by part."""

import factory

from casework.models import (
    PlanAdvice,
    PlanBudgetPart,
    PlanNeed,
    PlanOutcome,
    PlanProvision,
    PlanSection,
    PlanText,
)
from tests.factories.cases import CaseFactory


class PlanTextFactory(factory.django.DjangoModelFactory):
    """A draft in a request."""

    class Meta:
        model = PlanText

    case = factory.SubFactory(CaseFactory)
    child = factory.SelfAttribute("case.child")
    number = 1


class PlanSectionFactory(factory.django.DjangoModelFactory):
    """Section A."""

    class Meta:
        model = PlanSection

    text = factory.SubFactory(PlanTextFactory)
    letter = "A"
    words = "Rowan likes building and wants to work with animals."


class PlanNeedFactory(factory.django.DjangoModelFactory):
    """The main need."""

    class Meta:
        model = PlanNeed

    text = factory.SubFactory(PlanTextFactory)
    position = 1
    words = "Rowan follows one instruction at a time."
    kind = "SLCN"


class PlanOutcomeFactory(factory.django.DjangoModelFactory):
    """An outcome."""

    class Meta:
        model = PlanOutcome

    text = factory.SubFactory(PlanTextFactory)
    position = 1
    outcome = "Rowan will follow three instructions in a row."


class PlanProvisionFactory(factory.django.DjangoModelFactory):
    """Speech and language therapy."""

    class Meta:
        model = PlanProvision

    text = factory.SubFactory(PlanTextFactory)
    section = "F"
    position = 1
    what = "Speech and language therapy"


class PlanBudgetPartFactory(factory.django.DjangoModelFactory):
    """A direct payment."""

    class Meta:
        model = PlanBudgetPart

    text = factory.SubFactory(PlanTextFactory)
    position = 1
    part = "E"
    way = "direct"
    what = "A personal assistant at the sailing club, towards outcome 1"


class PlanAdviceFactory(factory.django.DjangoModelFactory):
    """The educational psychologist's advice."""

    class Meta:
        model = PlanAdvice

    text = factory.SubFactory(PlanTextFactory)
    position = 1
    source = "psychology"
