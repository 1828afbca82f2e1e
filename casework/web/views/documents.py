"""The documents of a child: attach, say what they are, open, withdraw; who has opened one."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from casework.access.people import may_read_withheld
from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Case, Child, Document, DocumentKind, Letter
from casework.queries.documents import documents_of, number_of_readings, readings_of
from casework.rules.permissions import Permission
from casework.services import documents, files
from casework.services.access_log import record_document_view
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.formats import file_size, long_date
from casework.ui.forms import GovukForm
from casework.web.downloads import as_attachment
from casework.web.forms.documents import AttachForm, DescribeForm, WithdrawForm
from casework.web.presenters import plain_identity
from casework.web.records import child_or_404, reader_of
from casework.web.refused import add_refusal
from casework.web.views.child import open_record

_READINGS_SHOWN = 100


@needs(Permission.SEE_DOCUMENTS)
def child_documents(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What is on the record, latest first."""
    opened = open_record(request, public_id, "child_documents")
    if isinstance(opened, HttpResponse):
        return opened
    summary, context = opened
    context["documents"] = documents_of(summary.child)
    context["as_at"] = today()
    return render(request, "casework/documents/list.html", context)


@needs(Permission.RECORD_CASEWORK)
def attach_documents(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Choose files that came together. Each is kept or refused by itself."""
    child = child_or_404(request, public_id)
    form = AttachForm(
        request.POST or None,
        request.FILES or None,
        cases=_cases(request, child),
        today=today(),
        born=child.date_of_birth,
        most=documents.most_megabytes(),
    )
    if request.method == "POST" and form.is_valid():
        kept = _attach_each(request, child, form)
        if kept:
            messages.success(request, "1 document attached" if kept == 1 else f"{kept} documents attached")
        if not form.errors:
            return redirect("child_documents", child.public_id)
    context = _form_page(child, form, "Attach documents", "Attach")
    return render(request, "casework/documents/form.html", context)


@needs(Permission.SEE_DOCUMENTS)
def document_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What is known of one document and, for managers, who has opened it."""
    document = _document_or_404(request, public_id)
    opened = open_record(request, document.child.public_id, "child_documents")
    if isinstance(opened, HttpResponse):
        return opened
    _, context = opened
    reader = reader_of(request)
    context |= {
        "document": document,
        "size": file_size(document.size),
        "may_change": reader.may(Permission.RECORD_CASEWORK)
        and document.withdrawn_at is None
        and document.kind != DocumentKind.LETTER,
        "as_at": today(),
    }
    if reader.may(Permission.SEE_READINGS):
        context["times"], context["people"] = number_of_readings(document)
        context["readings"] = readings_of(document)[:_READINGS_SHOWN]
    return render(request, "casework/documents/document.html", context)


@require_GET
@needs(Permission.SEE_DOCUMENTS)
def open_document(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Send the content, to be saved; the reading is logged before it leaves."""
    document = _document_or_404(request, public_id)
    page = redirect("document", document.public_id)
    reason = request.session.get("reasons", {}).get(str(document.child_id), "")
    if document.child.restricted and not reason:
        return page
    letter = visible(Letter, reader_of(request)).filter(document=document, address_withheld=True).exists()
    if letter and not may_read_withheld(document.child, reader_of(request), on=today()):
        messages.warning(
            request,
            "This letter holds an address that is withheld, and you are not among those who may read it. "
            "Ask the child’s worker or a manager.",
        )
        return page
    try:
        content = files.read(key=document.storage_key, checksum=document.checksum)
    except files.FileLost as lost:
        messages.warning(request, lost.words)
        return page
    record_document_view(document=document, by=reader_of(request), reason=reason)
    return as_attachment(content, file_name=document.file_name, content_type=document.content_type)


@needs(Permission.RECORD_CASEWORK)
def describe_document(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Change what a document is called."""
    document = _document_or_404(request, public_id)
    child = document.child
    initial = {"title": document.title, "kind": document.kind, "received_on": document.received_on}
    form = DescribeForm(request.POST or None, initial=initial, today=today(), born=child.date_of_birth)
    if request.method == "POST" and form.is_valid():
        try:
            documents.describe(
                document=document,
                kind=DocumentKind(form.cleaned_data["kind"]),
                title=form.cleaned_data["title"],
                received_on=form.cleaned_data["received_on"],
                by=reader_of(request),
                on=today(),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "The document has been changed")
            return redirect("document", document.public_id)
    context = _form_page(child, form, "Change what a document is", "Save", document)
    return render(request, "casework/documents/form.html", context)


@needs(Permission.RECORD_CASEWORK)
def withdraw_document(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take a document out of use, with the reason."""
    document = _document_or_404(request, public_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            documents.withdraw(document=document, reason=form.cleaned_data["reason"], by=reader_of(request))
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "The document has been withdrawn")
            return redirect("child_documents", document.child.public_id)
    context = _form_page(document.child, form, "Withdraw a document", "Withdraw the document", document)
    context["intro"] = (
        "The file stays on the record, marked as withdrawn, with your name and the reason. It can still be opened, and "
        "every opening is logged."
    )
    return render(request, "casework/documents/form.html", context)


def _attach_each(request: HttpRequest, child: Child, form: AttachForm) -> int:
    """Attach the files one by one; what is refused is said beside the files, the others stay attached."""
    given = form.cleaned_data
    sent: list[UploadedFile[bytes]] = given["attached"]
    case = None
    if given["case"]:
        case = get_object_or_404(visible(Case, reader_of(request)), child=child, public_id=given["case"])
    kept, refused = 0, []
    for file in sent:
        try:
            documents.add(
                child=child,
                case=case,
                content=file.read(settings.DOCUMENT_MAX_BYTES + 1),
                name=file.name or "document",
                kind=DocumentKind(given["kind"]),
                title=given["title"] if len(sent) == 1 else "",
                received_on=given["received_on"],
                by=reader_of(request),
                on=today(),
            )
        except Refused as refusal:
            refused.append(refusal)
        else:
            kept += 1
    for one in refused:
        add_refusal(form, one)
    return kept


def _cases(request: HttpRequest, child: Child) -> list[tuple[str, str]]:
    return [
        (str(case.public_id), f"{case.get_kind_display()}, {_since(case)} ({case.reference})")
        for case in visible(Case, reader_of(request)).filter(child=child)
    ]


def _since(case: Case) -> str:
    return f"opened {long_date(case.opened_on)}" if case.opened_on else "opening day not recorded"


def _document_or_404(request: HttpRequest, public_id: uuid.UUID) -> Document:
    rows = visible(Document, reader_of(request)).select_related("child", "case", "added_by", "withdrawn_by")
    return get_object_or_404(rows, public_id=public_id)


def _form_page(
    child: Child, form: GovukForm, heading: str, submit: str, document: Document | None = None
) -> dict[str, Any]:
    back = (
        reverse("document", args=[document.public_id])
        if document
        else reverse("child_documents", args=[child.public_id])
    )
    return {
        "form": form,
        "heading": heading,
        "caption": document.title if document else "",
        "submit": submit,
        "identity": plain_identity(child, today()),
        "back_url": back,
        "cancel_url": back,
    }
