"""Endpoints of casework: requests, decisions, plans and their versions, settings and areas."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from casework import filters
from casework.api import examples, serializers
from casework.api.base import RetrieveVersionedMixin, ScopedViewSet
from casework.models import Area, AssessmentRequest, Decision, Establishment, Plan, PlanVersion
from casework.queries import whole_records
from casework.rules.permissions import Permission


@extend_schema_view(
    list=extend_schema(
        summary="List requests",
        description="Requests for an EHC needs assessment, in the order they were recorded.",
        examples=[examples.REQUEST],
    ),
    retrieve=extend_schema(summary="Read one request", examples=[examples.REQUEST]),
)
class RequestViewSet(RetrieveVersionedMixin, ListModelMixin, ScopedViewSet):
    """Requests for an EHC needs assessment."""

    model = AssessmentRequest
    permission = Permission.SEE_CHILDREN
    scope = "requests:read"
    child_path = "case.child_id"
    version_path = "case.version"
    lookup_field = "case__public_id"
    serializer_class = serializers.RequestSerializer
    filterset_class = filters.RequestFilter

    def with_relations(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Case, child, area and clocks."""
        return whole_records.requests(rows, on=self.day)


@extend_schema_view(
    list=extend_schema(
        summary="List decisions",
        description="Decisions to assess, to issue a plan and after reviews, as they stand: a decision that a "
        "correction replaced is not listed.",
        examples=[examples.DECISION],
    ),
    retrieve=extend_schema(summary="Read one decision", examples=[examples.DECISION]),
)
class DecisionViewSet(ListModelMixin, RetrieveModelMixin, ScopedViewSet):
    """Decisions in cases."""

    model = Decision
    permission = Permission.SEE_CHILDREN
    scope = "requests:read"
    child_path = "milestone.case.child_id"
    lookup_field = "milestone__public_id"
    serializer_class = serializers.DecisionSerializer
    filterset_class = filters.DecisionFilter

    def with_relations(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Case and child."""
        return whole_records.decisions(rows, on=self.day)


@extend_schema_view(
    list=extend_schema(
        summary="List plans",
        description="EHC plans. `as_at` gives those maintained on a day.",
        examples=[examples.PLAN],
    ),
    retrieve=extend_schema(summary="Read one plan", examples=[examples.PLAN]),
)
class PlanViewSet(RetrieveVersionedMixin, ListModelMixin, ScopedViewSet):
    """EHC plans."""

    model = Plan
    permission = Permission.SEE_CHILDREN
    scope = "plans:read"
    child_path = "child_id"
    serializer_class = serializers.PlanSerializer
    filterset_class = filters.PlanFilter

    def with_relations(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Child, request and versions."""
        return whole_records.plans(rows, on=self.day)


@extend_schema_view(
    list=extend_schema(
        summary="List plan versions",
        description="Drafts, proposals and final versions of plans. `as_at` gives those in force on a day.",
        examples=[examples.PLAN_VERSION],
    ),
    retrieve=extend_schema(summary="Read one plan version", examples=[examples.PLAN_VERSION]),
)
class PlanVersionViewSet(ListModelMixin, RetrieveModelMixin, ScopedViewSet):
    """Versions of EHC plans."""

    model = PlanVersion
    permission = Permission.SEE_CHILDREN
    scope = "plans:read"
    child_path = "plan.child_id"
    serializer_class = serializers.PlanVersionSerializer
    filterset_class = filters.PlanVersionFilter

    def with_relations(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Plan and child."""
        return whole_records.plan_versions(rows, on=self.day)


@extend_schema_view(
    list=extend_schema(
        summary="List settings",
        description="Schools, colleges and other settings, from the national register and from returns.",
        examples=[examples.ESTABLISHMENT],
    ),
    retrieve=extend_schema(summary="Read one setting", examples=[examples.ESTABLISHMENT]),
)
class EstablishmentViewSet(ListModelMixin, RetrieveModelMixin, ScopedViewSet):
    """Settings."""

    model = Establishment
    permission = None
    scope = "reference:read"
    serializer_class = serializers.EstablishmentSerializer
    filterset_class = filters.EstablishmentFilter


@extend_schema_view(
    list=extend_schema(
        summary="List areas",
        description="The parts of the authority that reports compare.",
        examples=[examples.AREA],
    ),
    retrieve=extend_schema(summary="Read one area", examples=[examples.AREA]),
)
class AreaViewSet(ListModelMixin, RetrieveModelMixin, ScopedViewSet):
    """Areas."""

    model = Area
    permission = None
    scope = "reference:read"
    lookup_field = "code"
    lookup_url_kwarg = "code"
    lookup_value_converter = "str"
    serializer_class = serializers.AreaSerializer
