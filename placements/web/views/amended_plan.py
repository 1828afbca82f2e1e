"""Record the final amended plan, and the setting agreed for a phase transfer."""

import datetime
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.web import needs
from casework.models import Case, CaseKind, MilestoneKind, Need
from casework.queries.consequences import Step, consequences
from casework.queries.plan_issue import text_consequences
from casework.rules.permissions import Permission
from casework.services import clocks
from casework.services.milestones import standing_of
from casework.services.phase_transfers import agree_setting
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.presenters import moves_url, reviews_url
from casework.web.records import course_or_404, reader_of, review_or_404
from placements.services.already_named import confirm, named_in_force
from placements.services.amended_plan import issue_amended_plan
from placements.web.forms.already_named import AlreadyNamedForm
from placements.web.forms.amended_plan import UNCHANGED, AmendedPlanForm, NextSettingForm
from placements.web.forms.issue_plan import NAMED, OTHERWISE, section_i_of


@needs(Permission.DECIDE)
def issue_amended(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """When the final amended plan was sent and what its section I names."""
    review = review_or_404(request, public_id)
    case = review.case
    return _final_plan(
        request,
        page,
        case,
        name="issue_amended_plan",
        back=reviews_url(case),
        earliest=review.amendment_sent_on,
        intro="Send it within eight weeks of the notice and twelve weeks of the meeting, to the family, the setting and the "
        "health commissioner, with the right of appeal (SEND Regs 2014 reg 22(3)).",
        done="The final amended plan is recorded. The review is complete.",
    )


@needs(Permission.DECIDE)
def issue_reassessed(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """The amended or replacement plan that follows from a re-assessment."""
    case = course_or_404(request, public_id, CaseKind.REASSESSMENT)
    sent = standing_of(case).get(MilestoneKind.AMENDMENT_NOTICE_SENT, [None])[0]
    return _final_plan(
        request,
        page,
        case,
        name="issue_reassessed_plan",
        back=moves_url(case.child),
        earliest=sent,
        intro="Send it within 14 weeks of telling the family that you would re-assess, to the family, the setting and the "
        "health commissioner, with the right of appeal (SEND Regs 2014 reg 27). A replacement is recorded in the same way: "
        "it is a new version of the same plan.",
        done="The plan is recorded. The re-assessment is finished.",
    )


def _final_plan(
    request: HttpRequest,
    page: str,
    case: Case,
    *,
    name: str,
    back: str,
    earliest: datetime.date | None,
    intro: str,
    done: str,
) -> HttpResponse:
    reader, day = reader_of(request), today()
    url = reverse(name, args=[case.public_id])
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
        messages.success(request, done)
        return back

    return CheckedTask(
        name=name,
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Record the final amended plan",
        intro=intro,
        form=lambda data: AmendedPlanForm(data, today=day, earliest=earliest, moves=moves),
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
            *text_consequences(case, given["issued_on"]),
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


@needs(Permission.DECIDE)
def already_named(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """The review was decided to maintain the plan, which names the setting after the transfer already."""
    review, reader, day = review_or_404(request, public_id), reader_of(request), today()
    case = review.case
    url = reverse("already_named", args=[case.public_id])
    named = named_in_force(case)
    setting = named.setting_name if named else "no setting"

    def act(given: Given, version: int) -> str:
        confirm(case=case, found_on=given["found_on"], by=reader, on=day, version=version)
        messages.success(
            request, "Recorded. The phase transfer is finished: the plan names the next setting."
        )
        return reviews_url(case)

    return CheckedTask(
        name="already_named",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="The plan already names the next setting",
        back=reviews_url(case),
        intro=f"Section I of the plan in force names {setting}. The plan is to be reviewed, and amended where "
        "necessary, so that it names the setting after the transfer. Where it does, nothing is to be amended.\n\nSEND "
        "Regs 2014 reg 18(1)",
        form=lambda data: AlreadyNamedForm(data, today=day, earliest=review.decided_on, setting=setting),
        rows=lambda given: [
            Row("The plan names", setting),
            Row("Family told on", long_date(given["found_on"]), url, "the day the family was told"),
        ],
        consequences=lambda given: consequences(
            CaseKind(case.kind),
            standing_of(case),
            Step(MilestoneKind.NEXT_SETTING_ALREADY_NAMED, given["found_on"]),
            calendar=clocks.calendar(),
        ),
        act=act,
    ).run(request, page)


def section_i_words(given: Given) -> str:
    if given["section_i"] == UNCHANGED:
        return "The same as before"
    if given["section_i"] == NAMED:
        return f"{given['setting']} ({given['setting'].urn or given['setting'].ukprn})"
    return "Education otherwise than at school" if given["section_i"] == OTHERWISE else given["type_words"]
