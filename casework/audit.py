"""The audit trail: database triggers write every insert, change and deletion to append-only tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pghistory
from django.db import models

Model = TypeVar("Model", bound=models.Model)


def tracked(*, reason_not: str = "") -> Callable[[type[Model]], type[Model]]:
    """Class decorator: keep the history of this model. Nothing slips past: `update()`, bulk work and raw SQL are caught."""

    def decorate(model: type[Model]) -> type[Model]:
        if reason_not:
            model.untracked_because = reason_not  # type: ignore[attr-defined]
            return model
        history: Callable[[type[Model]], type[Model]] = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            # The generated range repeats two dates that are kept; it cannot be inserted into an event table.
            exclude=[field.name for field in model._meta.fields if isinstance(field, models.GeneratedField)],
        )
        return history(model)

    return decorate


def untracked(reason: str) -> Callable[[type[Model]], type[Model]]:
    """Class decorator: this model keeps no history, for the reason given (a contract test reads it)."""
    return tracked(reason_not=reason)


@contextmanager
def acting_as(user: Any, *, reason: str = "", source: str = "") -> Iterator[None]:
    """Attach who, why and through what to every change made inside."""
    facts: dict[str, Any] = {}
    if user is not None:
        facts["user"] = user.pk
    if reason:
        facts["reason"] = reason
    if source:
        facts["source"] = source
    with pghistory.context(**facts):
        yield
