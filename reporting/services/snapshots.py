"""Build snapshots: the row first, then the work, safe to run twice and to lose at any point.

The work is one transaction that sees the records as they stood when it began and replaces every figure at its end, so
readers see the old figures or the new ones and never a mixture. A second connection holds an advisory lock, so that
one build runs at a time, and writes how far it has come, so that others can see it. When the worker dies, both
connections end with it: the lock is free, nothing was written, and the next build starts from the records.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from celery import current_app
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from casework.models import User
from reporting.models import RunState, SnapshotRun, SnapshotState
from reporting.registry import INDICATORS
from reporting.snapshots import statements
from reporting.snapshots.statement import Statement

TASK = "reporting.tasks.build_snapshots"
_LOCK = 0x5741_594D  # any number that nothing else uses

# For the building transaction only. Hash tables and sorts of a large authority fit in memory; two workers beside the
# leader share the scans of large tables; a backend whose worker has died gives up within two seconds. Every
# step reads most of its tables, so joins are by hash; a loop that looks rows up one by one is never better here.
_SETTINGS = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    "SET LOCAL work_mem = '256MB'",
    "SET LOCAL hash_mem_multiplier = 2",
    "SET LOCAL max_parallel_workers_per_gather = 2",
    "SET LOCAL parallel_setup_cost = 100",
    "SET LOCAL parallel_tuple_cost = 0.005",
    "SET LOCAL jit = off",
    "SET LOCAL enable_nestloop = off",
    "SET LOCAL enable_memoize = off",
    "SET LOCAL maintenance_work_mem = '256MB'",
    "SET LOCAL lock_timeout = '60s'",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL client_connection_check_interval = '2s'",
)


class SnapshotBusy(Exception):
    """Another build is running. Try again in a minute."""


def ask_for_snapshots(*, by: User | None, as_at: date) -> SnapshotRun:
    """Record that snapshots as at a day are wanted and tell a worker.

    The row stays when the message is lost or cannot be sent: the next build answers it too.
    """
    with transaction.atomic():
        run = SnapshotRun.objects.create(as_at=as_at, asked_by=by)
        transaction.on_commit(lambda: _send(run.pk), robust=True)
    return run


def build_snapshots(*, run_id: int) -> SnapshotRun:
    """Do the work of a run. A run that is done or has failed is left as it is.

    Raises SnapshotBusy when another build is running. Any other error marks the run as failed and is raised again.
    """
    with _control() as control:
        if not _one(control, "SELECT pg_try_advisory_lock(%s)", [_LOCK]):
            raise SnapshotBusy
        run = SnapshotRun.objects.get(pk=run_id)
        if run.state in {RunState.DONE, RunState.FAILED}:
            return run
        _end_abandoned_runs(run)
        work = statements(run.as_at)
        _tell(control, run, state=RunState.RUNNING, started_at=timezone.now(), steps=len(work), steps_done=0)
        try:
            _replace_figures(control, run, work)
        except Exception as fault:
            _tell(control, run, state=RunState.FAILED, finished_at=timezone.now(), message=str(fault)[:2000])
            raise
        _tell(control, run, state=RunState.DONE, finished_at=timezone.now())
        _answer_waiting_runs(run)
    run.refresh_from_db()
    return run


def build_snapshots_now(*, as_at: date, by: User | None = None) -> SnapshotRun:
    """Record a run and do its work at once."""
    return build_snapshots(run_id=SnapshotRun.objects.create(as_at=as_at, asked_by=by).pk)


def _replace_figures(control: BaseDatabaseWrapper, run: SnapshotRun, work: list[Statement]) -> None:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        for setting in _SETTINGS:
            cursor.execute(setting)
        for done, statement in enumerate(work, start=1):
            cursor.execute(statement.sql)
            _tell(control, run, steps_done=done, message=statement.words)
        SnapshotState.objects.all().delete()
        SnapshotState.objects.bulk_create(
            SnapshotState(
                indicator=one.code,
                definition_version=one.version,
                as_at=run.as_at,
                computed_at=timezone.now(),
            )
            for one in INDICATORS.values()
        )


def _end_abandoned_runs(run: SnapshotRun) -> None:
    """Holding the lock, no other run can be running: its worker died."""
    SnapshotRun.objects.filter(state=RunState.RUNNING).exclude(pk=run.pk).update(
        state=RunState.FAILED,
        finished_at=timezone.now(),
        message="The worker stopped before it had finished. Nothing was written; a later run replaces this one.",
    )


def _answer_waiting_runs(run: SnapshotRun) -> None:
    """Whoever asked before this build for no later a day has their figures, even if their message was lost."""
    SnapshotRun.objects.filter(state=RunState.WAITING, pk__lt=run.pk, as_at__lte=run.as_at).update(
        state=RunState.DONE, finished_at=timezone.now(), message="Made together with a later run."
    )


def _send(run_id: int) -> None:
    current_app.send_task(TASK, kwargs={"run_id": run_id})


@contextmanager
def _control() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own, so that progress is seen while the work is not yet finished."""
    control = connection.copy()
    try:
        yield control
    finally:
        control.close()


def _one(control: BaseDatabaseWrapper, statement: str, parameters: list) -> object:
    with control.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()[0]


def _tell(control: BaseDatabaseWrapper, run: SnapshotRun, **facts: str | int | datetime) -> None:
    columns = ", ".join(f"{name} = %s" for name in facts)
    with control.cursor() as cursor:
        cursor.execute(f"UPDATE reporting_snapshotrun SET {columns} WHERE id = %s", [*facts.values(), run.pk])  # noqa: S608
