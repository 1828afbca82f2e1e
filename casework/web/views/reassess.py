"""Re-assessment as tasks: the request or our own decision, and what follows from it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.access.web import needs
from casework.models import CaseKind, Channel, Child, MilestoneKind, RequestSource
from casework.queries.consequences import Step, consequences
from casework.queries.last_assessed import within_the_bar
from casework.rules.permissions import Permission
from casework.services import clocks, reassessments
from casework.services.milestones import standing_of
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.case_steps import CaseStep, register
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.reassess import (
    AMEND,
    FinishReassessmentForm,
    OwnReassessmentForm,
    ReassessmentRequestForm,
)
from casework.web.presenters import moves_url
from casework.web.records import child_or_404, course_or_404, plan_in_force, reader_of

M = MilestoneKind
_REA = CaseKind.REASSESSMENT


@needs(Permission.RECORD_CASEWORK)
def log_reassessment(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Somebody asks for a re-assessment."""
    child, reader, day = child_or_404(request, public_id), reader_of(request), today()
    plan = plan_in_force(request, child)
    if plan is None:
        return _no_plan(request, child)
    url = reverse("log_reassessment", args=[child.public_id])

    def act(given: Given, version: int) -> str:
        reassessments.request_reassessment(
            plan=plan, source=RequestSource(given["source"]), received_on=given["received_on"],
            channel=Channel(given["channel"]), requested_by=given["requested_by"], by=reader, on=day,
        )  # fmt: skip
        messages.success(request, "The request is logged. Next: decide within 15 days.")
        return moves_url(child)

    def what_follows(given: Given) -> list[str]:
        bar = within_the_bar(child, on=given["received_on"])
        step = Step(M.REQUEST_RECEIVED, given["received_on"])
        return [*([bar] if bar else []), *consequences(_REA, {}, step, calendar=clocks.calendar()),
                "The plan goes on as it is meanwhile, and so do its reviews."]  # fmt: skip

    return CheckedTask(
        name="log_reassessment",
        subject=child.public_id,
        child=child,
        version=plan.version,
        heading="Log a request for a re-assessment",
        back=moves_url(child),
        intro="A plan is in force, so this is a re-assessment: answer within 15 days; then 14 weeks to the amended or "
        "replacement plan.\n\nCFA 2014 s.44(2); SEND Regs 2014 regs 24 to 27",
        form=lambda data: ReassessmentRequestForm(
            data, today=day, earliest=plan.maintained_from or plan.starts_on
        ),
        rows=lambda given: [
            Row("Who asked", RequestSource(given["source"]).label, url, "who asked"),
            Row("Name and role", given["requested_by"] or "Not given", url, "the name"),
            Row("Received on", long_date(given["received_on"]), url, "the day it arrived"),
            Row("How it came", Channel(given["channel"]).label, url, "how it came"),
        ],
        consequences=what_follows,
        act=act,
        submit="Log the request",
    ).run(request, page)


@needs(Permission.DECIDE)
def reassess_ourselves(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """The authority decides to re-assess without being asked."""
    child, reader, day = child_or_404(request, public_id), reader_of(request), today()
    plan = plan_in_force(request, child)
    if plan is None:
        return _no_plan(request, child)
    url = reverse("reassess_ourselves", args=[child.public_id])

    def act(given: Given, version: int) -> str:
        case = reassessments.decide_ourselves(plan=plan, by=reader, on=day, **given)
        return reverse("decide_to_assess", args=[case.public_id, "recorded"])

    return CheckedTask(
        name="reassess_ourselves",
        subject=child.public_id,
        child=child,
        version=plan.version,
        heading="Decide to re-assess",
        back=moves_url(child),
        intro="You may re-assess at any time if you think it necessary. The 14 weeks begin when the family is told.\n\nCFA "
        "2014 s.44(3); SEND Regs 2014 reg 27",
        form=lambda data: OwnReassessmentForm(
            data, today=day, earliest=plan.maintained_from or plan.starts_on
        ),
        rows=lambda given: [
            Row("Why", given["reasons"], url, "why"),
            Row("Decided on", long_date(given["decided_on"]), url, "the day it was decided"),
            Row("Family told on", long_date(given["told_on"]), url, "the day the family was told"),
        ],
        consequences=lambda given: consequences(
            _REA, {}, Step(M.DECIDED_TO_ASSESS, given["told_on"]), calendar=clocks.calendar()
        ),
        act=act,
        check_heading="Check the decision before you record it",
        submit="Record the decision",
    ).run(request, page)


@needs(Permission.DECIDE)
def finish_reassessment(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Amend or replace the plan, or leave it as it is."""
    case, reader, day = course_or_404(request, public_id, _REA), reader_of(request), today()
    url = reverse("finish_reassessment", args=[case.public_id])
    standing = standing_of(case)

    def act(given: Given, version: int) -> str:
        if given["answer"] == AMEND:
            reassessments.propose_amendments(
                case=case,
                sent_on=given["sent_on"],
                served_on=given["served_on"],
                by=reader,
                on=day,
                version=version,
            )
            messages.success(
                request, "The draft is recorded. Next: the final plan, once the family has had its 15 days."
            )
        else:
            reassessments.leave_unchanged(
                case=case, reasons=given["reasons"], decided_on=given["decided_on"], told_on=given["told_on"],
                by=reader, on=day, version=version,
            )  # fmt: skip
            messages.success(request, "Recorded: the plan stays as it is. The family has a right of appeal.")
        return moves_url(case.child)

    def what_follows(given: Given) -> list[str]:
        if given["answer"] == AMEND:
            step = Step(M.AMENDMENT_NOTICE_SENT, given["served_on"] or given["sent_on"])
            return consequences(_REA, standing, step, calendar=clocks.calendar())
        step = Step(M.DECIDED_NOT_TO_AMEND, given["told_on"])
        return [
            *consequences(_REA, standing, step, calendar=clocks.calendar()),
            "The parents or the young person will have a right of appeal (CFA 2014 s.51(2)(e)).",
            "The plan goes on, and its next review stays due as it is.",
        ]

    return CheckedTask(
        name="finish_reassessment",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Say what follows from the re-assessment",
        back=moves_url(case.child),
        intro="The amended or replacement plan is due 14 weeks after the family was told of it. The family "
        "has at least 15 days with the draft.\n\nSEND Regs 2014 reg 27",
        form=lambda data: FinishReassessmentForm(
            data, today=day, earliest=standing.get(M.DECIDED_TO_ASSESS, [None])[0]
        ),
        rows=lambda given: [
            Row(
                "What follows",
                "The plan is amended or replaced" if given["answer"] == AMEND else "The plan stays as it is",
                url,
                "what follows",
            ),
            *(
                [
                    Row("Draft sent on", long_date(given["sent_on"]), url, "the day it was sent"),
                    Row(
                        "Reached the family on",
                        long_date(given["served_on"]) or "Not known yet",
                        url,
                        "the day",
                    ),
                ]
                if given["answer"] == AMEND
                else [
                    Row("Reasons", given["reasons"], url, "the reasons"),
                    Row("Decided on", long_date(given["decided_on"]), url, "the day it was decided"),
                    Row("Family told on", long_date(given["told_on"]), url, "the day the family was told"),
                ]
            ),
        ],
        consequences=what_follows,
        act=act,
    ).run(request, page)


def _no_plan(request: HttpRequest, child: Child) -> HttpResponse:
    messages.warning(
        request,
        f"{child.name} has no plan in force here. Log a request for an assessment on the overview instead.",
    )
    return redirect(moves_url(child))


for _step in (
    CaseStep("decide_reassess", "Decide whether to re-assess", _REA, Permission.DECIDE, "decide_to_assess",
             lambda standing: not {M.DECIDED_TO_ASSESS, M.DECIDED_NOT_TO_ASSESS} & set(standing), 10),
    CaseStep("finish_reassess", "Say what follows from it", _REA, Permission.DECIDE, "finish_reassessment",
             lambda standing: M.DECIDED_TO_ASSESS in standing and M.AMENDMENT_NOTICE_SENT not in standing, 20),
    CaseStep("record_reassess", "Record what happened", _REA, Permission.RECORD_CASEWORK, "record_milestone",
             lambda standing: True, 80),
    CaseStep("except_reassess", "Record an exception", _REA, Permission.DECIDE, "add_exception",
             lambda standing: M.DECIDED_TO_ASSESS in standing, 85),
):  # fmt: skip
    register(_step)
