"""Panels: their meetings, who was present, and what they recommended for each child."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Answer, PanelMeeting, Question, RequestState
from casework.queries import panels as queries
from casework.queries.advice import advice_of
from casework.rules.advice import AdviceState
from casework.rules.permissions import Permission
from casework.services import panels as services
from casework.services.once import act_once, where_it_led
from casework.services.panels import ANSWERS, Recommendation
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.panels import MeetingForm, OutcomeForm
from casework.web.records import reader_of, request_case_or_404
from casework.web.refused import add_refusal
from casework.web.views.assessment import assessment_url

PAGE_SIZE = 50
QUESTIONS = {RequestState.UNDECIDED: Question.ASSESS, RequestState.ASSESSING: Question.ISSUE}
_BEFORE_THE_PANEL = (AdviceState.RECEIVED, AdviceState.RECEIVED_LATE, AdviceState.EXISTING)


@needs(Permission.RECORD_CASEWORK)
def panel_list(request: HttpRequest) -> HttpResponse:
    """Meetings, the latest first."""
    page = Paginator(queries.meetings(reader=reader_of(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "casework/assessment/panels.html", {"page": page, "nav_key": "advice"})


@needs(Permission.RECORD_CASEWORK)
def panel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One meeting: members and outcomes."""
    reader = reader_of(request)
    meeting = get_object_or_404(visible(PanelMeeting, reader), public_id=public_id)
    outcomes = list(queries.outcomes_at(meeting, reader=reader))
    context = {"meeting": meeting, "outcomes": outcomes, "nav_key": "advice"}
    return render(request, "casework/assessment/panel.html", context)


@needs(Permission.RECORD_CASEWORK)
def record_meeting(request: HttpRequest) -> HttpResponse:
    """Record that a panel met; from a child's outcome, go back there."""
    reader, day = reader_of(request), today()
    if request.method == "POST" and (led := where_it_led(request.POST.get("key"), user=reader)):
        return redirect(led)
    back = _outcome_url(request)
    form = MeetingForm(request.POST or None, today=day, initial={"key": uuid.uuid4(), "held_on": day})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> str:
            meeting = services.record_meeting(
                name=given["name"], held_on=given["held_on"], members=given["members"].splitlines(), by=reader, on=day
            )  # fmt: skip
            messages.success(request, f"Recorded: {meeting}.")
            if back:
                return f"{back}?meeting={_id(meeting)}"
            return reverse("panel", args=[_id(meeting)])

        try:
            return redirect(act_once(given["key"], user=reader, act=act))
        except Refused as refusal:
            add_refusal(form, refusal)
    context = {
        "form": form,
        "heading": "Record a panel meeting",
        "submit": "Record the meeting",
        "back_url": back or reverse("panels"),
        "cancel_url": back or reverse("panels"),
        "nav_key": "advice",
    }
    return render(request, "casework/layouts/form.html", context)


@needs(Permission.RECORD_CASEWORK)
def panel_outcome(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """What a panel recommended for this child on the question that waits for a decision."""
    case, reader, day = request_case_or_404(request, public_id), reader_of(request), today()
    question = QUESTIONS.get(RequestState(case.request.state))
    if question is None:
        messages.warning(request, "No decision waits for a panel in this case: what it was about is decided.")
        return redirect(assessment_url(case))
    meetings = {str(one.public_id): one for one in queries.meetings_since(case.opened_on, reader=reader)}
    if not meetings:
        messages.info(request, "Record the panel's meeting first: when it met, and who was present.")
        return redirect(f"{reverse('record_meeting')}?case={case.public_id}")
    before = {
        line.advice.part: f"{line.advice.name}, {line.state.words.lower()}"
        f" {long_date(line.advice.received_on or line.advice.ended_on)}"
        for line in advice_of(case, on=day)
        if line.state in _BEFORE_THE_PANEL
    }
    url = reverse("panel_outcome", args=[case.public_id])

    def act(given: Given, version: int) -> str:
        services.record_outcome(
            case=case, meeting=meetings[given["meeting"]], question=question, by=reader, on=day, version=version,
            given=Recommendation(
                Answer(given["recommendation"]), given["reasons"],
                [before[part] for part in given.get("advice", [])], given["other_evidence"], given["band"],
                given["top_up"],
            ),
        )  # fmt: skip
        messages.success(
            request, "The panel's recommendation is recorded. Decide next: its words are filled in."
        )
        return assessment_url(case)

    def rows(given: Given) -> list[Row]:
        advice = "\n".join(before[part] for part in given.get("advice", []))
        return [
            Row("Panel", str(meetings[given["meeting"]]), url, "the meeting"),
            Row("Recommendation", Answer(given["recommendation"]).label, url, "the recommendation"),
            Row("Reasons", given["reasons"], url, "the reasons"),
            Row("Advice before the panel", advice or "None", url, "the advice"),
            Row("Other evidence", given["other_evidence"] or "None", url, "other evidence"),
            Row("Band", given["band"] or "None recommended", url, "the band"),
            Row("Top-up or other funding", given["top_up"] or "None recommended", url, "the funding"),
        ]

    chosen = request.GET.get("meeting", "")
    return CheckedTask(
        name="panel_outcome",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        back=assessment_url(case),
        heading="Record what the panel recommended",
        intro=f"{question.label}. A panel advises; the decision is the authority's, and waiting for a panel excuses no "
        "limit.",
        form=lambda data: OutcomeForm(
            data,
            meetings=[(key, str(one)) for key, one in meetings.items()],
            answers=[(answer.value, answer.label) for answer in ANSWERS[question]],
            advice=before.items(),
            initial={"meeting": chosen or next(iter(meetings)), "advice": list(before)},
        ),
        rows=rows,
        consequences=lambda given: [
            "No date moves: the limit stops when the family is told of the decision.",
            "The decision takes this over. One that departs from it must say why.",
        ],
        act=act,
    ).run(request, page)


def _outcome_url(request: HttpRequest) -> str:
    """The outcome page of the case the address names; "" without one."""
    try:
        case_id = uuid.UUID(request.GET.get("case", ""))
    except ValueError:
        return ""
    return reverse("panel_outcome", args=[request_case_or_404(request, case_id).public_id])


def _id(meeting: PanelMeeting) -> uuid.UUID:
    meeting.refresh_from_db(fields=["public_id"])
    found: uuid.UUID = meeting.public_id
    return found
