"""The history of a child's records: who changed what, when and why, in plain words, newest first.

It is read from the tables that the audit triggers write, so nothing slips past it, whatever wrote the change. What one
press of a button, one import or one command did is told together, as one act.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from pghistory.models import Context

from casework.access.people import may_read_withheld
from casework.models import Child, User
from casework.queries.history_events import Happened, Ref, events_about, read
from casework.queries.history_kinds import Kind
from casework.queries.history_words import HIDDEN, Words

NOBODY = "Waymark"
_KEEPING = "review calendar"
_DONE = {"insert": "added", "update": "changed", "delete": "removed"}


@dataclass(frozen=True, slots=True)
class Change:
    """A field, what it held before and what it holds since, in words. `derived`: worked out, not typed by anybody."""

    label: str
    before: str
    after: str
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one record: "added", "changed" or "removed", told as `title`, with the fields concerned."""

    kind: Kind
    done: str
    title: str
    changes: list[Change]

    @property
    def is_derived(self) -> bool:
        """Whether nothing but what Waymark works out has changed."""
        return self.done == "changed" and all(change.derived for change in self.changes)


@dataclass(slots=True)
class Act:
    """What one person, import or command did at one time. `through` is the address of the page, or what was read in."""

    at: datetime.datetime
    user: int | None
    who: str
    reason: str
    route: str
    source: str
    refs: list[Ref] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def by(self) -> str:
        """Who, as the filter knows them."""
        return str(self.user) if self.user is not None else self.source or NOBODY


@dataclass(frozen=True, slots=True)
class Wanted:
    """What part of a history is asked for; empty is everything. `by` is an `Act.by`, `kind` a `Kind.key`."""

    kind: str = ""
    by: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None

    def __bool__(self) -> bool:
        return bool(self.kind or self.by or self.since or self.until)


class History:
    """The acts about one child that a reader may see, newest first; `tell` reads what a page of them changed."""

    def __init__(self, child: Child, *, reader: User, on: datetime.date, for_family: bool = False) -> None:
        """`on` is the day of reading; `for_family` leaves out what is withheld, even where the reader may know it."""
        self._child, self._reader = child, reader
        self._may_read_withheld = not for_family and may_read_withheld(child, reader, on=on)
        refs = [ref for ref in events_about(child) if reader.may(ref.kind.permission)]
        self.acts = sorted(_acts(refs), key=lambda act: act.at, reverse=True)

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of record of which something is told, by name."""
        found = {ref.kind.key: ref.kind for act in self.acts for ref in act.refs}
        return sorted(found.values(), key=lambda kind: kind.title)

    @property
    def people(self) -> dict[str, str]:
        """Who did something, by name."""
        found = {act.by: act.who for act in self.acts}
        return dict(sorted(found.items(), key=lambda one: one[1]))

    def narrowed(self, wanted: Wanted) -> list[Act]:
        """The acts asked for, each with only the events of the kind asked for."""
        found = []
        for act in self.acts:
            day = act.at.astimezone(timezone.get_current_timezone()).date()
            refs = [ref for ref in act.refs if wanted.kind in ("", ref.kind.key)]
            if (
                refs
                and wanted.by in ("", act.by)
                and (wanted.since is None or day >= wanted.since)
                and (wanted.until is None or day <= wanted.until)
            ):
                found.append(Act(act.at, act.user, act.who, act.reason, act.route, act.source, refs))
        return found

    def tell(self, acts: Iterable[Act]) -> list[Act]:
        """The same acts with their lines; acts that changed nothing a reader is told are left out."""
        acts = list(acts)
        place = {(ref.kind.key, ref.number): number for number, act in enumerate(acts) for ref in act.refs}
        happened = [
            one
            for one in _folded(read(ref for act in acts for ref in act.refs), place)
            if self._may_read_withheld or not one.withheld
        ]
        words = Words(
            self._child,
            self._reader,
            [(one.ref.kind, row) for one in happened for row in (one.now, one.before) if row is not None],
        )
        for one in happened:
            if (line := _line(one, words)) is not None:
                acts[place[one.ref.kind.key, one.ref.number]].lines.append(line)
        return [act for act in acts if act.lines]


def _acts(refs: Iterable[Ref]) -> list[Act]:
    """Events of one context belong together; those without, of one transaction."""
    together: dict[uuid.UUID | datetime.datetime, list[Ref]] = defaultdict(list)
    for ref in refs:
        together[ref.context or ref.at].append(ref)
    contexts: dict[Any, dict[str, Any]] = dict(
        Context.objects.filter(pk__in=[key for key in together if isinstance(key, uuid.UUID)]).values_list(
            "pk", "metadata"
        )
    )
    users = {int(facts["user"]) for facts in contexts.values() if facts.get("user") is not None}
    names: dict[Any, str] = dict(User.objects.filter(pk__in=users).values_list("pk", "name"))
    return [_act(contexts.get(key) or {}, names, rows) for key, rows in together.items()]


def _act(facts: dict[str, Any], names: dict[Any, str], refs: list[Ref]) -> Act:
    user = facts.get("user")
    source = str(facts.get("source") or "")
    if user is not None and source == _KEEPING:
        source = ""  # kept in step with what the person did
    who = names.get(user) or source or NOBODY
    return Act(
        at=max(ref.at for ref in refs),
        user=user,
        who=who[:1].upper() + who[1:],
        reason=str(facts.get("reason") or ""),
        route=str(facts.get("route") or ""),
        source=source,
        refs=refs,
    )


def _line(one: Happened, words: Words) -> Line | None:
    kind, label = one.ref.kind, one.label
    sentence = kind.tell(label, one.now) if kind.tell is not None else ""
    said = kind.told if sentence else frozenset()
    changes = []
    for column in kind.fields():
        if column.name in said:
            continue
        if kind.path and column.name == kind.path[0] and (label != "update" or one.before is None):
            continue  # which child, case or plan it belongs to goes without saying, until that changes
        was = one.before[column.attname] if one.before is not None and label == "update" else None
        now = one.now[column.attname]
        if label == "update" and was == now:
            continue
        before, after = words.value(kind, column, was), words.value(kind, column, now)
        if label == "delete":
            before, after = after, ""
        if label != "update" and _goes_without_saying(column.name, now):
            continue
        if (before or after) and (before != after or HIDDEN in (before, after)):
            changes.append(Change(words.label(column), before, after, column.name in kind.derived))
    if label == "update" and not changes:
        return None
    return Line(kind, _DONE[label], sentence or _title(one), changes)


def _goes_without_saying(name: str, value: Any) -> bool:
    return value is False or (name == "came_from" and value == "caseworker")


def _title(one: Happened) -> str:
    kind = one.ref.kind
    subject = kind.subject(one.now) if kind.subject is not None else ""
    title = f"{kind.title}{f' ({subject})' if subject and one.label != 'insert' else ''}"
    return f"{title} {_DONE[one.label]}"


def _folded(happened: list[Happened], place: dict[tuple[str, int], int]) -> list[Happened]:
    """Several steps of one record within one act as one: what was made and then filled in is told as made."""
    steps: dict[tuple[str, int, int], list[Happened]] = defaultdict(list)
    for one in happened:
        steps[one.ref.kind.key, one.ref.record, place[one.ref.kind.key, one.ref.number]].append(one)
    found = []
    for several in steps.values():
        first, last = several[0], several[-1]
        if first.label == "insert" and last.label == "delete":
            continue
        label = "insert" if first.label == "insert" else last.label
        found.append(Happened(last.ref, label, last.now, first.before, last.withheld))
    return found
