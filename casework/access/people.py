"""Who may see the people around a child, and where somebody lives who must not be found."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from casework.access.scope import follows_child, register
from casework.models import (
    CapacityFinding,
    CaseAssignment,
    Child,
    ChildContact,
    ChildMerge,
    ChildStatus,
    ContactRestriction,
    FormerName,
    MergedRow,
    NotTheSame,
    ParentalResponsibility,
    Person,
    PersonAddress,
    RecordRestriction,
    RestrictedAccess,
    Sibling,
    User,
)
from casework.rules.permissions import Permission

_of_child = follows_child("child")


def _people(user: User | None, rows: QuerySet[Person]) -> QuerySet[Person]:
    """People who are a contact of at least one child whom the reader may see."""
    return rows.filter(Exists(_of_child(user, ChildContact.objects.filter(person=OuterRef("pk")))))


def _addresses(user: User | None, rows: QuerySet[PersonAddress]) -> QuerySet[PersonAddress]:
    """Addresses of those people."""
    return rows.filter(Exists(_of_child(user, ChildContact.objects.filter(person=OuterRef("person_id")))))


def _pairs(user: User | None, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Pairs of children both of whom the reader may see: a restricted brother is not revealed by his sister."""
    return follows_child("second")(user, follows_child("first")(user, rows))


def _merges(user: User | None, rows: QuerySet[ChildMerge]) -> QuerySet[ChildMerge]:
    """Merges of two records both of which the reader may see."""
    return follows_child("merged")(user, follows_child("survivor")(user, rows))


def _merged_rows(user: User | None, rows: QuerySet[MergedRow]) -> QuerySet[MergedRow]:
    """What those merges changed."""
    return rows.filter(merge__in=_merges(user, ChildMerge.objects.all()))


def may_read_withheld(child: Child, reader: User, *, on: datetime.date) -> bool:
    """Whether `reader` needs to know a withheld address around this child.

    Whoever works the child's cases on the day, whoever is named on a restricted record, and those who answer for
    withheld addresses as a whole.
    """
    return (
        reader.may(Permission.SEE_WITHHELD_ADDRESSES)
        or CaseAssignment.objects.as_at(on).filter(child=child, user=reader).exists()
        or RestrictedAccess.objects.as_at(on).filter(child=child, user=reader).exists()
    )


register(Person, _people)
register(PersonAddress, _addresses)
register(ChildContact, _of_child)
register(CapacityFinding, _of_child)
for _model in (FormerName, ChildStatus, RecordRestriction, RestrictedAccess):
    register(_model, _of_child)
for _pair in (Sibling, NotTheSame):
    register(_pair, _pairs)
register(ChildMerge, _merges)
register(MergedRow, _merged_rows)
register(ParentalResponsibility, follows_child("contact__child"))
register(ContactRestriction, follows_child("contact__child"))
