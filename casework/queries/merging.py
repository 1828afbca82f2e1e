"""Two records of one child side by side: what differs, what would move, and what stands in the way."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from casework.models import Child, ChildIdentifier, ChildMerge, IdentifierScheme, Sibling, SiblingKind
from casework.queries.child_rows import ChildRows, Clash, moved_tables
from casework.queries.duplicates import judge_pair
from casework.rules.clock_words import show_day
from casework.rules.names import same_name

FIELDS = {
    "surname": "Last name", "forename": "First name", "preferred_name": "Preferred name", "date_of_birth": "Date of birth",
    "sex": "Sex", "ethnicity": "Ethnic group", "area": "Area", "died_on": "Died on",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of two records. `key` names the choice where they differ."""

    key: str
    label: str
    kept: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether somebody must choose."""
        return self.kept != self.other


@dataclass(frozen=True, slots=True)
class Comparison:
    """`kept` is the record that stays, `other` the one that is emptied into it."""

    kept: Child
    other: Child
    facts: Sequence[Fact]
    moves: Sequence[str]
    blockers: Sequence[str]
    needs_second_look: bool

    @property
    def choices(self) -> list[Fact]:
        """The facts that somebody must choose between: both records have one and they differ."""
        return [fact for fact in self.facts if fact.differs]


def compare(kept: Child, other: Child) -> Comparison:
    """Everything a page of the two records shows and asks. Looks at no scope: the caller has opened both."""
    facts = [_field(kept, other, name, label) for name, label in FIELDS.items()]
    impossible = _impossible(kept, other)
    moves: list[str] = []
    blockers: list[str] = []
    for rows in moved_tables():
        count = rows.model._default_manager.filter(**{rows.column: other}).count()
        if count:
            moves.append(f"{count} {rows.one if count == 1 else rows.many}")
            if rows.sealed:
                blockers.append(rows.sealed)
        for clash in rows.clashes:
            ours, theirs = clashing(rows, clash, kept, other)
            if clash.blocks and theirs.exists():
                blockers.append(clash.blocks)
            elif clash.choice:
                mine, other_ones = _words(clash, ours), _words(clash, theirs)
                if mine or other_ones:
                    facts.append(Fact(rows.key(clash), clash.choice, mine, other_ones))
    twins = not impossible and needs_second_look(kept, other)
    return Comparison(kept, other, facts, moves, [*impossible, *blockers], twins)


def clashing(rows: ChildRows, clash: Clash, kept: Child, other: Child) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """The rows of each record that cannot belong to one child together with one of the other's."""

    def of(child: Child, against: Child) -> QuerySet[Any]:
        manager = rows.model._default_manager
        same: dict[str, Any] = {name: OuterRef(name) for name in clash.same}
        if clash.dated:
            same["period__overlap"] = OuterRef("period")
        beside = manager.filter(clash.when, **{rows.column: against}, **same)
        return manager.filter(clash.when, **{rows.column: child}).filter(Exists(beside)).order_by("pk")

    return of(kept, other), of(other, kept)


def needs_second_look(one: Child, other: Child) -> bool:
    """Whether the two may be twins: then a merge asks for the evidence that they are not.

    Linked as twins; born on one day with first names that are not alike; or with first names spelt differently while
    each has a UPN or NHS number of its own.
    """
    first, second = sorted((one.pk, other.pk))
    if Sibling.objects.filter(first=first, second=second, kind=SiblingKind.TWIN).exists():
        return True
    if one.date_of_birth != other.date_of_birth or same_name(one.forename, other.forename):
        return False
    return not judge_pair(one, other).forename or _each_has_own_number(one, other)


def _each_has_own_number(one: Child, other: Child) -> bool:
    schemes = (IdentifierScheme.UPN, IdentifierScheme.NHS)
    held = ChildIdentifier.objects.filter(scheme__in=schemes, query="", ends_on__isnull=True)
    return held.filter(
        Exists(held.filter(child=other, scheme=OuterRef("scheme")).exclude(value=OuterRef("value"))),
        child=one,
    ).exists()


def merge_of(public_id: uuid.UUID) -> ChildMerge | None:
    """The merge that emptied the record at this address, None where there was none or it was undone."""
    return (
        ChildMerge.objects.filter(merged__public_id=public_id, undone_on__isnull=True)
        .select_related("merged__merged_into")
        .first()
    )


def _impossible(kept: Child, other: Child) -> list[str]:
    if kept.pk == other.pk:
        return ["These are one record already."]
    if kept.merged_into_id or other.merged_into_id:
        return ["One of these records has been merged already."]
    return []


def _field(kept: Child, other: Child, name: str, label: str) -> Fact:
    return Fact(name, label, _shown(kept, name), _shown(other, name))


def _shown(child: Child, name: str) -> str:
    if name == "sex":
        return str(child.get_sex_display())
    value = getattr(child, name)
    if isinstance(value, datetime.date):
        return show_day(value)
    return "" if value is None else str(value)


def _words(clash: Clash, rows: QuerySet[Any]) -> str:
    return "; ".join(clash.words(row) for row in rows)
