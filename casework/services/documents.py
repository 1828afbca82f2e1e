"""Attach files to a child's record, say what they are, withdraw them. Nothing is ever removed."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casework.audit import acting_as
from casework.models import Case, Child, Document, DocumentKind, User
from casework.rules.clock_words import show_day
from casework.rules.file_names import clean_name, title_from
from casework.rules.file_types import NotAccepted, check_file
from casework.services import files
from casework.services.refusals import Refused

_MEGABYTE = 1024 * 1024


class AlreadyAttached(Refused):
    """The same content is attached here already; `document` is it."""

    def __init__(self, words: str, *, document: Document) -> None:
        super().__init__(words, field="attached")
        self.document = document


def most_megabytes() -> int:
    """How large one file may be."""
    return int(settings.DOCUMENT_MAX_BYTES // _MEGABYTE)


def add(
    *,
    child: Child,
    content: bytes,
    name: str,
    kind: DocumentKind,
    received_on: date,
    by: User,
    on: date,
    case: Case | None = None,
    title: str = "",
) -> Document:
    """Attach one file. Raises Refused: too large, not an accepted kind, attached already, or a day to come."""
    _check_about(child, case, kind, received_on, on=on)
    if len(content) > settings.DOCUMENT_MAX_BYTES:
        raise Refused(
            f"“{name}” is larger than {most_megabytes()} MB, the most that one file may have. "
            "Save it smaller, for example with pictures of lower quality, or split it.",
            field="attached",
        )
    try:
        found = check_file(content, name)
    except NotAccepted as refusal:
        raise Refused(refusal.words, field="attached") from refusal
    cleaned = clean_name(name, extension=found.extensions[0])
    with files.with_the_transaction(), transaction.atomic(), acting_as(by):
        # Two people who attach the same file at once: the second waits here and is told.
        Child.objects.select_for_update().only("pk").get(pk=child.pk)
        _check_new(child, case, content, name)
        stored = files.keep(content)
        return Document.objects.create(
            child=child,
            case=case,
            kind=kind,
            title=title.strip()[:200] or title_from(cleaned),
            file_name=cleaned,
            storage_key=stored.key,
            size=stored.size,
            checksum=stored.checksum,
            content_type=found.content_type,
            received_on=received_on,
            added_by=by,
        )


def keep_letter(
    *, child: Child, case: Case | None, content: bytes, title: str, by: User, on: date
) -> Document:
    """Keep a letter that Waymark wrote. Call it inside `files.with_the_transaction()` and a transaction."""
    found = check_file(content, "letter.docx")
    stored = files.keep(content)
    return Document.objects.create(
        child=child,
        case=case,
        kind=DocumentKind.LETTER,
        title=title[:200],
        file_name=clean_name(f"{title}.docx", extension="docx"),
        storage_key=stored.key,
        size=stored.size,
        checksum=stored.checksum,
        content_type=found.content_type,
        received_on=on,
        added_by=by,
    )


@transaction.atomic
def describe(
    *, document: Document, kind: DocumentKind, title: str, received_on: date, by: User, on: date
) -> Document:
    """Say better what a document is. Raises Refused."""
    _check_stands(document)
    if document.kind == DocumentKind.LETTER:
        raise Refused("This letter was written in Waymark: what it is and its day cannot be changed.")
    if not title.strip():
        raise Refused("Enter what the document is.", field="title")
    _check_about(document.child, document.case, kind, received_on, on=on)
    with acting_as(by):
        document.kind, document.title, document.received_on = kind, title.strip()[:200], received_on
        document.save(update_fields=["kind", "title", "received_on"])
    return document


@transaction.atomic
def withdraw(*, document: Document, reason: str, by: User) -> Document:
    """Take a document out of use: it stays, struck through, with who said so and why. Raises Refused."""
    document = Document.objects.select_for_update(of=("self",)).select_related("child").get(pk=document.pk)
    _check_stands(document)
    if document.kind == DocumentKind.LETTER:
        raise Refused("This letter was written in Waymark. Mark the letter itself, under Letters.")
    if not reason.strip():
        raise Refused("Enter why the document is withdrawn.", field="reason")
    with acting_as(by, reason=reason):
        document.withdrawn_at = timezone.now()
        document.withdrawn_by = by
        document.withdrawn_reason = reason.strip()[:300]
        document.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return document


def _check_stands(document: Document) -> None:
    if document.withdrawn_at is not None:
        raise Refused("This document has been withdrawn. Attach the right one again instead.")


def _check_about(child: Child, case: Case | None, kind: DocumentKind, received_on: date, *, on: date) -> None:
    if case is not None and case.child_id != child.pk:
        raise Refused(
            f"{case.reference} is a case of another child. Choose one of {child.name}’s own.", field="case"
        )
    if kind == DocumentKind.LETTER:
        raise Refused("Letters are written under Letters. Choose what this file is.", field="kind")
    if received_on > on:
        raise Refused(
            f"The document cannot have come after today, {show_day(on)}. Enter the day it came.",
            field="received_on",
        )


def _check_new(child: Child, case: Case | None, content: bytes, name: str) -> None:
    there = Document.objects.filter(
        child=child, case=case, checksum=files.checksum_of(content), withdrawn_at__isnull=True
    ).exclude(kind=DocumentKind.LETTER).select_related("added_by").first()  # fmt: skip
    if there is not None:
        raise AlreadyAttached(
            f"“{name}” is attached already: “{there.title}”, received {show_day(there.received_on)}, attached by "
            f"{there.added_by.name}. Nothing was attached twice.",
            document=there,
        )
