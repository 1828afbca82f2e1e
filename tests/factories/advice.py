"""Advice that bodies are asked for, and panels."""

import datetime
import uuid

import factory

from casework.models import (
    AdviceBody,
    AdviceChase,
    AdviceReminder,
    AdviceRequest,
    Answer,
    ChaseMeans,
    ExistingAdvice,
    PanelMeeting,
    PanelOutcome,
    Question,
)
from tests.factories.cases import CaseFactory
from tests.factories.people import UserFactory

ASKED = datetime.date(2026, 4, 13)


class AdviceRequestFactory(factory.django.DjangoModelFactory):
    """A row about an educational psychologist, without milestones; `services.advice.ask` makes one with a clock."""

    class Meta:
        model = AdviceRequest

    public_id = factory.LazyFunction(uuid.uuid4)
    case = factory.SubFactory(CaseFactory)
    body = AdviceBody.PSYCHOLOGY


class ExistingAdviceFactory(factory.django.DjangoModelFactory):
    """A report that nobody has agreed to use yet."""

    class Meta:
        model = ExistingAdvice

    advice = factory.SubFactory(AdviceRequestFactory)
    what = "Psychologist's report of 2 February 2026"


class AdviceChaseFactory(factory.django.DjangoModelFactory):
    """A telephone call."""

    class Meta:
        model = AdviceChase

    advice = factory.SubFactory(AdviceRequestFactory)
    chased_on = ASKED
    means = ChaseMeans.TELEPHONE
    chased_by = factory.SubFactory(UserFactory)


class AdviceReminderFactory(factory.django.DjangoModelFactory):
    """A reminder made on the day itself."""

    class Meta:
        model = AdviceReminder

    advice = factory.SubFactory(AdviceRequestFactory)
    for_day = ASKED
    made_on = ASKED


class PanelMeetingFactory(factory.django.DjangoModelFactory):
    """A panel of two."""

    class Meta:
        model = PanelMeeting

    name = factory.Sequence(lambda n: f"Panel {n}")
    held_on = ASKED
    members = ["Sorrel Finch, chair", "Ash Marlow, head of SEND"]


class PanelOutcomeFactory(factory.django.DjangoModelFactory):
    """A recommendation to issue a plan."""

    class Meta:
        model = PanelOutcome

    meeting = factory.SubFactory(PanelMeetingFactory)
    case = factory.SubFactory(CaseFactory)
    question = Question.ISSUE
    recommendation = Answer.ISSUE
    reasons = "The assessment shows needs that the school cannot meet from what it has."
