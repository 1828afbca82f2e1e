"""How lists of placements are narrowed: the same sets serve pages and the API."""

import django_filters

from casework.filtering import AsAtFilter, CodesFilter, DayFilter, RecordFilter, WholeNumberFilter
from placements.models import NamedPlacement, Placement, Rank, SettingCode

RANKS = [(str(rank.value), rank.label) for rank in Rank]


class PlacementFilter(django_filters.FilterSet):
    """Where children really are."""

    child = RecordFilter(field_name="child__public_id", label="Identifier of the child")
    establishment = RecordFilter(field_name="establishment__public_id", label="Identifier of the setting")
    urn = WholeNumberFilter(field_name="establishment__urn", label="Unique reference number of the setting")
    setting_code = CodesFilter(
        choices=SettingCode.choices, label="Kind of setting where there is no number (SEN2 item 5.7c)"
    )
    rank = CodesFilter(choices=RANKS, label="1 for the main placement, 2 for a second one")
    as_at = AsAtFilter(label="Placed there on this day")
    started_from = DayFilter(field_name="starts_on", lookup_expr="gte", label="Began on or after")
    started_to = DayFilter(field_name="starts_on", lookup_expr="lte", label="Began on or before")
    ended_from = DayFilter(field_name="ends_on", lookup_expr="gte", label="Ended on or after")
    ended_to = DayFilter(field_name="ends_on", lookup_expr="lte", label="Ended on or before")

    class Meta:
        model = Placement
        fields: tuple[str, ...] = ()


class NamedPlacementFilter(django_filters.FilterSet):
    """Settings named in plans."""

    child = RecordFilter(field_name="plan_version__plan__child__public_id", label="Identifier of the child")
    plan = RecordFilter(field_name="plan_version__plan__public_id", label="Identifier of the plan")
    plan_version = RecordFilter(field_name="plan_version__public_id", label="Identifier of the plan version")
    establishment = RecordFilter(field_name="establishment__public_id", label="Identifier of the setting")
    setting_code = CodesFilter(
        choices=SettingCode.choices, label="Kind of setting where there is no number (SEN2 item 4.7c)"
    )
    rank = CodesFilter(choices=RANKS, label="1 for the first setting named, 2 for a second one")

    class Meta:
        model = NamedPlacement
        fields: tuple[str, ...] = ()
