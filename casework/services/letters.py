"""Make a letter to one recipient, record that it was sent, and mark what went wrong."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from casework.audit import acting_as
from casework.models import Letter, SentHow, User
from casework.queries.letter_check import Checked, Draft, check_letter
from casework.queries.letter_sending import milestone_to_record
from casework.rules.clock_words import show_day
from casework.services import clocks, documents, files, milestones
from casework.services.refusals import Refused
from casework.word.fields import Unfilled, fill_in


class Stopped(Refused):
    """The letter is not made; `checked` says what stands in the way."""

    def __init__(self, checked: Checked) -> None:
        super().__init__(" ".join(f"{stop.what} {stop.remedy}" for stop in checked.stops))
        self.checked = checked


def check(draft: Draft, *, by: User, on: date, authority: str) -> Checked:
    """What the check page shows, from the records as they are now."""
    return check_letter(draft, by=by, on=on, authority=authority, calendar=clocks.calendar())


def make(*, draft: Draft, seen: str, by: User, on: date, authority: str) -> Letter:
    """Make the letter that was checked, and keep it. Raises Stopped, and Refused when the records changed since.

    `seen` is the digest of what the person read (`Checked.seen`).
    """
    with files.with_the_transaction(), transaction.atomic(), acting_as(by):
        type(draft.child).objects.select_for_update().only("pk").get(pk=draft.child.pk)
        checked = check(draft, by=by, on=on, authority=authority)
        if checked.stops:
            raise Stopped(checked)
        if checked.seen != seen:
            raise Refused(
                "Something on this page has changed since you opened it: the child, the recipient, the address or the words. "
                "Nothing was made. Read the page again, then make the letter."
            )
        content = files.read(key=draft.version.storage_key, checksum=draft.version.checksum)
        try:
            filled = fill_in(content, checked.values.words)
        except Unfilled as unfilled:
            raise Refused(
                f"The letter would have gaps: {', '.join(unfilled.names)}. Nothing was made."
            ) from unfilled
        title = f"{draft.kind.facts.words} to {checked.to.name}"
        document = documents.keep_letter(
            child=draft.child, case=draft.case, content=filled, title=title, by=by, on=on
        )
        return Letter.objects.create(
            child=draft.child,
            case=draft.case,
            kind=draft.kind,
            dated=draft.dated,
            template_version=draft.version,
            document=document,
            contact=draft.contact,
            recipient_name=checked.to.name,
            recipient_relationship=checked.to.relationship[:100],
            recipient_address=checked.to.address,
            recipient_standing=checked.recipient.standing.because
            if checked.recipient
            else "A setting or service",
            address_withheld=checked.withheld,
            child_name=draft.child.name,
            child_born=draft.child.date_of_birth,
            made_by=by,
        )


@transaction.atomic
def record_sent(*, letter: Letter, sent_on: date, how: SentHow, proof: str, by: User, on: date) -> Letter:
    """Record that a letter went, with the proof. Records the milestone of its case where that is the letter's to record.

    Raises Refused: sent or discarded already, before it was made, in the future, or without proof.
    """
    letter = _hold(letter)
    _check_open(letter)
    if sent_on > on:
        raise Refused(f"The letter cannot have gone after today, {show_day(on)}.", field="sent_on")
    if sent_on < letter.dated:
        raise Refused(
            f"The letter is dated {show_day(letter.dated)}, so it cannot have gone on {show_day(sent_on)}. Enter the day it "
            "went, or discard it and make it again.",
            field="sent_on",
        )
    if not proof.strip():
        raise Refused("Enter what proves that it went, such as the reference of the post.", field="proof")
    with acting_as(by):
        letter.sent_on, letter.sent_how, letter.proof = sent_on, how, proof.strip()[:300]
        letter.sent_by, letter.sent_recorded_at = by, timezone.now()
        letter.save(update_fields=["sent_on", "sent_how", "proof", "sent_by", "sent_recorded_at"])
        kind = milestone_to_record(letter)
        if kind is not None and letter.case is not None:
            milestones.record(
                case=letter.case, kind=kind, happened_on=sent_on, by=by, on=on, note=_note(letter)
            )
    return letter


@transaction.atomic
def discard(*, letter: Letter, reason: str, by: User) -> Letter:
    """Set a letter aside that was made and is not to go. It stays on the record. Raises Refused."""
    letter = _hold(letter)
    _check_open(letter)
    if not reason.strip():
        raise Refused("Enter why the letter is discarded.", field="reason")
    with acting_as(by):
        letter.discarded_by, letter.discarded_reason = by, reason.strip()[:300]
        letter.save(update_fields=["discarded_by", "discarded_reason"])
    return letter


@transaction.atomic
def mark_error(*, letter: Letter, reason: str, done: str, by: User) -> Letter:
    """Mark a letter that should not have gone, or not to them. What was recorded of its sending stays. Raises Refused."""
    letter = _hold(letter)
    if letter.sent_on is None:
        raise Refused("This letter has not been sent. Discard it instead.")
    if letter.error_at is not None:
        raise Refused("This letter is marked already. Nothing was changed.")
    if not reason.strip():
        raise Refused("Enter what went wrong.", field="reason")
    if not done.strip():
        raise Refused("Enter what was done about it.", field="done")
    with acting_as(by, reason=reason):
        letter.error_at, letter.error_by = timezone.now(), by
        letter.error_reason, letter.error_done = reason.strip()[:500], done.strip()[:500]
        letter.save(update_fields=["error_at", "error_by", "error_reason", "error_done"])
    return letter


def _hold(letter: Letter) -> Letter:
    rows = Letter.objects.select_for_update(of=("self",)).select_related("child", "case", "case__child")
    return rows.get(pk=letter.pk)


def _check_open(letter: Letter) -> None:
    if letter.sent_on is not None:
        raise Refused(
            f"This letter is recorded as sent on {show_day(letter.sent_on)}. That cannot be changed."
        )
    if letter.discarded_reason:
        raise Refused("This letter has been discarded. Make a new one.")


def _note(letter: Letter) -> str:
    return f"Letter to {letter.recipient_name}"
