"""Addresses of the words of plans."""

from django.urls import URLPattern, path

from casework.web.views import child_plan, plan_tasks, plan_texts

_TEXT = "plan-texts/<uuid:public_id>"
_CASE = "plan-cases/<uuid:public_id>"
_BUDGET = "children/<uuid:public_id>/plan/budget"

urlpatterns: list[URLPattern] = [
    path("children/<uuid:public_id>/plan/", child_plan.child_plan, name="child_plan"),
    path(f"{_BUDGET}/", plan_tasks.personal_budget, name="personal_budget"),
    path(f"{_BUDGET}/<slug:page>/", plan_tasks.personal_budget, name="personal_budget"),
    path(f"{_CASE}/start/", child_plan.start_draft, name="start_draft"),
    path(f"{_CASE}/representations/", plan_tasks.record_representations, name="record_representations"),
    path(
        f"{_CASE}/representations/<slug:page>/",
        plan_tasks.record_representations,
        name="record_representations",
    ),
    path(f"{_TEXT}/", plan_texts.read_plan, name="plan_text"),
    path(f"{_TEXT}/compare/", plan_texts.compare_plans, name="compare_plans"),
    path(f"{_TEXT}/draft/", plan_texts.plan_draft, name="plan_draft"),
    path(f"{_TEXT}/serve/", plan_tasks.serve_draft, name="serve_draft"),
    path(f"{_TEXT}/serve/<slug:page>/", plan_tasks.serve_draft, name="serve_draft"),
    path(f"{_TEXT}/section/<slug:letter>/", plan_texts.plan_section, name="plan_section"),
]
