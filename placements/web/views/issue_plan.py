"""Issue the final plan."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import MilestoneKind, Need, PlanVersion
from casework.queries.consequences import Step, consequences
from casework.queries.plan_issue import text_consequences
from casework.rules.calendar import add_months
from casework.rules.case_kinds import CaseKind
from casework.rules.permissions import Permission
from casework.services import clocks
from casework.services.milestones import standing_of
from casework.services.plan_texts import ranked_needs
from casework.today import today
from casework.ui.components import Link, Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.presenters import child_url
from casework.web.records import reader_of, request_case_or_404
from placements.services.issue_plan import issue_final_plan as issue
from placements.web.forms.issue_plan import IssuePlanForm, section_i_of


@needs(Permission.DECIDE)
def issue_final_plan(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """When the final plan was sent, the needs it is for, and what section I names."""
    case, reader, day = request_case_or_404(request, public_id), reader_of(request), today()
    if case.kind != CaseKind.REQUEST:
        raise Http404
    url = reverse("issue_final_plan", args=[case.public_id])
    ranked = ranked_needs(case) or ("", "")

    def act(given: Given, version: int) -> str:
        issue(
            case=case,
            issued_on=given["issued_on"],
            primary_need=Need(given["primary_need"]),
            secondary_need=given["secondary_need"],
            section_i=section_i_of(given),
            by=reader,
            on=day,
            version=version,
        )
        return reverse("plan_issued", args=[case.public_id])

    def what_follows(given: Given) -> list[str]:
        sent = given["issued_on"]
        step = Step(MilestoneKind.FINAL_PLAN_ISSUED, sent)
        review = long_date(add_months(sent, 12))
        return [
            *text_consequences(case, sent),
            *consequences(CaseKind.REQUEST, standing_of(case), step, calendar=clocks.calendar()),
            f"The plan is maintained from {long_date(sent)}; the first annual review must be complete before {review}.",
        ]

    return CheckedTask(
        name="issue_final_plan",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Issue the final plan",
        form=lambda data: IssuePlanForm(
            data,
            today=day,
            earliest=case.opened_on,
            initial={"primary_need": ranked[0], "secondary_need": ranked[1]},
        ),
        rows=lambda given: _rows(given, url),
        act=act,
        consequences=what_follows,
        check_heading="Check the final plan before you record it",
        submit="Record the final plan",
    ).run(request, page)


@needs(Permission.DECIDE)
def plan_issued(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What was recorded, and what to do next."""
    case = request_case_or_404(request, public_id)
    version = (
        visible(PlanVersion, reader_of(request))
        .filter(plan__request=case)
        .select_related("plan")
        .order_by("number")
        .first()
    )
    if version is None:
        return redirect(child_url(case.child))
    context = {
        "panel_title": "Final plan recorded",
        "panel_text": f"{case.child.name}: plan made on {long_date(version.plan.starts_on)}",
        "next_steps": [
            (
                "Send the plan to the family, the setting named in section I and the health commissioner, with the right of "
                "appeal, its time limit and mediation."
            ),
            "Record where the child will go, and from when.",
            Link(f"Go to {case.child.name}’s page", child_url(case.child)),
            Link("Go to my work", reverse("my_work")),
        ],
    }
    return render(request, "casework/layouts/confirmation.html", context)


def _rows(given: Given, url: str) -> list[Row]:
    section_i = section_i_of(given)
    setting = section_i.establishment
    if setting is not None:
        named = f"{setting.name} ({setting.urn or setting.ukprn})"
    else:
        named = section_i.words or (section_i.code.label if section_i.code else "")
    special = [
        words
        for is_so, words in ((section_i.sen_unit, "SEN unit"), (section_i.resourced, "Resourced provision"))
        if is_so
    ]
    secondary = Need(given["secondary_need"]).label if given["secondary_need"] else "None"
    return [
        Row("Final plan sent on", long_date(given["issued_on"]), url, "the day the final plan was sent"),
        Row("Primary need", Need(given["primary_need"]).label, url, "the primary need"),
        Row("Secondary need", secondary, url, "the secondary need"),
        Row("Section I names", "\n".join([named, *special]), url, "what section I names"),
    ]
