"""Cases, what happened in them, their clocks and the plans they led to."""

import datetime
import uuid

import factory

from casework.models import (
    Answer,
    AssessmentRequest,
    Case,
    CaseAssignment,
    CaseKind,
    Channel,
    Clock,
    ClockException,
    Decision,
    Ground,
    Milestone,
    MilestoneKind,
    Need,
    NonWorkingDay,
    PhaseTransfer,
    Plan,
    PlanVersion,
    Question,
    RequestSource,
    RequestState,
    Review,
    ReviewReturn,
    SentForm,
    Stage,
)
from tests.factories.children import ChildFactory
from tests.factories.people import UserFactory

RECEIVED = datetime.date(2026, 3, 2)


class CaseFactory(factory.django.DjangoModelFactory):
    """A case; of a request unless another kind is given."""

    class Meta:
        model = Case

    child = factory.SubFactory(ChildFactory)
    kind = CaseKind.REQUEST
    opened_on = RECEIVED


class AssessmentRequestFactory(factory.django.DjangoModelFactory):
    """A request that waits for its decision."""

    class Meta:
        model = AssessmentRequest

    case = factory.SubFactory(CaseFactory)
    source = RequestSource.SCHOOL
    channel = Channel.EMAIL
    received_on = RECEIVED
    state = RequestState.UNDECIDED


class CaseAssignmentFactory(factory.django.DjangoModelFactory):
    """A lead worker."""

    class Meta:
        model = CaseAssignment

    child = factory.SubFactory(ChildFactory)
    user = factory.SubFactory(UserFactory)
    starts_on = datetime.date(2020, 1, 1)


class MilestoneFactory(factory.django.DjangoModelFactory):
    """A request received."""

    class Meta:
        model = Milestone

    case = factory.SubFactory(CaseFactory)
    kind = MilestoneKind.REQUEST_RECEIVED
    happened_on = RECEIVED


class DecisionFactory(factory.django.DjangoModelFactory):
    """A decision to assess."""

    class Meta:
        model = Decision

    milestone = factory.SubFactory(MilestoneFactory, kind=MilestoneKind.DECIDED_TO_ASSESS)
    question = Question.ASSESS
    answer = Answer.ASSESS
    decided_on = RECEIVED


class ClockFactory(factory.django.DjangoModelFactory):
    """The twenty weeks."""

    class Meta:
        model = Clock

    case = factory.SubFactory(CaseFactory)
    rule_code = "A10"
    started_on = RECEIVED
    due_on = RECEIVED + datetime.timedelta(weeks=20)


class ClockExceptionFactory(factory.django.DjangoModelFactory):
    """An approved exception to the twenty weeks."""

    class Meta:
        model = ClockException

    case = factory.SubFactory(CaseFactory)
    rule_code = "A10"
    ground = Ground.PERSONAL
    starts_on = RECEIVED
    evidence = "Letter from the hospital"
    approved_on = RECEIVED


class PlanFactory(factory.django.DjangoModelFactory):
    """A plan in force."""

    class Meta:
        model = Plan

    child = factory.SubFactory(ChildFactory)
    starts_on = datetime.date(2024, 9, 2)


class PlanVersionFactory(factory.django.DjangoModelFactory):
    """The first final version of a plan."""

    class Meta:
        model = PlanVersion

    plan = factory.SubFactory(PlanFactory)
    number = 1
    stage = Stage.FINAL
    starts_on = factory.SelfAttribute("plan.starts_on")
    primary_need = Need.ASD


class PhaseTransferFactory(factory.django.DjangoModelFactory):
    """A transfer to secondary school."""

    class Meta:
        model = PhaseTransfer

    case = factory.SubFactory(CaseFactory, kind=CaseKind.PHASE_TRANSFER)
    due_on = datetime.date(2027, 2, 15)


class NonWorkingDayFactory(factory.django.DjangoModelFactory):
    """A bank holiday."""

    class Meta:
        model = NonWorkingDay

    day = factory.Sequence(lambda n: datetime.date(2026, 1, 1) + datetime.timedelta(days=n))
    name = "A bank holiday"
    source = "Test"


class SentFormFactory(factory.django.DjangoModelFactory):
    """A form that was sent."""

    class Meta:
        model = SentForm

    key = factory.LazyFunction(uuid.uuid4)
    user = factory.SubFactory(UserFactory)


class ReviewFactory(factory.django.DjangoModelFactory):
    """A review that is to be held."""

    class Meta:
        model = Review

    case = factory.SubFactory(CaseFactory, kind=CaseKind.ANNUAL_REVIEW)
    plan = factory.SubFactory(PlanFactory, child=factory.SelfAttribute("..case.child"))


class ReviewReturnFactory(factory.django.DjangoModelFactory):
    """A file of reviews that a school sent."""

    class Meta:
        model = ReviewReturn

    file_name = "reviews.csv"
    brought_by = factory.SubFactory(UserFactory)
