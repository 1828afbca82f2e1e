"""Everything on one worker's desk: statutory dates of the children they lead or cover, follow-ups, and who is waited for.

A caseload is a few hundred light rows: it is read once, then filtered, sorted and counted here.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q

from casework.access.scope import visible
from casework.models import Child, Cover, FollowUp, TeamMembership, User
from casework.queries.waiting import Wait, waiting
from casework.queries.worklist import LATER, SHOWN, SOON, Due, worklist_of
from casework.rules.calendar import nc_year

OVERDUE, WEEK, MONTH, WAITING, ALL = "overdue", "week", "month", "waiting", "all"
PARTS = (OVERDUE, WEEK, MONTH, WAITING, ALL)

STATUTORY, FOLLOW_UPS, OWN_FOLLOW_UPS = "statutory", "follow_ups", "own_follow_ups"
PHASES: Mapping[str, tuple[str, int, int]] = {
    "early": ("Before year 1", -5, 0),
    "primary": ("Years 1 to 6", 1, 6),
    "secondary": ("Years 7 to 11", 7, 11),
    "post16": ("Year 12 and over", 12, 30),
}
"""Stages of school by expected year: words, first and last year."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the desk is narrowed to; empty leaves it as it is.

    `what` is STATUTORY, FOLLOW_UPS or OWN_FOLLOW_UPS (without those of a team), `kind` a CaseKind, `area` the key of an
    area, `phase` a key of PHASES, `waits` a WaitsFor, `cover` MINE for one's own children only or COVERED for those of
    absent colleagues.
    """

    what: str = ""
    kind: str = ""
    area: str = ""
    phase: str = ""
    waits: str = ""
    cover: str = ""


MINE, COVERED = "mine", "covered"


@dataclass(frozen=True, slots=True)
class Item:
    """One line: a child with the running duties, or one follow-up, which is no statutory date.

    `covers` is the absent colleague whose child or follow-up it is.
    """

    child: Child
    duties: Sequence[Due] = ()
    follow_up: FollowUp | None = None
    covers: User | None = None
    waits: Sequence[Wait] = ()

    @property
    def due(self) -> Due | None:
        """The next duty; None for a follow-up."""
        return self.duties[0] if self.duties else None

    @property
    def due_on(self) -> datetime.date | None:
        """The day this line is sorted by."""
        if self.follow_up is not None:
            return self.follow_up.due_on
        return self.duties[0].due_on if self.duties else None


@dataclass(frozen=True, slots=True)
class Day:
    """The day in numbers."""

    overdue: int
    due_in_7_days: int
    late_by_others: int
    follow_ups_due: int
    children: int


@dataclass(frozen=True, slots=True)
class Desk:
    """A worker's lines, soonest first; those without a date last."""

    items: Sequence[Item]
    covers: Sequence[Cover]
    as_at: datetime.date
    _parts: dict[str, Sequence[Item]] = field(default_factory=dict, compare=False)

    def part(self, name: str) -> Sequence[Item]:
        """The lines of one part; all for any other name."""
        if name not in self._parts:
            self._parts[name] = [item for item in self.items if _belongs(item, name, self.as_at)]
        return self._parts[name]

    def narrowed(self, chosen: Filters) -> "Desk":
        """The lines under these filters."""
        if chosen == Filters():
            return self
        return replace(
            self, items=[item for item in self.items if _passes(item, chosen, self.as_at)], _parts={}
        )

    def day(self) -> Day:
        """The summary at the top: statutory dates, what others owe late, and follow-ups, each counted apart."""
        own = [item for item in self.items if item.follow_up is None]
        week = self.as_at + datetime.timedelta(days=SOON)
        return Day(
            overdue=sum(1 for item in own if item.due and item.due.due_on < self.as_at),
            due_in_7_days=sum(1 for item in own if item.due and self.as_at <= item.due.due_on <= week),
            late_by_others=sum(1 for item in own for wait in item.waits if wait.days_late(self.as_at)),
            follow_ups_due=sum(
                1 for item in self.items if item.follow_up and item.follow_up.due_on <= self.as_at
            ),
            children=len(own),
        )


def desk_of(worker: User, *, reader: User, as_at: datetime.date) -> Desk:
    """The desk of `worker` on a day, as far as `reader` may see it; the same statements whatever the number of children.

    Each absent colleague whom the worker covers on the day adds their own.
    """
    covers = list(Cover.objects.as_at(as_at).filter(covered_by=worker).select_related("user"))
    items = _led(worker, reader=reader, as_at=as_at, covers=None)
    for cover in covers:
        items += _led(cover.user, reader=reader, as_at=as_at, covers=cover.user)
    items += _follow_ups(worker, [cover.user for cover in covers], reader=reader, as_at=as_at)
    return Desk(sorted(items, key=_order), covers, as_at)


def _led(worker: User, *, reader: User, as_at: datetime.date, covers: User | None) -> list[Item]:
    waits: dict[int, list[Wait]] = defaultdict(list)
    for wait in waiting(reader=reader, as_at=as_at, worker=worker):
        waits[wait.child_id].append(wait)
    entries = worklist_of(worker, reader=reader, as_at=as_at).entries
    return [
        Item(entry.child, entry.duties, covers=covers, waits=waits.get(entry.child.pk, ()))
        for entry in entries
    ]


def _follow_ups(
    worker: User, absent: Sequence[User], *, reader: User, as_at: datetime.date
) -> Iterable[Item]:
    """Open follow-ups of the worker, of their teams and of those they cover; one statement."""
    teams = TeamMembership.objects.as_at(as_at).filter(user=worker).values("team")
    rows = (
        visible(FollowUp, reader)
        .filter(Q(user__in=[worker, *absent]) | Q(team__in=teams), done_on__isnull=True)
        .select_related("child", "team")
        .only("public_id", "text", "due_on", "user", "team__name", *(f"child__{name}" for name in SHOWN))
    )
    away = {user.pk: user for user in absent}
    return [Item(row.child, follow_up=row, covers=away.get(row.user_id or 0)) for row in rows]


def _belongs(item: Item, part: str, as_at: datetime.date) -> bool:
    if part == WAITING:
        return bool(item.waits)
    due_on = item.due_on
    if part == OVERDUE:
        return due_on is not None and due_on < as_at
    if part in (WEEK, MONTH):
        last = as_at + datetime.timedelta(days=SOON if part == WEEK else LATER)
        return due_on is not None and as_at <= due_on <= last
    return True


def _passes(item: Item, chosen: Filters, as_at: datetime.date) -> bool:
    checks = (
        (chosen.what, lambda: _is(item, chosen.what)),
        (chosen.kind, lambda: any(due.case_kind == chosen.kind for due in item.duties)),
        (chosen.area, lambda: str(item.child.area_id or "") == chosen.area),
        (chosen.phase, lambda: _in_phase(item.child, chosen.phase, as_at)),
        (chosen.waits, lambda: any(wait.waits_for == chosen.waits for wait in item.waits)),
        (chosen.cover, lambda: (item.covers is not None) == (chosen.cover == COVERED)),
    )
    return all(check() for asked, check in checks if asked)


def _is(item: Item, what: str) -> bool:
    if item.follow_up is None:
        return what == STATUTORY
    return what == FOLLOW_UPS or (what == OWN_FOLLOW_UPS and item.follow_up.team_id is None)


def _in_phase(child: Child, phase: str, as_at: datetime.date) -> bool:
    _, first, last = PHASES[phase]
    return first <= nc_year(child.date_of_birth, as_at) <= last


def _order(item: Item) -> tuple[datetime.date, bool, str, str, int]:
    child = item.child
    # On one day the law comes first.
    return (
        item.due_on or datetime.date.max,
        item.follow_up is not None,
        child.surname,
        child.forename,
        child.pk,
    )
