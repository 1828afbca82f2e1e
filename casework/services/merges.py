"""Make two records of one child one, and undo it exactly.

Nothing is copied or deleted: rows change the child they belong to, and what each was before is kept (MergedRow). The
version numbers of the two records, by which two people are kept apart, go on counting and are not turned back.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q

from casework.audit import acting_as
from casework.models import (
    Child,
    ChildContact,
    ChildMerge,
    ContactRestriction,
    FormerName,
    FormerNameKind,
    MergedRow,
    NotTheSame,
    ParentalResponsibility,
    RowChange,
    Sibling,
    User,
)
from casework.queries.child_rows import ChildRows, Columns, moved_tables
from casework.queries.merging import FIELDS, Comparison, clashing, compare
from casework.services.checked_rows import hold, keep
from casework.services.refusals import Refused
from casework.services.versions import claim

KEPT, OTHER = "kept", "other"


class CannotMerge(Refused):
    """Something stands in the way; `blockers` say what, in sentences."""

    def __init__(self, blockers: Sequence[str]) -> None:
        super().__init__(" ".join(blockers))
        self.blockers = blockers


class MayBeTwins(Refused):
    """The two records may be twins: evidence is needed that they are one child."""

    def __init__(self) -> None:
        super().__init__(
            "These may be twins. Say what shows that they are one child before you merge the records.",
            field="twin_evidence",
        )


@transaction.atomic
def merge(
    *,
    kept: Child,
    other: Child,
    chosen: Mapping[str, str],
    why: str,
    by: User,
    on: datetime.date,
    twin_evidence: str = "",
    version: int | None = None,
) -> ChildMerge:
    """Empty `other` into `kept`. `chosen` says for each fact that differs whose is kept ("kept" or "other").

    Raises CannotMerge (an open request in both, plans or placements on the same days), MayBeTwins, StaleEdit of `kept`,
    or Refused for a choice nobody made or no reason.
    """
    first, second = sorted((kept.pk, other.pk))
    list(Child.objects.select_for_update().filter(pk__in=[first, second]).order_by("pk"))
    with acting_as(by, reason="merged two records"):
        kept, other = claim(kept, version=version), claim(other, version=None)
        found = compare(kept, other)
        _check(found, chosen, twin_evidence)
        row = keep(
            ChildMerge(
                survivor=kept, merged=other, merged_on=on, merged_by=by, why=why.strip(),
                twin_evidence=twin_evidence.strip(),
                chosen={fact.key: chosen[fact.key] for fact in found.choices},
            )
        )  # fmt: skip
        changes = _Changes(row)
        _same_people(kept, other, changes)
        for rows in moved_tables():
            _move(rows, kept, other, chosen, on, changes)
        _turn_siblings(kept, other, changes)
        _facts(found, chosen, changes)
        for led_here in Child.objects.filter(merged_into=other):
            changes.change(led_here, {"merged_into_id": kept.pk})
        changes.change(other, {"merged_into_id": kept.pk})
        changes.write()
        _name_kept(found, chosen, row)
        return row


@transaction.atomic
def undo(*, merge: ChildMerge, why: str, by: User, on: datetime.date) -> ChildMerge:
    """Give both records back what was theirs. What was recorded on the kept record since stays there.

    Raises Refused: undone already, merged on since, a row was changed since in what the merge had changed, or the row
    can no longer go back because something recorded since is in its place.
    """
    if not why.strip():
        raise Refused("Enter why the merge is undone.", field="why")
    with acting_as(by, reason=f"undid a merge: {why.strip()}"[:300]):
        row = hold(merge)
        if row.undone_on is not None:
            raise Refused("This merge has been undone already.")
        kept = claim(row.survivor, version=None)
        claim(row.merged, version=None)
        if kept.merged_into_id is not None:
            raise Refused(
                "The record that was kept has since been merged into another. Undo that merge first."
            )
        changes = _Changes(row)
        for change in row.rows.order_by("-pk"):
            _take_back(change, changes)
        try:
            with transaction.atomic():
                changes.write(keep_account=False)
        except IntegrityError as error:
            raise Refused(
                f"Something recorded since on {kept.name}’s record is in the way: two entries of one kind would be on the "
                "same days. End or correct the newer one, then undo the merge.",
            ) from error
        row.undone_on, row.undone_by, row.undone_because = on, by, why.strip()
        return keep(row)


@transaction.atomic
def rule_out(*, one: Child, other: Child, why: str, by: User, on: datetime.date) -> NotTheSame:
    """Somebody compared the two and they are two children: they are no longer listed. Raises Refused without a reason."""
    first, second = sorted((one, other), key=lambda child: child.pk)
    with acting_as(by, reason="found two records to be two children"):
        return keep(NotTheSame(first=first, second=second, why=why.strip(), decided_by=by, decided_on=on))


class _Changes:
    """Rows to change, written together, table by table, because some change places with each other."""

    def __init__(self, merge: ChildMerge) -> None:
        self._merge = merge
        self._rows: dict[tuple[type[models.Model], int], tuple[models.Model, Columns]] = {}
        self._deletions: list[models.Model] = []

    def change(self, row: models.Model, columns: Columns) -> None:
        """Set these columns (as attributes, `child_id`) of a row when everything is written."""
        key = (type(row), int(row.pk))
        _, known = self._rows.get(key, (row, {}))
        self._rows[key] = (row, {**known, **columns})

    def planned(self, row: models.Model) -> Columns:
        """What is to be set in a row so far."""
        return self._rows.get((type(row), int(row.pk)), (row, {}))[1]

    def remove(self, row: models.Model) -> None:
        """Take away a row that the merge added."""
        self._deletions.append(row)

    def write(self, *, keep_account: bool = True) -> None:
        """Write every change; with an account of each, unless this is the way back."""
        for row in self._deletions:
            row.delete()
        tables: dict[type[models.Model], list[tuple[models.Model, Columns]]] = defaultdict(list)
        for row, columns in self._rows.values():
            tables[type(row)].append((row, columns))
        for model, rows in tables.items():
            if keep_account:
                MergedRow.objects.bulk_create(self._account(row, columns) for row, columns in rows)
            with _changing_places(model):
                for row, columns in rows:
                    model._default_manager.filter(pk=row.pk).update(**columns)

    def _account(self, row: models.Model, columns: Columns) -> MergedRow:
        return MergedRow(
            merge=self._merge,
            table=type(row)._meta.label_lower,
            row=row.pk,
            change=RowChange.MOVED,
            before=_json({name: getattr(row, name) for name in columns}),
            after=_json(columns),
        )


@contextmanager
def _changing_places(model: type[models.Model]) -> Iterator[None]:
    """Within it, two rows may be one child's on the same day for a moment; at the end they may not."""
    names = [
        rule.name
        for rule in model._meta.constraints
        if getattr(rule, "deferrable", None) == models.Deferrable.IMMEDIATE
    ]
    if not names:
        yield
        return
    listed = ", ".join(map(connection.ops.quote_name, names))
    with connection.cursor() as cursor:
        cursor.execute(f"set constraints {listed} deferred")
        yield
        cursor.execute(f"set constraints {listed} immediate")


def _json(columns: Columns) -> Columns:
    encoder = DjangoJSONEncoder()
    return {
        name: value if value is None or isinstance(value, (bool, int, str)) else encoder.default(value)
        for name, value in columns.items()
    }


def _check(found: Comparison, chosen: Mapping[str, str], twin_evidence: str) -> None:
    if found.blockers:
        raise CannotMerge(found.blockers)
    if found.needs_second_look and not twin_evidence.strip():
        raise MayBeTwins
    for fact in found.choices:
        if chosen.get(fact.key) not in (KEPT, OTHER):
            raise Refused(f"Choose which is right: {fact.label}.", field=fact.key)


def _move(
    rows: ChildRows,
    kept: Child,
    other: Child,
    chosen: Mapping[str, str],
    on: datetime.date,
    changes: _Changes,
) -> None:
    """Rows of `other` move; where two cannot both be the child's, the one not chosen gives way."""
    column = rows.model._meta.get_field(rows.column).attname  # type: ignore[union-attr]
    stays: set[int] = set()
    extra: dict[int, Columns] = defaultdict(dict)
    leaves: list[Any] = []
    for clash in rows.clashes:
        ours, theirs = clashing(rows, clash, kept, other)
        ours_lose = bool(clash.choice) and chosen.get(rows.key(clash)) == OTHER
        for row in ours if ours_lose else theirs:
            instead = clash.instead(row, on) if clash.instead else None
            if instead is not None:
                extra[row.pk] |= instead
                if ours_lose:
                    changes.change(row, instead)
            elif ours_lose:
                leaves.append(row)
            else:
                stays.add(row.pk)
    for row in leaves:
        changes.change(row, {column: other.pk})
    for row in rows.model._default_manager.filter(**{rows.column: other}).order_by("pk"):
        if row.pk not in stays:
            changes.change(row, {column: kept.pk, **extra[row.pk]})


def _same_people(kept: Child, other: Child, changes: _Changes) -> None:
    """Somebody who is a contact of both: what restricts them, and their responsibility, goes to the entry that is kept."""
    ours = {row.person_id: row for row in ChildContact.objects.filter(child=kept)}
    for theirs in ChildContact.objects.filter(child=other, person__in=list(ours)):
        mine = ours[theirs.person_id]
        for restriction in theirs.restrictions.all():
            if not _overlaps(mine.restrictions.filter(limit=restriction.limit), restriction):
                changes.change(restriction, {"contact_id": mine.pk})
        for held in theirs.responsibilities.all():
            if not _overlaps(mine.responsibilities.all(), held):
                changes.change(held, {"contact_id": mine.pk})


def _overlaps(rows: models.QuerySet[Any], row: ContactRestriction | ParentalResponsibility) -> bool:
    return bool(rows.filter(period__overlap=row.period).exists())


def _turn_siblings(kept: Child, other: Child, changes: _Changes) -> None:
    """Links of `other` become links of `kept`, but for one to `kept` itself and those it has already."""
    held = {
        link.first_id + link.second_id - kept.pk
        for link in Sibling.objects.filter(Q(first=kept) | Q(second=kept))
    }
    for link in Sibling.objects.filter(Q(first=other) | Q(second=other)):
        sibling = link.first_id + link.second_id - other.pk
        if sibling != kept.pk and sibling not in held:
            first, second = sorted((kept.pk, sibling))
            changes.change(link, {"first_id": first, "second_id": second})


def _facts(found: Comparison, chosen: Mapping[str, str], changes: _Changes) -> None:
    """The facts chosen from the other record, and a restriction of either."""
    columns: Columns = {}
    for fact in found.choices:
        if fact.key in FIELDS and chosen[fact.key] == OTHER:
            name = "area_id" if fact.key == "area" else fact.key
            columns[name] = getattr(found.other, name)
    if found.other.restricted and not found.kept.restricted:
        columns["restricted"] = True
    if columns:
        changes.change(found.kept, columns)


def _name_kept(found: Comparison, chosen: Mapping[str, str], merge: ChildMerge) -> None:
    """Names that are no longer on the record still find the child."""
    now = tuple(
        getattr(found.other if chosen.get(name) == OTHER else found.kept, name)
        for name in ("surname", "forename")
    )
    for child in (found.kept, found.other):
        name = (child.surname, child.forename)
        held = FormerName.objects.filter(child=found.kept, surname=name[0], forename=name[1])
        if name == now or held.exists():
            continue
        added = FormerName.objects.create(
            child=found.kept, surname=name[0], forename=name[1], kind=FormerNameKind.KNOWN_AS
        )
        MergedRow.objects.create(
            merge=merge, table=FormerName._meta.label_lower, row=added.pk, change=RowChange.ADDED
        )


def _take_back(change: MergedRow, changes: _Changes) -> None:
    """Plan the way back of one row. A row that is gone since needs none."""
    model = apps.get_model(change.table)
    row = model._default_manager.filter(pk=change.row).first()
    if row is None:
        return
    if change.change == RowChange.ADDED:
        changes.remove(row)
        return
    now = _json({name: getattr(row, name) for name in change.after})
    back = {name: value for name, value in change.before.items() if now[name] == change.after[name]}
    owners = {name for name in change.after if name.endswith("_id")}
    if model is not Child and not owners <= set(back):
        raise Refused(
            f"A {model._meta.verbose_name} that was moved has since been moved again. Undo that first.",
        )
    changes.change(row, {name: _python(model, name, value) for name, value in back.items()})


def _python(model: type[models.Model], name: str, value: Any) -> Any:
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    return field.to_python(value)
