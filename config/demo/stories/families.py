"""Families: twins, a record that only some may open, and people who must not be written to."""

from casework.models import ContactWay, Need, Relationship, ResponsibilitySource, RestrictedAccess, Sex
from casework.services import contact_log, contacts
from casework.services.contact_log import Contact
from casework.services.contacts import PersonFacts
from casework.services.followups import Intent
from config.demo.stories.cast import Cast, Story


def _twins(cast: Cast) -> None:
    """Two children born on one day at one address, both with plans: never the same child."""
    first = cast.child("Ivy", "Twinmoor", years=9, sex=Sex.FEMALE, postcode="ZZ1 1AA")
    second = cast.child("Ivo", "Twinmoor", years=9, sex=Sex.MALE, postcode="ZZ1 1AA", twin_of=first.pk)
    for child in (first, second):
        cast.plan(child, days_ago=220, need=Need.SLCN)


def _restricted(cast: Cast) -> None:
    """The family's whereabouts must not be known: the lead worker and the manager only."""
    child = cast.child("Merle", "Hushcombe", years=11, sex=Sex.FEMALE)
    cast.plan(child, days_ago=180, need=Need.SEMH, secondary=True)
    child.restricted = True
    child.save(update_fields=["restricted"])
    for person in (cast.worker, cast.manager):
        RestrictedAccess.objects.create(
            child=child,
            user=person,
            reason="Carries the case. The family lives at an address that is not told.",
            starts_on=cast.ago(180),
        )


def _talked_to(cast: Cast) -> None:
    """Two parents, a conversation, and something promised for next week."""
    child = cast.child("Jay", "Callington", years=8, sex=Sex.MALE)
    cast.plan(child, days_ago=140)
    parents = (
        ("Maple Callington", Relationship.MOTHER, ResponsibilitySource.BIRTH_MOTHER),
        ("Reed Callington", Relationship.FATHER, ResponsibilitySource.BIRTH_CERTIFICATE),
    )
    for name, relationship, source in parents:
        contact = contacts.add_contact(
            child=child,
            person=PersonFacts(name=name, telephone="01632 960123"),
            relationship=relationship,
            lives_with_child=True,
            contact_first=relationship == Relationship.MOTHER,
            by=cast.worker,
            on=cast.as_at,
        )
        contacts.record_responsibility(
            contact=contact,
            source=source,
            evidence="Birth certificate seen, dated the week of the birth",
            by=cast.worker,
            on=cast.as_at,
        )
    contact_log.note(
        child=child,
        contact=Contact(
            happened_on=cast.ago(4),
            way=ContactWay.PHONE,
            with_whom="Maple Callington, mother",
            said="Asked whether the speech therapy in section F has begun. I said I would ask the school.",
        ),
        next_step=Intent(
            text="Ask the school whether speech therapy has begun", due_on=cast.ago(-3), user=cast.worker
        ),
        by=cast.worker,
        on=cast.as_at,
    )


STORIES = (
    Story("Ivy and Ivo Twinmoor", "twins, who are never offered for merging without a second look", _twins),
    Story("Merle Hushcombe", "a restricted record, open to named people only", _restricted),
    Story("Jay Callington", "parents, a contact log and a follow-up", _talked_to),
)
