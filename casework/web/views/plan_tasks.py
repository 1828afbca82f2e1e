"""Record that a draft went to the family, what they said, and the steps of a personal budget."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.access.web import needs
from casework.models import CaseKind, MilestoneKind, PlanText
from casework.queries.consequences import Step, consequences
from casework.queries.plan_texts import content_of
from casework.rules.milestone_facts import milestone_words
from casework.rules.permissions import Permission
from casework.rules.plan_checks import check, words_of
from casework.services import clocks, personal_budgets, plan_serving, plan_texts
from casework.services.milestones import standing_of
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.plan_tasks import (
    BudgetStepForm,
    RepresentationsForm,
    SendProposalsForm,
    ServeDraftForm,
)
from casework.web.plan_pages import plan_case_or_404, plan_url, text_or_404, year_of
from casework.web.records import child_or_404, reader_of

M = MilestoneKind


@needs(Permission.RECORD_CASEWORK)
def serve_draft(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """When the draft, or the notice with the proposed amendments, went to the family."""
    text, reader, day = text_or_404(request, public_id), reader_of(request), today()
    case = text.case
    if case is None or not text.is_open:
        messages.warning(request, plan_texts.SEALED)
        return redirect(plan_url(text.child))
    first = case.kind in plan_serving.FIRST_PLANS
    url = reverse("serve_draft", args=[text.public_id])
    found = check(content_of(text), nc_year=year_of(text.child, text))

    def act(given: Given, version: int) -> str:
        plan_serving.serve(
            text=text, served_on=given["served_on"], reached_on=given.get("reached_on"), by=reader, on=day,
            version=version,
        )  # fmt: skip
        messages.success(request, "Recorded. The text is kept as the family has it.")
        return plan_url(case.child)

    def rows(given: Given) -> list[Row]:
        lines = [
            Row(
                "Draft reached the family on" if first else "Notice sent on",
                long_date(given["served_on"]),
                url,
            )
        ]
        if given.get("reached_on"):
            lines.append(Row("Reached the family on", long_date(given["reached_on"]), url))
        return [*lines, Row("The check of the draft", words_of(found).capitalize(), _draft_url(text))]

    def what_follows(given: Given) -> list[str]:
        kind = M.DRAFT_PLAN_SERVED if first else M.AMENDMENT_NOTICE_SENT
        if given.get("reached_on"):
            kind = M.AMENDMENT_NOTICE_SERVED
        step = Step(kind, given.get("reached_on") or given["served_on"])
        return [
            "The text is sealed: nobody can change it. What the family says leads to a new draft from it.",
            *consequences(CaseKind(case.kind), standing_of(case), step, calendar=clocks.calendar()),
        ]

    form = ServeDraftForm if first else SendProposalsForm
    return CheckedTask(
        name="serve_draft",
        subject=text.public_id,
        child=case.child,
        version=case.version,
        heading="Record that the draft went to the family"
        if first
        else "Record the notice of proposed amendments",
        intro="The family has at least 15 days to give its views on the content, to ask for a setting and to ask for a "
        "meeting. Tell it so in the letter (SEND Regs 2014 reg 13(1), reg 22(2))."
        + ("\n\nA draft must not name a setting: section I is left blank." if first else ""),
        form=lambda data: form(data, today=day, earliest=case.opened_on),
        rows=rows,
        act=act,
        consequences=what_follows,
        check_heading="Check before the draft is sealed",
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def record_representations(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """What the family said about the draft."""
    case, reader, day = plan_case_or_404(request, public_id), reader_of(request), today()
    url = reverse("record_representations", args=[case.public_id])

    def act(given: Given, version: int) -> str:
        plan_serving.record_representations(
            case=case,
            received_on=given["received_on"],
            words=given["words"],
            by=reader,
            on=day,
            version=version,
        )
        messages.success(
            request,
            "Recorded. If the plan is to change, write the change into a new draft before you issue it.",
        )
        return plan_url(case.child)

    return CheckedTask(
        name="record_representations",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Record what the family said about the draft",
        form=lambda data: RepresentationsForm(data, today=day, earliest=case.opened_on),
        rows=lambda given: [
            Row("Heard from the family on", long_date(given["received_on"]), url),
            Row("What they said", given["words"], url),
        ],
        consequences=lambda given: [
            "The words stand on the timeline, where everybody who may open the record reads them."
        ],
        act=act,
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def personal_budget(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """A step of a personal budget: asked for, decided, first payment, review of payments."""
    child, reader, day = child_or_404(request, public_id), reader_of(request), today()
    cases = {
        kind: case for kind in personal_budgets.STEPS if (case := personal_budgets.case_for(child, kind))
    }
    if not cases:
        messages.warning(
            request,
            "A personal budget is asked for while a plan is drafted or reviewed. Open a review first.",
        )
        return redirect(plan_url(child))
    url = reverse("personal_budget", args=[child.public_id])

    def act(given: Given, version: int) -> str:
        kind = M(given["kind"])
        personal_budgets.record(
            child=child, kind=kind, happened_on=given["happened_on"], words=given["words"], by=reader, on=day
        )
        messages.success(request, f"Recorded: {milestone_words(kind)}")
        return plan_url(child)

    def what_follows(given: Given) -> list[str]:
        kind = M(given["kind"])
        case = cases[kind]
        moved = consequences(
            CaseKind(case.kind),
            standing_of(case),
            Step(kind, given["happened_on"]),
            calendar=clocks.calendar(),
        )
        return [*moved, *_SAYS.get(kind, ())]

    return CheckedTask(
        name="personal_budget",
        subject=child.public_id,
        child=child,
        heading="Record a step of a personal budget",
        intro="A family may ask for a personal budget while a plan is drafted, reviewed or re-assessed (Children and "
        "Families Act 2014 section 49). A refusal is given in writing with reasons.",
        form=lambda data: BudgetStepForm(data, kinds=list(cases), today=day, born=child.date_of_birth),
        rows=lambda given: [
            Row("What happened", milestone_words(M(given["kind"])), url),
            Row("When", long_date(given["happened_on"]), url),
            Row("In words", given["words"], url),
        ],
        consequences=what_follows,
        act=act,
    ).run(request, page)


_SAYS = {
    M.PERSONAL_BUDGET_DECIDED: ("What was agreed belongs in section J of the draft, with the amounts.",),
    M.DIRECT_PAYMENTS_STARTED: (
        "After the review in the first three months, direct payments are reviewed with the plan, at least yearly.",
    ),
}


def _draft_url(text: PlanText) -> str:
    return reverse("plan_draft", args=[text.public_id])
