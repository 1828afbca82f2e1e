"""Addresses of the people around a child, of who the child is, and of merging two records."""

from django.urls import URLPattern, path

from casework.web.people_task import Of
from casework.web.views import duplicates, people

_PLACES = {
    Of.CHILD: ("children/<uuid:public_id>/people", people.child_task),
    Of.RESTRICTION: ("children/<uuid:public_id>/people", people.restriction_task),
    Of.CONTACT: ("contacts/<uuid:public_id>", people.contact_task),
}

TASKS: list[URLPattern] = [
    pattern
    for task in people.TASKS.values()
    for folder, view in (_PLACES[task.of],)
    for pattern in (
        path(f"{folder}/{task.word}/", view, {"word": task.word}, name=task.url_name),
        path(f"{folder}/{task.word}/<slug:page>/", view, {"word": task.word}, name=task.url_name),
    )
]
_MERGE = "children/<uuid:public_id>/merge/<uuid:other_id>"

urlpatterns: list[URLPattern] = [
    path("children/<uuid:public_id>/people/", people.child_people, name="child_people"),
    path("children/<uuid:public_id>/identity/", people.child_identity, name="child_identity"),
    path("children/alike/", duplicates.alike, name="alike"),
    path(f"{_MERGE}/", duplicates.compare_two, name="merge"),
    path(f"{_MERGE}/twins/", duplicates.second_look, name="merge_twins"),
    path(f"{_MERGE}/check/", duplicates.check, name="merge_check"),
    path(f"{_MERGE}/different/", duplicates.different, name="merge_different"),
    path("merges/<uuid:public_id>/undo/", duplicates.undo_merge, name="undo_merge"),
    path("merges/<uuid:public_id>/undo/<slug:page>/", duplicates.undo_merge, name="undo_merge"),
    *TASKS,
]
