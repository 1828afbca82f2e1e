"""A letter somebody wants to make, checked against the records of the day: about whom, to whom, where, what stops it."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.access.people import may_read_withheld
from casework.models import Case, Child, ChildContact, LetterTemplateVersion, User
from casework.queries.letter_values import Addressee, Values, asked_of, decision_for, values_for
from casework.queries.recipients import People, Recipient, people_of
from casework.rules.due_dates import NonWorkingDays
from casework.rules.letter_fields import FIELDS
from casework.rules.letter_kinds import LetterKind
from casework.rules.recipient_check import LetterToCheck, Stop, stops

SELF = "self"
"""Stands for a young person who decides and has no entry of their own among the contacts."""


@dataclass(frozen=True, slots=True)
class Body:
    """A setting, service or professional a letter goes to, as typed."""

    name: str
    role: str
    address: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to write. `contact` or `body` says to whom; neither stands for the young person themselves."""

    child: Child
    case: Case | None
    version: LetterTemplateVersion
    dated: date
    contact: ChildContact | None = None
    body: Body | None = None
    asked: Mapping[str, str] | None = None

    @property
    def kind(self) -> LetterKind:
        """The kind of its template."""
        return LetterKind(self.version.template.kind)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found. `seen` changes with any fact the check page shows: a letter is made only of what was read."""

    draft: Draft
    people: People
    to: Addressee
    values: Values
    stops: list[Stop]
    told_on: date | None
    withheld: bool

    @property
    def recipient(self) -> Recipient | None:
        """The person around the child; None for a setting or service."""
        return self.to.recipient

    @property
    def seen(self) -> str:
        """A digest of what the page shows."""
        child = self.draft.child
        facts = [
            child.pk, child.name, str(child.date_of_birth), self.draft.version.pk, str(self.draft.dated), self.to.name,
            self.to.relationship, self.to.address, self.recipient.standing.because if self.recipient else "",
            sorted(self.values.words.items()),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def check_letter(draft: Draft, *, by: User, on: date, authority: str, calendar: NonWorkingDays) -> Checked:
    """Check a letter against the records of `on`. Everything that stops it is in `stops`."""
    people = people_of(draft.child, on=on)
    recipient = _recipient(people, draft)
    to = _addressee(draft, recipient)
    values = values_for(
        names=tuple(draft.version.fields), child=draft.child, case=draft.case, kind=draft.kind, to=to, dated=draft.dated,
        by=by, authority=authority, asked=draft.asked or {}, calendar=calendar,
    )  # fmt: skip
    decision = decision_for(draft.kind, draft.case)
    withheld = bool(recipient and recipient.address and recipient.address.withheld)
    facts = LetterToCheck(
        kind=draft.kind,
        child=draft.child.name,
        recipient=to.name,
        is_body=draft.body is not None,
        of_this_child=draft.body is not None or recipient is not None,
        may_write=recipient is None or recipient.may_write,
        decides=recipient is None or recipient.standing.decides,
        agreed_to_copies=_agreed(recipient, on),
        because=recipient.standing.because if recipient else "",
        deciders=tuple(one.name for one in people.deciders if one is not recipient),
        has_address=bool(to.address.strip()),
        address_withheld=withheld,
        may_read_withheld=not withheld or may_read_withheld(draft.child, by, on=on),
        may_learn_address=recipient is None or recipient.may_learn_address,
        tells_place=tuple(FIELDS[name].words for name in draft.version.fields if FIELDS[name].tells_place),
        case_of_this_child=draft.case is None or draft.case.child_id == draft.child.pk,
        case_fits=_case_fits(draft),
        decision_fits=_decision_fits(draft, decided=decision is not None),
        missing=tuple(words for words in values.missing if words != FIELDS["recipient_address"].words),
        missing_standing=tuple(values.missing_standing),
        other_child=_other_child(draft, values),
        died=draft.child.died_on is not None,
    )
    return Checked(
        draft=draft, people=people, to=to, values=values, stops=stops(facts),
        told_on=decision.milestone.happened_on if decision else None, withheld=withheld,
    )  # fmt: skip


def _recipient(people: People, draft: Draft) -> Recipient | None:
    if draft.body is not None:
        return None
    if draft.contact is None:
        return next((one for one in people.recipients if one.contact is None), None)
    return next(
        (one for one in people.recipients if one.contact is not None and one.contact.pk == draft.contact.pk),
        None,
    )


def _addressee(draft: Draft, recipient: Recipient | None) -> Addressee:
    if draft.body is not None:
        return Addressee(draft.body.name, draft.body.name, draft.body.address, draft.body.role)
    if recipient is None:
        name = draft.contact.person.name if draft.contact else draft.child.name
        return Addressee(name, name, "", "Not a contact of this child today")
    address = recipient.address.text if recipient.address else ""
    return Addressee(recipient.name, recipient.salutation, address, recipient.relationship, recipient)


def _agreed(recipient: Recipient | None, on: date) -> bool:
    """Whether a young person agreed that this person is written to as well, so that a copy may go to them."""
    if recipient is None or recipient.contact is None or not recipient.may_write:
        return False
    agreed = recipient.contact.young_person_agreed_on
    return agreed is not None and agreed <= on


def _case_fits(draft: Draft) -> bool:
    if draft.case is None:
        return draft.kind is LetterKind.OTHER
    return draft.case.kind in draft.kind.facts.cases


def _decision_fits(draft: Draft, *, decided: bool) -> bool:
    """A letter about a decision needs that decision on the case."""
    needs = draft.kind in {LetterKind.ASSESS, LetterKind.REFUSE_ASSESS, LetterKind.REFUSE_ISSUE}
    return decided or not needs


def _other_child(draft: Draft, values: Values) -> str:
    """Another child of the same people whom the typed words name, while they do not name this one: a text of the sibling."""
    typed = " ".join(
        values.words.get(name, "") for name in (*asked_of(tuple(draft.version.fields)), "decision_reasons")
    )
    if not typed.strip() or _names(draft.child, typed):
        return ""
    others = (
        Child.objects.filter(contacts__person__contacts__child=draft.child)
        .exclude(pk=draft.child.pk)
        .distinct()
    )
    return next((other.name for other in others if _names(other, typed)), "")


def _names(child: Child, words: str) -> bool:
    return any(
        re.search(rf"\b{re.escape(name)}\b", words, re.IGNORECASE)
        for name in (child.forename, child.preferred_name)
        if name
    )
