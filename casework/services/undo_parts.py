"""What hangs on a decision besides its milestone. Each part of Waymark says here what it takes back, and what it cannot.

Casework takes back the plan itself (`casework.services.undo_plan`). Higher apps register from their `apps.ready`: they stand
above, hold records of the plan that casework does not know, and take them back in the same transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from casework.models import Case, Milestone, MilestoneKind, Plan, PlanVersion, User


@dataclass(frozen=True, slots=True)
class Subject:
    """A decision that is to be undone, with the plan it made and the version it put in force, where there are such."""

    milestone: Milestone
    case: Case
    plan: Plan | None = None
    version: PlanVersion | None = None

    @property
    def kind(self) -> MilestoneKind:
        """Which decision it is."""
        return MilestoneKind(self.milestone.kind)


def _nothing(subject: Subject) -> list[str]:
    return []


def _does_nothing(subject: Subject, by: User, on: date) -> list[str]:
    return []


@dataclass(frozen=True, slots=True)
class UndoPart:
    """One part. `undo` takes its records back and says so, a sentence each.

    `order` counts down to the plan itself, which goes last: what hangs on it lets go first.

    `blockers` says what stands in the way and what to do first; `left` what stays although it may have followed from the
    decision; `letters` what was sent and must be called back. Sentences are for the person who undoes.
    """

    key: str
    order: int = 10
    undo: Callable[[Subject, User, date], list[str]] = _does_nothing
    blockers: Callable[[Subject], list[str]] = _nothing
    left: Callable[[Subject], list[str]] = _nothing
    letters: Callable[[Subject], list[str]] = _nothing


_parts: dict[str, UndoPart] = {}


def register(part: UndoPart) -> None:
    """Add a part; the same key again replaces it."""
    _parts[part.key] = part


def parts() -> list[UndoPart]:
    """Every part, in the order in which they let go."""
    return sorted(_parts.values(), key=lambda part: -part.order)
