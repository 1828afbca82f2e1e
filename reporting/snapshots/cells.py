"""Cells: the values of an indicator's dimensions packed into one whole number, and the sums over some of them.

Sums are kept for every pair of dimensions, every single one and over all, so that a page that splits or filters by one
or two dimensions reads few rows whatever the size of the authority.
"""

from dataclasses import dataclass
from itertools import combinations

from casework.models import Need, RequestSource
from placements.rules.provision import Leaf
from reporting.dimensions import AGE_GROUPS, CASE_AGES, STAGES

ANY = "*"
"""In a dimension column of a snapshot: added up over all values."""

KEPT_TOGETHER = 2
"""Sums are kept for up to so many dimensions at once."""

VALUES: dict[str, tuple[str, ...]] = {
    column: tuple(sorted((*values, ANY)))
    for column, values in {
        "need": ("", *Need.values),
        "provision": tuple(leaf.value for leaf in Leaf),
        "age_group": tuple(AGE_GROUPS),
        "source": ("", *RequestSource.values),
        "stage": tuple(STAGES),
        "case_age": tuple(CASE_AGES),
    }.items()
}
"""The values of each dimension column in the order of the alphabet; a value's code is its position.

So cells in the order of their numbers are in the order of the index of snapshots, which is then built without sorting
text. Areas have codes of their own: 0 for none, 1 for ANY, then by their code.
"""

_ROOM = {"area": 4096, "need": 16, "provision": 64, "age_group": 8, "source": 8, "stage": 4, "case_age": 8}


def code_of(column: str, value: str) -> str:
    """SQL for the code of a value. Not a join, because the planner would guess that few rows have a match."""
    cases = " ".join(f"WHEN '{one}' THEN {code}" for code, one in enumerate(VALUES[column]) if one != ANY)
    return f"CASE {value} {cases} END"


AGE_BOUNDS = {
    VALUES["age_group"].index(group): bounds
    for group, bounds in zip(
        AGE_GROUPS, ((-999, 5), (5, 11), (11, 16), (16, 20), (20, 26), (26, 999)), strict=True
    )
}
"""The first age of each group and the first after it, by the group's code, from the youngest."""


def code_of_age(age: str) -> str:
    """SQL for the code of the group an age in years falls in. `age` stands once, so that it is worked out once."""
    last = max(first for first, _ in AGE_BOUNDS.values())
    codes = [
        next(code for code, (_, after) in AGE_BOUNDS.items() if years < after) for years in range(last + 1)
    ]
    return f"('{{{','.join(map(str, codes))}}}'::integer[])[least(greatest({age}, 0), {last}) + 1]"


@dataclass(frozen=True)
class Packing:
    """How the columns of a cell set make one number: the last column counts ones."""

    columns: tuple[str, ...]

    def pack(self, codes: dict[str, str]) -> str:
        """SQL for the cell with these codes, given as SQL by column."""
        packed = codes[self.columns[0]]
        for column in self.columns[1:]:
            packed = f"({packed}) * {_ROOM[column]} + {codes[column]}"
        return packed

    def unpack(self, column: str, cell: str = "cell") -> str:
        """SQL for the code of one column."""
        below = 1
        for lower in self.columns[self.columns.index(column) + 1 :]:
            below *= _ROOM[lower]
        return f"{cell} / {below} % {_ROOM[column]}"

    @staticmethod
    def any_code(column: str) -> int:
        """The code that stands for all values."""
        return 1 if column == "area" else VALUES[column].index(ANY)

    def only(self, kept: tuple[str, ...]) -> str:
        """SQL for the cell that sums over every column but `kept`."""
        return self.pack({c: self.unpack(c) if c in kept else str(self.any_code(c)) for c in self.columns})

    def sums(self) -> list[tuple[str, ...]]:
        """The sets of columns that sums are kept for."""
        return [kept for size in range(KEPT_TOGETHER, -1, -1) for kept in combinations(self.columns, size)]


# In the order of the columns of the index of snapshots.
PLAN_CELL = Packing(("area", "need", "provision", "age_group"))
OPEN_CELL = Packing(("source", "area", "case_age", "stage"))
FLOW_CELL = Packing(("source", "area", "need", "age_group"))
