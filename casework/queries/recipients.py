"""Who may be written to about a child on a day, and where: what every letter, e-mail and call asks first."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from casework.models import (
    CapacityFinding,
    Child,
    ChildAddress,
    ChildContact,
    ContactLimit,
    ContactRestriction,
    ParentalResponsibility,
    PersonAddress,
    PreferredWay,
    Relationship,
)
from casework.rules.contacting import ContactFacts, DecidedBy, Standing, decided_by, standing


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where a letter goes. `withheld`: it is read only by those with need, and printed for nobody else."""

    lines: str
    postcode: str
    withheld: bool = False

    @property
    def text(self) -> str:
        """Lines and postcode, one under the other, as an envelope has them."""
        return "\n".join(filter(None, (self.lines, self.postcode)))


@dataclass(frozen=True, slots=True)
class Recipient:
    """One contact on a day: whether they may be written to, why, how and where.

    `contact` is None for a young person who decides and has no entry of their own. `may_learn_address` says whether
    anything sent to them may show where the child lives or learns.
    """

    contact: ChildContact | None
    name: str
    salutation: str
    relationship: str
    standing: Standing
    has_responsibility: bool
    address: PostalAddress | None
    may_learn_address: bool
    restrictions: Sequence[ContactRestriction] = ()

    @property
    def may_write(self) -> bool:
        """Whether anything may be sent to them at all."""
        return self.standing.may_write

    @property
    def by_letter_only(self) -> bool:
        """Whether calls and messages are forbidden."""
        return any(row.limit == ContactLimit.LETTERS_ONLY for row in self.restrictions)

    @property
    def email(self) -> str:
        """The e-mail address that may be used; "" where there is none, or only letters are allowed."""
        return (
            self.contact.person.email if self.contact and self.may_write and not self.by_letter_only else ""
        )

    @property
    def way(self) -> PreferredWay:
        """How they are reached: as they ask, by letter where that is not allowed or not known."""
        asked = self.contact.person.preferred_way if self.contact else ""
        return PreferredWay(asked) if asked and not self.by_letter_only else PreferredWay.LETTER


@dataclass(frozen=True, slots=True)
class People:
    """The people around a child on a day."""

    decided_by: DecidedBy
    home: PostalAddress | None
    recipients: Sequence[Recipient]

    @property
    def may_write_to(self) -> list[Recipient]:
        """Those who may be written to: whoever decides first, then the one to contact first, then by name."""
        return [one for one in self.recipients if one.may_write]

    @property
    def deciders(self) -> list[Recipient]:
        """Those to whom decisions and notices must go."""
        return [one for one in self.recipients if one.may_write and one.standing.decides]


def home_address(child: Child, *, on: datetime.date) -> ChildAddress | None:
    """Where the child lives on the day; withheld or not is for the caller to heed."""
    home: ChildAddress | None = ChildAddress.objects.as_at(on).filter(child=child).first()
    return home


def people_of(child: Child, *, on: datetime.date) -> People:
    """Everybody around the child on the day with their standing; at most six queries, whatever their number."""
    rows = list(
        ChildContact.objects.as_at(on)
        .filter(child=child)
        .select_related("person")
        .prefetch_related(
            Prefetch("responsibilities", ParentalResponsibility.objects.as_at(on), to_attr="held"),
            Prefetch("restrictions", ContactRestriction.objects.as_at(on), to_attr="in_force"),
            Prefetch("person__addresses", PersonAddress.objects.as_at(on), to_attr="now"),
        )
        .order_by("person__name", "pk")
    )
    finding = CapacityFinding.objects.as_at(on).filter(child=child).first()
    row = home_address(child, on=on)
    home = PostalAddress(row.lines, row.postcode, row.withheld) if row else None
    current = {contact.pk for contact in rows}
    # A representative who is no longer a contact represents nobody: the parent decides (reg 64(2)).
    represents = finding.representative_id if finding and finding.representative_id in current else None
    decider = decided_by(
        child.date_of_birth, on, lacks_capacity=finding is not None, has_representative=represents is not None
    )
    found = [_recipient(contact, decider, home, represents, on) for contact in rows]
    if decider is DecidedBy.YOUNG_PERSON and not any(_is_self(contact) for contact in rows):
        found.append(_young_person(child, home))
    found.sort(key=_order)
    return People(decider, home, found)


def _recipient(
    contact: ChildContact, decider: DecidedBy, home: PostalAddress | None, represents: int | None,
    on: datetime.date,
) -> Recipient:  # fmt: skip
    held: list[ParentalResponsibility] = contact.held  # type: ignore[attr-defined]
    limits: list[ContactRestriction] = contact.in_force  # type: ignore[attr-defined]
    agreed = contact.young_person_agreed_on
    at_home = contact.lives_with_child or _is_self(contact)
    facts = ContactFacts(
        relationship=contact.relationship,
        has_responsibility=bool(held),
        lives_with_child=contact.lives_with_child,
        limits=[row.limit for row in limits],
        young_person_agreed=agreed is not None and agreed <= on,
        is_representative=contact.pk == represents,
    )
    own: list[PersonAddress] = contact.person.now  # type: ignore[attr-defined]
    elsewhere = PostalAddress(own[0].lines, own[0].postcode, own[0].withheld) if own else None
    return Recipient(
        contact=contact,
        name=contact.person.name,
        salutation=contact.person.salutation or contact.person.name,
        relationship=contact.relationship_name,
        standing=standing(facts, decider),
        has_responsibility=bool(held),
        address=elsewhere or (home if at_home else None),
        may_learn_address=ContactLimit.NO_ADDRESS not in facts.limits
        and (at_home or not (home and home.withheld)),
        restrictions=limits,
    )


def _young_person(child: Child, home: PostalAddress | None) -> Recipient:
    facts = ContactFacts(Relationship.SELF, has_responsibility=False, lives_with_child=True)
    return Recipient(
        contact=None,
        name=child.name,
        salutation=child.preferred_name or child.forename,
        relationship=Relationship.SELF.label,
        standing=standing(facts, DecidedBy.YOUNG_PERSON),
        has_responsibility=False,
        address=home,
        may_learn_address=True,
    )


def _is_self(contact: ChildContact) -> bool:
    return contact.relationship == Relationship.SELF


def _order(one: Recipient) -> tuple[bool, bool, bool, str]:
    first = one.contact is not None and one.contact.contact_first
    return not one.may_write, not one.standing.decides, not first, one.name


def may_be_written_to(child: Child, *, on: datetime.date) -> Iterable[Recipient]:
    """The people a letter about this child may go to on the day."""
    return people_of(child, on=on).may_write_to
