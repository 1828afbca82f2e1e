"""Loads many rows at once: constraints and indexes are taken off, the rows copied in, and all of it put back.

Everything happens in the caller's transaction, so nobody sees the tables without their constraints, and putting them
back makes PostgreSQL check every row. Only the audit triggers are left out (`pgtrigger.ignore`): the history of a
demonstration that was never edited would repeat it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pgtrigger
from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import sql

_CONSTRAINTS = """
select c.conname, t.relname, pg_get_constraintdef(c.oid)
  from pg_constraint c
  join pg_class t on t.oid = c.conrelid
  join pg_namespace n on n.oid = t.relnamespace
 where n.nspname = current_schema() and t.relname = any(%s) and c.contype in ('f', 'x', 'u')
   and not exists (
       select from pg_constraint other
        where other.contype = 'f' and other.conindid = c.conindid and other.oid <> c.oid and c.contype <> 'f')
 order by c.contype = 'f', t.relname, c.conname
"""
_INDEXES = """
select i.indexname, i.indexdef
  from pg_indexes i
 where i.schemaname = current_schema() and i.tablename = any(%s)
   and not exists (select from pg_constraint c where c.conname = i.indexname)
 order by i.tablename, i.indexname
"""
_SEQUENCES = """
select pg_get_serial_sequence(quote_ident(c.table_name), c.column_name), c.table_name, c.column_name
  from information_schema.columns c
 where c.table_schema = current_schema() and c.table_name = any(%s) and c.is_identity = 'YES'
"""


@contextmanager
def without_constraints(tables: Sequence[str]) -> Iterator[None]:
    """Take constraints and indexes off these tables and put them back at the end. Needs to be in a transaction."""
    names = list(tables)
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set local maintenance_work_mem = '512MB'")
        cursor.execute("set local synchronous_commit = off")
        cursor.execute(_CONSTRAINTS, [names])
        constraints = cursor.fetchall()
        for name, table, _ in reversed(constraints):
            cursor.execute(_alter(table, "drop constraint {}", name))
        cursor.execute(_INDEXES, [names])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(sql.SQL("drop index {}").format(sql.Identifier(name)).as_string(cursor.cursor))
        yield
        _set_sequences(cursor, names)
        for name in names:
            cursor.execute(sql.SQL("analyze {}").format(sql.Identifier(name)).as_string(cursor.cursor))
        for _, definition in indexes:
            cursor.execute(definition)
        for name, table, definition in constraints:
            cursor.execute(
                _alter(table, "add constraint {} " + definition.replace("{", "{{").replace("}", "}}"), name)
            )


def copy_rows(columns: Mapping[str, Sequence[str]], rows: Mapping[str, bytes]) -> None:
    """Copy lines of COPY's text form into their tables."""
    with connection.cursor() as cursor:
        for table, text in rows.items():
            if text:
                statement = sql.SQL("copy {} ({}) from stdin").format(
                    sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns[table]))
                )
                with cursor.copy(statement) as copy:
                    copy.write(text)


def _alter(table: str, action: str, name: str) -> str:
    statement = sql.SQL("alter table {} " + action).format(sql.Identifier(table), sql.Identifier(name))
    return statement.as_string(None)


def _set_sequences(cursor: CursorWrapper, tables: list[str]) -> None:
    """New rows get keys above the loaded ones."""
    cursor.execute(_SEQUENCES, [tables])
    for sequence, table, column in cursor.fetchall():
        cursor.execute(
            sql.SQL("select setval({}, coalesce(max({}), 1), max({}) is not null) from {}")
            .format(
                sql.Literal(sequence), sql.Identifier(column), sql.Identifier(column), sql.Identifier(table)
            )
            .as_string(None)
        )
