"""The people around a child as a page shows them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from casework.access.people import may_read_withheld
from casework.access.scope import visible
from casework.models import Child, ChildAddress, ChildContact, User
from casework.queries.recipients import People, PostalAddress, Recipient
from casework.rules.calendar import compulsory_school_age_ends
from casework.rules.contacting import DecidedBy
from casework.ui.components import Link
from casework.ui.formats import long_date
from casework.web.people_task import Of, PeopleTask


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One contact of today. `address` is what this reader may read."""

    recipient: Recipient
    address: str
    ways: Sequence[str]
    needs: Sequence[str]
    links: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Homes:
    """Where the child lives and lived, as this reader may read it. `revealed`: a withheld address is shown."""

    rows: Sequence[tuple[ChildAddress, str]]
    revealed: bool


def who_decides(child: Child, people: People, on: datetime.date) -> str:
    """One sentence on whose decision it is, and until when."""
    last = compulsory_school_age_ends(child.date_of_birth)
    if people.decided_by is DecidedBy.PARENT:
        return (
            f"The parents decide. From {long_date(last + datetime.timedelta(days=1))}, after compulsory school age, "
            f"{child.preferred_name or child.forename} decides."
        )
    if people.decided_by is DecidedBy.YOUNG_PERSON:
        return f"{child.preferred_name or child.forename} decides, being over compulsory school age since {long_date(last)}."
    who = (
        "A representative decides" if people.decided_by is DecidedBy.REPRESENTATIVE else "The parents decide"
    )
    return f"{who} in the young person’s place: a finding about capacity is recorded."


def person_rows(
    child: Child, people: People, *, reader: User, on: datetime.date, tasks: Sequence[PeopleTask]
) -> list[PersonRow]:
    """Today's contacts; those who may be written to first."""
    may_read = may_read_withheld(child, reader, on=on)
    return [
        PersonRow(
            recipient=one,
            address=_shown(one.address, may_read),
            ways=_ways(one),
            needs=_needs(one),
            links=_links(one, tasks),
        )
        for one in people.recipients
    ]


def homes_of(child: Child, *, reader: User, on: datetime.date) -> Homes:
    """Every home on record, newest first."""
    may_read = may_read_withheld(child, reader, on=on)
    rows = list(visible(ChildAddress, reader).filter(child=child))
    rows.sort(key=lambda row: (row.ends_on is None, row.starts_on or datetime.date.min), reverse=True)
    shown = [(row, _shown(PostalAddress(row.lines, row.postcode, row.withheld), may_read)) for row in rows]
    return Homes(shown, may_read and any(row.withheld for row in rows))


def other_entries(child: Child, *, reader: User, on: datetime.date) -> list[ChildContact]:
    """Contacts who were, or who will be, newest first."""
    rows = visible(ChildContact, reader).filter(child=child).exclude(period__contains=on)
    return list(rows.select_related("person").order_by("-ends_on", "person__name"))


def _shown(address: PostalAddress | None, may_read: bool) -> str:
    if address is None:
        return ""
    if address.withheld and not may_read:
        return "Withheld: ask the lead worker"
    return ", ".join(address.text.splitlines())


def _ways(one: Recipient) -> list[str]:
    if one.contact is None or not one.may_write:
        return []
    person = one.contact.person
    ways = [] if one.by_letter_only else [person.telephone, person.email]
    return [way for way in ways if way]


def _needs(one: Recipient) -> list[str]:
    if one.contact is None:
        return []
    person = one.contact.person
    interpreter = "interpreter needed" if person.needs_interpreter else ""
    return [need for need in (person.language, interpreter, person.format_needs) if need]


def _links(one: Recipient, tasks: Sequence[PeopleTask]) -> list[Link]:
    if one.contact is None:
        return []
    left_out = set()
    if not one.restrictions:
        left_out.add("end-restriction")
    left_out.add("responsibility" if one.has_responsibility else "end-responsibility")
    return [
        Link(task.title, reverse(task.url_name, args=[one.contact.public_id]))
        for task in tasks
        if task.of is Of.CONTACT and task.word not in left_out
    ]
