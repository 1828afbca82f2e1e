"""Endpoints of funding: cost lines."""

from drf_spectacular.utils import OpenApiExample

from casework.api import examples
from casework.api.base import VersionedRecordViewSet, described
from casework.rules.permissions import Permission
from funding import filters
from funding.api import serializers
from funding.models import CostLine
from funding.queries import whole_records

COST_LINE = OpenApiExample(
    "A yearly top-up by band",
    value={
        "id": "d3a9e0b4-4c51-4a3e-8d7c-1e2f3a4b5007",
        "child": examples.CHILD,
        "placement": "b7f1a5ce-6a0d-4b64-9d0a-3c4c7e2f1006",
        "provider": examples.SETTING,
        "kind": "top_up",
        "band": {"id": "f4c3b2a1-9e8d-4c7b-8a6f-5e4d3c2b1008", "scheme": "2025", "code": "C"},
        "amount": None,
        "basis": "year",
        "quantity": "1.00",
        "share": "1.00000",
        "budget_code": "HN-204",
        "starts_on": "2025-09-01",
        "ends_on": None,
    },
    response_only=True,
)


@described(
    plural="cost lines",
    one="cost line",
    words="The elements of what children's provision costs. `as_at` gives those in force on a day.",
    example=COST_LINE,
)
class CostLineViewSet(VersionedRecordViewSet):
    """What children's provision costs."""

    model = CostLine
    permission = Permission.SEE_COSTS
    scope = "costs:read"
    child_path = "child_id"
    serializer_class = serializers.CostLineSerializer
    filterset_class = filters.CostLineFilter
    whole = staticmethod(whole_records.cost_lines)
