"""Pages of higher apps that take a review further: they register from their `apps.ready`.

The final amended plan names a setting in section I, which is a record of the placements app.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from casework.models import Review, User
from casework.rules.permissions import Permission
from casework.ui.components import Link


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """A page offered while `may` says so. `url_name` takes the case's public id."""

    key: str
    title: str
    permission: Permission
    url_name: str
    may: Callable[[Review], bool]


_steps: dict[str, ReviewStep] = {}


def register(step: ReviewStep) -> None:
    """Offer a page; the same key again replaces it."""
    _steps[step.key] = step


def steps_of(review: Review, *, reader: User) -> list[Link]:
    """The steps of higher apps that this reader may take now."""
    return [
        Link(step.title, reverse(step.url_name, args=[review.case.public_id]))
        for step in _steps.values()
        if reader.may(step.permission) and step.may(review)
    ]
