"""From a child's fixed standing in each share to where the child is and what the need is called at an age.

Each child carries numbers between 0 and 1 that never change. At an age they are looked up in the published shares of
that age. So the shares hold at every age, and a child moves only where the shares themselves move, such as from
school to college at 16.
"""

from bisect import bisect
from itertools import accumulate
from typing import Generic, TypeVar

from config.demo.shares_needs import DOWN_SYNDROME_IN_OTHER, NEED_LIFT, NEEDS, NEEDS_BY_AGE
from config.demo.shares_provision import (
    FIRST_GROUPS_BY_AGE,
    FIRST_YEAR_BY_AGE,
    GROUPS,
    GROUPS_BY_AGE,
    LEAVES,
)
from placements.rules.provision import Leaf

Value = TypeVar("Value")

YOUNGEST, OLDEST = 2, 25
POST_16_AGE = 16
_OLDEST_FIRST = 20
_FITTING_ROUNDS = 12


class Choice(Generic[Value]):
    """Values with weights; `at` finds the value that a number between 0 and 1 falls on."""

    __slots__ = ("bounds", "last", "values")

    def __init__(self, weights: dict[Value, int] | dict[Value, float]) -> None:
        total = sum(weights.values())
        self.values = tuple(weights)
        self.bounds = tuple(part / total for part in accumulate(weights.values()))
        self.last = len(self.values) - 1

    def at(self, standing: float) -> Value:
        """The value at this standing."""
        return self.values[min(bisect(self.bounds, standing), self.last)]


def need_at(age: int, standing: float, *, down_syndrome: bool) -> str:
    """The SEN2 code of the primary need at an age on 31 August; empty where none is recorded."""
    need = _NEEDS[_within(age, OLDEST)].at(standing)
    return "DS" if need == "OTH" and down_syndrome else need


def is_down_syndrome(standing: float) -> bool:
    """Whether a child whose need would be "other" has Down syndrome."""
    return (standing * 1009) % 1 < DOWN_SYNDROME_IN_OTHER


def group_at(age: int, need: str, standing: float, *, first: bool) -> str:
    """The placement group at an age: of a plan's first place, or of where the child settles afterwards."""
    table = _FIRST if first else _SETTLED
    return table[_within(age, _OLDEST_FIRST if first else OLDEST)]["OTH" if need == "DS" else need].at(
        standing
    )


def leaf_in(group: str, age: int, standing: float) -> Leaf:
    """The finest type inside a group."""
    if group == "elsewhere" and age >= POST_16_AGE:
        group = "elsewhere_16"
    return _LEAVES[group].at(standing)


def _within(age: int, oldest: int) -> int:
    return max(YOUNGEST, min(age, oldest))


def _settled(age: int) -> dict[str, float]:
    """Shares of those who have settled, so that with those in their first place the published shares come out."""
    share = FIRST_YEAR_BY_AGE.get(age, 0.0)
    first = FIRST_GROUPS_BY_AGE[_within(age, _OLDEST_FIRST)]
    return {
        group: max(0.0, (all_plans - share * new_plans) / (1 - share))
        for group, all_plans, new_plans in zip(GROUPS, GROUPS_BY_AGE[age], first, strict=True)
    }


def _by_need(age: int, groups: dict[str, float]) -> dict[str, Choice[str]]:
    """Groups for each need at an age: fitted in turn to the shares of groups and of needs."""
    needs = dict(zip(NEEDS, NEEDS_BY_AGE[age], strict=True))
    table = {
        (group, need): groups[group] * needs[need] * NEED_LIFT[group][column]
        for group in GROUPS
        for column, need in enumerate(NEEDS)
    }
    for _ in range(_FITTING_ROUNDS):
        for need, wanted in needs.items():
            total = sum(table[group, need] for group in GROUPS) or 1.0
            for group in GROUPS:
                table[group, need] *= wanted / total
        for group, share in groups.items():
            total = sum(table[group, need] for need in NEEDS) or 1.0
            for need in NEEDS:
                table[group, need] *= share / total
    return {need: Choice({group: table[group, need] or 1e-9 for group in GROUPS}) for need in NEEDS}


_AGES = range(YOUNGEST, OLDEST + 1)
_NEEDS = {age: Choice(dict(zip(NEEDS, NEEDS_BY_AGE[age], strict=True))) for age in _AGES}
_LEAVES = {group: Choice(leaves) for group, leaves in LEAVES.items()}
_FIRST = {
    age: _by_need(age, dict(zip(GROUPS, FIRST_GROUPS_BY_AGE[age], strict=True)))
    for age in FIRST_GROUPS_BY_AGE
}
_SETTLED = {age: _by_need(age, _settled(age)) for age in _AGES}
