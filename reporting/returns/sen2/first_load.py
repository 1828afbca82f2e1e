"""The first return of an authority: indexes and keys of the tables it fills are built once, after the rows.

Row by row they cost more than everything else together. The statements are transactional: when the import is undone,
or fails, nothing of this has happened. While it lasts nobody else can use these tables, so it is done only when there
is (next to) nothing in them to use, and only when the database lets this user alter them at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, transaction
from django.db.backends.utils import CursorWrapper

_TABLES = (
    "casework_child", "casework_childidentifier", "casework_childaddress", "casework_case", "casework_assessmentrequest",
    "casework_milestone", "casework_decision", "casework_clock", "casework_clockexception", "casework_plan",
    "casework_planversion", "casework_phasetransfer", "placements_namedplacement", "placements_placement",
)  # fmt: skip
_NEEDED_MEANWHILE = ("named_placement_rank_once",)  # an "on conflict" of the steps names it
_FEWEST = 200
_NEW_TO_KNOWN = 20

_WORTH_IT = """
select (select count(*) from s_person p where not exists (select from t_bad b where b.n = p.n)
                                          and not exists (select from t_match m where m.n = p.n)),
       (select count(*) from casework_child),
       (select bool_and(pg_has_role(relowner, 'USAGE')) from pg_class where oid = any (%s::regclass[]))
"""
_CONSTRAINTS = """
select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
  from pg_constraint
 where conrelid = any (%s::regclass[]) and contype in ('f', 'u', 'x') and conname <> all (%s)
 order by contype = 'f', conrelid::regclass::text, conname
"""
_INDEXES = """
select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
  from pg_index i
 where i.indrelid = any (%s::regclass[])
   and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
 order by 1
"""
_EVENTS = "select array_agg(relname::text) from pg_class where relname = any (%s) and relkind = 'r'"


@contextmanager
def keys_at_the_end(cursor: CursorWrapper) -> Iterator[bool]:
    """Within it, rows are added without upkeep of indexes and keys where that pays; says whether it does."""
    tables = _tables(cursor)
    if not _pays(cursor, tables):
        yield False
        return
    cursor.execute(_CONSTRAINTS, [tables, list(_NEEDED_MEANWHILE)])
    constraints = cursor.fetchall()
    cursor.execute(_INDEXES, [tables])
    indexes = cursor.fetchall()
    if not _dropped(cursor, constraints, indexes):
        yield False
        return
    yield True
    cursor.execute("set local maintenance_work_mem = '256MB'")
    for _, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in constraints:
        cursor.execute(f"alter table {table} add constraint {name} {definition}")


def _tables(cursor: CursorWrapper) -> list[str]:
    """The tables and their audit tables."""
    cursor.execute(_EVENTS, [[*_TABLES, *(f"{table}event" for table in _TABLES)]])
    row = cursor.fetchone()
    return list(row[0]) if row else []


def _pays(cursor: CursorWrapper, tables: list[str]) -> bool:
    cursor.execute(_WORTH_IT, [tables])
    new, known, ours = cursor.fetchone() or (0, 0, False)
    return bool(ours and new >= _FEWEST and known * _NEW_TO_KNOWN <= new)


def _dropped(
    cursor: CursorWrapper, constraints: list[tuple[str, str, str]], indexes: list[tuple[str, str]]
) -> bool:
    """Take them away, or nothing when somebody is using a table just now."""
    try:
        with transaction.atomic():
            cursor.execute("set constraints all immediate")
            cursor.execute("set local lock_timeout = '3s'")
            for table, name, _ in reversed(constraints):
                cursor.execute(f"alter table {table} drop constraint {name}")
            for name, _ in indexes:
                cursor.execute(f"drop index {name}")
            cursor.execute("set local lock_timeout = 0")
    except OperationalError:
        return False
    return True
