"""Addresses of the work of a team: contact log, follow-ups, allocation, cover."""

from django.urls import URLPattern, path

from casework.web.views import contact_log, followups

_CHILD = "children/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{_CHILD}/contact-log/", contact_log.child_contact_log, name="child_contact_log"),
    path(f"{_CHILD}/contact-log/note/", contact_log.note_contact, name="note_contact"),
    path("contact-log/<uuid:public_id>/correct/", contact_log.correct_contact, name="correct_contact"),
    path(f"{_CHILD}/follow-ups/add/", followups.add_follow_up, name="add_follow_up"),
    path("follow-ups/<uuid:public_id>/done/", followups.complete_follow_up, name="complete_follow_up"),
    path("follow-ups/<uuid:public_id>/move/", followups.move_follow_up, name="move_follow_up"),
]
