"""Building snapshots: again, at once with another, after a fault, and with a worker that dies."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from django.db import connection, connections

from config.celery import app
from reporting.models import RunState, Snapshot, SnapshotRun, SnapshotState
from reporting.registry import INDICATORS
from reporting.services import snapshots
from reporting.services.snapshots import (
    SnapshotBusy,
    ask_for_snapshots,
    build_snapshots,
    build_snapshots_now,
)
from reporting.snapshots.statement import Statement
from tests.fixtures.worker import LiveWorker, OwnRedis
from tests.reporting.indicators.population import AS_AT, Population

pytestmark = pytest.mark.django_db(transaction=True)


def everything() -> list[tuple]:
    """Every figure kept, without the row numbers."""
    columns = [field.name for field in Snapshot._meta.fields if field.name != "id"]
    return sorted(Snapshot.objects.values_list(*columns))


def from_scratch() -> list[tuple]:
    """What a build from nothing gives."""
    Snapshot.objects.all().delete()
    build_snapshots_now(as_at=AS_AT)
    return everything()


def wait_for(met: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something holds; fail when it does not."""
    deadline = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def second_session() -> psycopg.Connection:
    """A connection that is not the test's own."""
    facts = connection.settings_dict
    return psycopg.connect(
        dbname=facts["NAME"],
        user=facts["USER"],
        password=facts["PASSWORD"],
        host=facts["HOST"],
        port=facts["PORT"] or None,
    )


def state_of(run: SnapshotRun) -> str:
    return SnapshotRun.objects.values_list("state", flat=True).get(pk=run.pk)


def test_building_again_changes_nothing_and_leaves_no_table() -> None:
    Population(5).write(30)
    run = build_snapshots_now(as_at=AS_AT)
    assert (run.state, run.steps_done) == (RunState.DONE, run.steps)
    before = everything()
    assert before
    build_snapshots_now(as_at=AS_AT)
    assert everything() == before
    assert set(SnapshotState.objects.values_list("indicator", "as_at")) == {
        (code, AS_AT) for code in INDICATORS
    }
    assert not [name for name in connection.introspection.table_names() if name.startswith("build_")]


def test_a_run_that_is_done_is_not_done_again() -> None:
    run = build_snapshots_now(as_at=AS_AT)
    finished = run.finished_at
    assert build_snapshots(run_id=run.pk).finished_at == finished


def test_no_records_are_no_figures() -> None:
    assert build_snapshots_now(as_at=AS_AT).state == RunState.DONE
    assert not Snapshot.objects.exists()


def test_a_fault_keeps_the_old_figures_and_says_what_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    Population(6).write(20)
    build_snapshots_now(as_at=AS_AT)
    before = everything()
    real = snapshots.statements
    # A real fault of the database in the middle of the work, after the old figures are gone.
    monkeypatch.setattr(
        snapshots, "statements", lambda as_at: [*real(as_at)[:-20], Statement("Fault", "SELECT 1 / 0")]
    )
    with pytest.raises(Exception, match="division by zero"):
        build_snapshots_now(as_at=AS_AT)
    run = SnapshotRun.objects.first()
    assert run.state == RunState.FAILED
    assert "division by zero" in run.message
    assert everything() == before


def test_one_build_at_a_time_and_progress_is_seen_meanwhile() -> None:
    Population(8).write(20)
    with second_session() as other:
        other.execute("LOCK TABLE reporting_snapshot IN ACCESS EXCLUSIVE MODE")
        thread = Thread(target=_build_and_close)
        thread.start()
        wait_for(lambda: SnapshotRun.objects.filter(state=RunState.RUNNING, steps_done__gt=20).exists())
        run = SnapshotRun.objects.get()
        assert run.steps_done < run.steps
        with pytest.raises(SnapshotBusy):
            build_snapshots_now(as_at=AS_AT)
    thread.join()
    assert SnapshotRun.objects.get(pk=run.pk).state == RunState.DONE


def _build_and_close() -> None:
    build_snapshots_now(as_at=AS_AT)
    connections.close_all()


def test_who_waited_for_a_message_that_was_lost_is_answered_by_the_next_build() -> None:
    lost = SnapshotRun.objects.create(as_at=date(2026, 1, 1))
    later_day = SnapshotRun.objects.create(as_at=date(2026, 2, 1))
    build_snapshots_now(as_at=AS_AT)
    assert state_of(lost) == RunState.DONE
    assert state_of(later_day) == RunState.WAITING


@pytest.mark.worker
@pytest.mark.slow
def test_asked_for_by_a_person_and_done_by_a_worker(live_worker: LiveWorker) -> None:
    Population(9).write(20)
    run = ask_for_snapshots(by=None, as_at=AS_AT)
    wait_for(lambda: state_of(run) == RunState.DONE)
    assert everything() == from_scratch()


@pytest.mark.worker
@pytest.mark.slow
def test_killed_in_the_middle_and_redis_emptied_the_next_build_is_right(live_worker: LiveWorker) -> None:
    Population(10).write(20)
    build_snapshots_now(as_at=date(2025, 6, 1))
    old = everything()
    with second_session() as other:
        other.execute("LOCK TABLE reporting_snapshot IN ACCESS EXCLUSIVE MODE")
        run = ask_for_snapshots(by=None, as_at=AS_AT)
        wait_for(
            lambda: SnapshotRun.objects.filter(pk=run.pk, state=RunState.RUNNING, steps_done__gt=20).exists()
        )
        live_worker.kill()
    assert state_of(run) == RunState.RUNNING
    assert everything() == old
    with app.connection_for_write() as broker:
        broker.default_channel.client.flushall()
    live_worker.start()
    next_run = ask_for_snapshots(by=None, as_at=AS_AT)
    wait_for(lambda: state_of(next_run) == RunState.DONE)
    assert "worker stopped" in SnapshotRun.objects.get(pk=run.pk).message
    assert state_of(run) == RunState.FAILED
    assert everything() == from_scratch()
    assert everything() != old


@pytest.mark.worker
@pytest.mark.slow
def test_worker_killed_and_redis_stopped_in_the_middle_the_next_build_is_right(
    own_redis: OwnRedis, tmp_path: Path
) -> None:
    Population(11).write(20)
    build_snapshots_now(as_at=date(2025, 6, 1))
    old = everything()
    worker = LiveWorker(tmp_path / "worker.log", own_redis.environment)
    worker.start()
    try:
        with second_session() as other:
            other.execute("LOCK TABLE reporting_snapshot IN ACCESS EXCLUSIVE MODE")
            run = ask_for_snapshots(by=None, as_at=AS_AT)
            wait_for(
                lambda: SnapshotRun.objects.filter(
                    pk=run.pk, state=RunState.RUNNING, steps_done__gt=20
                ).exists()
            )
            worker.kill()
            own_redis.stop()
        assert not own_redis.alive
        assert state_of(run) == RunState.RUNNING
        assert everything() == old

        asked_in_vain = ask_for_snapshots(by=None, as_at=AS_AT)  # nobody can be told; the wish is kept
        assert state_of(asked_in_vain) == RunState.WAITING

        own_redis.start()
        worker.start()
        next_run = ask_for_snapshots(by=None, as_at=AS_AT)
        wait_for(lambda: state_of(next_run) == RunState.DONE)
    finally:
        worker.stop()
    assert state_of(run) == RunState.FAILED
    assert "worker stopped" in SnapshotRun.objects.get(pk=run.pk).message
    assert state_of(asked_in_vain) == RunState.DONE
    built = everything()
    assert built != old
    assert built == from_scratch()


def test_the_command_builds() -> None:
    from django.core.management import call_command

    call_command("rebuild_snapshots", "--as-at", "2026-01-29", verbosity=0)
    assert SnapshotState.objects.filter(as_at=AS_AT).count() == len(INDICATORS)
