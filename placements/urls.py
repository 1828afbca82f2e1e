"""Addresses of placements."""

from django.urls import URLPattern, path

from placements.web.views import issue_plan

urlpatterns: list[URLPattern] = [
    path("requests/<uuid:public_id>/final-plan/", issue_plan.issue_final_plan, name="issue_final_plan"),
    path(
        "requests/<uuid:public_id>/final-plan/<slug:page>/",
        issue_plan.issue_final_plan,
        name="issue_final_plan",
    ),
    path("requests/<uuid:public_id>/plan-issued/", issue_plan.plan_issued, name="plan_issued"),
]
