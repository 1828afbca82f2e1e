"""Record the final amended plan, and the setting agreed for a phase transfer."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.web import needs
from casework.models import CaseKind, MilestoneKind, Need
from casework.queries.consequences import Step, consequences
from casework.rules.permissions import Permission
from casework.services import clocks
from casework.services.milestones import standing_of
from casework.services.phase_transfers import agree_setting
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.presenters import reviews_url
from casework.web.records import reader_of, review_or_404
from placements.services.amended_plan import issue_amended_plan
from placements.web.forms.amended_plan import UNCHANGED, AmendedPlanForm, NextSettingForm
from placements.web.forms.issue_plan import NAMED, OTHERWISE, section_i_of


@needs(Permission.DECIDE)
def issue_amended(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """When the final amended plan was sent and what its section I names."""
    review, reader, day = review_or_404(request, public_id), reader_of(request), today()
    case = review.case
    url = reverse("issue_amended_plan", args=[case.public_id])
    moves = case.kind == CaseKind.PHASE_TRANSFER
    kind = MilestoneKind.PHASE_TRANSFER_PLAN_ISSUED if moves else MilestoneKind.AMENDED_PLAN_ISSUED

    def act(given: Given, version: int) -> str:
        issue_amended_plan(
            case=case,
            issued_on=given["issued_on"],
            primary_need=given["primary_need"],
            section_i=None if given["section_i"] == UNCHANGED else section_i_of(given),
            by=reader,
            on=day,
            version=version,
        )
        messages.success(request, "The final amended plan is recorded. The review is complete.")
        return reviews_url(case)

    return CheckedTask(
        name="issue_amended_plan",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Record the final amended plan",
        intro="Send it within eight weeks of the notice and twelve weeks of the meeting, to the family, the setting and the "
        "health commissioner, with the right of appeal (SEND Regs 2014 reg 22(3)).",
        form=lambda data: AmendedPlanForm(data, today=day, earliest=review.amendment_sent_on, moves=moves),
        rows=lambda given: [
            Row("Final amended plan sent on", long_date(given["issued_on"]), url, "the day it was sent"),
            Row(
                "Primary need",
                Need(given["primary_need"]).label if given["primary_need"] else "As it was",
                url,
            ),
            Row("Section I names", section_i_words(given), url, "what section I names"),
        ],
        consequences=lambda given: [
            *consequences(
                CaseKind(case.kind),
                standing_of(case),
                Step(kind, given["issued_on"]),
                calendar=clocks.calendar(),
            ),
            "The family has a right of appeal against sections B, F and I.",
        ],
        act=act,
        check_heading="Check the amended plan before you record it",
        submit="Record the final amended plan",
    ).run(request, page)


@needs(Permission.DECIDE)
def agree_next_setting(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Which setting, or type of setting, the plan will name after the transfer."""
    review, reader = review_or_404(request, public_id), reader_of(request)
    case = review.case
    url = reverse("agree_next_setting", args=[case.public_id])

    def act(given: Given, version: int) -> str:
        agree_setting(case=case, setting=given["setting"], words=given["words"], by=reader, version=version)
        messages.success(request, "Recorded. The plan must still be sent with this setting in section I.")
        return reviews_url(case)

    return CheckedTask(
        name="agree_next_setting",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Say which setting was agreed",
        form=NextSettingForm,
        rows=lambda given: [
            Row("The plan will name", str(given["setting"] or given["words"]), url, "what the plan will name")
        ],
        act=act,
    ).run(request, page)


def section_i_words(given: Given) -> str:
    if given["section_i"] == UNCHANGED:
        return "The same as before"
    if given["section_i"] == NAMED:
        return f"{given['setting']} ({given['setting'].urn or given['setting'].ukprn})"
    return "Education otherwise than at school" if given["section_i"] == OTHERWISE else given["type_words"]
