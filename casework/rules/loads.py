"""How much a worker carries, and how children are shared out among workers. Plain arithmetic that everybody can check.

A local rule of this software, not of law: what is late weighs most, then what is due within 28 days, then the rest.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

CHILD, OVERDUE, DUE_SOON, FOLLOW_UP = 1, 3, 2, 1
"""Points for each child led; more for one whose next date is overdue or due within 28 days; for each open follow-up."""

Thing = TypeVar("Thing", bound=Hashable)
Worker = TypeVar("Worker", bound=Hashable)


def weight(*, children: int, overdue: int, due_soon: int, follow_ups: int) -> int:
    """Points of a number of children, of whom so many have an overdue next date and so many one within 28 days."""
    return CHILD * children + OVERDUE * overdue + DUE_SOON * due_soon + FOLLOW_UP * follow_ups


def share_out(
    weights: Mapping[Thing, int],
    loads: Mapping[Worker, int],
    *,
    preferred: Mapping[Thing, Mapping[Worker, int]] | None = None,
) -> dict[Thing, Worker]:
    """Who gets what: the heaviest first, each to whoever carries least by then; equal loads go by the order of `loads`.

    `preferred` names, for a thing, workers who know its place, each with how many they have there: the one with most gets
    it whatever they carry. Raises ValueError when there is nobody to share out to.
    """
    if weights and not loads:
        raise ValueError("There is nobody to share out to.")
    carried, rank = dict(loads), {worker: number for number, worker in enumerate(loads)}
    shares: dict[Thing, Worker] = {}
    for thing in sorted(weights, key=lambda one: -weights[one]):
        known = {who: count for who, count in ((preferred or {}).get(thing) or {}).items() if who in carried}
        if known:
            most = max(known.values())
            among = [who for who in known if known[who] == most]
        else:
            among = list(carried)
        chosen = min(among, key=lambda who: (carried[who], rank[who]))
        shares[thing] = chosen
        carried[chosen] += weights[thing]
    return shares
