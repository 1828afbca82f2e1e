"""How lists of cost lines are narrowed: the same sets serve pages and the API."""

import django_filters

from casework.filtering import AsAtFilter, CodesFilter, DayFilter, RecordFilter
from funding.models import Basis, CostLine, LineKind


class CostLineFilter(django_filters.FilterSet):
    """What children's provision costs."""

    child = RecordFilter(field_name="child__public_id", label="Identifier of the child")
    placement = RecordFilter(field_name="placement__public_id", label="Identifier of the placement")
    provider = RecordFilter(field_name="provider__public_id", label="Identifier of the setting that is paid")
    kind = CodesFilter(choices=LineKind.choices, label="What is paid for")
    basis = CodesFilter(choices=Basis.choices, label="What the amount is for")
    band_scheme = django_filters.CharFilter(field_name="band__scheme__code", label="Code of the band scheme")
    band = django_filters.CharFilter(field_name="band__code", label="Code of the band")
    budget_code = django_filters.CharFilter(label="Budget code")
    as_at = AsAtFilter(label="In force on this day")
    started_from = DayFilter(field_name="starts_on", lookup_expr="gte", label="Began on or after")
    started_to = DayFilter(field_name="starts_on", lookup_expr="lte", label="Began on or before")
    ended_from = DayFilter(field_name="ends_on", lookup_expr="gte", label="Ended on or after")
    ended_to = DayFilter(field_name="ends_on", lookup_expr="lte", label="Ended on or before")

    class Meta:
        model = CostLine
        fields: tuple[str, ...] = ()
