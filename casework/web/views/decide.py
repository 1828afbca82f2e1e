"""Decide whether to assess, and whether to issue a plan: one question a page, then check, then what is next."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Answer, Case, Decision, MilestoneKind, PanelOutcome, Question
from casework.queries.consequences import Step, consequences
from casework.rules.case_kinds import CaseKind
from casework.rules.legal_tests import (
    WHETHER_TO_ASSESS,
    WHETHER_TO_ISSUE,
    WHETHER_TO_REASSESS,
    LegalTest,
)
from casework.rules.letter_kinds import LetterKind
from casework.rules.permissions import Permission
from casework.services import clocks, decisions
from casework.services.milestones import standing_of
from casework.services.once import act_once, where_it_led
from casework.services.panels import undecided_outcome
from casework.services.refusals import Refused, StaleEdit
from casework.today import today
from casework.ui.components import Link, Row
from casework.ui.formats import long_date
from casework.web.forms.check import CheckForm
from casework.web.forms.decisions import NO, YES, AnswerForm, DaysForm, RefusalForm
from casework.web.forms.panels import DepartureForm
from casework.web.journey import Journey
from casework.web.letter_links import letter_links
from casework.web.presenters import child_url, plain_identity
from casework.web.records import reader_of, request_case_or_404
from casework.web.refused import add_refusal


@dataclass(frozen=True)
class Task:
    """What differs between the two decisions."""

    name: str
    heading: str
    question: Question
    test: LegalTest
    yes: str
    no: str
    kinds: dict[str, MilestoneKind]
    answers: dict[str, str]
    decide: Callable[..., Decision]
    refuse: Callable[..., Decision]
    next_yes: tuple[str, ...]
    next_no: tuple[str, ...]

    def url(self, case: Case, page: str = "") -> str:
        """Address of a page of this task."""
        return reverse(self.name, args=[case.public_id, page] if page else [case.public_id])


_LETTERS = {
    Answer.ASSESS: LetterKind.ASSESS,
    Answer.REFUSE_ASSESS: LetterKind.REFUSE_ASSESS,
    Answer.REFUSE_ISSUE: LetterKind.REFUSE_ISSUE,
}
_LETTER = (
    (
        "Send the decision letter: the reasons, the right of appeal and its time limit, mediation, disagreement "
        "resolution, and where to get information and advice."
    ),
    "Tell the health commissioner, social care and the head, principal or early years lead.",
)

ASSESS = Task(
    name="decide_to_assess",
    heading="Decide whether to assess",
    question=Question.ASSESS,
    test=WHETHER_TO_ASSESS,
    yes="Carry out an EHC needs assessment",
    no="Refuse to assess",
    kinds={YES: MilestoneKind.DECIDED_TO_ASSESS, NO: MilestoneKind.DECIDED_NOT_TO_ASSESS},
    answers={Answer.ASSESS: YES, Answer.REFUSE_ASSESS: NO},
    decide=decisions.decide_to_assess,
    refuse=decisions.refuse_to_assess,
    next_yes=(
        "Tell the health commissioner, social care and the head, principal or early years lead.",
        (
            "Ask for advice: the family, the setting, health, an educational psychologist and social care have six weeks "
            "each from the day they receive the request."
        ),
    ),
    next_no=_LETTER,
)
REASSESS = replace(
    ASSESS,
    heading="Decide whether to re-assess",
    question=Question.REASSESS,
    test=WHETHER_TO_REASSESS,
    yes="Carry out a re-assessment",
    no="Refuse to re-assess",
    next_yes=(
        *ASSESS.next_yes,
        "The amended or replacement plan is due 14 weeks after the family was told.",
    ),
)
ISSUE = Task(
    name="decide_to_issue",
    heading="Decide whether to issue a plan",
    question=Question.ISSUE,
    test=WHETHER_TO_ISSUE,
    yes="Issue an EHC plan",
    no="Refuse to issue a plan",
    kinds={YES: MilestoneKind.DECIDED_TO_ISSUE, NO: MilestoneKind.DECIDED_NOT_TO_ISSUE},
    answers={Answer.ISSUE: YES, Answer.REFUSE_ISSUE: NO},
    decide=decisions.decide_to_issue,
    refuse=decisions.refuse_to_issue,
    next_yes=(
        "Serve the draft plan; the family has at least 15 days, beginning with the day it is served.",
        "Consult the setting the family asks for.",
    ),
    next_no=_LETTER,
)


@needs(Permission.DECIDE)
def decide_to_assess(request: HttpRequest, public_id: uuid.UUID, page: str = "answer") -> HttpResponse:
    """Whether to carry out an EHC needs assessment."""
    return _page(request, ASSESS, public_id, page)


@needs(Permission.DECIDE)
def decide_to_issue(request: HttpRequest, public_id: uuid.UUID, page: str = "answer") -> HttpResponse:
    """Whether to issue a plan."""
    return _page(request, ISSUE, public_id, page)


def _page(request: HttpRequest, task: Task, public_id: uuid.UUID, page: str) -> HttpResponse:
    case = request_case_or_404(request, public_id)
    if case.kind == CaseKind.REASSESSMENT:
        if task is ISSUE:
            raise Http404  # what follows a re-assessment is an amended plan or none
        task = REASSESS
    journey = Journey(request, task.name, case.public_id)
    if page == "recorded":
        return _recorded(request, task, case)
    if page == "check":
        return _check(request, task, case, journey)
    if page not in {"answer", "reasons", "panel", "days"}:
        raise Http404
    if request.method == "GET" and _decided(request, task, case) and not journey.is_begun:
        return redirect(task.url(case, "recorded"))
    journey.begin(version=case.version)
    outcome = undecided_outcome(case, task.question)
    data = request.POST if request.method == "POST" else journey.typed(page)
    form = _form(task, case, page, data, outcome)
    if request.method == "POST":
        journey.keep(page, request.POST)
        if form.is_valid():
            return redirect(task.url(case, _after(task, page, journey, outcome)))
    context = {
        "form": form,
        "heading": task.heading,
        "identity": plain_identity(case.child, today()),
        "legal_test": f"{task.test.words}\n\n{task.test.source}" if page in {"answer", "reasons"} else "",
        "outcome": outcome,
        "back_url": _back(task, case, page, journey, outcome),
        "cancel_url": child_url(case.child),
    }
    return render(request, "casework/decide.html", context)


def _check(request: HttpRequest, task: Task, case: Case, journey: Journey) -> HttpResponse:
    if request.method == "POST" and (led := where_it_led(request.POST.get("key"), user=reader_of(request))):
        return redirect(led)
    outcome = undecided_outcome(case, task.question)
    complete = _complete(task, case, journey, outcome)
    if isinstance(complete, str):
        return redirect(task.url(case, complete))
    form = CheckForm(request.POST or None, initial={"key": journey.key})
    if request.method == "POST" and form.is_valid():
        try:
            url = act_once(
                journey.key,
                user=reader_of(request),
                act=lambda: _record(request, task, case, journey, complete),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
            if isinstance(refusal, StaleEdit):
                journey.saw(refusal.version)
        else:
            journey.end()
            return redirect(url)
    step = Step(task.kinds[complete["answer"]], complete["told_on"])
    context = {
        "form": form,
        "heading": "Check the decision before you record it",
        "identity": plain_identity(case.child, today()),
        "answers": _rows(task, case, complete, outcome),
        "consequences": consequences(
            CaseKind(case.kind), standing_of(case), step, calendar=clocks.calendar()
        ),
        "submit": "Record the decision",
        "back_url": task.url(case, "days"),
        "cancel_url": child_url(case.child),
    }
    return render(request, "casework/layouts/check_answers.html", context)


def _record(request: HttpRequest, task: Task, case: Case, journey: Journey, given: dict[str, Any]) -> str:
    common = {
        "case": case,
        "decided_on": given["decided_on"],
        "told_on": given["told_on"],
        "departed_because": given.get("departed_because", ""),
        "by": reader_of(request),
        "on": today(),
        "version": journey.version,
    }
    if given["answer"] == YES:
        task.decide(**common)
    else:
        task.refuse(**common, limb=given["limb"], grounds=given["grounds"], reasons=given["reasons"])
    return task.url(case, "recorded")


def _recorded(request: HttpRequest, task: Task, case: Case) -> HttpResponse:
    decision = _decided(request, task, case)
    if decision is None:
        return redirect(child_url(case.child))
    refused = decision.answer.startswith("refuse")
    context = {
        "panel_title": "Decision recorded",
        "panel_text": f"{case.child.name}: {decision.get_answer_display().lower()}, "
        f"family told on {long_date(decision.milestone.happened_on)}",
        "next_steps": [
            *_letter(request, case, decision),
            *(task.next_no if refused else task.next_yes),
            *_ask_next(task, case, refused=refused),
            Link(f"Go to {case.child.name}’s page", child_url(case.child)),
            Link("Go to my work", reverse("my_work")),
        ],
    }
    return render(request, "casework/layouts/confirmation.html", context)


def _ask_next(task: Task, case: Case, *, refused: bool) -> list[Link]:
    """After a decision to assess, the page on which advice is asked for."""
    if task.question != Question.ASSESS or refused:
        return []
    return [Link("Ask for advice", reverse("advice_ask", args=[case.public_id]))]


def _letter(request: HttpRequest, case: Case, decision: Decision) -> list[Link]:
    kind = _LETTERS.get(Answer(decision.answer))
    return letter_links(case, kind, reader=reader_of(request)) if kind else []


def _decided(request: HttpRequest, task: Task, case: Case) -> Decision | None:
    return (
        visible(Decision, reader_of(request))
        .filter(
            milestone__case=case,
            question=task.question,
            milestone__replaced=False,
            milestone__withdrawn=False,
        )
        .select_related("milestone")
        .first()
    )


def _form(task: Task, case: Case, page: str, data: Any, outcome: PanelOutcome | None) -> forms.Form:
    """The form of a page; what a panel recommended is filled in, to be read and changed."""
    if page == "answer":
        recommended = task.answers[outcome.recommendation] if outcome else None
        choices = [(YES, task.yes), (NO, task.no)]
        return AnswerForm(data, choices=choices, initial={"answer": recommended})
    if page == "reasons":
        return RefusalForm(data, test=task.test, initial={"reasons": outcome.reasons if outcome else ""})
    if page == "panel":
        return DepartureForm(data)
    initial = {"decided_on": outcome.meeting.held_on} if outcome else {}
    return DaysForm(data, today=today(), earliest=case.opened_on, initial=initial)


def _pages(task: Task, journey: Journey, outcome: PanelOutcome | None) -> list[str]:
    """The pages this decision takes, in order: a refusal has reasons, a departure from the panel says why."""
    typed = journey.typed("answer")
    answer = typed.get("answer") if typed is not None else None
    pages = ["answer"]
    if answer == NO:
        pages.append("reasons")
    if outcome is not None and answer and task.answers[outcome.recommendation] != answer:
        pages.append("panel")
    return [*pages, "days", "check"]


def _after(task: Task, page: str, journey: Journey, outcome: PanelOutcome | None) -> str:
    pages = _pages(task, journey, outcome)
    return pages[pages.index(page) + 1] if page in pages else "days"


def _back(task: Task, case: Case, page: str, journey: Journey, outcome: PanelOutcome | None) -> str:
    pages = _pages(task, journey, outcome)
    place = pages.index(page) if page in pages else 0
    if not place:
        return child_url(case.child)
    before = pages[place - 1]
    return task.url(case, "" if before == "answer" else before)


def _complete(task: Task, case: Case, journey: Journey, outcome: PanelOutcome | None) -> dict[str, Any] | str:
    """Every answer, or the page where one is missing."""
    given: dict[str, Any] = {}
    for page in _pages(task, journey, outcome)[:-1]:
        form = _form(task, case, page, journey.typed(page), outcome)
        if not form.is_valid():
            return "" if page == "answer" else page
        given |= form.cleaned_data
    return given


def _rows(task: Task, case: Case, given: dict[str, Any], outcome: PanelOutcome | None) -> list[Row]:
    change = {page: task.url(case, page) for page in ("reasons", "panel", "days")}
    rows = [Row("Decision", task.yes if given["answer"] == YES else task.no, task.url(case), "the decision")]
    if given["answer"] == NO:
        grounds = "\n".join(task.test.grounds[code] for code in given["grounds"])
        rows += [
            Row("Test not met", task.test.limbs[given["limb"]], change["reasons"], "the part of the test"),
            Row("Evidence", grounds, change["reasons"], "what the evidence shows"),
            Row("Reasons", given["reasons"], change["reasons"], "the reasons"),
        ]
    if outcome is not None:
        rows.append(Row("Panel", f"{outcome.meeting}: {outcome.get_recommendation_display().lower()}"))
    if "departed_because" in given:
        rows.append(
            Row("Why another", given["departed_because"], change["panel"], "why the decision is another")
        )
    return [
        *rows,
        Row("Decided on", long_date(given["decided_on"]), change["days"], "the day it was decided"),
        Row("Family told on", long_date(given["told_on"]), change["days"], "the day the family was told"),
    ]
