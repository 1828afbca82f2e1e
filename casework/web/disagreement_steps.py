"""Pages of higher apps that carry out an order or an agreement: they register from their `apps.ready`.

An amended plan names a setting in section I, which is a record of the placements app.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from casework.models import User
from casework.queries.disagreements import Standing
from casework.rules.permissions import Permission
from casework.ui.components import Link


@dataclass(frozen=True, slots=True)
class DisagreementStep:
    """A page offered while `may` says so. `url_name` takes the public id of the case of mediation or appeal."""

    key: str
    title: str
    permission: Permission
    url_name: str
    may: Callable[[Standing], bool]


_steps: dict[str, DisagreementStep] = {}


def register(step: DisagreementStep) -> None:
    """Offer a page; the same key again replaces it."""
    _steps[step.key] = step


def steps_of(standing: Standing, *, reader: User) -> list[Link]:
    """The steps of higher apps that this reader may take now."""
    return [
        Link(step.title, reverse(step.url_name, args=[standing.case.public_id]))
        for step in _steps.values()
        if reader.may(step.permission) and step.may(standing)
    ]
