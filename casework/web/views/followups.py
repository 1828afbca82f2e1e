"""Follow-ups: add one, add the same for several children, say that one is done, put one to another day."""

import datetime
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import FollowUp, User
from casework.rules.permissions import Permission
from casework.services import followups
from casework.today import today
from casework.ui.formats import days_away, long_date
from casework.web.forms.followups import DoneForm, FollowUpForm, MoveForm, Who
from casework.web.records import child_or_404, reader_of
from casework.web.single_task import SingleTask

FROM_WORK = "my-work"


@needs(Permission.RECORD_CASEWORK)
def add_follow_up(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Add a follow-up for one child."""
    child, reader, day = child_or_404(request, public_id), reader_of(request), today()
    who, back = Who(reader, on=day), reverse("child_contact_log", args=[child.public_id])

    def act(form: FollowUpForm) -> str:
        made = followups.add(child=child, intent=form.intent, by=reader, on=day)
        messages.success(request, f"The follow-up is added: {made.text}, by {long_date(made.due_on)}.")
        return back

    return SingleTask(
        heading="Add a follow-up",
        form=lambda data, initial: FollowUpForm(data, initial=initial, who=who, today=day),
        act=act,
        child=child,
        back_url=back,
        submit="Add the follow-up",
        intro="A follow-up is a reminder for the team. It starts and moves no statutory date.",
    ).run(request)


@needs(Permission.RECORD_CASEWORK)
def complete_follow_up(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say that it was done, and what came of it."""
    row, reader, day, back = _opened(request, public_id)

    def act(form: DoneForm) -> str:
        given = form.cleaned_data
        followups.complete(
            follow_up=row, outcome=given["outcome"], done_on=given["done_on"], by=reader, on=day
        )
        messages.success(request, f"Done: {row.text}.")
        return back

    return SingleTask(
        heading="Complete a follow-up",
        form=lambda data, initial: DoneForm(
            data, initial={**initial, "done_on": day}, made_on=row.made_on, today=day
        ),
        act=act,
        child=row.child,
        back_url=back,
        submit="Complete",
        intro=_words(row),
    ).run(request)


@needs(Permission.RECORD_CASEWORK)
def move_follow_up(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Put it to another day, and say why."""
    row, reader, day, back = _opened(request, public_id)

    def act(form: MoveForm) -> str:
        given = form.cleaned_data
        followups.move(
            follow_up=row, due_on=given["due_on"], reason=given["reason"], by=reader, on=day,
            version=given["version"],
        )  # fmt: skip
        messages.success(request, f"Moved to {long_date(given['due_on'])}: {row.text}.")
        return back

    return SingleTask(
        heading="Move a follow-up",
        form=lambda data, initial: MoveForm(data, initial={**initial, "version": row.version}, today=day),
        act=act,
        child=row.child,
        back_url=back,
        submit="Move",
        intro=_words(row),
    ).run(request)


def _opened(request: HttpRequest, public_id: uuid.UUID) -> tuple[FollowUp, User, datetime.date, str]:
    """An open follow-up of a child in scope, the reader, the day, and the page to go back to."""
    reader = reader_of(request)
    rows = visible(FollowUp, reader).filter(done_on__isnull=True).select_related("child", "user", "team")
    row = get_object_or_404(rows, public_id=public_id)
    from_work = request.GET.get("from") == FROM_WORK
    back = reverse("my_work") if from_work else reverse("child_contact_log", args=[row.child.public_id])
    return row, reader, today(), back


def _words(row: FollowUp) -> str:
    return f"{row.text}\n\nFor {row.holder}, by {long_date(row.due_on)} ({days_away(row.due_on, today())})."
