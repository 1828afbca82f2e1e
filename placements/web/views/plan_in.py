"""Record the plan that came from another authority."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import CaseKind, MilestoneKind, Need, PlanTransfer
from casework.queries.consequences import Step, consequences
from casework.rules.clocks import RULES, due_on, show_day
from casework.rules.permissions import Permission
from casework.services import clocks
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.presenters import moves_url
from casework.web.records import course_or_404, reader_of
from placements.services.plan_in import receive_plan
from placements.web.forms.issue_plan import NAMED, TYPE_ONLY, section_i_of
from placements.web.forms.plan_in import NO, PlanInForm, arrived_plan_of

M = MilestoneKind


@needs(Permission.DECIDE)
def plan_in(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """When it came, when it was made and last reviewed, its needs and what its section I names."""
    case, reader, day = course_or_404(request, public_id, CaseKind.TRANSFER_IN), reader_of(request), today()
    transfer = visible(PlanTransfer, reader).select_related("authority").get(case=case)
    url = reverse("receive_plan", args=[case.public_id])

    def act(given: Given, version: int) -> str:
        receive_plan(
            case=case,
            transferred_on=given["transferred_on"],
            plan=arrived_plan_of(given),
            section_i=section_i_of(given),
            by=reader,
            on=day,
            version=version,
        )
        messages.success(request, "The plan is recorded. Next: tell the family.")
        return moves_url(case.child)

    return CheckedTask(
        name="receive_plan",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Record the plan that came",
        back=moves_url(case.child),
        intro=f"From {transfer.authority}. From the transfer the plan is treated as if we had made it, on the day they made "
        "it (SEND Regs 2014 reg 15(3)).",
        form=lambda data: PlanInForm(
            data, today=day, moved_on=transfer.moved_on, born=case.child.date_of_birth
        ),
        rows=lambda given: _rows(given, url),
        consequences=_what_follows,
        act=act,
        check_heading="Check the plan before you record it",
        submit="Record the plan",
    ).run(request, page)


def _what_follows(given: Given) -> list[str]:
    came, made, reviewed = given["transferred_on"], given["made_on"], given["last_reviewed_on"]
    anchors = {M.PLAN_FIRST_MADE: made, M.PLAN_TRANSFERRED_IN: came}
    if reviewed:
        anchors[M.PREVIOUS_REVIEW_COMPLETED] = reviewed
    due = due_on(RULES["E4"], anchors, clocks.calendar())
    found = [
        f"The plan keeps its day, {long_date(made)}, and is ours from {long_date(came)}.",
        *consequences(
            CaseKind.TRANSFER_IN, {}, Step(M.PLAN_TRANSFERRED_IN, came), calendar=clocks.calendar()
        ),
    ]
    if due:
        found.append(
            f"The next review must be complete by {show_day(due)}: twelve months from the last, or three months from the "
            "transfer if that is later."
        )
    if given["far"] == NO:
        found.append(
            "Arrange the other setting at once, and amend the plan so that it names one the child can attend."
        )
    else:
        found.append("The child goes on at the setting named until you amend the plan; its fees go on too.")
    return found


def _rows(given: Given, url: str) -> list[Row]:
    rows = [
        Row("Transferred on", long_date(given["transferred_on"]), url, "the day of the transfer"),
        Row("Made on", long_date(given["made_on"]), url, "the day it was made"),
        Row(
            "Last review completed",
            long_date(given["last_reviewed_on"]) or "Never reviewed",
            url,
            "the last review",
        ),
        Row("Primary need", Need(given["primary_need"]).label, url, "the primary need"),
        Row("Section I names", _section_i_words(given), url, "what section I names"),
        Row("Can still attend", "No" if given["far"] == NO else "Yes", url, "whether the child can attend"),
    ]
    if given["arrangements"]:
        rows.append(Row("Educated until then", given["arrangements"], url, "the arrangements"))
    return rows


def _section_i_words(given: Given) -> str:
    if given["section_i"] == NAMED:
        return f"{given['setting']} ({given['setting'].urn or given['setting'].ukprn})"
    return given["type_words"] if given["section_i"] == TYPE_ONLY else "Education otherwise than at school"
