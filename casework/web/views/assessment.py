"""The assessment in a child's record: whom the law has us ask, how each stands, and what panels said."""

import uuid
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.access.web import needs
from casework.models import Case, CaseKind, RequestState
from casework.queries.advice import AdviceLine, advice_of, assessment_of, known_needs, outcomes_of
from casework.queries.case_summary import ChildSummary, ClockLine
from casework.rules.advice import AdviceBody, AdviceState, standard_bodies
from casework.rules.permissions import Permission
from casework.today import today
from casework.ui.components import Link
from casework.web.records import reader_of
from casework.web.views.child import open_record
from casework.web.worklist_rows import OWN_STEPS

_LIMITS = ("A1", "A6", "A10", "B1", "B2")


@needs(Permission.SEE_CHILDREN)
def child_assessment(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Advice asked for in the assessment under way, or in the last one; panels; and the steps that follow."""
    opened = open_record(request, public_id, "child_assessment")
    if isinstance(opened, HttpResponse):
        return opened
    summary, context = opened
    day, reader = today(), reader_of(request)
    case = assessment_of(summary.child)
    context |= {"case": case, "as_at": day}
    if case is not None:
        lines = advice_of(case, on=day)
        assessing = case.closed_on is None and _is_assessing(case, summary)
        may_ask = assessing and reader.may(Permission.RECORD_CASEWORK)
        context |= {
            "lines": [(line, _links(line, context) if case.closed_on is None else []) for line in lines],
            "assessing": assessing,
            "counts": _counts(lines),
            "missing": _missing(case, summary, lines) if assessing else [],
            "limits": _limits(case, summary),
            "outcomes": list(outcomes_of(case)),
            "may_ask": may_ask,
            "waiting": [line for line in lines if line.state.is_waiting],
            "decide": _decide(case, reader.may(Permission.DECIDE)),
            "may_panel": case.closed_on is None
            and reader.may(Permission.RECORD_CASEWORK)
            and _state(case) in OWN_STEPS,
        }
    return render(request, "casework/assessment/child.html", context)


def assessment_url(case: Case) -> str:
    """The page of the assessment in the child's record."""
    return reverse("child_assessment", args=[case.child.public_id])


def _is_assessing(case: Case, summary: ChildSummary) -> bool:
    return any(
        row.case_id == case.pk and row.kind == "decided_to_assess" and not row.replaced and not row.withdrawn
        for row in summary.milestones
    )


def _state(case: Case) -> RequestState | None:
    return (
        RequestState(case.request.state)
        if case.kind == CaseKind.REQUEST and hasattr(case, "request")
        else None
    )


def _decide(case: Case, may_decide: bool) -> Link | None:
    step = OWN_STEPS.get(state) if (state := _state(case)) else None
    if step is None or not may_decide or case.closed_on is not None:
        return None
    return Link(step[0], reverse(step[1], args=[case.public_id]))


def _limits(case: Case, summary: ChildSummary) -> list[ClockLine]:
    return [
        line for line in summary.running if line.clock.case_id == case.pk and line.clock.rule_code in _LIMITS
    ]


def _missing(case: Case, summary: ChildSummary, lines: Sequence[AdviceLine]) -> list[AdviceBody]:
    """The bodies the law names that nobody has asked, and whose existing advice is not proposed."""
    asked = {line.advice.body for line in lines if line.state is not AdviceState.NOT_NEEDED}
    named = standard_bodies(summary.child.date_of_birth, today(), known_needs(case))
    return [body for body in named if body.value not in asked]


def _counts(lines: Sequence[AdviceLine]) -> dict[str, int]:
    counted = [line for line in lines if line.state not in (AdviceState.NOT_NEEDED, AdviceState.NOT_ASKED)]
    done = {AdviceState.RECEIVED, AdviceState.RECEIVED_LATE, AdviceState.EXISTING}
    late = {AdviceState.OVERDUE, AdviceState.OVERDUE_EXCUSED}
    return {
        "asked": len(counted),
        "done": sum(line.state in done for line in counted),
        "late": sum(line.state in late for line in counted),
    }


def _links(line: AdviceLine, context: dict[str, object]) -> list[Link]:
    """What may be done with one request now."""
    advice, found = line.advice, []
    if context["may_record"]:
        receive = reverse("advice_receive", args=[advice.case.public_id])
        if line.state.is_waiting:
            found = [
                Link("Received", f"{receive}?advice={advice.public_id}"),
                Link("Chase", f"{reverse('advice_chase')}?advice={advice.public_id}"),
            ]
        if line.state.is_waiting or line.state in (AdviceState.AGREEING, AdviceState.NOT_ASKED):
            found += [
                Link("Existing advice", reverse("advice_existing", args=[advice.public_id])),
                Link("Not needed", reverse("advice_not_needed", args=[advice.public_id])),
            ]
    # Nothing binds the family and people of its choice, so nothing needs to excuse them.
    if context["may_decide"] and line.state.is_waiting and AdviceBody(advice.body).is_bound:
        found.append(Link("Exception", reverse("advice_exception", args=[advice.public_id])))
    return found
