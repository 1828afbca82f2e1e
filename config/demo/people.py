"""The people of the demonstration: who can sign in, in which role, and the caseworkers who carry the children."""

from dataclasses import dataclass
from random import Random

from config.demo.areas import AREAS
from config.demo.names import forename, surname

DEMO_PASSWORD = "fernshire-demonstration"  # noqa: S105
"""Of every demonstration account. It protects nothing: all the data are invented."""
DOMAIN = "fernshire.example"
DEMO_CLIENT_ID = "fernshire-demonstration-client"
DEMO_CLIENT_SECRET = "fernshire-demonstration-secret"  # noqa: S105
CHILDREN_PER_WORKER = 200


@dataclass(frozen=True, slots=True)
class Person:
    """An account that can sign in. `role` is a code of casework.rules.permissions."""

    email: str
    name: str
    role: str
    team: str


def area_team(area: int) -> str:
    """The casework team of an area."""
    return f"{AREAS[area].name} casework"


PEOPLE: tuple[Person, ...] = (
    Person(f"caseworker@{DOMAIN}", "Bryony Larkmere", "caseworker", area_team(0)),
    Person(f"east.caseworker@{DOMAIN}", "Linden Otterford", "caseworker", area_team(1)),
    Person(f"south.caseworker@{DOMAIN}", "Tansy Hawkwater", "caseworker", area_team(2)),
    Person(f"west.caseworker@{DOMAIN}", "Corbin Sedgewell", "caseworker", area_team(3)),
    Person(f"manager@{DOMAIN}", "Juniper Foxholt", "manager", "SEND leadership"),
    Person(f"finance@{DOMAIN}", "Garnet Plumbridge", "finance", "High needs finance"),
    Person(f"data@{DOMAIN}", "Teal Quickmoor", "data_officer", "Data and returns"),
    Person(f"analyst@{DOMAIN}", "Comet Ryestone", "analyst", "Strategy"),
)
_ROLES = {
    "caseworker": "Caseworker",
    "manager": "SEND manager",
    "finance": "Finance officer",
    "data_officer": "Data officer",
    "analyst": "Analyst",
}
DEMO_USERS: tuple[tuple[str, str], ...] = tuple(
    (person.email, f"{_ROLES[person.role]}, {person.team}") for person in PEOPLE
)
"""E-mail address, and role and team in words, of every account that can sign in."""


def other_workers(count: int) -> list[Person]:
    """Caseworkers who carry children and never sign in, area by area in turn."""
    random = Random("workers")
    weighted = [area for area, shown in enumerate(AREAS) for _ in range(shown.share // 10)]
    return [
        Person(
            f"worker{number:04d}@{DOMAIN}",
            f"{forename(random)} {surname(random)}",
            "caseworker",
            area_team(weighted[(number * 37) % len(weighted)]),
        )
        for number in range(1, count + 1)
    ]
