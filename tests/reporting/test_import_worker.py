"""Returns checked and imported by a real worker: as asked for, twice, and after a worker that died."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project

from casework.models import Child, Plan, Review, RoleCode, User
from config.celery import app
from reporting.models import ImportState, ReturnImport
from reporting.services import imports
from tests.factories.people import UserFactory
from tests.fixtures.worker import LiveWorker
from tests.reporting.returns import factory as f

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FIVE = [f.person(number, f.held()) for number in range(1, 6)]


@pytest.fixture
def officer(transactional_db: None) -> User:
    return UserFactory(name="Linden Marsh", role=RoleCode.DATA_OFFICER)


def upload(people: Any, officer: User) -> ReturnImport:
    """Keep a file where the worker finds it, and ask for the check."""
    file = io.BytesIO(f.document(people).encode())
    return imports.keep_upload(upload=file, file_name="fernshire-2026.xml", by=officer)


def becomes(row: ReturnImport, state: ImportState, seconds: float = 90) -> ReturnImport:
    """Wait until the row is in this state; fail when it does not come to it."""
    deadline = time.monotonic() + seconds
    while (now := ReturnImport.objects.get(pk=row.pk)).state != state:
        assert time.monotonic() < deadline, f"still {now.state}"
        time.sleep(0.05)
    return now


@pytest.fixture
def _tidy() -> Any:
    """Uploads of these tests are removed: worker and test share the folder of the settings."""
    folder = Path(project.MEDIA_ROOT) / "returns"
    before = set(folder.glob("*")) if folder.exists() else set()
    yield
    for path in set(folder.glob("*")) - before:
        path.unlink()


@pytest.mark.usefixtures("_tidy")
def test_a_worker_checks_and_imports_what_was_uploaded(live_worker: LiveWorker, officer: User) -> None:
    row = becomes(upload(FIVE, officer), ImportState.CHECKED)
    assert row.summary["children_added"] == 5
    assert not Child.objects.exists(), "a check writes nothing of the return"
    imports.start_import(row=row, leave_out_errors=False, by=officer)
    row = becomes(row, ImportState.DONE)
    assert (row.return_year, row.asked_by) == (2026, officer)
    assert (Child.objects.count(), Plan.objects.count()) == (5, 5)
    wait_until(lambda: Review.objects.filter(decided_on=None).count() == 5)


@pytest.mark.usefixtures("_tidy")
def test_a_message_that_comes_twice_is_worked_off_once(live_worker: LiveWorker, officer: User) -> None:
    row = becomes(upload(FIVE, officer), ImportState.CHECKED)
    imports.start_import(row=row, leave_out_errors=False, by=officer)
    row = becomes(row, ImportState.DONE)
    finished, versions = row.finished_at, list(Child.objects.values_list("pk", "version").order_by("pk"))
    for task in (imports.IMPORT_TASK, imports.CHECK_TASK):
        app.send_task(task, kwargs={"import_id": row.pk})
    other = becomes(upload(FIVE, officer), ImportState.CHECKED)
    row.refresh_from_db()
    assert (row.state, row.finished_at) == (ImportState.DONE, finished)
    assert list(Child.objects.values_list("pk", "version").order_by("pk")) == versions
    assert other.summary["children_added"] == 0


@pytest.mark.usefixtures("_tidy")
def test_a_refused_file_says_why(live_worker: LiveWorker, officer: User) -> None:
    file = io.BytesIO(f.document(FIVE).encode()[:-40])
    row = imports.keep_upload(upload=file, file_name="cut-off.xml", by=officer)
    row = becomes(row, ImportState.REFUSED)
    assert row.refused_because
    assert not Child.objects.exists()


@pytest.mark.usefixtures("_tidy")
def test_a_check_lost_with_its_worker_is_done_when_asked_again(
    live_worker: LiveWorker, officer: User, broker: Any
) -> None:
    live_worker.kill()
    row = upload(FIVE, officer)
    broker.flushdb()
    live_worker.start()
    assert ReturnImport.objects.get(pk=row.pk).state == ImportState.CHECKING
    imports.check_again(row=row, by=officer)
    assert becomes(row, ImportState.CHECKED).summary["children_added"] == 5


def wait_until(met: Callable[[], object], seconds: float = 30) -> None:
    """Wait for what follows the state; fail when it does not come."""
    deadline = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.05)
