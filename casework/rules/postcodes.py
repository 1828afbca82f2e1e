"""United Kingdom postcodes: one way to write them, and the part that is safe to show in a table.

Only the shape is checked. Whether a postcode exists needs a directory, which is loaded elsewhere.
"""

import re

_SHAPE = re.compile(
    r"^(?:[A-Z]{1,2}[0-9]{1,2}|[A-Z]{1,2}[0-9][A-Z]|GIR(?=0AA))[0-9][ABD-HJLNP-UW-Z]{2}$",
    re.ASCII,
)
_INWARD_LENGTH = 3

POSTCODE_MESSAGE = "Enter a full UK postcode, like ME4 4TR"


def normalise_postcode(raw: str) -> str | None:
    """The postcode in capitals with one space, or None when it has not the shape of a postcode."""
    packed = "".join(raw.split()).upper()
    if not _SHAPE.match(packed):
        return None
    return f"{packed[:-_INWARD_LENGTH]} {packed[-_INWARD_LENGTH:]}"


def outward_code(postcode: str) -> str:
    """The part before the space ("ME4"): coarse enough for a published table. Empty when not a postcode."""
    normal = normalise_postcode(postcode)
    return normal.split(" ", maxsplit=1)[0] if normal else ""
