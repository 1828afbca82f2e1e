"""The plan of one child: its versions, the draft under way, and the personal budget."""

import uuid
from collections.abc import Container, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import CaseKind, MilestoneKind, PlanText, RequestState, TextState, User
from casework.queries.plan_texts import PlanCase, TextOrVersion, plan_record, sections_of, with_parts
from casework.rules.milestone_facts import milestone_words
from casework.rules.permissions import Permission
from casework.rules.plan_sections import Section
from casework.rules.plan_shown import ShownSection
from casework.services import plan_texts
from casework.services.personal_budgets import STEPS
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.components import Link
from casework.web.panels import steps_for
from casework.web.plan_pages import COLOURS, RowTable, plan_case_or_404, plan_url, table_of, title_of_line
from casework.web.records import reader_of
from casework.web.views.child import open_record


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A line of the list of versions."""

    line: TextOrVersion
    title: str
    state: str
    colour: str
    read_url: str = ""
    compare_url: str = ""


@dataclass(frozen=True, slots=True)
class ShownCase:
    """An open case in which the plan is written, with what may be done."""

    plan_case: PlanCase
    title: str
    steps: list[Link]
    may_start: bool
    start_words: str


@needs(Permission.SEE_CHILDREN)
def child_plan(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Versions with their days, the draft under way and its fifteen days, the personal budget."""
    opened = open_record(request, public_id, "child_plan")
    if isinstance(opened, HttpResponse):
        return opened
    summary, context = opened
    record = plan_record(child_id=summary.child.pk, versions=summary.versions, cases=summary.cases)
    may_record = context["may_record"]
    versions = _lines(record.lines)
    held = {
        row.case_id
        for row in summary.milestones
        if row.kind == MilestoneKind.REVIEW_MEETING_HELD and not row.replaced and not row.withdrawn
    }
    context |= {
        "versions": versions,
        "cases": [
            _case(request, one, may_record=may_record) for one in record.cases if _under_way(one, held)
        ],
        "budget": _budget(record.lines, reader_of(request)),
        "budget_steps": [
            (row, milestone_words(MilestoneKind(row.kind)))
            for row in reversed(summary.milestones)
            if row.kind in STEPS and not row.replaced and not row.withdrawn
        ],
        "budget_url": reverse("personal_budget", args=[summary.child.public_id]) if may_record else "",
        "as_at": today(),
    }
    return render(request, "casework/plans/child.html", context)


@needs(Permission.RECORD_CASEWORK)
def start_draft(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Begin the draft of a case, or go on with it."""
    case = plan_case_or_404(request, public_id)
    if request.method != "POST":
        return redirect(plan_url(case.child))
    try:
        draft = plan_texts.start(case=case, by=reader_of(request))
    except Refused as refusal:
        messages.warning(request, refusal.words)
        return redirect(plan_url(case.child))
    return redirect(reverse("plan_draft", args=[draft.public_id]))


def _under_way(one: PlanCase, held: Container[int]) -> bool:
    """Whether a plan is written now: in a request at once, in a review once its meeting was held."""
    in_review = one.case.kind in (CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER)
    return not in_review or one.case.pk in held or bool(one.draft or one.served)


def _lines(lines: Sequence[TextOrVersion]) -> list[VersionLine]:
    found = []
    texts = [one for one in lines if one.text is not None]
    for line in lines:
        text, version = line.text, line.version
        if line.in_force:
            state, colour = "In force", "green"
        elif text is not None and text.state != TextState.FINAL:
            state, colour = text.get_state_display(), COLOURS[TextState(text.state)]
        elif version is not None and version.stage == "proposed":
            state, colour = "Sent to the family", "purple"
        else:
            state, colour = "Replaced", "grey"
            if version is not None and version.ends_on is None and version.plan.ends_on is not None:
                state = "Ceased"
        found.append(
            VersionLine(
                line,
                title_of_line(line),
                state,
                colour,
                reverse("plan_text", args=[text.public_id]) if text else "",
                reverse("compare_plans", args=[text.public_id])
                if text and text is not texts[-1].text
                else "",
            )
        )
    return found


def _case(request: HttpRequest, one: PlanCase, *, may_record: bool) -> ShownCase:
    case, reader, steps = one.case, reader_of(request), []
    if may_record and one.draft:
        steps.append(Link("Go on writing the draft", reverse("plan_draft", args=[one.draft.public_id])))
        steps.append(
            Link("Record that it was sent to the family", reverse("serve_draft", args=[one.draft.public_id]))
        )
    if may_record and one.served:
        steps.append(
            Link("Record what the family said", reverse("record_representations", args=[case.public_id]))
        )
    if case.kind == CaseKind.REQUEST:
        steps += [
            Link(step.title, reverse(step.url_name, args=[case.public_id]))
            for step in steps_for(RequestState(case.request.state), reader=reader)
        ]
    elif case.kind in (CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER):
        steps.append(Link("Go to the review", reverse("child_reviews", args=[case.child.public_id])))
    return ShownCase(
        one,
        case.get_kind_display(),
        steps,
        may_record and one.draft is None,
        "Change the draft after what the family said" if one.served else "Write the draft",
    )


def _budget(lines: Sequence[TextOrVersion], reader: User) -> tuple[ShownSection, RowTable | None] | None:
    """Section J of the text in force."""
    line = next((one for one in lines if one.in_force and one.text is not None), None)
    if line is None or line.text is None:
        return None
    text = with_parts(visible(PlanText, reader)).get(pk=line.text.pk)
    section = next(one for one in sections_of(text) if one.letter is Section.J)
    return None if section.is_empty else (section, table_of(section))
