"""How one placement is counted in each of the tables that group provision.

The tables disagree: DfE's statistics put independent mainstream schools under "mainstream", its benchmarking
tool puts them with independent schools; a non-maintained special school is "special" for capacity and
"independent" for money. So the leaf is stored, each table maps from the leaf, and every table on a page carries
the name of its classification and says which part is not shown.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from placements.rules.provision import Leaf


class NotShown(StrEnum):
    """Why a leaf has no category."""

    NOT_COUNTED = "not counted by this classification"
    NOT_STATED = "not stated by its source"


@dataclass(frozen=True, slots=True)
class Classification:
    """One dated way of grouping provision.

    `mapping` holds the categories in the order a table shows them, each with its leaves; `post_16` holds those
    that differ for young people in post-16 education; `not_counted` are leaves the source leaves out on
    purpose. Every other leaf is not stated by the source. `notes` says what was inferred.
    """

    code: str
    name: str
    source: str
    applies_from: date
    applies_to: date | None
    mapping: Mapping[str, tuple[Leaf, ...]]
    post_16: Mapping[str, tuple[Leaf, ...]] = field(default_factory=dict)
    not_counted: frozenset[Leaf] = frozenset()
    notes: str = ""

    def category(self, leaf: Leaf, *, post_16: bool = False) -> str | None:
        """The category of a leaf, or None when the classification does not show it.

        `post_16`: the young person is in post-16 education (from year 12).
        """
        tables = (self.post_16, self.mapping) if post_16 else (self.mapping,)
        for table in tables:
            for name, leaves in table.items():
                if leaf in leaves:
                    return name
        return None

    def not_shown(self, leaf: Leaf) -> NotShown | None:
        """Why a leaf is not in the table; None when it is."""
        if self.category(leaf) is not None:
            return None
        return NotShown.NOT_COUNTED if leaf in self.not_counted else NotShown.NOT_STATED

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories in the order a table shows them."""
        return tuple(dict.fromkeys((*self.mapping, *self.post_16)))

    def in_force(self, day: date) -> bool:
        """Whether the classification is the one to use for a table about `day`."""
        return self.applies_from <= day and (self.applies_to is None or day <= self.applies_to)

    def part_not_shown(self, leaves: Collection[Leaf]) -> str:
        """A sentence for under the table: which of these leaves it does not show and why. Empty when none."""
        parts = []
        for reason in NotShown:
            names = [leaf.words for leaf in Leaf if leaf in leaves and self.not_shown(leaf) is reason]
            if names:
                parts.append(f"{'; '.join(names)} ({reason.value})")
        return f"Not shown: {'. '.join(parts)}." if parts else ""
