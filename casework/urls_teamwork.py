"""Addresses of the work of a team: contact log, follow-ups, allocation, cover."""

from django.urls import URLPattern, path

from casework.web.views import allocation, contact_log, cover, followups, saved_filters, selected

_CHILD = "children/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{_CHILD}/contact-log/", contact_log.child_contact_log, name="child_contact_log"),
    path(f"{_CHILD}/contact-log/note/", contact_log.note_contact, name="note_contact"),
    path("contact-log/<uuid:public_id>/correct/", contact_log.correct_contact, name="correct_contact"),
    path(f"{_CHILD}/follow-ups/add/", followups.add_follow_up, name="add_follow_up"),
    path("my-work/views/save/", saved_filters.save_filter, name="save_filter"),
    path("my-work/views/<uuid:public_id>/remove/", saved_filters.remove_filter, name="remove_filter"),
    path("my-work/selected/", selected.selected, name="selected"),
    path("my-work/selected/reassign/", allocation.reassign, name="reassign"),
    path("my-work/selected/reassign/<slug:page>/", allocation.reassign, name="reassign"),
    path("my-work/reassigned/", allocation.reassigned, name="reassigned"),
    path("my-work/team/unallocated/", allocation.unallocated, name="unallocated"),
    path("my-work/team/<uuid:public_id>/handover/", allocation.handover_page, name="handover"),
    path("my-work/team/cover/", cover.cover, name="cover"),
    path("my-work/team/cover/<uuid:public_id>/end/", cover.end_cover, name="end_cover"),
    path("my-work/selected/follow-up/", selected.follow_up_selected, name="follow_up_selected"),
    path("follow-ups/<uuid:public_id>/done/", followups.complete_follow_up, name="complete_follow_up"),
    path("follow-ups/<uuid:public_id>/move/", followups.move_follow_up, name="move_follow_up"),
]
