"""Columns and constraints that many models share."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q


def public_id() -> "models.UUIDField[Any, Any]":
    """The identifier in addresses and the API: random, so that nothing can be counted or guessed."""
    return models.UUIDField(unique=True, editable=False, db_default=RandomUUID())


def one_of(name: str, field: str, choices: Iterable[str], *, blank: bool = False) -> models.CheckConstraint:
    """The database accepts only the listed values."""
    values = [*(str(choice) for choice in choices), *([""] if blank else [])]
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


class CameFrom(models.TextChoices):
    """Who recorded a row. A later return never overwrites what a caseworker recorded."""

    CASEWORKER = "caseworker", "A caseworker"
    RETURN = "return", "A SEN2 return"
    REGISTER = "register", "The settings register"
    OTHER_SYSTEM = "system", "Another system"


def came_from() -> "models.CharField[Any, Any]":
    """Provenance of a row (CameFrom)."""
    return models.CharField(
        max_length=12, choices=CameFrom.choices, default=CameFrom.CASEWORKER, db_default=CameFrom.CASEWORKER
    )
