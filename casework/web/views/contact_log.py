"""The contact log of a child: who was spoken to about what, and what is to be done next."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import ContactNote
from casework.queries.teamwork import follow_ups_of, notes_of
from casework.rules.permissions import Permission
from casework.services import contact_log
from casework.today import today
from casework.ui.components import Event, Link
from casework.web.forms.contact_log import NEVER_HAPPENED, CorrectNoteForm, NoteForm
from casework.web.forms.followups import Who
from casework.web.records import child_or_404, reader_of
from casework.web.single_task import SingleTask
from casework.web.views.child import open_record

PAGE_SIZE = 50


@needs(Permission.SEE_CHILDREN)
def child_contact_log(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Follow-ups of this child, and every contact, newest first; `q` searches what was said and with whom."""
    opened = open_record(request, public_id, "child_contact_log")
    if isinstance(opened, HttpResponse):
        return opened
    summary, context = opened
    child, words = summary.child, request.GET.get("q", "").strip()[:100]
    page = Paginator(notes_of(child, words=words), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = follow_ups_of(child)
    context |= {
        "words": words,
        "page": page,
        "events": [_event(note, may_correct=context["may_record"]) for note in page.object_list],
        "open_follow_ups": [row for row in rows if row.is_open],
        "done_follow_ups": [row for row in rows if not row.is_open],
        "child": child,
        "as_at": today(),
    }
    return render(request, "casework/teamwork/contact_log.html", context)


@needs(Permission.RECORD_CASEWORK)
def note_contact(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Note a contact, and what follows from it."""
    child, reader, day = child_or_404(request, public_id), reader_of(request), today()
    who, back = Who(reader, on=day), reverse("child_contact_log", args=[child.public_id])

    def act(form: NoteForm) -> str:
        contact_log.note(child=child, contact=form.contact, by=reader, on=day, next_step=form.intent)
        more = " A follow-up was added." if form.intent else ""
        messages.success(request, f"The contact is noted.{more}")
        return back

    return SingleTask(
        heading="Note a contact",
        form=lambda data, initial: NoteForm(
            data, initial={**initial, "happened_on": day}, who=who, today=day, born=child.date_of_birth
        ),
        act=act,
        child=child,
        back_url=back,
        submit="Save the note",
    ).run(request)


@needs(Permission.RECORD_CASEWORK)
def correct_contact(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Put a note right, or say that it did not happen. The old note stays, struck through."""
    reader, day = reader_of(request), today()
    old = get_object_or_404(
        visible(ContactNote, reader).filter(replaced=False, withdrawn=False).select_related("child"),
        public_id=public_id,
    )
    child, back = old.child, reverse("child_contact_log", args=[old.child.public_id])
    as_it_is = {
        "way": old.way, "with_whom": old.with_whom, "happened_on": old.happened_on, "said": old.said,
        "happened_at": f"{old.happened_at:%H:%M}" if old.happened_at else "",
    }  # fmt: skip

    def act(form: CorrectNoteForm) -> str:
        given = form.cleaned_data
        if given["what"] == NEVER_HAPPENED:
            contact_log.withdraw(old=old, reason=given["reason"], by=reader)
        else:
            contact_log.correct(old=old, contact=form.contact, reason=given["reason"], by=reader, on=day)
        messages.success(request, "The note is corrected. The old one stays in the log, struck through.")
        return back

    return SingleTask(
        heading="Correct a note",
        form=lambda data, initial: CorrectNoteForm(
            data, initial={**initial, **as_it_is}, today=day, born=child.date_of_birth
        ),
        act=act,
        child=child,
        back_url=back,
        submit="Correct the note",
        intro="The old note stays in the log, struck through, with your name and the reason.",
    ).run(request)


def _event(note: ContactNote, *, may_correct: bool) -> Event:
    time = f", {note.happened_at:%H:%M}" if note.happened_at else ""
    struck = ""
    if note.replaced:
        new = note.replaced_by
        struck = (
            f"{'it did not happen. ' if new.withdrawn else ''}{new.reason_for_correction} ({new.recorded_by})"
        )
    return Event(
        title=f"{note.get_way_display()}: {note.with_whom}{time}",
        on=note.happened_on,
        by=str(note.recorded_by or ""),
        text=linebreaksbr(note.said),
        struck=struck,
        links=(
            [Link("Correct this note", reverse("correct_contact", args=[note.public_id]))]
            if may_correct and note.stands
            else []
        ),
    )
