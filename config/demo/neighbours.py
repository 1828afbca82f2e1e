"""The demonstration's own authority and invented ones around it, from which and to which children move.

Their numbers are not in DfE's list, so that no real authority can be taken for one of them.
"""

from casework.services.authorities import KnownAuthority, load
from config.demo.day import AUTHORITY, LA_CODE

NEIGHBOURS = {
    "990": "Otterdale",
    "991": "Thistlemoor",
    "992": "Great Wending",
    "993": "Saltmarsh and Isles",
    "994": "Hazelborough",
    "995": "North Larkshire",
}


def make_neighbours() -> None:
    """Make or correct the rows; safe to run again."""
    load(
        authorities=[
            KnownAuthority(LA_CODE, AUTHORITY),
            *(KnownAuthority(code, name) for code, name in NEIGHBOURS.items()),
        ]
    )
