"""Addresses of moves between authorities and of ceasing."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from casework.web.views import ceasing, child_moves, moves, moves_board, moves_in, moves_out, reassess

_CHILD = "children/<uuid:public_id>"
_MOVE, _CEASING = "moves/<uuid:public_id>", "ceasing/<uuid:public_id>"


def task(route: str, view: Callable[..., Any], name: str) -> list[URLPattern]:
    """A checked task: the form and its check page."""
    return [path(f"{route}/", view, name=name), path(f"{route}/<slug:page>/", view, name=name)]


urlpatterns: list[URLPattern] = [
    path("moves/", moves_board.moves, name="moves"),
    path(f"{_CHILD}/moves/", child_moves.child_moves_page, name="child_moves"),
    *task(f"{_CHILD}/move-in", moves_in.record_move_in, "record_move_in"),
    *task(f"{_CHILD}/move-out", moves_out.record_move_out, "record_move_out"),
    *task(f"{_CHILD}/authority", child_moves.record_authority, "record_authority"),
    *task(f"{_CHILD}/consult-ceasing", ceasing.consult, "consult_ceasing"),
    *task(f"{_CHILD}/end-plan", ceasing.end_at_once, "end_at_once"),
    *task(f"{_MOVE}/told", moves_in.tell_family, "tell_family_of_transfer"),
    *task(f"{_MOVE}/call-off", moves.call_off, "call_off_move"),
    *task(f"{_MOVE}/papers", moves_out.transfer_papers, "transfer_papers"),
    *task(f"{_MOVE}/hand-over", moves_out.hand_over, "hand_over_plan"),
    path(f"{_MOVE}/recorded/", moves.move_recorded, name="move_recorded"),
    *task(f"{_CEASING}/decide", ceasing.decide, "decide_ceasing"),
    *task(f"{_CEASING}/end", ceasing.end_plan, "end_plan"),
    *task(f"{_CHILD}/re-assessment", reassess.log_reassessment, "log_reassessment"),
    *task(f"{_CHILD}/re-assess", reassess.reassess_ourselves, "reassess_ourselves"),
    *task("re-assessments/<uuid:public_id>/finish", reassess.finish_reassessment, "finish_reassessment"),
]
