"""Undo a decision that was recorded by mistake: what stands in the way, why, check, and what to do next."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import CaseKind, Milestone, MilestoneKind, RequestState
from casework.rules.milestone_facts import milestone_words
from casework.rules.permissions import Permission
from casework.rules.undoing import UNDOABLE
from casework.services import undo_plan, undoing
from casework.today import today
from casework.ui.components import Link, Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.undoing import UndoForm
from casework.web.presenters import child_url, plain_identity, reviews_url
from casework.web.records import milestone_or_404, reader_of
from casework.web.worklist_rows import OWN_STEPS


@needs(Permission.DECIDE)
def undo_decision(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Undo a decision as a whole, with a reason; the decision stays on the timeline, struck through."""
    reader, day = reader_of(request), today()
    done = visible(Milestone, reader).filter(replaces__public_id=public_id, withdrawn=True).first()
    if done is not None:  # the back button, or a second click
        return redirect("decision_undone", done.public_id)
    milestone = milestone_or_404(request, public_id)
    if MilestoneKind(milestone.kind) not in UNDOABLE:
        raise Http404
    case = milestone.case
    words = _words(milestone)
    found = undoing.look(milestone=milestone, by=reader, on=day)
    heading = f"Undo: {words}, {long_date(milestone.happened_on)}"
    if found.blockers:
        context = {
            "heading": heading,
            "identity": plain_identity(case.child, day),
            "blockers": [(one.words, _way_to(one)) for one in found.blockers],
            "back_url": reverse("child_timeline", args=[case.child.public_id]),
        }
        return render(request, "casework/undo_blocked.html", context, status=409)

    def act(given: Given, version: int) -> str:
        new = undoing.undo(milestone=milestone, reason=given["reason"], by=reader, on=day, version=version)
        return reverse("decision_undone", args=[new.public_id])

    url = reverse("undo_decision", args=[milestone.public_id])
    return CheckedTask(
        name="undo_decision",
        subject=milestone.public_id,
        child=case.child,
        version=case.version,
        heading=heading,
        intro="Undo a decision only if it was recorded by mistake. A decision that was made and is now seen to be wrong is a "
        "new decision: make that one instead.",
        form=UndoForm,
        rows=lambda given: [
            Row("Decision", f"{words}, {long_date(milestone.happened_on)}"),
            Row("Recorded by", milestone.recorded_by.name if milestone.recorded_by else "Not known"),
            Row("Reason", given["reason"], url, "the reason"),
        ],
        consequences=lambda given: [*found.undone, *found.left, *found.letters],
        act=act,
        check_heading="Check what will be undone",
        submit="Undo the decision",
        warning="The decision stays on the timeline, struck through, with your name and the reason.",
    ).run(request, page)


@needs(Permission.DECIDE)
def decision_undone(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What was undone, and what to do next. The address names the entry that says so."""
    rows = visible(Milestone, reader_of(request)).select_related("case__child", "replaces")
    entry = get_object_or_404(rows, public_id=public_id, withdrawn=True, replaces__isnull=False)
    if MilestoneKind(entry.kind) not in UNDOABLE:
        raise Http404
    case, child = entry.case, entry.case.child
    context = {
        "panel_title": "Decision undone",
        "panel_text": f"{child.name}: {_words(entry)}, {long_date(entry.happened_on)}",
        "next_steps": [
            *undoing.letters(undo_plan.find(entry)),
            *_again(request, entry),
            Link(f"Go to {child.name}’s timeline", reverse("child_timeline", args=[child.public_id])),
            Link(f"Go to {child.name}’s page", child_url(child)),
        ],
        "identity": plain_identity(child, today()),
        "case": case,
    }
    return render(request, "casework/layouts/confirmation.html", context)


def _words(milestone: Milestone) -> str:
    return milestone_words(MilestoneKind(milestone.kind), CaseKind(milestone.case.kind))


def _way_to(blocker: undoing.Blocker) -> Link | None:
    """The page where the later fact is undone or taken back."""
    row = blocker.milestone
    if row is None:
        return None
    decision = MilestoneKind(row.kind) in UNDOABLE
    words = f"{'Undo' if decision else 'Correct'}: {_words(row)}"
    return Link(words, reverse("undo_decision" if decision else "correct_milestone", args=[row.public_id]))


def _again(request: HttpRequest, entry: Milestone) -> list[Link]:
    """The way to the decision that is open again."""
    case = entry.case
    if case.kind != CaseKind.REQUEST:
        return [Link("Go to the reviews of this child", reviews_url(case))]
    own = OWN_STEPS.get(RequestState(case.request.state))
    return [Link(own[0], reverse(own[1], args=[case.public_id]))] if own else []
