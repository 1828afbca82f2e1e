"""Queues and worker: every message goes to one queue, and a worker serves both."""

import datetime

import pytest
import redis
from django.utils import timezone
from oauth2_provider.models import AccessToken

from casework.tasks import clear_tokens
from config.celery import app
from tests.api.callers import ask_for_token, make_application
from tests.fixtures.worker import LiveWorker


def test_reports_go_to_their_own_queue_and_only_there(broker: redis.Redis) -> None:
    app.send_task("reporting.tasks.anything")

    assert (broker.llen("reports"), broker.llen("default")) == (1, 0)


def test_everything_else_goes_to_the_default_queue(broker: redis.Redis) -> None:
    app.send_task("casework.tasks.anything")

    assert (broker.llen("reports"), broker.llen("default")) == (0, 1)


def test_scheduled_tasks_exist() -> None:
    app.loader.import_default_modules()

    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert scheduled <= set(app.tasks)


def test_expired_tokens_are_removed_every_night_and_tokens_that_work_stay(db: None) -> None:
    assert "casework.tasks.clear_tokens" in {entry["task"] for entry in app.conf.beat_schedule.values()}
    application = make_application()
    assert ask_for_token(application).status_code == 200
    expired = AccessToken.objects.get()
    AccessToken.objects.update(expires=timezone.now() - datetime.timedelta(seconds=1))
    assert ask_for_token(application).status_code == 200

    assert clear_tokens() == 1

    assert list(AccessToken.objects.filter(pk=expired.pk)) == []
    assert AccessToken.objects.count() == 1
    assert clear_tokens() == 0


@pytest.mark.worker
def test_a_worker_serves_both_queues_and_can_be_killed_and_started_again(live_worker: LiveWorker) -> None:
    first = live_worker.pid
    queues = [
        {queue["name"] for queue in served} for served in app.control.inspect().active_queues().values()
    ]
    assert queues == [{"default", "reports"}]

    live_worker.kill()
    assert app.control.ping(timeout=0.5) == []

    live_worker.start()
    assert live_worker.pid != first
