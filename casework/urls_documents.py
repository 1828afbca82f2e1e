"""Addresses of documents."""

from django.urls import URLPattern, path

from casework.web.views import documents

urlpatterns: list[URLPattern] = [
    path("children/<uuid:public_id>/documents/", documents.child_documents, name="child_documents"),
    path("children/<uuid:public_id>/documents/attach/", documents.attach_documents, name="attach_documents"),
    path("documents/<uuid:public_id>/", documents.document_page, name="document"),
    path("documents/<uuid:public_id>/open/", documents.open_document, name="open_document"),
    path("documents/<uuid:public_id>/change/", documents.describe_document, name="describe_document"),
    path("documents/<uuid:public_id>/withdraw/", documents.withdraw_document, name="withdraw_document"),
]
