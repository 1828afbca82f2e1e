"""What the API shows of funding. Every field is named here; money is a string of pounds and pence."""

from rest_framework import serializers

from casework.api.fields import CodeField
from casework.api.parts import ChildSerializer, EstablishmentInRecordSerializer
from funding.models import Band, Basis, CostLine, LineKind


class BandInLineSerializer(serializers.ModelSerializer[Band]):
    """A band, as cost lines name it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    scheme = serializers.CharField(source="scheme.code", read_only=True, help_text="Code of the band scheme.")

    class Meta:
        model = Band
        fields = ("id", "scheme", "code")
        read_only_fields = fields


class CostLineSerializer(serializers.ModelSerializer[CostLine]):
    """One element of the cost of a child's provision: a band or an amount, never both."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    child = ChildSerializer(read_only=True)
    placement = serializers.UUIDField(
        source="placement.public_id",
        read_only=True,
        allow_null=True,
        default=None,
        help_text="Identifier of the placement it pays for.",
    )
    provider = EstablishmentInRecordSerializer(
        read_only=True, allow_null=True, help_text="The setting that is paid."
    )
    kind = CodeField(LineKind.choices, allow_null=False, help_text="What is paid for.")
    band = BandInLineSerializer(read_only=True, allow_null=True, help_text="Null where an amount is given.")
    basis = CodeField(Basis.choices, allow_null=False, help_text="What the amount is for.")

    class Meta:
        model = CostLine
        fields = (
            "id", "child", "placement", "provider", "kind", "band", "amount", "basis", "quantity", "share",
            "budget_code", "starts_on", "ends_on",
        )  # fmt: skip
        read_only_fields = fields
        extra_kwargs = {
            "amount": {"help_text": "Pounds and pence, for one `basis`; null where a band is given."},
            "quantity": {"help_text": "Multiplies the amount: weeks a year for a weekly fee, for example."},
            "share": {"help_text": "The part this authority pays, over 0 and at most 1."},
            "ends_on": {"help_text": "The last day it is paid for; null while it goes on."},
        }
