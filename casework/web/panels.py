"""What higher apps show on a child's page, and the steps they offer there. They register from their `apps.ready`.

Casework knows no placements and no costs. A panel is loaded and drawn only for a reader who has its permission.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from casework.models import RequestState, User
from casework.queries.case_summary import ChildSummary
from casework.rules.permissions import Permission

Load = Callable[[ChildSummary, User], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class ChildPanel:
    """A part of the child's overview, or of the child's page that `page` names.

    `load` gives the context of `template`, or None to show nothing. It is given what the page has read of the child's
    casework, so that it need not read it again.
    """

    key: str
    title: str
    order: int
    permission: Permission
    load: Load
    template: str
    page: str = "child"


@dataclass(frozen=True, slots=True)
class RequestStep:
    """A page of a higher app that takes a request further, offered while the request is in `state`.

    `url_name` takes the request's public id.
    """

    key: str
    title: str
    state: RequestState
    permission: Permission
    url_name: str


@dataclass(frozen=True, slots=True)
class LoadedPanel:
    """A panel with what it shows."""

    panel: ChildPanel
    context: dict[str, Any]


_panels: dict[str, ChildPanel] = {}
_steps: dict[str, RequestStep] = {}


def register(panel: ChildPanel) -> None:
    """Add a panel to the child's page; the same key again replaces it."""
    _panels[panel.key] = panel


def register_step(step: RequestStep) -> None:
    """Offer a page as the way on from a state of a request."""
    _steps[step.key] = step


def load_panels(summary: ChildSummary, *, reader: User, page: str = "child") -> list[LoadedPanel]:
    """The panels this reader may see, in order, with what they show."""
    loaded = []
    for panel in sorted(_panels.values(), key=lambda one: one.order):
        if panel.page == page and reader.may(panel.permission):
            context = panel.load(summary, reader)
            if context is not None:
                loaded.append(LoadedPanel(panel, context))
    return loaded


def steps_for(state: RequestState, *, reader: User) -> list[RequestStep]:
    """The steps of higher apps that this reader may take with a request in this state."""
    return [step for step in _steps.values() if step.state == state and reader.may(step.permission)]
