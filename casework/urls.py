"""Addresses of casework."""

from django.urls import URLPattern, path

from casework import (
    urls_assessment,
    urls_disagreements,
    urls_documents,
    urls_history,
    urls_letters,
    urls_moves,
    urls_plans,
    urls_reviews,
    urls_teamwork,
)
from casework.web.views import child, children, decide, log_request, my_work, steps, team

urlpatterns: list[URLPattern] = [
    path("", my_work.home, name="home"),
    path("my-work/", my_work.my_work, name="my_work"),
    path("my-work/list.csv", my_work.my_work_csv, name="my_work_csv"),
    path("my-work/team/", team.team, name="team"),
    path("my-work/team/<uuid:public_id>/", my_work.worker_work, name="worker_work"),
    path("my-work/team/<uuid:public_id>/list.csv", my_work.worker_work_csv, name="worker_work_csv"),
    path("children/", children.children, name="children"),
    path("search/", children.children, name="search"),
    path("children/add/", children.add_child, name="add_child"),
    path("children/add/check/", children.add_child_check, name="add_child_check"),
    path("children/<uuid:public_id>/", child.child, name="child"),
    path("children/<uuid:public_id>/dates/", child.child_dates, name="child_dates"),
    path("children/<uuid:public_id>/timeline/", child.child_timeline, name="child_timeline"),
    path("children/<uuid:public_id>/log-request/", log_request.log_request, name="log_request"),
    path("children/<uuid:public_id>/log-request/<slug:page>/", log_request.log_request, name="log_request"),
    path("requests/<uuid:public_id>/logged/", log_request.request_logged, name="request_logged"),
    path("requests/<uuid:public_id>/assess/", decide.decide_to_assess, name="decide_to_assess"),
    path("requests/<uuid:public_id>/assess/<slug:page>/", decide.decide_to_assess, name="decide_to_assess"),
    path("requests/<uuid:public_id>/issue/", decide.decide_to_issue, name="decide_to_issue"),
    path("requests/<uuid:public_id>/issue/<slug:page>/", decide.decide_to_issue, name="decide_to_issue"),
    path("requests/<uuid:public_id>/record/", steps.record_milestone, name="record_milestone"),
    path("requests/<uuid:public_id>/record/<slug:page>/", steps.record_milestone, name="record_milestone"),
    path("requests/<uuid:public_id>/exception/", steps.add_exception, name="add_exception"),
    path("requests/<uuid:public_id>/exception/<slug:page>/", steps.add_exception, name="add_exception"),
    path("timeline/<uuid:public_id>/correct/", steps.correct_milestone, name="correct_milestone"),
    path("timeline/<uuid:public_id>/correct/<slug:page>/", steps.correct_milestone, name="correct_milestone"),
    *urls_documents.urlpatterns,
    *urls_history.urlpatterns,
    *urls_assessment.urlpatterns,
    *urls_plans.urlpatterns,
    *urls_letters.urlpatterns,
    *urls_reviews.urlpatterns,
    *urls_disagreements.urlpatterns,
    *urls_teamwork.urlpatterns,
    *urls_moves.urlpatterns,
]
