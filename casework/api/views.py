"""Endpoints of casework: requests, decisions, plans and their versions, settings and areas."""

from casework import filters
from casework.api import examples, serializers
from casework.api.base import RecordViewSet, VersionedRecordViewSet, described
from casework.models import AdviceRequest, Area, AssessmentRequest, Decision, Establishment, Plan, PlanVersion
from casework.queries import whole_records
from casework.rules.permissions import Permission


@described(
    plural="requests",
    one="request",
    words="Requests for an EHC needs assessment, in the order they were recorded.",
    example=examples.REQUEST,
)
class RequestViewSet(VersionedRecordViewSet):
    """Requests for an EHC needs assessment."""

    model = AssessmentRequest
    permission = Permission.SEE_CHILDREN
    scope = "requests:read"
    child_path = "case.child_id"
    version_path = "case.version"
    lookup_field = "case__public_id"
    serializer_class = serializers.RequestSerializer
    filterset_class = filters.RequestFilter
    whole = staticmethod(whole_records.requests)


@described(
    plural="advice requests",
    one="advice request",
    words="Bodies asked for advice in assessments, each with its own six weeks. `outstanding=true` gives those asked that "
    "have not answered.",
    example=examples.ADVICE_REQUEST,
)
class AdviceRequestViewSet(RecordViewSet):
    """Requests for advice."""

    model = AdviceRequest
    permission = Permission.SEE_CHILDREN
    scope = "requests:read"
    child_path = "case.child_id"
    serializer_class = serializers.AdviceRequestSerializer
    filterset_class = filters.AdviceRequestFilter
    whole = staticmethod(whole_records.advice_requests)


@described(
    plural="decisions",
    one="decision",
    words="Decisions to assess, to issue a plan and after reviews, as they stand: a decision that a "
    "correction replaced is not listed.",
    example=examples.DECISION,
)
class DecisionViewSet(RecordViewSet):
    """Decisions in cases."""

    model = Decision
    permission = Permission.SEE_CHILDREN
    scope = "requests:read"
    child_path = "milestone.case.child_id"
    lookup_field = "milestone__public_id"
    serializer_class = serializers.DecisionSerializer
    filterset_class = filters.DecisionFilter
    whole = staticmethod(whole_records.decisions)


@described(
    plural="plans",
    one="plan",
    words="EHC plans. `as_at` gives those maintained on a day.",
    example=examples.PLAN,
)
class PlanViewSet(VersionedRecordViewSet):
    """EHC plans."""

    model = Plan
    permission = Permission.SEE_CHILDREN
    scope = "plans:read"
    child_path = "child_id"
    serializer_class = serializers.PlanSerializer
    filterset_class = filters.PlanFilter
    whole = staticmethod(whole_records.plans)


@described(
    plural="plan versions",
    one="plan version",
    words="Drafts, proposals and final versions of plans. `as_at` gives those in force on a day.",
    example=examples.PLAN_VERSION,
)
class PlanVersionViewSet(RecordViewSet):
    """Versions of EHC plans."""

    model = PlanVersion
    permission = Permission.SEE_CHILDREN
    scope = "plans:read"
    child_path = "plan.child_id"
    serializer_class = serializers.PlanVersionSerializer
    filterset_class = filters.PlanVersionFilter
    whole = staticmethod(whole_records.plan_versions)


@described(
    plural="settings",
    one="setting",
    words="Schools, colleges and other settings, from the national register and from returns.",
    example=examples.ESTABLISHMENT,
)
class EstablishmentViewSet(RecordViewSet):
    """Settings."""

    model = Establishment
    permission = None
    scope = "reference:read"
    serializer_class = serializers.EstablishmentSerializer
    filterset_class = filters.EstablishmentFilter


@described(
    plural="areas",
    one="area",
    words="The parts of the authority that reports compare.",
    example=examples.AREA,
)
class AreaViewSet(RecordViewSet):
    """Areas."""

    model = Area
    permission = None
    scope = "reference:read"
    lookup_field = "code"
    lookup_url_kwarg = "code"
    lookup_value_converter = "str"
    serializer_class = serializers.AreaSerializer
