"""Follow-ups that the end or the arrival of a plan asks for: the only thing that follows of itself.

They go to the child's lead worker, or to whoever recorded the fact where nobody leads. What they ask for, such as ending a
placement, is decided and recorded by people.
"""

from datetime import date, timedelta

from casework.events import PlanArrived, PlanCeased, PlanReopened, subscribe
from casework.models import AssignmentPart, CaseAssignment, CeaseReason, Child, FollowUpKind, User
from casework.rules.clock_words import show_day
from casework.services import followups

_DAYS = timedelta(days=7)


def plan_ceased(event: PlanCeased) -> None:
    """The placement and what is paid for it are still running."""
    why = CeaseReason(event.reason).label.lower()
    _add(
        event.child_id,
        f"The plan ended on {show_day(event.ceased_on)} ({why}). Look at the placement and at what is paid for it: neither "
        "has ended with the plan.",
        by_id=event.by_id,
        on=event.on,
    )


def plan_reopened(event: PlanReopened) -> None:
    """Somebody may have acted on an end that was none."""
    _add(
        event.child_id,
        "The end of the plan was taken back: it is in force. Check that the placement and payments go on.",
        by_id=event.by_id,
        on=event.on,
    )


def plan_arrived(event: PlanArrived) -> None:
    """The setting named cannot be attended, so the plan must name another."""
    if event.too_far:
        _add(
            event.child_id,
            "The plan came from another authority and names a setting the child can no longer attend. Amend it.",
            by_id=event.by_id,
            on=event.on,
        )


def listen() -> None:
    """Subscribe; `casework.apps` calls it once."""
    subscribe(PlanCeased, plan_ceased)
    subscribe(PlanReopened, plan_reopened)
    subscribe(PlanArrived, plan_arrived)


def _add(child_id: int, text: str, *, by_id: int, on: date) -> None:
    by = User.objects.get(pk=by_id)
    lead = CaseAssignment.objects.as_at(on).filter(child=child_id, part=AssignmentPart.LEAD).first()
    followups.add(
        child=Child.objects.get(pk=child_id),
        intent=followups.Intent(
            text=text, due_on=on + _DAYS, kind=FollowUpKind.CHECK, user=lead.user if lead else by
        ),
        by=by,
        on=on,
    )
