"""Appeals to the Tribunal in the API: dates, directions, hearings and orders. What they say in words never leaves."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin

from casework import filters
from casework.api.base import RetrieveVersionedMixin, ScopedViewSet
from casework.api.examples import CHILD
from casework.api.fields import CodeField
from casework.api.parts import ChildSerializer
from casework.api.serializers import ClockSerializer
from casework.models import (
    Appeal,
    DirectionKind,
    HearingKind,
    HearingOutcome,
    TribunalDirection,
    TribunalHearing,
    TribunalOrder,
)
from casework.models.disagreements import AGAINST
from casework.queries import whole_records
from casework.rules.disagreements import Ending
from casework.rules.milestones import Milestone as M
from casework.rules.permissions import Permission
from casework.rules.tribunal_orders import OrderKind

ENDINGS = [(one.value, one.words) for one in Ending]
ORDERS = [(one.value, one.words) for one in OrderKind]

EXAMPLE = OpenApiExample(
    "An appeal against a refusal to assess, ordered to assess",
    value={
        "id": "b9a3f0c2-6a57-4a0e-9f0e-3f5f7c9d2006",
        "reference": "EHC-0004321",
        "child": CHILD,
        "against": "refuse_assess",
        "decision": "7d2fbb52-3d4e-4c0e-8a9b-2b7a3c1d4005",
        "tribunal_reference": "EH000/25/00001",
        "sections": "",
        "asks_health": False,
        "asks_social_care": False,
        "registered_on": "2025-09-24",
        "conceded_on": None,
        "closed_on": None,
        "closed_because": None,
        "directions": [
            {"kind": "response", "due_on": "2025-11-05", "done_on": "2025-11-04", "dropped": False}
        ],
        "hearings": [{"kind": "final", "listed_for": "2026-01-26", "outcome": "held"}],
        "orders": [{"kind": "assess", "made_on": "2026-02-02", "by_consent": False}],
        "clocks": [
            {
                "rule": "H2",
                "part": "",
                "started_on": "2026-02-02",
                "due_on": "2026-02-16",
                "stopped_on": "2026-02-09",
                "stop_kind": "done",
            }
        ],
    },
    response_only=True,
)


class DirectionSerializer(serializers.ModelSerializer[TribunalDirection]):
    """Something to be done by a day the Tribunal set."""

    kind = CodeField(DirectionKind.choices, allow_null=False, help_text="What is to be done.")
    dropped = serializers.SerializerMethodField(help_text="Whether it no longer applies.")

    class Meta:
        model = TribunalDirection
        fields = ("kind", "due_on", "done_on", "dropped")
        read_only_fields = fields

    def get_dropped(self, row: TribunalDirection) -> bool:
        """The reason stays on the record."""
        return bool(row.dropped_because)


class HearingSerializer(serializers.ModelSerializer[TribunalHearing]):
    """A day the Tribunal listed."""

    kind = CodeField(HearingKind.choices, allow_null=False, help_text="What is listed.")
    outcome = CodeField(HearingOutcome.choices, help_text="What became of it; null while it is to come.")

    class Meta:
        model = TribunalHearing
        fields = ("kind", "listed_for", "outcome")
        read_only_fields = fields


class OrderSerializer(serializers.ModelSerializer[TribunalOrder]):
    """An order of the Tribunal."""

    kind = CodeField(ORDERS, allow_null=False, help_text="What was ordered.")
    made_on = serializers.DateField(
        source="milestone.happened_on",
        read_only=True,
        help_text="The day from which every limit of the order runs.",
    )

    class Meta:
        model = TribunalOrder
        fields = ("kind", "made_on", "by_consent")
        read_only_fields = fields


class AppealSerializer(serializers.ModelSerializer[Appeal]):
    """An appeal to the First-tier Tribunal against a decision of the authority (CFA 2014 s.51)."""

    id = serializers.UUIDField(source="case.public_id", read_only=True)
    reference = serializers.CharField(
        source="case.reference", read_only=True, help_text="The authority's own number, such as EHC-0004321."
    )
    child = ChildSerializer(source="case.child", read_only=True)
    against = CodeField(AGAINST, allow_null=False, help_text="The decision disputed, of CFA 2014 s.51(2).")
    decision = serializers.UUIDField(
        source="decision.public_id",
        read_only=True,
        allow_null=True,
        default=None,
        help_text="Identifier of the decision, as decisions/ has it; null where it was made before these records.",
    )
    registered_on = serializers.SerializerMethodField(help_text="Null for one recorded in error.")
    closed_on = serializers.DateField(source="case.closed_on", read_only=True, allow_null=True)
    closed_because = CodeField(
        ENDINGS, source="case.closed_because", help_text="What came of it; null while open."
    )
    directions = DirectionSerializer(source="case.directions", many=True, read_only=True)
    hearings = HearingSerializer(source="case.hearings", many=True, read_only=True)
    orders = serializers.SerializerMethodField()
    clocks = ClockSerializer(source="case.clocks", many=True, read_only=True)

    class Meta:
        model = Appeal
        fields = (
            "id", "reference", "child", "against", "decision", "tribunal_reference", "sections", "asks_health",
            "asks_social_care", "registered_on", "conceded_on", "closed_on", "closed_because", "directions", "hearings",
            "orders", "clocks",
        )  # fmt: skip
        read_only_fields = fields
        extra_kwargs = {
            "sections": {
                "help_text": "Letters of the sections disputed, of B, F and I; empty where it is not about a plan."
            },
            "conceded_on": {
                "help_text": "The day the Tribunal was told, after the response, that it is conceded."
            },
        }

    @extend_schema_field({"type": "string", "format": "date", "nullable": True})
    def get_registered_on(self, appeal: Appeal) -> str | None:
        """The day the Tribunal registered it."""
        days = [row.happened_on for row in appeal.case.standing if row.kind == M.APPEAL_REGISTERED]  # type: ignore[attr-defined]
        return min(days).isoformat() if days else None

    @extend_schema_field(OrderSerializer(many=True))
    def get_orders(self, appeal: Appeal) -> Any:
        """The orders as they stand, in the order in which they were made."""
        rows = [
            row.tribunal_order
            for row in appeal.case.standing  # type: ignore[attr-defined]
            if hasattr(row, "tribunal_order")
        ]
        return OrderSerializer(rows, many=True).data


@extend_schema_view(
    list=extend_schema(
        summary="List appeals",
        description="Appeals to the Tribunal with their directions, hearings, orders and limits.",
        examples=[EXAMPLE],
    ),
    retrieve=extend_schema(summary="Read one appeal", examples=[EXAMPLE]),
)
class AppealViewSet(RetrieveVersionedMixin, ListModelMixin, ScopedViewSet):
    """Appeals to the Tribunal."""

    model = Appeal
    permission = Permission.SEE_CHILDREN
    scope = "appeals:read"
    child_path = "case.child_id"
    version_path = "case.version"
    lookup_field = "case__public_id"
    serializer_class = AppealSerializer
    filterset_class = filters.AppealFilter

    def with_relations(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Case, child, directions, hearings, orders and clocks."""
        return whole_records.appeals(rows, on=self.day)
