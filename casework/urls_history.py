"""Addresses of the history of a child's records."""

from django.urls import URLPattern, path

from casework.web.views import child_history

urlpatterns: list[URLPattern] = [
    path("children/<uuid:public_id>/history/", child_history.child_history, name="child_history"),
    path("children/<uuid:public_id>/history.csv", child_history.child_history_csv, name="child_history_csv"),
]
