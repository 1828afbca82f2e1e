"""The contact log: note what was said with whom. A note is never edited; a correction replaces it, with the reason."""

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction

from casework.audit import acting_as
from casework.models import Child, ContactNote, ContactWay, User
from casework.rules.clock_words import show_day
from casework.services import followups
from casework.services.followups import Intent
from casework.services.refusals import Refused

LONGEST_WITH_WHOM = 200


@dataclass(frozen=True, slots=True)
class Contact:
    """What happened: the day (and time, where known), the way, with whom, and what was said."""

    happened_on: date
    way: ContactWay
    with_whom: str
    said: str
    happened_at: time | None = None


@transaction.atomic
def note(
    *, child: Child, contact: Contact, by: User, on: date, next_step: Intent | None = None
) -> ContactNote:
    """Note a contact; `next_step` makes a follow-up of it. Raises Refused (nothing said, a day that cannot be)."""
    with acting_as(by):
        row = ContactNote.objects.create(child=child, recorded_by=by, **_columns(child, contact, on=on))
        if next_step is not None:
            followups.add(child=child, intent=next_step, by=by, on=on, note=row)
        return row


@transaction.atomic
def correct(*, old: ContactNote, contact: Contact, reason: str, by: User, on: date) -> ContactNote:
    """Put a right note in the place of a wrong one, which stays, struck through. Raises Refused."""
    reason = _given(reason)
    with acting_as(by, reason=reason):
        held = _held(old)
        columns = _columns(held.child, contact, on=on)
        if all(getattr(held, name) == value for name, value in columns.items()):
            raise Refused("Nothing is different from the record. Change what is wrong.")
        return _replace(held, columns, reason=reason, by=by)


@transaction.atomic
def withdraw(*, old: ContactNote, reason: str, by: User) -> ContactNote:
    """Say that it never happened, or not with this child; the note stays, struck through. Raises Refused."""
    reason = _given(reason)
    with acting_as(by, reason=reason):
        held = _held(old)
        same = {
            name: getattr(held, name) for name in ("happened_on", "happened_at", "way", "with_whom", "said")
        }
        return _replace(held, same, reason=reason, by=by, withdrawn=True)


def _columns(child: Child, contact: Contact, *, on: date) -> dict[str, object]:
    with_whom, said = contact.with_whom.strip(), contact.said.strip()
    if not with_whom:
        raise Refused("Enter with whom it was.", field="with_whom")
    if len(with_whom) > LONGEST_WITH_WHOM:
        raise Refused(f"With whom it was must be {LONGEST_WITH_WHOM} characters or fewer.", field="with_whom")
    if not said:
        raise Refused("Enter what was said.", field="said")
    if contact.happened_on > on:
        raise Refused(
            f"The contact cannot be after today, {show_day(on)}. Enter a day up to and including today.",
            field="happened_on",
        )
    if contact.happened_on < child.date_of_birth:
        raise Refused(
            f"{show_day(contact.happened_on)} is before {child.name} was born ({show_day(child.date_of_birth)}). "
            "Check both dates.",
            field="happened_on",
        )
    return {
        "happened_on": contact.happened_on, "happened_at": contact.happened_at, "way": contact.way,
        "with_whom": with_whom, "said": said,
    }  # fmt: skip


def _given(reason: str) -> str:
    if not reason.strip():
        raise Refused("Enter why the record was wrong.", field="reason")
    return reason.strip()


def _held(old: ContactNote) -> ContactNote:
    """The row as it is now, held until the transaction ends; another person may have replaced it a moment ago."""
    row = ContactNote.objects.select_for_update(of=("self",)).select_related("child").get(pk=old.pk)
    if not row.stands:
        raise Refused("This note has already been corrected. Correct the note that stands now.")
    return row


def _replace(
    held: ContactNote, columns: dict[str, object], *, reason: str, by: User, withdrawn: bool = False
) -> ContactNote:
    ContactNote.objects.filter(pk=held.pk).update(replaced=True)
    return ContactNote.objects.create(
        child=held.child,
        recorded_by=by,
        replaces=held,
        withdrawn=withdrawn,
        reason_for_correction=reason,
        **columns,
    )
