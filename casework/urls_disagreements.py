"""Addresses of mediation and appeals."""

from collections.abc import Iterable

from django.urls import URLPattern, path

from casework.rules.permissions import Permission
from casework.web import appeal_tasks, mediation_tasks
from casework.web.disagreement_tasks import DisagreementTask
from casework.web.views import child_disagreements, disagreement_board, disagreements


def _steps(
    folder: str, tasks: Iterable[DisagreementTask], record: object, decide: object
) -> list[URLPattern]:
    """Two addresses a step: the questions, and the check page."""
    found = []
    for task in tasks:
        view = decide if task.permission is Permission.DECIDE else record
        for page in ("", "<slug:page>/"):
            found.append(
                path(
                    f"{folder}/<uuid:public_id>/{task.slug}/{page}",
                    view,
                    {"step": task.slug},
                    name=task.url_name,
                )  # type: ignore[call-overload]
            )
    return found


urlpatterns: list[URLPattern] = [
    path("disagreements/", disagreement_board.board, name="disagreements"),
    path("disagreements/list.csv", disagreement_board.board_csv, name="disagreements_csv"),
    path(
        "children/<uuid:public_id>/disagreements/",
        child_disagreements.child_disagreements,
        name="child_disagreements",
    ),
    path("decisions/<uuid:public_id>/mediation/", disagreements.open_mediation, name="open_mediation"),
    path(
        "decisions/<uuid:public_id>/mediation/<slug:page>/",
        disagreements.open_mediation,
        name="open_mediation",
    ),
    path("decisions/<uuid:public_id>/appeal/", disagreements.register_appeal, name="register_appeal"),
    path(
        "decisions/<uuid:public_id>/appeal/<slug:page>/",
        disagreements.register_appeal,
        name="register_appeal",
    ),
    path("directions/<uuid:public_id>/", disagreements.direction, name="tribunal_direction"),
    path("directions/<uuid:public_id>/<slug:page>/", disagreements.direction, name="tribunal_direction"),
    path("hearings/<uuid:public_id>/", disagreements.hearing, name="tribunal_hearing"),
    path("hearings/<uuid:public_id>/<slug:page>/", disagreements.hearing, name="tribunal_hearing"),
    *_steps(
        "mediation",
        mediation_tasks.TASKS.values(),
        disagreements.mediation_step,
        disagreements.mediation_decision,
    ),
    *_steps("appeals", appeal_tasks.TASKS.values(), disagreements.appeal_step, disagreements.appeal_decision),
]
