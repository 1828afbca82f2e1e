"""What happened, for whoever must follow it up: typed, in this process, in the same transaction.

A subscriber creates a follow-up, a dated task for a team, and nothing else. It never ends a placement or stops money:
that is a decision of its own, with its own notice and its own approver. A subscriber that fails takes the event with it,
so nothing that must be followed up can be lost. Higher apps subscribe from `apps.ready`.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import transaction


@dataclass(frozen=True, slots=True)
class PlanCeased:
    """A plan is no longer maintained here. `ceased_on` is its last day; `reason` is the code of SEN2 item 4.6."""

    child_id: int
    plan_id: int
    ceased_on: date
    reason: str
    by_id: int
    on: date


@dataclass(frozen=True, slots=True)
class PlanReopened:
    """A plan's end was recorded wrongly and has been taken back."""

    child_id: int
    plan_id: int
    by_id: int
    on: date


@dataclass(frozen=True, slots=True)
class PlanArrived:
    """A plan came from another authority. `too_far` says that the setting named cannot practically be attended."""

    child_id: int
    plan_id: int
    transferred_on: date
    too_far: bool
    by_id: int
    on: date


Event = TypeVar("Event")
_subscribers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[Event], act: Callable[[Event], None]) -> None:
    """Call `act` with each event of this kind; the same function again is not called twice."""
    if act not in _subscribers[kind]:
        _subscribers[kind].append(act)


def unsubscribe(kind: type[Event], act: Callable[[Event], None]) -> None:
    """Call `act` no more."""
    _subscribers[kind].remove(act)


def publish(event: Any) -> None:
    """Tell the subscribers, in the order in which they came. Raises RuntimeError outside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        message = "An event belongs to the transaction of what happened."
        raise RuntimeError(message)
    for act in tuple(_subscribers[type(event)]):
        act(event)
