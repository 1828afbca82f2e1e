"""Addresses of the history of a child's records, and of undoing what was recorded by mistake."""

from django.urls import URLPattern, path

from casework.web.views import child_history, undo

urlpatterns: list[URLPattern] = [
    path("children/<uuid:public_id>/history/", child_history.child_history, name="child_history"),
    path("children/<uuid:public_id>/history.csv", child_history.child_history_csv, name="child_history_csv"),
    path("timeline/<uuid:public_id>/undo/", undo.undo_decision, name="undo_decision"),
    path("timeline/<uuid:public_id>/undo/<slug:page>/", undo.undo_decision, name="undo_decision"),
    path("timeline/<uuid:public_id>/undone/", undo.decision_undone, name="decision_undone"),
]
