"""Local authorities as reference rows, and who has which part in a child's life from which day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from casework.audit import acting_as
from casework.models import AuthorityPart, AuthorityRole, Child, LocalAuthority, User
from casework.rules.clock_words import show_day
from casework.services.refusals import Refused

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class KnownAuthority:
    """An authority of a list."""

    code: str
    name: str
    current: bool = True


@transaction.atomic
def load(*, authorities: Iterable[KnownAuthority]) -> int:
    """Add authorities and correct names; those not on the list stay. Returns how many were added or changed."""
    wanted = {one.code: one for one in authorities}
    held = {row.code: row for row in LocalAuthority.objects.filter(code__in=wanted)}
    changed = 0
    for code, one in wanted.items():
        row = held.get(code)
        if row is None:
            LocalAuthority.objects.create(code=code, name=one.name, current=one.current)
        elif (row.name, row.current) != (one.name, one.current):
            LocalAuthority.objects.filter(pk=row.pk).update(name=one.name, current=one.current)
        else:
            continue
        changed += 1
    return changed


def own_authority() -> LocalAuthority:
    """This authority as a row, made from its settings where no list has it yet."""
    row, _ = LocalAuthority.objects.get_or_create(
        code=settings.LA_CODE, defaults={"name": settings.AUTHORITY_NAME}
    )
    return row


@transaction.atomic
def give_part(
    *,
    child: Child,
    part: AuthorityPart,
    authority: LocalAuthority,
    starts_on: date,
    by: User,
    on: date,
    reason: str = "",
) -> AuthorityRole:
    """From `starts_on` this authority has the part; whoever had it until then has it to the day before.

    Raises Refused (before birth or after death, in the future, already so, or a later change is recorded).
    """
    _check_day(child, starts_on, on=on)
    with acting_as(by):
        Child.objects.select_for_update().get(pk=child.pk)
        rows = AuthorityRole.objects.filter(child=child, part=part)
        later = rows.filter(starts_on__gt=starts_on).order_by("starts_on").first()
        if later is not None:
            raise Refused(
                f"{later.authority} is recorded as {_words(part)} from {show_day(later.starts_on)}, which is later. "
                "End or correct that first.",
                field="starts_on",
            )
        current: AuthorityRole | None = rows.as_at(starts_on).select_related("authority").first()
        if current is not None and current.authority_id == authority.pk:
            if current.ends_on is None:
                raise Refused(
                    f"{authority} is already recorded as {_words(part)} since {show_day(current.starts_on)}."
                )
            AuthorityRole.objects.filter(pk=current.pk).update(ends_on=None)
            current.refresh_from_db()
            return current
        if current is not None and current.starts_on == starts_on:
            raise Refused(
                f"{current.authority} is recorded as {_words(part)} from the same day, {show_day(starts_on)}. "
                "If that is wrong, end it first.",
                field="starts_on",
            )
        if current is not None:
            AuthorityRole.objects.filter(pk=current.pk).update(ends_on=starts_on - _A_DAY)
        return AuthorityRole.objects.create(
            child=child, part=part, authority=authority, starts_on=starts_on, reason=reason.strip()
        )


@transaction.atomic
def end_part(*, role: AuthorityRole, ends_on: date, by: User, on: date) -> AuthorityRole:
    """The authority has the part to `ends_on`, its last day. Raises Refused."""
    if ends_on > on:
        raise Refused(f"The last day cannot be after today, {show_day(on)}.", field="ends_on")
    if ends_on < role.starts_on:
        raise Refused(
            f"The last day is before the first, {show_day(role.starts_on)}. Check both dates.",
            field="ends_on",
        )
    with acting_as(by):
        held: AuthorityRole = AuthorityRole.objects.select_for_update().get(pk=role.pk)
        if held.ends_on is not None:
            raise Refused(f"This ended on {show_day(held.ends_on)}.")
        AuthorityRole.objects.filter(pk=held.pk).update(ends_on=ends_on)
        held.refresh_from_db()
        return held


def _words(part: AuthorityPart) -> str:
    words = AuthorityPart(part).label
    return f"the {words[0].lower()}{words[1:]}"


def _check_day(child: Child, day: date, *, on: date) -> None:
    if day > on:
        raise Refused(
            f"{show_day(day)} is after today, {show_day(on)}. Record it once it has happened.",
            field="starts_on",
        )
    if day < child.date_of_birth:
        raise Refused(
            f"{show_day(day)} is before {child.name} was born ({show_day(child.date_of_birth)}). Check both dates.",
            field="starts_on",
        )
    if child.died_on and day > child.died_on:
        raise Refused(
            f"{child.name} is recorded as having died on {show_day(child.died_on)}. Check the child's record.",
            field="starts_on",
        )
