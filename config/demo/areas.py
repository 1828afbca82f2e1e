"""The four areas of the fictional authority and their postcodes, of a form that no real place has."""

from dataclasses import dataclass
from random import Random

_INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class DemoArea:
    """An area, the outward postcodes in it and its share of children per thousand."""

    code: str
    name: str
    outward: tuple[str, ...]
    share: int

    def postcode(self, random: Random) -> str:
        """A full postcode in the area."""
        draw = int(random.random() * 1_000_000)
        outward = self.outward[draw % len(self.outward)]
        letters = _INWARD_LETTERS[draw // 10 % 20] + _INWARD_LETTERS[draw // 200 % 20]
        return f"{outward} {draw // 4000 % 10}{letters}"


AREAS: tuple[DemoArea, ...] = (
    DemoArea("NORTH", "North Fernshire", ("ZZ1", "ZZ2"), 230),
    DemoArea("EAST", "East Fernshire", ("ZZ3", "ZZ4"), 210),
    DemoArea("SOUTH", "South Fernshire", ("ZZ5", "ZZ6", "ZZ7"), 330),
    DemoArea("WEST", "West Fernshire", ("ZZ8", "ZZ9"), 230),
)
