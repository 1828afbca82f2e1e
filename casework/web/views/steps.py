"""Record a step of a request, correct one, and record an exception."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.web import needs
from casework.models import Ground, MilestoneKind
from casework.models.cases import ONCE_IN_A_CASE
from casework.queries.consequences import Step, consequences
from casework.rules.case_kinds import CaseKind
from casework.rules.clocks import RULES
from casework.rules.milestone_facts import FACTS, milestone_words
from casework.rules.permissions import Permission
from casework.rules.undoing import UNDOABLE
from casework.services import clocks, corrections, exceptions, milestones
from casework.services.milestones import standing_of
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.milestones import (
    NEVER_HAPPENED,
    CorrectionForm,
    ExceptionForm,
    MilestoneForm,
)
from casework.web.presenters import child_url
from casework.web.records import milestone_or_404, reader_of, request_case_or_404

M = MilestoneKind

# Decisions, advice and the final plan have pages of their own, because they need more than a day and a note.
_RECORDABLE = (
    M.BODIES_TOLD_CONSIDERING,
    M.BODIES_TOLD_OF_DECISION,
    M.DRAFT_PLAN_SERVED,
    M.REPRESENTATIONS_RECEIVED,
    M.SETTING_CONSULTED,
    M.SETTING_REPLIED,
    M.REQUEST_WITHDRAWN,
    M.ASSESSMENT_WITHDRAWN,
    M.MOVED_AWAY,
)


def _belongs(kind: MilestoneKind, case_kind: CaseKind) -> bool:
    """Whether it is recorded here: a move of a child with a plan is a move out, with pages of its own."""
    return case_kind in FACTS[kind].case_kinds and not (
        kind is M.MOVED_AWAY and case_kind is CaseKind.REASSESSMENT
    )


@needs(Permission.RECORD_CASEWORK)
def record_milestone(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Record something else that happened: a draft served, a withdrawal, a move."""
    case, reader, day = request_case_or_404(request, public_id), reader_of(request), today()
    standing = standing_of(case)
    once = set(ONCE_IN_A_CASE)
    choices = [
        (str(kind), milestone_words(kind, CaseKind(case.kind)))
        for kind in _RECORDABLE
        if not (kind in once and kind in standing) and _belongs(kind, CaseKind(case.kind))
    ]

    def act(given: Given, version: int) -> str:
        kind = MilestoneKind(given["kind"])
        milestones.record(
            case=case, kind=kind, happened_on=given["happened_on"], note=given["note"], by=reader, on=day,
            version=version,
        )  # fmt: skip
        messages.success(request, f"Recorded: {milestone_words(kind, CaseKind(case.kind))}")
        return child_url(case.child)

    url = reverse("record_milestone", args=[case.public_id])
    return CheckedTask(
        name="record_milestone",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Record what happened",
        form=lambda data: MilestoneForm(data, choices=choices, today=day, born=case.child.date_of_birth),
        rows=lambda given: [
            Row("What happened", milestone_words(MilestoneKind(given["kind"]), CaseKind(case.kind)), url),
            Row("When", long_date(given["happened_on"]), url),
            Row("Note", given["note"] or "None", url),
        ],
        consequences=lambda given: consequences(
            CaseKind(case.kind),
            standing,
            Step(MilestoneKind(given["kind"]), given["happened_on"]),
            calendar=clocks.calendar(),
        ),
        act=act,
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def correct_milestone(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Correct a date, or say that something did not happen. The old record stays on the timeline."""
    milestone, reader, day = milestone_or_404(request, public_id), reader_of(request), today()
    case = milestone.case
    words = milestone_words(MilestoneKind(milestone.kind), CaseKind(case.kind))
    decision = MilestoneKind(milestone.kind) in UNDOABLE

    def act(given: Given, version: int) -> str:
        if given["what"] == NEVER_HAPPENED:
            corrections.withdraw(milestone=milestone, reason=given["reason"], by=reader, version=version)
        else:
            corrections.correct(
                milestone=milestone, happened_on=given["happened_on"], reason=given["reason"], by=reader, on=day,
                version=version,
            )  # fmt: skip
        messages.success(
            request, f"Corrected: {words}. Every date that runs from it has been worked out again."
        )
        return reverse("child_timeline", args=[case.child.public_id])

    url = reverse("correct_milestone", args=[milestone.public_id])
    return CheckedTask(
        name="correct_milestone",
        subject=milestone.public_id,
        child=case.child,
        version=case.version,
        heading=f"Correct: {words}, {long_date(milestone.happened_on)}",
        intro=(
            "To take back the whole decision, with the plan it made, go to the timeline and choose “Undo this decision”."
            if decision
            else ""
        ),
        form=lambda data: CorrectionForm(data, today=day, born=case.child.date_of_birth, date_only=decision),
        rows=lambda given: [
            Row("Recorded", f"{words}, {long_date(milestone.happened_on)}"),
            Row(
                "Correction",
                "It did not happen"
                if given["what"] == NEVER_HAPPENED
                else f"It was {long_date(given['happened_on'])}",
                url,
            ),
            Row("Reason", given["reason"], url),
        ],
        act=act,
        submit="Correct the record",
        warning="The old entry stays on the timeline, struck through, with your name and the reason.",
    ).run(request, page)


@needs(Permission.DECIDE)
def add_exception(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Record a lawful exception to one limit of a request."""
    case, reader, day = request_case_or_404(request, public_id), reader_of(request), today()
    limits = [
        (clock.rule_code, f"{RULES[clock.rule_code].title}: {long_date(clock.due_on)}")
        for clock in case.clocks.filter(part="").order_by("due_on")
        if RULES[clock.rule_code].grounds
    ]

    def act(given: Given, version: int) -> str:
        exceptions.add(
            case=case,
            rule_code=given["rule_code"],
            ground=Ground(given["ground"]),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            advice_asked_on=given["advice_asked_on"],
            evidence=given["evidence"],
            approved_on=day,
            family_told_on=given["family_told_on"],
            by=reader,
            on=day,
            version=version,
        )
        messages.success(request, "The exception is recorded. The date stays as it is.")
        return reverse("child_dates", args=[case.child.public_id])

    return CheckedTask(
        name="add_exception",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Record an exception",
        intro="An exception excuses a missed limit. It does not pause the clock and sets no new date: you must still act "
        "as soon as practicable (SEND Regs 2014 regs 5(4), 10(4) and 13(3)).",
        form=lambda data: ExceptionForm(data, limits=limits, today=day, born=case.child.date_of_birth),
        rows=lambda given: _exception_rows(
            given, dict(limits), reverse("add_exception", args=[case.public_id])
        ),
        consequences=lambda given: [
            f"{dict(limits)[given['rule_code']]} stays the date. If it is missed, it is shown as late and excused.",
            "The family must be told that an exception applies."
            if not given["family_told_on"]
            else f"The family was told on {long_date(given['family_told_on'])}.",
            f"{reader.name} approves this exception, today.",
        ],
        act=act,
        submit="Approve and record the exception",
    ).run(request, page)


def _exception_rows(given: Given, limits: dict[str, str], url: str) -> list[Row]:
    until = long_date(given["ends_on"]) if given["ends_on"] else "still going on"
    rows = [
        Row("Limit", limits[given["rule_code"]], url),
        Row("Ground", Ground(given["ground"]).label, url),
        Row("When", f"{long_date(given['starts_on'])} to {until}", url),
        Row("Evidence", given["evidence"], url),
        Row("Family told", long_date(given["family_told_on"]) or "Not yet", url),
    ]
    if given["advice_asked_on"]:
        rows.insert(3, Row("Setting asked for advice", long_date(given["advice_asked_on"]), url))
    return rows
