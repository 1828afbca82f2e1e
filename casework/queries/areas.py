"""Which area of the authority a postcode belongs to."""

from casework.models import Area
from casework.rules.postcodes import outward_code


def area_of_postcode(postcode: str) -> Area | None:
    """The area that lists this outward postcode; None when none does or it is no postcode."""
    outward = outward_code(postcode)
    if not outward:
        return None
    return Area.objects.filter(outward_postcodes__contains=[outward]).order_by("pk").first()
