"""Probes: alive whatever happens, ready only with database, migrations and broker."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from config import health
from config.celery import app

pytestmark = pytest.mark.django_db

PROBE = """
import django, json
django.setup()
from django.test import Client
alive, ready = Client().get("/healthz"), Client().get("/readyz")
print(json.dumps([alive.status_code, ready.status_code, ready.json()]))
"""


def test_alive_without_signing_in(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"alive\n")


def test_ready_when_all_is_there(client: Client) -> None:
    response = client.get("/readyz")

    assert response.json() == {"database": "ready", "migrations": "ready", "broker": "ready"}
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_not_ready_while_a_migration_is_missing(client: Client) -> None:
    health._ensure_applied.cache_clear()
    last = MigrationRecorder.Migration.objects.filter(app="casework").latest("pk")
    last.delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["migrations"] == "not applied: run manage.py migrate"


def test_not_ready_without_broker(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.conf, "broker_url", "redis://127.0.0.1:1/0")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"database": "ready", "migrations": "ready", "broker": "not reachable"}


def test_alive_but_not_ready_with_everything_down() -> None:
    nowhere = {"DATABASE_URL": "postgresql://none@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}

    answer = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=settings.BASE_DIR,
        env=os.environ | nowhere,
        check=True,
        capture_output=True,
        text=True,
    )

    assert json.loads(answer.stdout) == [
        200,
        503,
        {"database": "not reachable", "migrations": "not known", "broker": "not reachable"},
    ]
