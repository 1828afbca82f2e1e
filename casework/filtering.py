"""Kinds of filter that pages and the API share. Strict: what cannot be understood is refused, never ignored."""

import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field


class DayField(forms.DateField):
    """A day written as YYYY-MM-DD."""

    default_error_messages = {"invalid": "Enter a day as YYYY-MM-DD, such as 2025-01-16."}

    def to_python(self, value: Any) -> datetime.date | None:
        """The day, or None where none was given."""
        if value in self.empty_values or isinstance(value, datetime.date):
            return value or None
        if len(value) != len("2025-01-16"):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


@extend_schema_field(OpenApiTypes.DATE)
class DayFilter(django_filters.DateFilter):
    """Rows by one day."""

    field_class = DayField


@extend_schema_field(OpenApiTypes.DATE)
class AsAtFilter(DayFilter):
    """Rows true on the day, first and last day included."""

    def filter(self, qs: QuerySet, value: datetime.date | None) -> QuerySet:
        """Narrow by the stored period, which has an index."""
        return qs.filter(period__contains=value) if value else qs


@extend_schema_field(OpenApiTypes.BOOL)
class YesNoFilter(django_filters.ChoiceFilter):
    """Rows for which something is so (`true`) or not (`false`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("choices", [("true", "Yes"), ("false", "No")])
        super().__init__(*args, **kwargs)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        """Narrow by the truth of the field."""
        return super().filter(qs, value == "true") if value else qs


class CodesFilter(django_filters.MultipleChoiceFilter):
    """Rows with any of the codes given; repeat the parameter for more than one."""


class RecordFilter(django_filters.UUIDFilter):
    """Rows of one record, named by its identifier."""


@extend_schema_field(OpenApiTypes.INT)
class WholeNumberFilter(django_filters.NumberFilter):
    """Rows by a whole number of at most eight digits, such as a URN."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=0, max_value=99_999_999, **kwargs)

    def get_max_validator(self) -> None:
        """None: the field has its own limit."""
        return
