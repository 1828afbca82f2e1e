"""Restrict a child's record to named people, and lift the restriction."""

import datetime
from collections.abc import Collection

from django.db import transaction

from casework.audit import acting_as
from casework.models import Child, RecordRestriction, RestrictedAccess, User
from casework.rules.clock_words import show_day
from casework.rules.permissions import Permission
from casework.services.checked_rows import hold, keep
from casework.services.refusals import Refused
from casework.services.versions import claim


@transaction.atomic
def restrict(
    *,
    child: Child,
    reason: str,
    people: Collection[User],
    review_on: datetime.date,
    by: User,
    on: datetime.date,
    version: int | None = None,
) -> RecordRestriction:
    """Let only these people open the record, from `on`. It is gone from everybody else's lists and searches at once.

    Raises Refused: restricted already, nobody named, somebody who may not open children, or no reason.
    """
    if not people:
        raise Refused("Name at least one person who may open the record.", field="people")
    with acting_as(by, reason="restricted the record"):
        row = claim(child, version=version)
        if row.restricted and RecordRestriction.objects.as_at(on).filter(child=row).exists():
            raise Refused("This record is already restricted. Change who may open it instead.")
        restriction = keep(
            RecordRestriction(child=row, reason=reason.strip(), review_on=review_on, starts_on=on, set_by=by)
        )
        row.restricted = True
        row.save(update_fields=["restricted"])
        for person in people:
            _name(row, person, restriction.reason, on)
        return restriction


@transaction.atomic
def allow(
    *, child: Child, person: User, reason: str, by: User, on: datetime.date, version: int | None = None
) -> RestrictedAccess:
    """Let one more person open a restricted record, from `on`."""
    if not child.restricted:
        raise Refused("This record is not restricted: everybody who may open children may open it.")
    if not reason.strip():
        raise Refused("Enter why this person needs to open the record.", field="reason")
    with acting_as(by, reason="named a person on a restricted record"):
        claim(child, version=version)
        access = _name(child, person, reason.strip(), on)
    if access is None:
        raise Refused(f"{person.name} may already open this record.", field="person")
    return access


@transaction.atomic
def disallow(
    *, access: RestrictedAccess, by: User, on: datetime.date, version: int | None = None
) -> RestrictedAccess:
    """From now on this person may not open the record. The last person named cannot be taken away.

    Somebody named this very day loses the leave at once; otherwise yesterday was its last day.
    """
    child = access.child
    others = RestrictedAccess.objects.as_at(on).filter(child=child).exclude(user=access.user)
    if not any(
        grant.user.is_active and Permission.SEE_CHILDREN in grant.user.permissions_on(on)
        for grant in others.select_related("user")
    ):
        raise Refused("Nobody else could open this record. Name another person first.", field="person")
    with acting_as(by, reason="took a person off a restricted record"):
        claim(child, version=version)
        row = hold(access)
        if row.starts_on >= on:
            row.delete()
            return access
        row.ends_on = on - datetime.timedelta(days=1)
        return keep(row)


@transaction.atomic
def look_again(
    *, child: Child, review_on: datetime.date, by: User, on: datetime.date, version: int | None = None
) -> RecordRestriction:
    """Somebody looked at the restriction and it goes on: the next day it is looked at."""
    if review_on <= on:
        raise Refused(f"Enter a day after {show_day(on)}.", field="review_on")
    with acting_as(by, reason="reviewed the restriction"):
        row = hold(_standing(claim(child, version=version), on))
        row.review_on = review_on
        return keep(row)


@transaction.atomic
def lift(*, child: Child, why: str, by: User, on: datetime.date, version: int | None = None) -> Child:
    """Open the record to everybody who may open children. Raises Refused: not restricted, or no reason."""
    if not why.strip():
        raise Refused("Enter why the restriction is lifted.", field="why")
    with acting_as(by, reason=f"lifted the restriction: {why.strip()}"[:300]):
        row = claim(child, version=version)
        if not row.restricted:
            raise Refused("This record is not restricted.")
        for restriction in RecordRestriction.objects.filter(child=row, ends_on__isnull=True):
            restriction.ends_on, restriction.lifted_because, restriction.lifted_by = on, why.strip(), by
            keep(restriction)
        RestrictedAccess.objects.filter(child=row, ends_on__isnull=True, starts_on__lte=on).update(ends_on=on)
        row.restricted = False
        row.save(update_fields=["restricted"])
        return row


def _standing(child: Child, on: datetime.date) -> RecordRestriction:
    found: RecordRestriction | None = RecordRestriction.objects.as_at(on).filter(child=child).first()
    if found is None:
        raise Refused("No restriction with a reason is recorded here. Lift it and restrict the record again.")
    return found


def _name(child: Child, person: User, reason: str, on: datetime.date) -> RestrictedAccess | None:
    """Leave for one person from a day on; None where they have it already."""
    if Permission.SEE_CHILDREN not in person.permissions_on(on):
        raise Refused(f"{person.name} holds no role that may open children.", field="people")
    if RestrictedAccess.objects.as_at(on).filter(child=child, user=person, ends_on__isnull=True).exists():
        return None
    RestrictedAccess.objects.as_at(on).filter(child=child, user=person, starts_on__lt=on).update(
        ends_on=on - datetime.timedelta(days=1)
    )
    return keep(RestrictedAccess(child=child, user=person, reason=reason, starts_on=on))
