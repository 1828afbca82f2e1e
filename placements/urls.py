"""Addresses of placements."""

from django.urls import URLPattern, path

from placements.web.views import amended_plan, bound_plan, issue_plan

urlpatterns: list[URLPattern] = [
    path("requests/<uuid:public_id>/final-plan/", issue_plan.issue_final_plan, name="issue_final_plan"),
    path(
        "requests/<uuid:public_id>/final-plan/<slug:page>/",
        issue_plan.issue_final_plan,
        name="issue_final_plan",
    ),
    path("requests/<uuid:public_id>/plan-issued/", issue_plan.plan_issued, name="plan_issued"),
    path("reviews/<uuid:public_id>/final-plan/", amended_plan.issue_amended, name="issue_amended_plan"),
    path(
        "reviews/<uuid:public_id>/final-plan/<slug:page>/",
        amended_plan.issue_amended,
        name="issue_amended_plan",
    ),
    path(
        "reviews/<uuid:public_id>/next-setting/", amended_plan.agree_next_setting, name="agree_next_setting"
    ),
    path(
        "reviews/<uuid:public_id>/next-setting/<slug:page>/",
        amended_plan.agree_next_setting,
        name="agree_next_setting",
    ),
    path(
        "disagreements/<uuid:public_id>/amended-plan/", bound_plan.issue_as_bound, name="issue_plan_as_bound"
    ),
    path(
        "disagreements/<uuid:public_id>/amended-plan/<slug:page>/",
        bound_plan.issue_as_bound,
        name="issue_plan_as_bound",
    ),
]
