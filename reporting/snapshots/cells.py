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
    "need": ("", *Need.values),
    "provision": (Leaf.NOT_RECORDED.value, *(leaf.value for leaf in Leaf if leaf is not Leaf.NOT_RECORDED)),
    "age_group": tuple(AGE_GROUPS),
    "source": ("", *RequestSource.values),
    "stage": tuple(STAGES),
    "case_age": tuple(CASE_AGES),
}
"""The values of each dimension column; a value's code is its position. Areas have codes of their own (0: none)."""

_ROOM = {"area": 4096, "need": 16, "provision": 64, "age_group": 8, "source": 8, "stage": 4, "case_age": 8}


def code_of(column: str, value: str) -> str:
    """SQL for the code of a value. Not a join, because the planner would guess that few rows have a match."""
    cases = " ".join(f"WHEN '{one}' THEN {code}" for code, one in enumerate(VALUES[column]))
    return f"CASE {value} {cases} END"


AGE_BOUNDS = ((-999, 5), (5, 11), (11, 16), (16, 20), (20, 26), (26, 999))
"""The first age of each group and the first after it, in the order of AGE_GROUPS."""


def code_of_age(age: str) -> str:
    """SQL for the code of the group an age in years falls in. `age` stands once, so that it is worked out once."""
    last = AGE_BOUNDS[-1][0]
    codes = [
        next(code for code, (_, after) in enumerate(AGE_BOUNDS) if years < after) for years in range(last + 1)
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
        return _ROOM[column] - 1

    def only(self, kept: tuple[str, ...]) -> str:
        """SQL for the cell that sums over every column but `kept`."""
        return self.pack({c: self.unpack(c) if c in kept else str(self.any_code(c)) for c in self.columns})

    def sums(self) -> list[tuple[str, ...]]:
        """The sets of columns that sums are kept for."""
        return [kept for size in range(KEPT_TOGETHER, -1, -1) for kept in combinations(self.columns, size)]


PLAN_CELL = Packing(("area", "need", "provision", "age_group"))
OPEN_CELL = Packing(("area", "source", "stage", "case_age"))
FLOW_CELL = Packing(("area", "source", "need", "age_group"))
