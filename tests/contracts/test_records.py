"""Every model keeps its history or says why not; every migration can be taken back."""

import importlib

import pytest
from django.apps import apps
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

from tests.contracts.source import APPS

MODELS = [
    model
    for app in APPS
    for model in apps.get_app_config(app).get_models()
    if not hasattr(model, "pgh_tracked_model")
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_is_tracked_or_says_why_not(model):
    reason = getattr(model, "untracked_because", "")
    kept = any(getattr(event, "pgh_tracked_model", None) is model for event in apps.get_models())
    assert kept != bool(reason), (
        f"Put @tracked() on {model.__name__}, or @untracked with the reason (casework/audit.py); not both."
    )
    assert kept or len(reason.split()) >= 4, f"Say in words why {model.__name__} keeps no history."


@pytest.mark.parametrize("app", APPS)
def test_every_migration_can_be_taken_back(app):
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for (label, name), migration in loader.disk_migrations.items():
        if label != app:
            continue
        module = importlib.import_module(f"{app}.migrations.{name}")
        for operation in migration.operations:
            assert operation.reversible or getattr(module, "IRREVERSIBLE_BECAUSE", ""), (
                f"{app}.{name}: give {operation.__class__.__name__} a way back, or say why not in IRREVERSIBLE_BECAUSE."
            )


def test_an_operation_without_a_way_back_is_recognised():
    assert not migrations.RunSQL("SELECT 1").reversible
    assert migrations.RunSQL("SELECT 1", migrations.RunSQL.noop).reversible
