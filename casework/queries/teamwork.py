"""Conversations and follow-ups of a child, and who may be asked to do something."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from casework.access.scope import visible
from casework.models import Child, ContactNote, FollowUp, Team, TeamMembership, User
from casework.rules.permissions import ROLES, Permission

WORKING_ROLES = sorted(code for code, role in ROLES.items() if Permission.RECORD_CASEWORK in role.permissions)
"""The roles whose holders work cases."""


@dataclass(frozen=True, slots=True)
class Contacted:
    """When and how somebody was last in touch about a child."""

    on: datetime.date
    way: str
    with_whom: str


def notes_of(child: Child, *, words: str = "") -> QuerySet[ContactNote]:
    """The contact log, newest first, with what was corrected; `words` narrows it to notes that have them all."""
    rows = ContactNote.objects.filter(child=child, withdrawn=False)
    for word in words.split():
        rows = rows.filter(Q(said__icontains=word) | Q(with_whom__icontains=word))
    return rows.select_related("recorded_by", "replaced_by", "replaced_by__recorded_by")


def last_contacts(child_ids: Iterable[int]) -> dict[int, datetime.date]:
    """The day of the last contact of each child that has one; one statement, from one index."""
    rows = (
        ContactNote.objects.filter(child__in=list(child_ids), replaced=False, withdrawn=False)
        .order_by()
        .values("child")
        .annotate(last=Max("happened_on"))
    )
    return {row["child"]: row["last"] for row in rows}


def follow_ups_of(child: Child) -> Sequence[FollowUp]:
    """Every follow-up of a child with how often it was moved: open ones first by day, then done ones, latest first."""
    rows = list(
        FollowUp.objects.filter(child=child)
        .select_related("user", "team", "done_by", "made_by", "case")
        .prefetch_related("moves")
    )
    still = sorted((row for row in rows if row.is_open), key=lambda row: (row.due_on, row.pk))
    done = [row for row in rows if row.done_on]
    return [*still, *sorted(done, key=lambda row: (row.done_on, row.pk), reverse=True)]


def workers(reader: User, *, on: datetime.date) -> QuerySet[User]:
    """The people who work cases on the day, by name."""
    holders = TeamMembership.objects.as_at(on).filter(role__in=WORKING_ROLES).values("user")
    return visible(User, reader).filter(pk__in=holders, is_active=True).order_by("name", "pk")


def teams(reader: User, *, on: datetime.date) -> QuerySet[Team]:
    """The teams in which somebody works cases on the day."""
    held = TeamMembership.objects.as_at(on).filter(role__in=WORKING_ROLES).values("team")
    return visible(Team, reader).filter(pk__in=held)


def teams_of(user: User, *, on: datetime.date) -> list[int]:
    """The keys of the teams that this person is in on the day."""
    rows = TeamMembership.objects.as_at(on).filter(user=user).order_by("team").values_list("team", flat=True)
    return list(dict.fromkeys(rows))
