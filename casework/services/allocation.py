"""Who leads which children from which day. A child has one lead worker on each day, before and after."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q

from casework.audit import acting_as
from casework.models import AssignmentPart, CaseAssignment, Child, FollowUp, RestrictedAccess, User
from casework.queries.loads import leads_of
from casework.queries.teamwork import workers
from casework.rules.clock_words import show_day
from casework.services.refusals import Refused

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Move:
    """One child and who is to lead them. `was` is the lead that the person who decides has read, None for nobody."""

    child_id: int
    to_id: int
    was: int | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """What was done: the children each worker now leads who did not before, and how many follow-ups went along."""

    children: dict[int, list[int]] = field(default_factory=dict)
    follow_ups: int = 0

    @property
    def number(self) -> int:
        """How many children changed hands."""
        return sum(len(ids) for ids in self.children.values())


@transaction.atomic
def assign(*, moves: Sequence[Move], starts_on: date, by: User, on: date, reason: str = "") -> Assigned:
    """Give children to lead workers from `starts_on` on, all or none; whoever led them then leads them to the day before.

    Follow-ups of the former lead go along: all open ones when it takes effect at once, those due from that day on when it
    lies ahead. Whoever gets a restricted record may open it from that day. Raises Refused: a day that has passed, somebody
    who does not work cases then, or a lead that has changed since the moves were worked out.
    """
    if starts_on < on:
        raise Refused(
            f"{show_day(starts_on)} has passed. A change of lead worker is not back-dated: enter today or a later day.",
            field="starts_on",
        )
    wanted = {move.child_id: move for move in moves}
    if not wanted:
        raise Refused("Choose at least one child.")
    _check_workers({move.to_id for move in wanted.values()}, by=by, starts_on=starts_on)
    with acting_as(by, reason=reason.strip()):
        # Two people at once: the second waits here and then sees what the first did.
        children = {
            child.pk: child
            for child in Child.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
        }
        leads = leads_of(wanted, as_at=starts_on)
        _check_unchanged(wanted, leads, children)
        theirs = _theirs(wanted, starts_on)
        changing = [move for move in wanted.values() if (move.child_id, move.to_id) not in theirs]
        ids = [move.child_id for move in changing]
        held = CaseAssignment.objects.filter(child__in=ids, part=AssignmentPart.LEAD)
        held.filter(starts_on__gte=starts_on).delete()
        held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)).update(ends_on=starts_on - _DAY)
        CaseAssignment.objects.bulk_create(
            CaseAssignment(child_id=move.child_id, user_id=move.to_id, starts_on=starts_on)
            for move in changing
        )
        moved = _take_follow_ups(changing, leads, starts_on=starts_on, on=on)
        for move in changing:
            if children[move.child_id].restricted:
                _open_restricted(move, starts_on)
        found: dict[int, list[int]] = defaultdict(list)
        for move in changing:
            found[move.to_id].append(move.child_id)
        return Assigned(dict(found), moved)


def _check_workers(ids: set[int], *, by: User, starts_on: date) -> None:
    able = set(workers(by, on=starts_on).filter(pk__in=ids).values_list("pk", flat=True))
    for user in User.objects.filter(pk__in=ids - able).order_by("name")[:1]:
        raise Refused(
            f"{user.name} holds no role that works cases on {show_day(starts_on)}. Choose somebody else.",
            field="to",
        )


def _check_unchanged(wanted: dict[int, Move], leads: dict[int, int], children: dict[int, Child]) -> None:
    for key, move in wanted.items():
        if leads.get(key) != move.was:
            raise Refused(
                f"The lead worker of {children[key].name} has changed since you opened the page. Nothing was changed. "
                "Go back, look at the proposal again and confirm it."
            )


def _theirs(wanted: dict[int, Move], starts_on: date) -> set[tuple[int, int]]:
    """Child and lead where the lead goes on from the day without an end, so that nothing is to be changed."""
    rows = CaseAssignment.objects.as_at(starts_on).filter(
        child__in=wanted, part=AssignmentPart.LEAD, ends_on__isnull=True
    )
    return set(rows.values_list("child", "user"))


def _take_follow_ups(changing: Sequence[Move], leads: dict[int, int], *, starts_on: date, on: date) -> int:
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for move in changing:
        old = leads.get(move.child_id)
        if old is not None and old != move.to_id:
            groups[old, move.to_id].append(move.child_id)
    moved = 0
    for (old, new), ids in groups.items():
        rows = FollowUp.objects.filter(child__in=ids, user=old, done_on__isnull=True)
        if starts_on > on:
            rows = rows.filter(due_on__gte=starts_on)
        moved += rows.update(user=new, version=F("version") + 1)
    return moved


def _open_restricted(move: Move, starts_on: date) -> None:
    """Leave to open the record from the day on; leave that would have ended goes on instead."""
    rows = list(
        RestrictedAccess.objects.filter(child=move.child_id, user=move.to_id)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
        .order_by("starts_on")
    )
    if not rows:
        RestrictedAccess.objects.create(
            child_id=move.child_id, user_id=move.to_id, starts_on=starts_on, reason="Lead worker"
        )
        return
    first, later = rows[0], rows[1:]
    RestrictedAccess.objects.filter(pk__in=[row.pk for row in later]).delete()
    RestrictedAccess.objects.filter(pk=first.pk).update(
        starts_on=min(first.starts_on, starts_on), ends_on=None
    )
