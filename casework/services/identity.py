"""A child's names, brothers and sisters, and standing with other services."""

import datetime

from django.db import transaction

from casework.audit import acting_as
from casework.models import (
    Child,
    ChildStatus,
    FormerName,
    FormerNameKind,
    Sibling,
    SiblingKind,
    StatusKind,
    User,
)
from casework.rules.clock_words import show_day
from casework.services.checked_rows import hold, keep
from casework.services.refusals import Refused
from casework.services.versions import claim


@transaction.atomic
def add_former_name(
    *,
    child: Child,
    surname: str,
    forename: str,
    kind: FormerNameKind,
    by: User,
    on: datetime.date,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
    version: int | None = None,
) -> FormerName:
    """Another name of the child, so that searching for it finds this record. Raises Refused for a name held already."""
    _not_ahead(ends_on, on, "ends_on")
    if (surname.strip().upper(), forename.strip().upper()) == (child.surname.upper(), child.forename.upper()):
        raise Refused(f"{child.name} is the name on this record now.", field="surname")
    with acting_as(by, reason="added a former name"):
        claim(child, version=version)
        return keep(
            FormerName(
                child=child, surname=surname.strip(), forename=forename.strip(), kind=kind, starts_on=starts_on,
                ends_on=ends_on,
            )
        )  # fmt: skip


@transaction.atomic
def rename(
    *,
    child: Child,
    surname: str,
    forename: str,
    preferred_name: str,
    kind: FormerNameKind,
    changed_on: datetime.date,
    by: User,
    on: datetime.date,
    version: int | None = None,
) -> Child:
    """Change the name, from `changed_on`; the name before is kept as a former one that still finds the child."""
    _not_ahead(changed_on, on, "changed_on")
    if not surname.strip() or not forename.strip():
        raise Refused("Enter first and last name.", field="surname")
    with acting_as(by, reason="changed the name"):
        row = claim(child, version=version)
        if (row.surname, row.forename) != (surname.strip(), forename.strip()):
            day_before = changed_on - datetime.timedelta(days=1)
            former, is_new = FormerName.objects.get_or_create(
                child=row, surname=row.surname, forename=row.forename,
                defaults={"kind": kind, "ends_on": day_before},
            )  # fmt: skip
            if not is_new:
                former.ends_on = day_before
                keep(former)
        row.surname, row.forename = surname.strip(), forename.strip()
        row.preferred_name = preferred_name.strip()
        return keep(row)


@transaction.atomic
def remove_former_name(*, former: FormerName, by: User, version: int | None = None) -> None:
    """Take away a name that was entered for the wrong child; the history of changes keeps it."""
    with acting_as(by, reason="removed a former name"):
        claim(former.child, version=version)
        former.delete()


@transaction.atomic
def link_siblings(
    *, child: Child, other: Child, kind: SiblingKind, by: User, version: int | None = None
) -> Sibling:
    """Say that two children are brothers or sisters. Raises Refused: the same child, or linked already."""
    if child.pk == other.pk:
        raise Refused("Choose two different children.", field="other")
    first, second = sorted((child, other), key=lambda one: one.pk)
    with acting_as(by, reason="linked siblings"):
        claim(child, version=version)
        return keep(Sibling(first=first, second=second, kind=kind))


@transaction.atomic
def unlink_siblings(*, sibling: Sibling, child: Child, by: User, version: int | None = None) -> None:
    """Take a wrong link away; the history of changes keeps it."""
    with acting_as(by, reason="unlinked siblings"):
        claim(child, version=version)
        sibling.delete()


@transaction.atomic
def add_status(
    *,
    child: Child,
    kind: StatusKind,
    by: User,
    on: datetime.date,
    starts_on: datetime.date | None = None,
    la_code: str = "",
    note: str = "",
    version: int | None = None,
) -> ChildStatus:
    """Record where the child stands with another service, from a day or from before anyone knows."""
    _not_ahead(starts_on, on, "starts_on")
    with acting_as(by, reason="recorded a status"):
        claim(child, version=version)
        return keep(
            ChildStatus(
                child=child, kind=kind, la_code=la_code.strip(), note=note.strip(), starts_on=starts_on
            )
        )


@transaction.atomic
def end_status(
    *, status: ChildStatus, ends_on: datetime.date, by: User, on: datetime.date, version: int | None = None
) -> ChildStatus:
    """The last day of a status."""
    _not_ahead(ends_on, on, "ends_on")
    with acting_as(by, reason="ended a status"):
        claim(status.child, version=version)
        row = hold(status)
        row.ends_on = ends_on
        return keep(row)


def _not_ahead(day: datetime.date | None, on: datetime.date, field: str) -> None:
    if day is not None and day > on:
        raise Refused(f"The day must be {show_day(on)} or before. Enter it again.", field=field)
