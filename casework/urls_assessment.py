"""Addresses of the assessment: advice and panels."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from casework.web.views import advice, advice_list, assessment, panels

_CASE, _ADVICE = "requests/<uuid:public_id>", "advice/<uuid:public_id>"


def _task(route: str, view: Callable[..., Any], name: str) -> list[URLPattern]:
    """A task's form and its check page."""
    return [path(f"{route}/", view, name=name), path(f"{route}/<slug:page>/", view, name=name)]


urlpatterns: list[URLPattern] = [
    path("children/<uuid:public_id>/assessment/", assessment.child_assessment, name="child_assessment"),
    path("advice/", advice_list.advice_list, name="advice_list"),
    path("advice/chase/", advice_list.advice_chase, name="advice_chase"),
    *_task(f"{_CASE}/advice/ask", advice.advice_ask, "advice_ask"),
    *_task(f"{_CASE}/advice/received", advice.advice_receive, "advice_receive"),
    *_task(f"{_CASE}/advice/existing", advice.existing_for_case, "existing_for_case"),
    *_task(f"{_ADVICE}/existing", advice.advice_existing, "advice_existing"),
    *_task(f"{_ADVICE}/not-needed", advice.advice_not_needed, "advice_not_needed"),
    *_task(f"{_ADVICE}/exception", advice.advice_exception, "advice_exception"),
    *_task(f"{_CASE}/panel", panels.panel_outcome, "panel_outcome"),
    path("panels/", panels.panel_list, name="panels"),
    path("panels/add/", panels.record_meeting, name="record_meeting"),
    path("panels/<uuid:public_id>/", panels.panel, name="panel"),
]
