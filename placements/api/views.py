"""Endpoints of placements: where children are, and where their plans say they should be."""

from drf_spectacular.utils import OpenApiExample
from rest_framework.mixins import ListModelMixin

from casework.api import examples
from casework.api.base import ScopedViewSet, VersionedRecordViewSet, described
from casework.rules.permissions import Permission
from placements import filters
from placements.api import serializers
from placements.models import NamedPlacement, Placement
from placements.queries import whole_records

_SETTING = {
    "establishment": examples.SETTING,
    "setting_code": None,
    "setting_words": "",
    "rank": 1,
    "sen_unit": False,
    "resourced": False,
    "residential": None,
    "residential_weeks": None,
    "work_based": None,
}
PLACEMENT = OpenApiExample(
    "A placement that goes on",
    value={
        "id": "b7f1a5ce-6a0d-4b64-9d0a-3c4c7e2f1006",
        "child": examples.CHILD,
        **_SETTING,
        "starts_on": "2025-09-01",
        "ends_on": None,
        "end_reason": "",
    },
    response_only=True,
)
NAMED = OpenApiExample(
    "The setting a plan names",
    value={
        "plan": examples.PLAN_ID,
        "plan_version": examples.VERSION_ID,
        "child": examples.CHILD,
        **_SETTING,
    },
    response_only=True,
)


@described(
    plural="placements",
    one="placement",
    words="Where children really are. `as_at` gives those on a day.",
    example=PLACEMENT,
)
class PlacementViewSet(VersionedRecordViewSet):
    """Where children really are."""

    model = Placement
    permission = Permission.SEE_PLACEMENTS
    scope = "placements:read"
    child_path = "child_id"
    serializer_class = serializers.PlacementSerializer
    filterset_class = filters.PlacementFilter
    whole = staticmethod(whole_records.placements)


@described(
    plural="named placements",
    one="named placement",
    words="Settings named in section I of plans; they may differ from where children are.",
    example=NAMED,
)
class NamedPlacementViewSet(ListModelMixin, ScopedViewSet):
    """Where plans say that children should be."""

    model = NamedPlacement
    permission = Permission.SEE_PLACEMENTS
    scope = "placements:read"
    child_path = "plan_version.plan.child_id"
    serializer_class = serializers.NamedPlacementSerializer
    filterset_class = filters.NamedPlacementFilter
    whole = staticmethod(whole_records.named_placements)
