"""Which authority is responsible for a child on a day, and what that means where payer and place differ."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from casework.models import AuthorityPart, AuthorityRole, Child, LocalAuthority

_P = AuthorityPart


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who has which part on a day. `recorded` is false where nobody is recorded as responsible."""

    on: datetime.date
    authority: str
    code: str
    since: datetime.date | None
    recorded: bool
    ours: bool
    roles: Sequence[AuthorityRole]
    explained: Sequence[str]


def roles_of(child: Child) -> list[AuthorityRole]:
    """Every part any authority ever had, newest first; one statement."""
    return list(AuthorityRole.objects.filter(child=child).select_related("authority"))


def responsibility(
    child: Child, *, on: datetime.date, roles: Sequence[AuthorityRole] | None = None
) -> Responsibility:
    """Who is responsible on a day. Without a record it is this authority, as for every child of a return."""
    known = roles_of(child) if roles is None else roles
    now = {row.part: row for row in known if _holds(row, on)}
    row = now.get(_P.RESPONSIBLE)
    code = row.authority.code if row else settings.LA_CODE
    return Responsibility(
        on=on,
        authority=row.authority.name if row else settings.AUTHORITY_NAME,
        code=code,
        since=row.starts_on if row else None,
        recorded=row is not None,
        ours=code == settings.LA_CODE,
        roles=[one for one in known if _holds(one, on)],
        explained=_explained(now),
    )


def other_authorities() -> list[LocalAuthority]:
    """Those a child can move from or to: in being, and not this one."""
    return list(LocalAuthority.objects.filter(current=True).exclude(code=settings.LA_CODE))


def _holds(row: AuthorityRole, on: datetime.date) -> bool:
    return row.starts_on <= on and (row.ends_on is None or row.ends_on >= on)


def _explained(now: dict[str, AuthorityRole]) -> list[str]:
    """What follows where a looked-after child is placed in another authority's area."""
    carer, home = now.get(_P.LOOKED_AFTER_BY), now.get(_P.RESIDENT)
    responsible = now.get(_P.RESPONSIBLE)
    if carer is None:
        return []
    ours = carer.authority.code == settings.LA_CODE
    found = [
        (
            "The authority in whose area the child lives assesses and maintains the plan (CFA 2014 s.24). The authority "
            "that looks after the child acts as a parent would, and speaks for the child if the two disagree."
        )
    ]
    if home is not None and home.authority_id != carer.authority_id:
        found.append(
            f"We look after this child, who lives in the area of {home.authority}: expect the plan to be theirs."
            if ours
            else f"{carer.authority} looks after this child, who lives in the area of {home.authority}. Ask "
            f"{carer.authority} for the cost of the provision before you assume who pays."
        )
    if responsible and home and responsible.authority_id != home.authority_id:
        found.append(
            f"{responsible.authority} is recorded as responsible, but the child lives in the area of {home.authority}. "
            "Find out which is right."
        )
    return found
