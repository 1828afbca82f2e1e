"""Days as text, looked up instead of worked out: millions of them are written."""

from datetime import date

_FIRST = date(1995, 1, 1).toordinal()
_TEXT = [date.fromordinal(day).isoformat() for day in range(_FIRST, date(2036, 1, 1).toordinal())]


def iso(ordinal: int) -> str:
    """An ordinal as ccyy-mm-dd."""
    return _TEXT[ordinal - _FIRST]
