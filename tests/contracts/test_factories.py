"""Every model has one factory, and what it makes is accepted by the database."""

import importlib
import pkgutil

import factory
import pytest
from django.apps import apps

import tests.factories

APPS = ("casework", "placements", "funding", "reporting")


def _factories():
    found = {}
    for module in pkgutil.iter_modules(tests.factories.__path__):
        loaded = importlib.import_module(f"tests.factories.{module.name}")
        for thing in vars(loaded).values():
            if isinstance(thing, type) and issubclass(thing, factory.django.DjangoModelFactory):
                model = thing._meta.model
                if model is not None:
                    found[model] = thing
    return found


def _models():
    return [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "pgh_tracked_model")
    ]


@pytest.mark.parametrize("model", _models(), ids=lambda model: model.__name__)
def test_every_model_has_a_factory_that_works(model, db):
    assert model in _factories(), f"Add a factory for {model.__name__} to tests/factories"
    made = _factories()[model]()
    assert model._default_manager.filter(pk=made.pk).exists()
