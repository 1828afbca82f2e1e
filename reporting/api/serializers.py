"""What the API shows of indicators. Figures are decimals as strings, so that no reader rounds them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.api.parts import ChildSerializer
from reporting.dimensions import Dimension, MonthDimension
from reporting.indicator import Part, Unit
from reporting.tables import Row, Table
from reporting.windows import Timing

UNITS = [(unit.value, unit.words) for unit in Unit]
TIMINGS = [(timing.value, timing.words) for timing in Timing]
PARTS = [(Part.NUMERATOR.value, "What the number counts"), (Part.DENOMINATOR.value, "What it is divided by")]
TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}


class ValueSerializer(serializers.Serializer):
    """One value of a dimension."""

    value = serializers.CharField(help_text="As used in addresses and rows.")
    label = serializers.CharField(help_text="In words.")  # type: ignore[assignment]


class DimensionSerializer(serializers.Serializer):
    """One way of splitting and narrowing an indicator."""

    code = serializers.CharField()
    title = serializers.CharField()
    values = serializers.SerializerMethodField(help_text="Every value; null for months, written 2026-01.")

    @extend_schema_field(ValueSerializer(many=True, allow_null=True))
    def get_values(self, dimension: Dimension) -> list[dict[str, str]] | None:
        """Values with their words."""
        if isinstance(dimension, MonthDimension):
            return None
        return [{"value": value, "label": label} for value, label in dimension.values().items()]


class IndicatorSerializer(serializers.Serializer):
    """What an indicator is: the one definition that pages, exports and the API read."""

    code = serializers.CharField()
    title = serializers.CharField()
    question = serializers.CharField(help_text="The question it answers.")
    definition = serializers.CharField(help_text="What is counted, and of what.")
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="Where the definition comes from."
    )
    unit = serializers.ChoiceField(UNITS)
    timing = serializers.ChoiceField(TIMINGS)
    version = serializers.IntegerField(help_text="Rises when the definition changes.")
    numerator = serializers.CharField(source="numerator_words", help_text="What the numerator counts.")
    denominator = serializers.CharField(
        source="denominator_words", help_text="What the denominator counts; empty where nothing is divided."
    )
    dimensions = DimensionSerializer(many=True)
    notes = serializers.ListField(child=serializers.CharField())


@extend_schema_field(
    {"type": "string", "pattern": r"^-?\d+(\.\d+)?$", "nullable": True, "example": "120"},
    component_name="Figure",
)
class FigureField(serializers.DecimalField):
    """A figure, exact: counts as whole numbers, pounds with pence, rates to six places."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=None, decimal_places=None, **kwargs)

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        """Never with an exponent; a share that does not end is rounded to six places."""
        if value is None:
            return None
        return f"{value if value.as_tuple().exponent >= -6 else round(value, 6):f}"


class RowSerializer(serializers.Serializer):
    """One line of an indicator's table."""

    dims = serializers.SerializerMethodField(help_text="The value of each dimension in `by`.")
    labels = serializers.SerializerMethodField(help_text="The same in words.")
    numerator = FigureField()
    denominator = FigureField(help_text="Null where nothing is divided.")
    value = FigureField(help_text="Null where there is nothing to divide by.")
    shown = serializers.CharField(help_text="The value as pages show it.")

    @extend_schema_field(TEXTS)
    def get_dims(self, row: Row) -> dict[str, str]:
        """Values by dimension code."""
        return dict(zip(self._codes(row), row.dims, strict=True))

    @extend_schema_field(TEXTS)
    def get_labels(self, row: Row) -> dict[str, str]:
        """Words by dimension code."""
        return dict(zip(self._codes(row), row.labels, strict=True))

    def _codes(self, row: Row) -> list[str]:
        # The total stands over every value, so it has none of its own.
        return [dimension.code for dimension in self.context["by"]][: len(row.dims)]


class TableSerializer(serializers.Serializer):
    """An indicator's figures with what has to be said about them."""

    indicator = serializers.CharField(source="indicator.code")
    title = serializers.CharField(source="indicator.title")
    definition = serializers.CharField(source="indicator.definition")
    source = serializers.CharField(source="indicator.source")  # type: ignore[assignment]
    unit = serializers.ChoiceField(UNITS, source="indicator.unit")
    timing = serializers.ChoiceField(TIMINGS, source="indicator.timing")
    version = serializers.IntegerField(source="indicator.version")
    first_day = serializers.DateField(source="window.first")
    last_day = serializers.DateField(source="window.last", help_text="The same as the first for a stock.")
    by = serializers.SerializerMethodField(help_text="Codes of the dimensions it is split by.")
    where = serializers.SerializerMethodField(help_text="Values it is narrowed to, by dimension code.")
    rows = RowSerializer(many=True)
    total = RowSerializer()

    def get_by(self, table: Table) -> list[str]:
        """Codes in the order asked."""
        return [dimension.code for dimension in table.by]

    @extend_schema_field(
        {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
    )
    def get_where(self, table: Table) -> dict[str, list[str]]:
        """Values by dimension code."""
        return {code: list(values) for code, values in table.where.items()}


class ListedRecordSerializer(serializers.Serializer):
    """One record behind a number. Of a record the caller may not see, only that it was counted."""

    withheld = serializers.BooleanField(help_text="Whether the record is outside what the caller may see.")
    child = ChildSerializer(allow_null=True)
    request = serializers.UUIDField(allow_null=True, help_text="Identifier of the request counted.")
    plan = serializers.UUIDField(allow_null=True, help_text="Identifier of the plan counted.")
    amount = FigureField(help_text="Pounds a year, for indicators of money; the amounts add to the total.")


class ListSerializer(serializers.Serializer):
    """The records an indicator's number counts, a page at a time, in the order of the child's name."""

    indicator = serializers.CharField()
    part = serializers.ChoiceField(PARTS)
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    count = serializers.IntegerField(help_text="Records in all: for a count, the number itself.")
    next = serializers.URLField(allow_null=True, help_text="Address of the next page.")
    previous = serializers.URLField(allow_null=True, help_text="Address of the page before.")
    results = ListedRecordSerializer(many=True)
