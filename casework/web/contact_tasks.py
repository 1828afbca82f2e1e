"""Tasks about the people around a child: what each asks, and the service that records it."""

from django.http import QueryDict

from casework.access.people import may_read_withheld
from casework.access.scope import visible
from casework.models import (
    CapacityFinding,
    ChildContact,
    ContactLimit,
    ContactLimitBasis,
    ContactRestriction,
    ParentalResponsibility,
    Person,
    Relationship,
    ResponsibilitySource,
)
from casework.queries.recipients import home_address
from casework.queries.siblings import siblings_of
from casework.services import addresses, contacts
from casework.services.refusals import Refused
from casework.ui.formats import long_date
from casework.web.checked_task import Given
from casework.web.forms.contacts import (
    NEW,
    CapacityForm,
    ContactChangeForm,
    ContactForm,
    ContactLimitForm,
    CorrectHomeForm,
    EndLimitForm,
    HomeForm,
    LastDayForm,
    PersonForm,
    ResponsibilityForm,
    person_facts,
)
from casework.web.people_task import Of, PeopleTask, Stand


def _known(stand: Stand) -> list[tuple[str, str]]:
    """People of brothers and sisters who are not yet contacts of this child."""
    children = [one.child for one in siblings_of(stand.child, reader=stand.reader)]
    rows = (
        visible(ChildContact, stand.reader)
        .filter(child__in=children, period__contains=stand.day)
        .exclude(person__in=visible(ChildContact, stand.reader).filter(child=stand.child).values("person"))
        .select_related("person", "child")
        .order_by("person__name", "pk")
    )
    return list(
        {
            str(
                row.person.public_id
            ): f"{row.person.name}, {row.relationship_name.lower()} of {row.child.name}"
            for row in rows
        }.items()
    )


def _add(stand: Stand, given: Given, version: int) -> str:
    known = given.get("known") or NEW
    person = person_facts(given) if known == NEW else visible(Person, stand.reader).get(public_id=known)
    row = contacts.add_contact(
        child=stand.child, person=person, relationship=Relationship(given["relationship"]),
        relationship_words=given["relationship_words"], lives_with_child=given["lives_with_child"],
        contact_first=given["contact_first"], starts_on=given["starts_on"], by=stand.reader, on=stand.day,
        version=version,
    )  # fmt: skip
    return f"{row.person.name} has been added."


def _person_form(stand: Stand, data: QueryDict | None) -> PersonForm:
    who = stand.contact.person
    now = {name: getattr(who, name) for name in ("name", "salutation", "telephone", "email", "language")}
    return PersonForm(
        data,
        initial=now
        | {
            "way": who.preferred_way,
            "needs_interpreter": who.needs_interpreter,
            "format_needs": who.format_needs,
        },
    )


def _change_person(stand: Stand, given: Given, version: int) -> str:
    row = contacts.change_person(
        contact=stand.contact, person=person_facts(given), by=stand.reader, version=version
    )
    return f"The details of {row.name} have been changed."


def _change_form(stand: Stand, data: QueryDict | None) -> ContactChangeForm:
    names = ("lives_with_child", "contact_first", "young_person_agreed_on", "note")
    return ContactChangeForm(
        data, initial={name: getattr(stand.contact, name) for name in names}, **stand.dates
    )


def _change(stand: Stand, given: Given, version: int) -> str:
    contacts.change_contact(contact=stand.contact, **given, by=stand.reader, on=stand.day, version=version)
    return f"What {stand.contact.person.name} is for {stand.child.name} has been changed."


def _end(stand: Stand, given: Given, version: int) -> str:
    contacts.end_contact(
        contact=stand.contact, ends_on=given["ends_on"], by=stand.reader, on=stand.day, version=version
    )
    return f"{stand.contact.person.name} is a contact until {long_date(given['ends_on'])}."


def _responsibility(stand: Stand, given: Given, version: int) -> str:
    contacts.record_responsibility(
        contact=stand.contact, source=ResponsibilitySource(given["source"]), evidence=given["evidence"],
        starts_on=given["starts_on"], by=stand.reader, on=stand.day, version=version,
    )  # fmt: skip
    return f"{stand.contact.person.name} has parental responsibility."


def _end_responsibility(stand: Stand, given: Given, version: int) -> str:
    held = (
        visible(ParentalResponsibility, stand.reader)
        .filter(contact=stand.contact, period__contains=stand.day)
        .first()
    )
    if held is None:
        raise Refused(f"{stand.contact.person.name} has no parental responsibility on record.")
    contacts.end_responsibility(
        responsibility=held, ends_on=given["ends_on"], by=stand.reader, on=stand.day, version=version
    )
    return f"{stand.contact.person.name} had parental responsibility until {long_date(given['ends_on'])}."


def _limit(stand: Stand, given: Given, version: int) -> str:
    contacts.restrict_contact(
        contact=stand.contact, limit=ContactLimit(given["limit"]), basis=ContactLimitBasis(given["basis"]),
        reason=given["reason"], starts_on=given["starts_on"], ends_on=given["ends_on"], by=stand.reader,
        on=stand.day, version=version,
    )  # fmt: skip
    return f"Contact with {stand.contact.person.name} is restricted."


def _limit_follows(stand: Stand, given: Given) -> list[str]:
    if given["limit"] == ContactLimit.NO_CONTACT:
        return [
            (
                f"From {long_date(given['starts_on'])} no letter about {stand.child.name} can be addressed to "
                f"{stand.contact.person.name}."
            )
        ]
    if given["limit"] == ContactLimit.NO_ADDRESS:
        return ["Letters to this person show neither the child’s address nor the setting."]
    return ["Whoever writes to this person is told of it first."]


def _limits(stand: Stand) -> list[ContactRestriction]:
    return list(
        visible(ContactRestriction, stand.reader)
        .filter(contact=stand.contact, ends_on__isnull=True)
        .order_by("pk")
    )


def _end_limit_form(stand: Stand, data: QueryDict | None) -> EndLimitForm:
    rows = [
        (str(row.public_id), f"{row.get_limit_display()}, from {long_date(row.starts_on)}")
        for row in _limits(stand)
    ]
    return EndLimitForm(data, restrictions=rows, **stand.dates)


def _end_limit(stand: Stand, given: Given, version: int) -> str:
    row = next(one for one in _limits(stand) if str(one.public_id) == given["restriction"])
    contacts.end_restriction(
        restriction=row,
        ends_on=given["ends_on"],
        why=given["why"],
        by=stand.reader,
        on=stand.day,
        version=version,
    )
    return f"The restriction of contact with {stand.contact.person.name} has ended."


def _own_address(stand: Stand, given: Given, version: int) -> str:
    contacts.set_own_address(contact=stand.contact, **given, by=stand.reader, on=stand.day, version=version)
    return f"The address of {stand.contact.person.name} has been recorded."


def _move(stand: Stand, given: Given, version: int) -> str:
    addresses.move_home(child=stand.child, **given, by=stand.reader, on=stand.day, version=version)
    return "The home address has been recorded."


def _correct_form(stand: Stand, data: QueryDict | None) -> CorrectHomeForm:
    home = home_address(stand.child, on=stand.day)
    shown = home is not None and (
        not home.withheld or may_read_withheld(stand.child, stand.reader, on=stand.day)
    )
    now = {name: getattr(home, name) for name in ("lines", "postcode", "withheld")} if shown else {}
    return CorrectHomeForm(data, initial=now, **stand.dates)


def _correct(stand: Stand, given: Given, version: int) -> str:
    home = home_address(stand.child, on=stand.day)
    if home is None:
        raise Refused("No home address is recorded for today. Record where the child lives instead.")
    if home.withheld and not may_read_withheld(stand.child, stand.reader, on=stand.day):
        raise Refused("This address is withheld. Ask the lead worker or a manager to correct it.")
    addresses.correct_home(address=home, **given, by=stand.reader, version=version)
    return "The home address has been corrected."


def _capacity_form(stand: Stand, data: QueryDict | None) -> CapacityForm:
    rows = visible(ChildContact, stand.reader).filter(child=stand.child, period__contains=stand.day)
    names = [(str(row.public_id), row.person.name) for row in rows.select_related("person")]
    return CapacityForm(data, contacts=names, **stand.dates)


def _capacity(stand: Stand, given: Given, version: int) -> str:
    who = given["representative"]
    contacts.record_capacity(
        child=stand.child, evidence=given["evidence"], starts_on=given["starts_on"],
        representative=visible(ChildContact, stand.reader).get(public_id=who) if who else None, by=stand.reader,
        on=stand.day, version=version,
    )  # fmt: skip
    return "The finding about capacity has been recorded."


def _end_capacity(stand: Stand, given: Given, version: int) -> str:
    row = visible(CapacityFinding, stand.reader).filter(child=stand.child, period__contains=stand.day).first()
    if row is None:
        raise Refused("No finding about capacity is recorded for today.")
    contacts.end_capacity(
        finding=row, ends_on=given["ends_on"], by=stand.reader, on=stand.day, version=version
    )
    return f"{stand.child.name} decides again from the day after {long_date(given['ends_on'])}."


CONTACT_TASKS = (
    PeopleTask(
        "add-contact", Of.CHILD, "Add a contact",
        lambda stand, data: ContactForm(data, known=_known(stand), **stand.dates), _add,
    ),
    PeopleTask("details", Of.CONTACT, "Change the details", _person_form, _change_person,
        intro="The details change for every child of whom this person is a contact.",
    ),
    PeopleTask("part", Of.CONTACT, "Change what this person is for the child", _change_form, _change),
    PeopleTask("address", Of.CONTACT, "Record an address of their own",
        lambda stand, data: HomeForm(data, **stand.dates), _own_address,
    ),
    PeopleTask("responsibility", Of.CONTACT, "Record parental responsibility",
        lambda stand, data: ResponsibilityForm(data, **stand.dates), _responsibility,
    ),
    PeopleTask("end-responsibility", Of.CONTACT, "End parental responsibility",
        lambda stand, data: LastDayForm(data, **stand.dates), _end_responsibility,
        warning="Parental responsibility ends by adoption or by an order of a court, not by moving out.",
    ),
    PeopleTask("restrict", Of.CONTACT, "Restrict contact",
        lambda stand, data: ContactLimitForm(data, **stand.dates), _limit, consequences=_limit_follows,
    ),
    PeopleTask("end-restriction", Of.CONTACT, "End a restriction of contact", _end_limit_form, _end_limit,
        warning="This person may be written to again. Read the order once more before you go on.",
    ),
    PeopleTask("end", Of.CONTACT, "End the contact", lambda stand, data: LastDayForm(data, **stand.dates), _end),
    PeopleTask("home", Of.CHILD, "Record a move of home", lambda stand, data: HomeForm(data, **stand.dates), _move),
    PeopleTask("correct-home", Of.CHILD, "Correct the home address", _correct_form, _correct),
    PeopleTask("capacity", Of.CHILD, "Record a finding about capacity", _capacity_form, _capacity),
    PeopleTask("end-capacity", Of.CHILD, "End a finding about capacity",
        lambda stand, data: LastDayForm(data, **stand.dates), _end_capacity,
    ),
)  # fmt: skip
