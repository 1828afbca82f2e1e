"""The letters of a child: what was made, whether it went, how one knows; and letters sent in error."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Letter, SentHow
from casework.queries.letter_sending import letters_in_error as in_error
from casework.queries.letter_sending import letters_of, sending_consequences
from casework.rules.permissions import Permission
from casework.services import letters
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask
from casework.web.forms.letters import DiscardForm, SentForm, SentInErrorForm
from casework.web.presenters import plain_identity
from casework.web.records import reader_of
from casework.web.refused import add_refusal
from casework.web.views.child import open_record

STATES = {"Sent": "green", "Made, not sent": "blue", "Sent in error": "red", "Discarded": "grey"}


@needs(Permission.SEE_DOCUMENTS)
def child_letters(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Every letter about this child, latest first."""
    opened = open_record(request, public_id, "child_letters")
    if isinstance(opened, HttpResponse):
        return opened
    summary, context = opened
    rows = list(letters_of(summary.child))
    context |= {"rows": [(row, STATES[row.state]) for row in rows], "as_at": today()}
    return render(request, "casework/letters/list.html", context)


@needs(Permission.SEE_DOCUMENTS)
def letter_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One letter: to whom it went as they stood, and the proof."""
    letter = letter_or_404(request, public_id)
    opened = open_record(request, letter.child.public_id, "child_letters")
    if isinstance(opened, HttpResponse):
        return opened
    _, context = opened
    context |= {
        "letter": letter,
        "colour": STATES[letter.state],
        "is_open": letter.sent_on is None and not letter.discarded_reason,
        "may_mark": letter.sent_on is not None and letter.error_at is None,
        "as_at": today(),
    }
    return render(request, "casework/letters/letter.html", context)


@needs(Permission.RECORD_CASEWORK)
def letter_sent(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Record that a letter went: fill in, check, record. It cannot be changed afterwards."""
    letter = letter_or_404(request, public_id)
    if letter.sent_on is not None or letter.discarded_reason:
        return redirect("letter", letter.public_id)

    def act(given: dict[str, Any], _version: int) -> str:
        letters.record_sent(
            letter=letter,
            sent_on=given["sent_on"],
            how=SentHow(given["sent_how"]),
            proof=given["proof"],
            by=reader_of(request),
            on=today(),
        )
        messages.success(request, "The letter is recorded as sent")
        return reverse("letter", args=[letter.public_id])

    change = reverse("letter_sent", args=[letter.public_id])
    return CheckedTask(
        name="letter_sent",
        subject=letter.public_id,
        child=letter.child,
        heading="Record that a letter was sent",
        intro=f"{letter.document.title}, dated {long_date(letter.dated)}.\n\n{_envelope(letter)}",
        form=lambda data: SentForm(data, today=today(), dated=letter.dated),
        rows=lambda given: [
            Row("Letter", letter.document.title),
            Row("To", _envelope(letter)),
            Row("Sent on", long_date(given["sent_on"]), change, "the day it was sent"),
            Row("How", SentHow(given["sent_how"]).label, change, "how it was sent"),
            Row("Proof", given["proof"], change, "the proof"),
        ],
        consequences=lambda given: sending_consequences(letter, given["sent_on"]),
        warning="What is recorded of the sending cannot be changed afterwards.",
        submit="Record as sent",
        act=act,
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def discard_letter(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Set a letter aside that is not to go."""
    letter = letter_or_404(request, public_id)
    form = DiscardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            letters.discard(letter=letter, reason=form.cleaned_data["reason"], by=reader_of(request))
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "The letter has been discarded; it stays on the record")
            return redirect("letter", letter.public_id)
    return render(
        request, "casework/documents/form.html", _form_page(letter, form, "Discard a letter", "Discard it")
    )


@needs(Permission.RECORD_CASEWORK)
def letter_error(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Mark a letter that went wrong: a line for the log of data breaches."""
    letter = letter_or_404(request, public_id)
    form = SentInErrorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            letters.mark_error(
                letter=letter,
                reason=form.cleaned_data["reason"],
                done=form.cleaned_data["done"],
                by=reader_of(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "The letter is marked as sent in error; managers see it in their list")
            return redirect("letter", letter.public_id)
    context = _form_page(letter, form, "Mark a letter as sent in error", "Mark as sent in error")
    context["intro"] = (
        "Tell your manager and the data protection officer now: a breach that puts somebody at risk is reported to the "
        "Information Commissioner within 72 hours of being found (UK GDPR Article 33)."
    )
    return render(request, "casework/documents/form.html", context)


@needs(Permission.MANAGE_LETTERS)
def letters_in_error(request: HttpRequest) -> HttpResponse:
    """Every letter sent in error, of children the reader may see."""
    rows = in_error().filter(pk__in=visible(Letter, reader_of(request)))
    return render(request, "casework/letters/errors.html", {"letters": rows, "nav_key": "letters"})


def letter_or_404(request: HttpRequest, public_id: uuid.UUID) -> Letter:
    """A letter in scope."""
    rows = visible(Letter, reader_of(request)).select_related(
        "child",
        "case",
        "document",
        "template_version__template",
        "made_by",
        "sent_by",
        "discarded_by",
        "error_by",
    )
    return get_object_or_404(rows, public_id=public_id)


def _envelope(letter: Letter) -> str:
    address = (
        "Address withheld; it stands in the letter" if letter.address_withheld else letter.recipient_address
    )
    return f"{letter.recipient_name}\n{address}"


def _form_page(letter: Letter, form: Any, heading: str, submit: str) -> dict[str, Any]:
    back = reverse("letter", args=[letter.public_id])
    return {
        "form": form,
        "heading": heading,
        "caption": f"{letter.document.title}, dated {long_date(letter.dated)}",
        "submit": submit,
        "identity": plain_identity(letter.child, today()),
        "back_url": back,
        "cancel_url": back,
    }
