"""How lists of casework records are narrowed: the same sets serve pages and the API."""

import django_filters
from django.db.models import Q, QuerySet

from casework.filtering import (
    AsAtFilter,
    CodesFilter,
    DayFilter,
    RecordFilter,
    WholeNumberFilter,
    YesNoFilter,
)
from casework.models import (
    AdviceBody,
    AdviceRequest,
    Answer,
    Appeal,
    AssessmentRequest,
    CeaseReason,
    Decision,
    Establishment,
    Need,
    Plan,
    PlanVersion,
    Question,
    RequestSource,
    RequestState,
    Stage,
)
from casework.models.disagreements import AGAINST


class RequestFilter(django_filters.FilterSet):
    """Requests for an EHC needs assessment."""

    child = RecordFilter(field_name="case__child__public_id", label="Identifier of the child")
    source = CodesFilter(choices=RequestSource.choices, label="Who asked (SEN2 item 2.2)")
    area = django_filters.CharFilter(field_name="area__code", label="Code of the area")
    state = CodesFilter(choices=RequestState.choices, label="How far the request has come")
    excepted = YesNoFilter(label="Whether an exception to the 20 weeks is recorded (SEN2 item 3.7)")
    received_from = DayFilter(field_name="received_on", lookup_expr="gte", label="Received on or after")
    received_to = DayFilter(field_name="received_on", lookup_expr="lte", label="Received on or before")
    decided_from = DayFilter(
        field_name="decided_on", lookup_expr="gte", label="Family told whether to assess, on or after"
    )
    decided_to = DayFilter(
        field_name="decided_on", lookup_expr="lte", label="Family told whether to assess, on or before"
    )
    final_plan_from = DayFilter(
        field_name="final_plan_on", lookup_expr="gte", label="Final plan issued on or after"
    )
    final_plan_to = DayFilter(
        field_name="final_plan_on", lookup_expr="lte", label="Final plan issued on or before"
    )

    class Meta:
        model = AssessmentRequest
        fields: tuple[str, ...] = ()


class AdviceRequestFilter(django_filters.FilterSet):
    """Requests for advice in assessments."""

    child = RecordFilter(field_name="case__child__public_id", label="Identifier of the child")
    request = RecordFilter(field_name="case__public_id", label="Identifier of the request or re-assessment")
    body = CodesFilter(choices=AdviceBody.choices, label="Whom the authority asks")
    outstanding = YesNoFilter(label="Asked, not answered, and the case still open", method="by_outstanding")
    due_from = DayFilter(field_name="due_on", lookup_expr="gte", label="Due on or after")
    due_to = DayFilter(field_name="due_on", lookup_expr="lte", label="Due on or before")

    class Meta:
        model = AdviceRequest
        fields: tuple[str, ...] = ()

    def by_outstanding(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Whether the answer is still to come."""
        waiting = Q(
            asked_on__isnull=False,
            received_on__isnull=True,
            ended_on__isnull=True,
            case__closed_on__isnull=True,
        )
        return rows.filter(waiting if value == "true" else ~waiting)


class DecisionFilter(django_filters.FilterSet):
    """Decisions to assess, to issue a plan, and after reviews."""

    child = RecordFilter(field_name="milestone__case__child__public_id", label="Identifier of the child")
    request = RecordFilter(field_name="milestone__case__public_id", label="Identifier of the request")
    question = CodesFilter(choices=Question.choices, label="What was decided")
    answer = CodesFilter(choices=Answer.choices, label="The decision")
    decided_from = DayFilter(field_name="decided_on", lookup_expr="gte", label="Decided on or after")
    decided_to = DayFilter(field_name="decided_on", lookup_expr="lte", label="Decided on or before")

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()


class PlanFilter(django_filters.FilterSet):
    """EHC plans."""

    child = RecordFilter(field_name="child__public_id", label="Identifier of the child")
    request = RecordFilter(field_name="request__public_id", label="Identifier of the request it came from")
    as_at = AsAtFilter(label="Maintained on this day")
    made_from = DayFilter(field_name="starts_on", lookup_expr="gte", label="Made on or after")
    made_to = DayFilter(field_name="starts_on", lookup_expr="lte", label="Made on or before")
    ceased_from = DayFilter(field_name="ends_on", lookup_expr="gte", label="Ceased on or after")
    ceased_to = DayFilter(field_name="ends_on", lookup_expr="lte", label="Ceased on or before")
    cease_reason = CodesFilter(choices=CeaseReason.choices, label="Why it ceased (SEN2 item 4.6)")
    area = django_filters.CharFilter(field_name="child__area__code", label="Code of the child's area")

    class Meta:
        model = Plan
        fields: tuple[str, ...] = ()


class PlanVersionFilter(django_filters.FilterSet):
    """Versions of plans."""

    child = RecordFilter(field_name="plan__child__public_id", label="Identifier of the child")
    plan = RecordFilter(field_name="plan__public_id", label="Identifier of the plan")
    stage = CodesFilter(choices=Stage.choices, label="How far the version has come")
    primary_need = CodesFilter(choices=Need.choices, label="Primary type of need (SEN2 item 5.8a)")
    as_at = AsAtFilter(method="in_force", label="In force on this day; drafts and proposals never are")

    class Meta:
        model = PlanVersion
        fields: tuple[str, ...] = ()

    def in_force(self, rows: QuerySet, name: str, day: object) -> QuerySet:
        """A draft has no days, and a period without days would otherwise hold every day."""
        return rows.filter(stage__in=[Stage.FINAL, Stage.AMENDED_FINAL], period__contains=day)


class AppealFilter(django_filters.FilterSet):
    """Appeals to the Tribunal."""

    child = RecordFilter(field_name="case__child__public_id", label="Identifier of the child")
    against = CodesFilter(choices=AGAINST, label="The decision disputed")
    open = YesNoFilter(field_name="is_open", label="Whether it is open")
    registered_from = DayFilter(
        field_name="case__opened_on", lookup_expr="gte", label="Registered on or after"
    )
    registered_to = DayFilter(
        field_name="case__opened_on", lookup_expr="lte", label="Registered on or before"
    )

    class Meta:
        model = Appeal
        fields: tuple[str, ...] = ()


class EstablishmentFilter(django_filters.FilterSet):
    """Schools, colleges and other settings."""

    urn = WholeNumberFilter(label="Unique reference number in the national register")
    ukprn = WholeNumberFilter(label="UK provider reference number")
    la_code = django_filters.CharFilter(label="DfE number of the authority it lies in")
    name = django_filters.CharFilter(lookup_expr="icontains", label="Part of the name")
    in_register = YesNoFilter(label="Whether the register that was loaded holds it")

    class Meta:
        model = Establishment
        fields: tuple[str, ...] = ()
