"""Mediation, appeals and what the Tribunal sends."""

import datetime

import factory

from casework.models import (
    Appeal,
    CaseKind,
    DirectionKind,
    HearingKind,
    Mediation,
    MilestoneKind,
    TribunalDirection,
    TribunalHearing,
    TribunalOrder,
)
from casework.rules.appeal_rights import Appealable
from casework.rules.tribunal_orders import OrderKind
from tests.factories.cases import CaseFactory, MilestoneFactory

REGISTERED = datetime.date(2026, 3, 2)


class MediationFactory(factory.django.DjangoModelFactory):
    """A mediation about a refusal to assess."""

    class Meta:
        model = Mediation

    case = factory.SubFactory(CaseFactory, kind=CaseKind.MEDIATION)
    against = Appealable.REFUSE_ASSESS


class AppealFactory(factory.django.DjangoModelFactory):
    """An appeal against the contents of a plan."""

    class Meta:
        model = Appeal

    case = factory.SubFactory(CaseFactory, kind=CaseKind.APPEAL)
    against = Appealable.CONTENTS
    sections = "BF"


class TribunalDirectionFactory(factory.django.DjangoModelFactory):
    """The response, due in six weeks."""

    class Meta:
        model = TribunalDirection

    case = factory.SubFactory(CaseFactory, kind=CaseKind.APPEAL)
    kind = DirectionKind.RESPONSE
    text = "Send the response and the attendance form"
    due_on = REGISTERED + datetime.timedelta(weeks=6)


class TribunalHearingFactory(factory.django.DjangoModelFactory):
    """A final hearing."""

    class Meta:
        model = TribunalHearing

    case = factory.SubFactory(CaseFactory, kind=CaseKind.APPEAL)
    kind = HearingKind.FINAL
    listed_for = REGISTERED + datetime.timedelta(weeks=30)


class TribunalOrderFactory(factory.django.DjangoModelFactory):
    """An order to amend."""

    class Meta:
        model = TribunalOrder

    milestone = factory.SubFactory(
        MilestoneFactory, case__kind=CaseKind.APPEAL, kind=MilestoneKind.ORDERED_TO_AMEND
    )
    kind = OrderKind.AMEND
    terms = "Section F is amended as in the working document"
