"""Brothers and sisters of a child whom the reader may see, and children who may be."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Upper

from casework.access.scope import visible
from casework.models import Child, ChildAddress, ChildContact, Sibling, User

_MOST = 10


@dataclass(frozen=True, slots=True)
class LinkedChild:
    """A sibling and what they are to the child."""

    link: Sibling
    child: Child

    @property
    def words(self) -> str:
        """What the two are to each other."""
        return str(self.link.get_kind_display())


@dataclass(frozen=True, slots=True)
class Suggested:
    """A child who may be a sibling, and why."""

    child: Child
    why: str


def siblings_of(child: Child, *, reader: User) -> list[LinkedChild]:
    """Linked children whom the reader may see; a restricted sibling is not revealed, not even as a number."""
    links = (
        visible(Sibling, reader).filter(Q(first=child) | Q(second=child)).select_related("first", "second")
    )
    found = [LinkedChild(link, link.second if link.first_id == child.pk else link.first) for link in links]
    return sorted(found, key=lambda one: (one.child.date_of_birth, one.child.pk))


def suggested_siblings(
    child: Child, *, reader: User, on: datetime.date, linked: Sequence[LinkedChild]
) -> list[Suggested]:
    """At most ten children who share a parent or carer, or surname and home postcode, and are not linked yet."""
    people = ChildContact.objects.as_at(on).filter(child=child).exclude(relationship__in=_NOT_FAMILY)
    shared = (
        ChildContact.objects.as_at(on)
        .filter(person__in=people.values("person"))
        .exclude(relationship__in=_NOT_FAMILY)
        .values_list("child_id", "person__name")
    )
    why = {child_id: f"Has {name} as a contact too" for child_id, name in shared if child_id != child.pk}
    homes = ChildAddress.objects.as_at(on).filter(child=child, withheld=False).exclude(postcode="")
    at_home = ChildAddress.objects.as_at(on).filter(postcode__in=homes.values("postcode"), withheld=False)
    known = [one.child.pk for one in linked]
    rows = (
        visible(Child, reader)
        .annotate(upper_surname=Upper("surname"))
        .filter(Q(pk__in=list(why)) | Q(pk__in=at_home.values("child"), upper_surname=child.surname.upper()))
        .exclude(pk__in=[child.pk, *known])
        .order_by("date_of_birth", "pk")[:_MOST]
    )
    return [Suggested(row, why.get(row.pk, "Same last name and postcode")) for row in rows]


_NOT_FAMILY = ("social_worker", "advocate", "representative", "other", "foster_carer")
