"""Follow-ups: what a worker means to do about a child by a day. Nothing here starts or moves a statutory date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.models import Case, Child, ContactNote, FollowUp, FollowUpKind, FollowUpMove, Team, User
from casework.rules.clock_words import show_day
from casework.services.refusals import Refused
from casework.services.versions import claim

LONGEST_TEXT = 300
LONGEST_OUTCOME = 500


@dataclass(frozen=True, slots=True)
class Intent:
    """What is to be done, by when and by whom; exactly one of `user` and `team`."""

    text: str
    due_on: date
    kind: FollowUpKind = FollowUpKind.OTHER
    user: User | None = None
    team: Team | None = None


@transaction.atomic
def add(
    *,
    child: Child,
    intent: Intent,
    by: User,
    on: date,
    case: Case | None = None,
    note: ContactNote | None = None,
) -> FollowUp:
    """Add one follow-up. Raises Refused (no words, a day that has passed, nobody to do it, another child's case)."""
    text = _checked(intent, on=on)
    if case is not None and case.child_id != child.pk:
        raise Refused("This case is of another child. Choose a case of this child.", field="case")
    if note is not None and note.child_id != child.pk:
        raise Refused("This conversation was about another child.")
    with acting_as(by):
        return FollowUp.objects.create(**_columns(intent, text, by, on), child=child, case=case, note=note)


@transaction.atomic
def add_for_several(*, children: Iterable[Child], intent: Intent, by: User, on: date) -> list[FollowUp]:
    """Add the same follow-up for each child, all or none. Raises Refused as `add` does, and for no children."""
    text, chosen = _checked(intent, on=on), {child.pk: child for child in children}
    if not chosen:
        raise Refused("Choose at least one child.")
    with acting_as(by):
        return FollowUp.objects.bulk_create(
            FollowUp(**_columns(intent, text, by, on), child=child) for child in chosen.values()
        )


@transaction.atomic
def complete(
    *, follow_up: FollowUp, outcome: str, done_on: date, by: User, on: date, version: int | None = None
) -> FollowUp:
    """Say that it was done, on which day, and what came of it. Raises Refused and StaleEdit."""
    outcome = outcome.strip()
    if not outcome:
        raise Refused("Enter what came of it.", field="outcome")
    if done_on > on:
        raise Refused(f"It cannot have been done after today, {show_day(on)}.", field="done_on")
    if done_on < follow_up.made_on:
        raise Refused(
            f"The follow-up was made on {show_day(follow_up.made_on)}, so it cannot have been done before. "
            "Enter that day or a later one.",
            field="done_on",
        )
    with acting_as(by):
        row = _still_open(claim(follow_up, version=version))
        row.done_on, row.done_by, row.outcome = done_on, by, outcome[:LONGEST_OUTCOME]
        row.save(update_fields=["done_on", "done_by", "outcome"])
        return row


@transaction.atomic
def move(
    *, follow_up: FollowUp, due_on: date, reason: str, by: User, on: date, version: int | None = None
) -> FollowUp:
    """Put it to another day, for a reason that stays with it. Raises Refused and StaleEdit."""
    reason = reason.strip()
    if not reason:
        raise Refused("Enter why it is put to another day.", field="reason")
    if due_on < on:
        raise Refused(f"{show_day(due_on)} has passed. Enter today or a later day.", field="due_on")
    with acting_as(by, reason=reason):
        row = _still_open(claim(follow_up, version=version))
        if row.due_on == due_on:
            raise Refused(f"The follow-up is already due on {show_day(due_on)}.", field="due_on")
        FollowUpMove.objects.create(
            follow_up=row, was_due_on=row.due_on, now_due_on=due_on, reason=reason, moved_by=by, moved_on=on
        )
        row.due_on = due_on
        row.save(update_fields=["due_on"])
        return row


def _checked(intent: Intent, *, on: date) -> str:
    text = intent.text.strip()
    if not text:
        raise Refused("Enter what is to be done.", field="text")
    if len(text) > LONGEST_TEXT:
        raise Refused(f"What is to be done must be {LONGEST_TEXT} characters or fewer.", field="text")
    if intent.due_on < on:
        raise Refused(f"{show_day(intent.due_on)} has passed. Enter today or a later day.", field="due_on")
    if (intent.user is None) == (intent.team is None):
        raise Refused("Say who is to do it: one person or one team.", field="who")
    return text


def _columns(intent: Intent, text: str, by: User, on: date) -> dict[str, object]:
    return {
        "kind": intent.kind, "text": text, "due_on": intent.due_on, "user": intent.user, "team": intent.team,
        "made_by": by, "made_on": on,
    }  # fmt: skip


def _still_open(row: FollowUp) -> FollowUp:
    if row.done_on is not None:
        raise Refused(f"This follow-up was done on {show_day(row.done_on)} by {row.done_by}.")
    return row
