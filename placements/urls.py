"""Addresses of placements."""

from django.urls import URLPattern, path

from placements.web.views import amended_plan, bound_plan, home_education, issue_plan, plan_in

urlpatterns: list[URLPattern] = [
    path("children/<uuid:public_id>/outside-school/", home_education.outside_school, name="outside_school"),
    path(
        "children/<uuid:public_id>/outside-school/<slug:page>/",
        home_education.outside_school,
        name="outside_school",
    ),
    path("home-education/<uuid:public_id>/", home_education.suitability, name="suitability"),
    path("home-education/<uuid:public_id>/<slug:page>/", home_education.suitability, name="suitability"),
    path("outside-school/<uuid:public_id>/end/", home_education.end_outside, name="end_outside_school"),
    path(
        "outside-school/<uuid:public_id>/end/<slug:page>/",
        home_education.end_outside,
        name="end_outside_school",
    ),
    path(
        "re-assessments/<uuid:public_id>/final-plan/",
        amended_plan.issue_reassessed,
        name="issue_reassessed_plan",
    ),
    path(
        "re-assessments/<uuid:public_id>/final-plan/<slug:page>/",
        amended_plan.issue_reassessed,
        name="issue_reassessed_plan",
    ),
    path("moves/<uuid:public_id>/plan/", plan_in.plan_in, name="receive_plan"),
    path("moves/<uuid:public_id>/plan/<slug:page>/", plan_in.plan_in, name="receive_plan"),
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
    path("reviews/<uuid:public_id>/already-named/", amended_plan.already_named, name="already_named"),
    path(
        "reviews/<uuid:public_id>/already-named/<slug:page>/",
        amended_plan.already_named,
        name="already_named",
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
