"""What every test stands on: a real PostgreSQL and Redis, which config.settings.test has started."""

from collections.abc import Iterator

import pytest
import redis
from django.core.cache import cache

from config.celery import app

pytest_plugins = ["tests.fixtures.database", "tests.fixtures.worker", "tests.fixtures.browser"]


@pytest.fixture(scope="session")
def broker() -> Iterator[redis.Redis]:
    """The Redis database of this test process's messages."""
    with app.connection_for_write() as connection:
        yield connection.default_channel.client


@pytest.fixture(autouse=True)
def _empty_redis(broker: redis.Redis) -> None:
    """No test sees another's messages, sessions or rate limits."""
    broker.flushdb()
    cache.clear()
