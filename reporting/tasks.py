"""Long work done by Celery. One call into the domain each, safe to run twice, arguments by name."""

from typing import Any

from celery import shared_task
from celery.app.task import Task

from casework.today import today
from reporting.services import imports
from reporting.services.snapshots import SnapshotBusy, build_snapshots_now
from reporting.services.snapshots import build_snapshots as build

_TRY_AGAIN_SECONDS = 30
_TRIES = 120


@shared_task(name="reporting.tasks.build_snapshots", bind=True, acks_late=True, max_retries=_TRIES)
def build_snapshots(self: Task[Any, Any], /, *, run_id: int, **_older: Any) -> None:
    """Do the work of a run that somebody asked for."""
    try:
        build(run_id=run_id)
    except SnapshotBusy as busy:
        raise self.retry(exc=busy, countdown=_TRY_AGAIN_SECONDS) from busy


@shared_task(name="reporting.tasks.snapshot_nightly", bind=True, acks_late=True, max_retries=_TRIES)
def snapshot_nightly(self: Task[Any, Any], /, **_older: Any) -> None:
    """Every figure as at today."""
    try:
        build_snapshots_now(as_at=today())
    except SnapshotBusy as busy:
        raise self.retry(exc=busy, countdown=_TRY_AGAIN_SECONDS) from busy


@shared_task(name="reporting.tasks.check_return", acks_late=True)
def check_return(*, import_id: int, **_older: Any) -> None:
    """Try the import of an uploaded return and set down what it would do."""
    imports.check(import_id=import_id, as_at=today())


@shared_task(name="reporting.tasks.import_return", acks_late=True)
def import_return(*, import_id: int, **_older: Any) -> None:
    """Import a return that somebody has let go."""
    imports.import_now(import_id=import_id, as_at=today())
