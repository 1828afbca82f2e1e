"""Record the amended plan that an order, an agreement at mediation or an appeal not opposed requires."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.web import needs
from casework.models import CaseKind, MilestoneKind, Need
from casework.queries import disagreements as standings
from casework.queries.consequences import Step, consequences
from casework.rules.permissions import Permission
from casework.rules.undertakings import Undertaking, undertaken
from casework.services import clocks
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.disagreement_records import case_or_404, disagreements_url
from casework.web.records import reader_of
from placements.services.amended_plan import issue_amended_plan
from placements.web.forms.amended_plan import UNCHANGED, AmendedPlanForm
from placements.web.forms.issue_plan import section_i_of
from placements.web.views.amended_plan import section_i_words


@needs(Permission.DECIDE)
def issue_as_bound(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """When the amended plan was sent and what its section I names; no amendment notice comes before it."""
    case, reader, day = case_or_404(request, public_id), reader_of(request), today()
    standing = standings.of_case(case)
    bound = undertaken(standing.recorded)
    since = [day for one, day in bound.items() if one in (Undertaking.AMEND, Undertaking.CHANGE_SETTING)]
    url = reverse("issue_plan_as_bound", args=[case.public_id])

    def form(data: Any) -> AmendedPlanForm:
        moves = Undertaking.CHANGE_SETTING in bound
        return AmendedPlanForm(data, today=day, earliest=min(since, default=None), moves=moves)

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
        messages.success(request, "The amended plan is recorded: what was ordered or agreed is carried out.")
        return disagreements_url(case.child)

    return CheckedTask(
        name="issue_plan_as_bound",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Record the amended plan",
        intro="Within five weeks of an order, an agreement or the day you did not oppose; within two where only the setting "
        "changes. The provision must be in place by then.\n\nSEND Regs 2014 regs 42, 44(2)(e)-(f) and 45; BA v "
        "Nottinghamshire CC [2021] EWHC 1348 (Admin)",
        form=form,
        rows=lambda given: [
            Row("Amended plan sent on", long_date(given["issued_on"]), url, "the day it was sent"),
            Row(
                "Primary need",
                Need(given["primary_need"]).label if given["primary_need"] else "As it was",
                url,
                "the primary need",
            ),
            Row("Section I names", section_i_words(given), url, "what section I names"),
        ],
        consequences=lambda given: [
            *consequences(
                CaseKind(case.kind),
                standing.recorded,
                Step(MilestoneKind.AMENDED_PLAN_ISSUED, given["issued_on"]),
                calendar=clocks.calendar(),
            ),
            "The family has a right of appeal against sections B, F and I of the amended plan.",
        ],
        act=act,
        check_heading="Check the amended plan before you record it",
        submit="Record the amended plan",
        back=disagreements_url(case.child),
    ).run(request, page)
