"""What a new lead worker must know of each child handed over to them: one line of each, enough for the first day."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from casework.access.scope import visible
from casework.models import AssignmentPart, CaseAssignment, Child, ContactNote, FollowUp, User
from casework.queries.waiting import Wait, waiting
from casework.queries.worklist import Due, worklist_of

_QUIET = datetime.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Handed:
    """One child handed over. `by` is the lead worker before; empty where there was none."""

    child: Child
    by: str
    duties: Sequence[Due]
    waits: Sequence[Wait]
    last_contact: ContactNote | None
    follow_ups: Sequence[FollowUp]
    warnings: Sequence[str]

    @property
    def due(self) -> Due | None:
        """The next duty."""
        return self.duties[0] if self.duties else None


def handover(worker: User, *, starts_on: datetime.date, reader: User, on: datetime.date) -> list[Handed]:
    """The children whose lead `worker` becomes on `starts_on`, soonest date first, in a fixed number of statements.

    What lies ahead is read as of `starts_on`, what has begun as of `on`.
    """
    as_at = max(starts_on, on)
    new = set(
        CaseAssignment.objects.filter(user=worker, part=AssignmentPart.LEAD, starts_on=starts_on).values_list(
            "child", flat=True
        )
    )
    entries = [
        entry for entry in worklist_of(worker, reader=reader, as_at=as_at).entries if entry.child.pk in new
    ]
    before = dict(
        CaseAssignment.objects.as_at(starts_on - datetime.timedelta(days=1))
        .filter(child__in=new, part=AssignmentPart.LEAD)
        .values_list("child", "user__name")
    )
    waits: dict[int, list[Wait]] = defaultdict(list)
    for wait in waiting(reader=reader, as_at=as_at, worker=worker):
        waits[wait.child_id].append(wait)
    notes = {
        note.child_id: note
        for note in ContactNote.objects.filter(child__in=new, replaced=False, withdrawn=False)
        .order_by("child_id", "-happened_on", "-happened_at", "-pk")
        .distinct("child_id")
    }
    todo: dict[int, list[FollowUp]] = defaultdict(list)
    for row in (
        visible(FollowUp, reader).filter(child__in=new, done_on__isnull=True).select_related("user", "team")
    ):
        todo[row.child_id].append(row)
    return [
        Handed(
            child=entry.child,
            by=before.get(entry.child.pk, ""),
            duties=entry.duties,
            waits=waits.get(entry.child.pk, ()),
            last_contact=notes.get(entry.child.pk),
            follow_ups=todo.get(entry.child.pk, ()),
            warnings=_warnings(entry.child, entry.duties, waits.get(entry.child.pk, ()), notes.get(entry.child.pk), on),
        )
        for entry in entries
    ]  # fmt: skip


def _warnings(
    child: Child, duties: Sequence[Due], waits: Sequence[Wait], note: ContactNote | None, on: datetime.date
) -> list[str]:
    late = sum(1 for due in duties if due.due_on < on)
    owed = sum(1 for wait in waits if wait.days_late(on))
    found = [
        (child.restricted, "Restricted record"),
        (late, f"{late} statutory {'date' if late == 1 else 'dates'} overdue"),
        (owed, f"{owed} late from others"),
        (note is not None and note.happened_on < on - _QUIET, "No contact for 90 days"),
        (child.died_on, "Died: write to nobody before you have read the record"),
    ]
    return [words for holds, words in found if holds]
