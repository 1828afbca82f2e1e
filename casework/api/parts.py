"""Parts that the records of every app repeat: the child a record is about, and a setting it names."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.models import Child, Establishment


class ChildSerializer(serializers.ModelSerializer[Child]):
    """The child or young person a record is about."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    upn = serializers.SerializerMethodField(help_text="Unique pupil number held today; null where none is.")

    class Meta:
        model = Child
        fields = ("id", "surname", "forename", "date_of_birth", "upn")
        read_only_fields = fields

    @extend_schema_field({"type": "string", "nullable": True})
    def get_upn(self, child: Child) -> str | None:
        """The one number `casework.queries.whole_records.child_numbers` found."""
        return next((number.value for number in child.upns), None)  # type: ignore[attr-defined]


class EstablishmentInRecordSerializer(serializers.ModelSerializer[Establishment]):
    """A setting, as other records name it."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = Establishment
        fields: tuple[str, ...] = ("id", "urn", "ukprn", "name")
        read_only_fields = fields
