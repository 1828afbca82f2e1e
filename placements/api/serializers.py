"""What the API shows of placements. Every field is named here."""

from rest_framework import serializers

from casework.api.fields import CodeField
from casework.api.parts import ChildSerializer, EstablishmentInRecordSerializer
from placements.models import NamedPlacement, Placement, ResidentialBand, SettingCode, WorkBased

SETTING_FIELDS = (
    "establishment", "setting_code", "setting_words", "rank", "sen_unit", "resourced", "residential",
    "residential_weeks", "work_based",
)  # fmt: skip


class SettingOfAPlaceSerializer(serializers.Serializer):
    """One setting or a code for the kind of setting, and what the place is there."""

    establishment = EstablishmentInRecordSerializer(
        read_only=True, allow_null=True, help_text="Null where no number could be given."
    )
    setting_code = CodeField(
        SettingCode.choices, help_text="Kind of setting where it has no number (SEN2 items 4.7c, 5.7c)."
    )
    residential = CodeField(
        ResidentialBand.choices, help_text="Weeks a year in residence, banded (SEN2 items 4.2, 5.2)."
    )
    work_based = CodeField(WorkBased.choices, help_text="Work-based learning (SEN2 items 4.3, 5.3).")


class PlacementSerializer(SettingOfAPlaceSerializer, serializers.ModelSerializer[Placement]):
    """Where a child really is, from the first day to the last."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    child = ChildSerializer(read_only=True)

    class Meta:
        model = Placement
        fields = ("id", "child", *SETTING_FIELDS, "starts_on", "ends_on", "end_reason")
        read_only_fields = fields
        extra_kwargs = {
            "rank": {"help_text": "1 for the main placement, 2 for a second one."},
            "ends_on": {"help_text": "The last day there; null while it goes on."},
        }


class NamedPlacementSerializer(SettingOfAPlaceSerializer, serializers.ModelSerializer[NamedPlacement]):
    """A setting, or kind of setting, named in section I of a version of a plan."""

    plan = serializers.UUIDField(
        source="plan_version.plan.public_id", read_only=True, help_text="Identifier of the plan."
    )
    plan_version = serializers.UUIDField(
        source="plan_version.public_id", read_only=True, help_text="Identifier of the plan version."
    )
    child = ChildSerializer(source="plan_version.plan.child", read_only=True)

    class Meta:
        model = NamedPlacement
        fields = ("plan", "plan_version", "child", *SETTING_FIELDS)
        read_only_fields = fields
        extra_kwargs = {"rank": {"help_text": "1 for the first setting named, 2 for a second one."}}
