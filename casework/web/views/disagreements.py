"""Record the steps of mediation and appeals, and open one from the decision the family disputes."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import (
    CaseKind,
    Child,
    HearingOutcome,
    MediationAbout,
    MilestoneKind,
    TribunalDirection,
    TribunalHearing,
)
from casework.models.tribunal import RECOMMENDATIONS
from casework.queries import disagreements as standings
from casework.queries.appeal_rights import AppealRight, appeal_rights
from casework.queries.consequences import consequences
from casework.rules.appeal_rights import needs_certificate
from casework.rules.clock_words import show_day
from casework.rules.clocks import RULES, due_on
from casework.rules.permissions import Permission
from casework.services import appeals, clocks, disagreements, mediation, tribunal
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.formats import long_date
from casework.web import appeal_tasks, mediation_tasks
from casework.web.checked_task import CheckedTask, Given
from casework.web.disagreement_records import case_or_404, disagreements_url
from casework.web.disagreement_tasks import DisagreementTask, rows_of
from casework.web.forms.appeals import (
    DONE,
    MOVED,
    DirectionOutcomeForm,
    HearingOutcomeForm,
    RegisterAppealForm,
)
from casework.web.forms.disagreements import REQUESTED, OpenMediationForm
from casework.web.records import milestone_or_404, reader_of

M = MilestoneKind


@needs(Permission.RECORD_CASEWORK)
def mediation_step(request: HttpRequest, public_id: uuid.UUID, step: str, page: str = "") -> HttpResponse:
    """A step of a mediation that anybody who works cases may record."""
    return _step(request, mediation_tasks.TASKS[step], public_id, page)


@needs(Permission.DECIDE)
def mediation_decision(request: HttpRequest, public_id: uuid.UUID, step: str, page: str = "") -> HttpResponse:
    """A step of a mediation that binds the authority."""
    return _step(request, mediation_tasks.TASKS[step], public_id, page)


@needs(Permission.RECORD_CASEWORK)
def appeal_step(request: HttpRequest, public_id: uuid.UUID, step: str, page: str = "") -> HttpResponse:
    """A step of an appeal that anybody who works cases may record."""
    return _step(request, appeal_tasks.TASKS[step], public_id, page)


@needs(Permission.DECIDE)
def appeal_decision(request: HttpRequest, public_id: uuid.UUID, step: str, page: str = "") -> HttpResponse:
    """A step of an appeal that binds the authority."""
    return _step(request, appeal_tasks.TASKS[step], public_id, page)


def _step(request: HttpRequest, task: DisagreementTask, public_id: uuid.UUID, page: str) -> HttpResponse:
    case, reader, day = case_or_404(request, public_id, task.kind), reader_of(request), today()
    standing = standings.of_case(case)
    url = reverse(task.url_name, args=[case.public_id])

    def act(given: Given, version: int) -> str:
        task.record(standing, given, reader, day, version)
        messages.success(request, task.done)
        return disagreements_url(case.child)

    def what_follows(given: Given) -> list[str]:
        recorded: dict[MilestoneKind, list[Any]] = dict(standing.recorded)
        sentences: list[str] = []
        for step in task.starts(standing, given):
            sentences += [
                words
                for words in consequences(CaseKind(case.kind), recorded, step, calendar=clocks.calendar())
                if words not in sentences
            ]
            recorded = {**recorded, step.kind: [*recorded.get(step.kind, []), step.on]}
        return [*sentences, *task.words(standing, given)]

    return CheckedTask(
        name=task.url_name,
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading=task.title,
        intro=task.intro,
        form=lambda data: task.form(data, standing, day),
        rows=lambda given: rows_of(task.form(None, standing, day), given, url),
        act=act,
        consequences=what_follows,
        back=disagreements_url(case.child),
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def open_mediation(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Open a mediation about a decision, with what was heard first."""
    decision, reader, day = milestone_or_404(request, public_id), reader_of(request), today()
    child = decision.case.child
    try:
        about = disagreements.disputed(decision)
    except Refused as refusal:
        return _not_appealable(request, child, refusal)
    right = _right(decision, child)
    url = reverse("open_mediation", args=[decision.public_id])

    def act(given: Given, version: int) -> str:
        common = {"about": about, "adviser": given["adviser"], "note": given["note"], "by": reader, "on": day}
        if given["first"] == REQUESTED:
            mediation.open_with_request(
                wants=MediationAbout(given["about"]), told_on=given["happened_on"], **common
            )
        else:
            mediation.open_mediation(first=M(given["first"]), happened_on=given["happened_on"], **common)
        messages.success(request, "The mediation is open. Its dates are below.")
        return disagreements_url(child)

    def form(data: Any) -> OpenMediationForm:
        return OpenMediationForm(data, today=day, earliest=decision.happened_on)

    return CheckedTask(
        name="open_mediation",
        subject=decision.public_id,
        child=child,
        version=decision.case.version,
        heading="Record mediation",
        intro=_about_words(right),
        form=form,
        rows=lambda given: rows_of(form(None), given, url),
        consequences=lambda given: _mediation_words(right, given),
        act=act,
        back=disagreements_url(child),
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def register_appeal(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Record that the Tribunal registered an appeal against a decision."""
    decision, reader, day = milestone_or_404(request, public_id), reader_of(request), today()
    child = decision.case.child
    try:
        about = disagreements.disputed(decision)
    except Refused as refusal:
        return _not_appealable(request, child, refusal)
    right = _right(decision, child)
    url = reverse("register_appeal", args=[decision.public_id])

    def form(data: Any) -> RegisterAppealForm:
        return RegisterAppealForm(
            data,
            against=about.against,
            officers=standings.officers(),
            today=day,
            sent_on=about.sent_on,
            certificate_known=right is not None and right.certificate_on is not None,
        )

    def act(given: Given, version: int) -> str:
        appeals.register(
            about=about,
            registered_on=given["registered_on"],
            certificate_on=given.get("certificate_on"),
            response_due_on=given["response_due_on"],
            evidence_due_on=given["evidence_due_on"],
            hearing_on=given["hearing_on"],
            by=reader,
            on=day,
            **form(None).facts(given),
        )
        messages.success(request, "The appeal is recorded. Its dates are below.")
        return disagreements_url(child)

    return CheckedTask(
        name="register_appeal",
        subject=decision.public_id,
        child=child,
        version=decision.case.version,
        heading="Record an appeal",
        intro=_about_words(right),
        form=form,
        rows=lambda given: rows_of(form(None), given, url),
        consequences=lambda given: _appeal_words(right, given),
        act=act,
        submit="Record the appeal",
        back=disagreements_url(child),
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def direction(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """What became of a direction, or the answer to a recommendation."""
    reader, day = reader_of(request), today()
    rows = visible(TribunalDirection, reader).select_related("case__child", "case__appeal")
    row = get_object_or_404(rows, public_id=public_id)
    standing = standings.of_case(row.case)
    url = reverse("tribunal_direction", args=[row.public_id])

    def form(data: Any) -> DirectionOutcomeForm:
        return DirectionOutcomeForm(
            data,
            today=day,
            earliest=appeal_tasks.registered_on(standing),
            recommendation=row.kind in RECOMMENDATIONS,
        )

    def act(given: Given, version: int) -> str:
        common: Given = {"direction": row, "by": reader, "on": day, "version": version}
        if given["what"] == DONE:
            tribunal.complete_direction(done_on=given["happened_on"], note=given["note"], **common)
        elif given["what"] == MOVED:
            tribunal.move_direction(due_on=given["due_on"], why=given["note"], **common)
        else:
            tribunal.drop_direction(why=given["note"], **common)
        messages.success(request, f"Recorded: {row.get_kind_display().lower()}")
        return disagreements_url(row.case.child)

    return CheckedTask(
        name="tribunal_direction",
        subject=row.public_id,
        child=row.case.child,
        version=row.case.version,
        heading=f"{row.get_kind_display()}, due {long_date(row.due_on)}",
        intro=row.text,
        form=form,
        rows=lambda given: rows_of(form(None), given, url),
        act=act,
        back=disagreements_url(row.case.child),
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def hearing(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """What became of a hearing."""
    reader, day = reader_of(request), today()
    rows = visible(TribunalHearing, reader).select_related("case__child")
    row = get_object_or_404(rows, public_id=public_id)
    url = reverse("tribunal_hearing", args=[row.public_id])

    def act(given: Given, version: int) -> str:
        tribunal.conclude_hearing(
            hearing=row, outcome=HearingOutcome(given["outcome"]), note=given["note"], by=reader, on=day,
            version=version,
        )  # fmt: skip
        messages.success(request, f"Recorded: hearing of {long_date(row.listed_for)}")
        return disagreements_url(row.case.child)

    return CheckedTask(
        name="tribunal_hearing",
        subject=row.public_id,
        child=row.case.child,
        version=row.case.version,
        heading=f"{row.get_kind_display()} of {long_date(row.listed_for)}",
        form=HearingOutcomeForm,
        rows=lambda given: rows_of(HearingOutcomeForm(), given, url),
        act=act,
        back=disagreements_url(row.case.child),
    ).run(request, page)


def _not_appealable(request: HttpRequest, child: Child, refusal: Refused) -> HttpResponse:
    """Nothing can be begun from this entry: say why where the rights of appeal are listed."""
    messages.warning(request, refusal.words)
    return redirect(disagreements_url(child))


def _right(decision: Any, child: Child) -> AppealRight | None:
    return next((one for one in appeal_rights(child, today()) if one.decision.pk == decision.pk), None)


def _about_words(right: AppealRight | None) -> str:
    if right is None:
        return ""
    return (
        f"{right.against.words}, letter sent {show_day(right.sent_on)}. Last day to appeal: {show_day(right.last_day)}."
        f"\n\n{right.why} {right.against.source}"
    )


def _mediation_words(right: AppealRight | None, given: Given) -> list[str]:
    recorded: dict[MilestoneKind, Any] = {}
    kinds: tuple[MilestoneKind, ...]
    if given["first"] == REQUESTED:
        kinds = {
            MediationAbout.EDUCATION.value: (M.MEDIATION_REQUESTED,),
            MediationAbout.WITH_HEALTH.value: (M.MEDIATION_REQUESTED, M.HEALTH_MEDIATION_REQUESTED),
            MediationAbout.HEALTH_ONLY.value: (M.HEALTH_ONLY_MEDIATION_REQUESTED,),
        }[given["about"]]
    else:
        kinds = (M(given["first"]),)
    recorded = dict.fromkeys(kinds, given["happened_on"])
    calendar = clocks.calendar()
    words = []
    for code in ("G2", "G3", "G4"):
        last = due_on(RULES[code], recorded, calendar)
        if last:
            words.append(f"{RULES[code].title}: due by {show_day(last)}.")
    if right and kinds == (M.MEDIATION_CERTIFICATE_ISSUED,):
        anchors = {M.APPEALABLE_DECISION_SENT: right.sent_on} | recorded
        last = due_on(RULES["H0"], anchors, calendar)
        if last:
            words.append(f"The family may appeal until {show_day(last)}.")
    return words


def _appeal_words(right: AppealRight | None, given: Given) -> list[str]:
    if right is None:
        return []
    words = []
    certificate = right.certificate_on or given.get("certificate_on")
    anchors = {M.APPEALABLE_DECISION_SENT: right.sent_on}
    if certificate:
        anchors[M.MEDIATION_CERTIFICATE_ISSUED] = certificate
    last = due_on(RULES["H0"], anchors, clocks.calendar()) or right.last_day
    late = (given["registered_on"] - last).days
    if late > 0:
        words.append(
            f"The appeal is {late} day{'' if late == 1 else 's'} after the last day, {show_day(last)}: "
            "the Tribunal must have given more time."
        )
    else:
        words.append(f"The appeal is in time: the last day was {show_day(last)}.")
    sections = "".join(given.get("sections") or ())
    if not certificate and needs_certificate(right.against, sections):
        words.append(
            "No mediation certificate is recorded. Without one the Tribunal registers only an appeal about section I alone."
        )
    for name, what in (("response_due_on", "The response"), ("evidence_due_on", "Further evidence")):
        if given[name]:
            words.append(f"{what} is due by {show_day(given[name])}.")
    if not given["response_due_on"]:
        words.append(
            "No day for the response is given. Add it as a direction when the Tribunal's letter is here."
        )
    return words
