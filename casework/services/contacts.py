"""Add and change the people around a child, what they may decide, and whether they may be contacted."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from casework.audit import acting_as
from casework.models import (
    CapacityFinding,
    Child,
    ChildContact,
    ContactLimit,
    ContactLimitBasis,
    ContactRestriction,
    ParentalResponsibility,
    Person,
    PersonAddress,
    PreferredWay,
    Relationship,
    ResponsibilitySource,
    User,
)
from casework.rules.calendar import compulsory_school_age_ends
from casework.rules.clock_words import show_day
from casework.services.checked_rows import hold, keep
from casework.services.refusals import Refused
from casework.services.versions import claim


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Who somebody is and how to reach them. `way` and `language` are empty where nobody has said."""

    name: str
    salutation: str = ""
    telephone: str = ""
    email: str = ""
    way: PreferredWay | str = ""
    language: str = ""
    needs_interpreter: bool = False
    format_needs: str = ""

    def columns(self) -> dict[str, Any]:
        """The columns of Person."""
        return {
            "name": self.name.strip(),
            "salutation": self.salutation.strip(),
            "telephone": self.telephone.strip(),
            "email": self.email.strip(),
            "preferred_way": self.way,
            "language": self.language.strip(),
            "needs_interpreter": self.needs_interpreter,
            "format_needs": self.format_needs.strip(),
        }


@transaction.atomic
def add_contact(
    *,
    child: Child,
    person: PersonFacts | Person,
    relationship: Relationship,
    by: User,
    on: datetime.date,
    starts_on: datetime.date | None = None,
    relationship_words: str = "",
    lives_with_child: bool = False,
    contact_first: bool = False,
    note: str = "",
    version: int | None = None,
) -> ChildContact:
    """Say that somebody is somebody to a child; give a Person who is known already (a sibling's mother) or new facts.

    Raises Refused: the day is to come, a second entry for the same days, or a fact is missing.
    """
    _not_ahead(starts_on, on, field="starts_on")
    with acting_as(by, reason="added a contact"):
        claim(child, version=version)
        who = person if isinstance(person, Person) else keep(Person(**person.columns()))
        return keep(
            ChildContact(
                child=child,
                person=who,
                relationship=relationship,
                relationship_words=relationship_words.strip() if relationship == Relationship.OTHER else "",
                lives_with_child=lives_with_child or relationship == Relationship.SELF,
                contact_first=contact_first,
                note=note.strip(),
                starts_on=starts_on,
            )
        )


@transaction.atomic
def change_person(
    *, contact: ChildContact, person: PersonFacts, by: User, version: int | None = None
) -> Person:
    """Change a name, telephone number, e-mail address or need; it changes for every child of this person."""
    with acting_as(by, reason="changed a contact's details"):
        claim(contact.child, version=version)
        who = hold(contact.person)
        for column, value in person.columns().items():
            setattr(who, column, value)
        return keep(who)


@transaction.atomic
def change_contact(
    *,
    contact: ChildContact,
    lives_with_child: bool,
    contact_first: bool,
    young_person_agreed_on: datetime.date | None,
    note: str,
    by: User,
    on: datetime.date,
    version: int | None = None,
) -> ChildContact:
    """Change what this person is for this child now: where they live, who is contacted first, the young person's agreement.

    Raises Refused: the day is to come, or before there was a young person to agree.
    """
    _not_ahead(young_person_agreed_on, on, field="young_person_agreed_on")
    child = contact.child
    if young_person_agreed_on and young_person_agreed_on <= compulsory_school_age_ends(child.date_of_birth):
        raise Refused(
            f"{child.name} is a young person from the day after "
            f"{show_day(compulsory_school_age_ends(child.date_of_birth))}. Until then the parent decides.",
            field="young_person_agreed_on",
        )
    with acting_as(by, reason="changed a contact"):
        claim(child, version=version)
        row = hold(contact)
        row.lives_with_child = lives_with_child or row.relationship == Relationship.SELF
        row.contact_first = contact_first
        row.young_person_agreed_on = young_person_agreed_on
        row.note = note.strip()
        return keep(row)


@transaction.atomic
def end_contact(
    *, contact: ChildContact, ends_on: datetime.date, by: User, on: datetime.date, version: int | None = None
) -> ChildContact:
    """The last day on which this person is a contact. Parental responsibility is a fact of law and stays as it is."""
    _not_ahead(ends_on, on, field="ends_on")
    with acting_as(by, reason="ended a contact"):
        claim(contact.child, version=version)
        row = hold(contact)
        row.ends_on = ends_on
        return keep(row)


@transaction.atomic
def record_responsibility(
    *,
    contact: ChildContact,
    source: ResponsibilitySource,
    by: User,
    on: datetime.date,
    starts_on: datetime.date | None = None,
    evidence: str = "",
    version: int | None = None,
) -> ParentalResponsibility:
    """Record that a contact has parental responsibility, from `starts_on` or from before anyone knows.

    Raises Refused: the day is to come, or an order or agreement without what was seen.
    """
    _not_ahead(starts_on, on, field="starts_on")
    if source not in _NEEDS_NO_PAPER and not evidence.strip():
        raise Refused(
            "Enter what you have seen: the order or agreement, its date and who holds it.", field="evidence"
        )
    with acting_as(by, reason="recorded parental responsibility"):
        claim(contact.child, version=version)
        return keep(
            ParentalResponsibility(
                contact=contact, source=source, evidence=evidence.strip(), starts_on=starts_on
            )
        )


_NEEDS_NO_PAPER = (ResponsibilitySource.BIRTH_MOTHER, ResponsibilitySource.MARRIED)


@transaction.atomic
def end_responsibility(
    *, responsibility: ParentalResponsibility, ends_on: datetime.date, by: User, on: datetime.date,
    version: int | None = None,
) -> ParentalResponsibility:  # fmt: skip
    """The last day on which a contact has parental responsibility, such as the day before an adoption."""
    _not_ahead(ends_on, on, field="ends_on")
    with acting_as(by, reason="ended parental responsibility"):
        claim(responsibility.contact.child, version=version)
        row = hold(responsibility)
        row.ends_on = ends_on
        return keep(row)


@transaction.atomic
def restrict_contact(
    *,
    contact: ChildContact,
    limit: ContactLimit,
    basis: ContactLimitBasis,
    reason: str,
    starts_on: datetime.date,
    by: User,
    on: datetime.date,
    ends_on: datetime.date | None = None,
    version: int | None = None,
) -> ContactRestriction:
    """Forbid something with a contact from a day, which may be to come, to a day where an order says so.

    Raises Refused: no reason, days in the wrong order, or the same restriction on some of these days.
    """
    with acting_as(by, reason="restricted contact"):
        claim(contact.child, version=version)
        return keep(
            ContactRestriction(
                contact=contact, limit=limit, basis=basis, reason=reason.strip(), starts_on=starts_on,
                ends_on=ends_on,
            )
        )  # fmt: skip


@transaction.atomic
def end_restriction(
    *, restriction: ContactRestriction, ends_on: datetime.date, why: str, by: User, on: datetime.date,
    version: int | None = None,
) -> ContactRestriction:  # fmt: skip
    """The last day of a restriction. `why` is kept with the reason: whoever is written to again must not be at risk."""
    _not_ahead(ends_on, on, field="ends_on")
    if not why.strip():
        raise Refused("Enter why contact is no longer restricted.", field="why")
    with acting_as(by, reason=f"ended a restriction of contact: {why.strip()}"[:300]):
        claim(restriction.contact.child, version=version)
        row = hold(restriction)
        row.ends_on = ends_on
        row.reason = f"{row.reason} Ended: {why.strip()}"[:300]
        return keep(row)


@transaction.atomic
def record_capacity(
    *,
    child: Child,
    evidence: str,
    starts_on: datetime.date,
    by: User,
    on: datetime.date,
    representative: ChildContact | None = None,
    version: int | None = None,
) -> CapacityFinding:
    """Record that a young person was found to lack capacity for decisions about their plan, and who decides instead.

    Raises Refused: before the end of compulsory school age, where the parent decides in any case; no evidence.
    """
    _not_ahead(starts_on, on, field="starts_on")
    last_day = compulsory_school_age_ends(child.date_of_birth)
    if starts_on <= last_day:
        raise Refused(
            f"Until {show_day(last_day)} the parent decides. Enter a day after that.", field="starts_on"
        )
    if representative is not None and representative.child_id != child.pk:
        raise Refused("The representative must be a contact of this child.", field="representative")
    with acting_as(by, reason="recorded a finding about capacity"):
        claim(child, version=version)
        return keep(
            CapacityFinding(
                child=child, representative=representative, evidence=evidence.strip(), starts_on=starts_on
            )
        )


@transaction.atomic
def end_capacity(
    *,
    finding: CapacityFinding,
    ends_on: datetime.date,
    by: User,
    on: datetime.date,
    version: int | None = None,
) -> CapacityFinding:
    """The last day of a finding; from the day after the young person decides again."""
    _not_ahead(ends_on, on, field="ends_on")
    with acting_as(by, reason="ended a finding about capacity"):
        claim(finding.child, version=version)
        row = hold(finding)
        row.ends_on = ends_on
        return keep(row)


@transaction.atomic
def set_own_address(
    *,
    contact: ChildContact,
    lines: str,
    postcode: str,
    by: User,
    on: datetime.date,
    starts_on: datetime.date | None = None,
    withheld: bool = False,
    version: int | None = None,
) -> PersonAddress:
    """Where a person who is not at the child's home lives from `starts_on`; an address before it ends the day before.

    Raises Refused: a day to come, nothing entered, or an address that begins later is already recorded.
    """
    _not_ahead(starts_on, on, field="starts_on")
    with acting_as(by, reason="recorded a contact's address"):
        claim(contact.child, version=version)
        if starts_on is not None:
            _end_before(PersonAddress.objects.filter(person=contact.person), starts_on)
        return keep(
            PersonAddress(
                person=contact.person, lines=lines.strip(), postcode=postcode, withheld=withheld,
                starts_on=starts_on,
            )
        )  # fmt: skip


def _end_before(rows: models.QuerySet[PersonAddress], starts_on: datetime.date) -> None:
    earlier = rows.select_for_update().filter(ends_on__isnull=True).first()
    if earlier is not None and (earlier.starts_on is None or earlier.starts_on < starts_on):
        earlier.ends_on = starts_on - datetime.timedelta(days=1)
        earlier.save(update_fields=["ends_on"])


def _not_ahead(day: datetime.date | None, on: datetime.date, *, field: str) -> None:
    if day is not None and day > on:
        raise Refused(f"The day must be {show_day(on)} or before. Enter it again.", field=field)
