"""Cease a plan, as tasks: consult, decide, record the end; or end it at once where there is nothing to decide."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Case, CaseKind, CeaseReason, Ceasing, Child, MilestoneKind, NoAppeal, Plan
from casework.queries.consequences import Step, consequences
from casework.queries.plan_endings import what_ends
from casework.rules.calendar import add_months
from casework.rules.ceasing import latest_end_by_age
from casework.rules.clock_words import show_day
from casework.rules.permissions import Permission
from casework.services import ceasing as services
from casework.services import clocks
from casework.services.ceasing_checks import may_end_from
from casework.services.milestones import standing_of
from casework.today import today
from casework.ui.components import Link, Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.ceasing import NO, OVER, YES, AtOnceForm, CeaseDecisionForm, ConsultForm, EndForm
from casework.web.presenters import child_url, moves_url
from casework.web.records import child_or_404, course_or_404, plan_in_force, reader_of

M = MilestoneKind
_CEASING = CaseKind.CEASING
_RETURN = {YES: True, NO: False}


@needs(Permission.RECORD_CASEWORK)
def consult(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Tell the family and the setting that ceasing is considered, and ask for their views."""
    child, reader, day = child_or_404(request, public_id), reader_of(request), today()
    plan = plan_in_force(request, child)
    if plan is None:
        return _no_plan(request, child)
    url = reverse("consult_ceasing", args=[child.public_id])

    def act(given: Given, version: int) -> str:
        services.consult(
            plan=plan,
            reason=CeaseReason(given["reason"]),
            why=given["why"],
            consulted_on=given["consulted_on"],
            setting_consulted=given["setting_consulted"],
            stopped_attending_on=given["stopped_attending_on"],
            wishes_to_return=_RETURN.get(given["wishes_to_return"]),
            by=reader,
            on=day,
        )
        messages.success(request, "The consultation is recorded. Nothing is decided yet: the plan goes on.")
        return moves_url(child)

    return CheckedTask(
        name="consult_ceasing",
        subject=child.public_id,
        child=child,
        version=plan.version,
        heading="Consult about ceasing the plan",
        back=moves_url(child),
        intro="A plan may cease only if you are no longer responsible for the child, or it is no longer necessary. Tell the "
        "parents or the young person that you consider it, and ask them and the head or principal of the setting "
        "named.\n\nCFA 2014 s.45; SEND Regs 2014 reg 31(1)",
        form=lambda data: ConsultForm(data, child=child, today=day),
        rows=lambda given: [
            Row("Considered because", CeaseReason(given["reason"]).label, url, "the reason"),
            Row("What makes you think so", given["why"], url, "what makes you think so"),
            *(
                [
                    Row(
                        "Stopped attending",
                        long_date(given["stopped_attending_on"]),
                        url,
                        "the day they stopped",
                    )
                ]
                if given["stopped_attending_on"]
                else []
            ),
            Row("Asked for views on", long_date(given["consulted_on"]), url, "the day they were asked"),
            Row("Setting consulted", given["setting_consulted"] or "The plan names none", url, "the setting"),
        ],
        consequences=lambda given: [
            "Nothing is decided: the plan goes on, and so do its reviews.",
            *(
                ["Review the plan before you decide, and find out whether they wish to return (reg 30)."]
                if given["stopped_attending_on"]
                else []
            ),
            *(
                ["They wish to return: consider amending the plan instead of ceasing it (reg 30)."]
                if given["wishes_to_return"] == YES
                else []
            ),
            "Next: hear their views, then decide.",
        ],
        act=act,
        submit="Record the consultation",
    ).run(request, page)


@needs(Permission.DECIDE)
def decide(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Cease the plan, or leave it in force."""
    case, reader, day = course_or_404(request, public_id, _CEASING), reader_of(request), today()
    ceasing = _ceasing(request, case)
    if page == "recorded":
        return _recorded(request, case, ceasing)
    url = reverse("decide_ceasing", args=[case.public_id])
    standing = standing_of(case)

    def act(given: Given, version: int) -> str:
        services.decide(
            case=case,
            cease=given["answer"] == YES,
            reason=CeaseReason(given["reason"]) if given["reason"] else None,
            reasons=given["reasons"],
            family_views=given["family_views"],
            setting_views=given["setting_views"],
            decided_on=given["decided_on"],
            told_on=given["told_on"],
            by=reader,
            on=day,
            version=version,
        )
        return reverse("decide_ceasing", args=[case.public_id, "recorded"])

    def what_follows(given: Given) -> list[str]:
        if given["answer"] != YES:
            return ["The plan goes on, and its reviews stay due as they are.", "This case is closed."]
        step = Step(M.CEASE_DECIDED, given["told_on"])
        return [
            *consequences(_CEASING, standing, step, calendar=clocks.calendar()),
            "If they appeal, the plan goes on until the appeal is decided (CFA 2014 s.45(4)).",
            "Provision in the plan must be made, and reviews held, until then.",
        ]

    consulted = standing.get(M.CEASE_CONSULTED, [None])[0]
    return CheckedTask(
        name="decide_ceasing",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Decide whether to cease the plan",
        back=moves_url(case.child),
        intro="Is the plan no longer necessary? For a young person over 18, have the outcomes in it been achieved? "
        "Consulted on "
        f"{long_date(consulted)}.\n\nCFA 2014 s.45(2)-(3); SEND Regs 2014 reg 31(2)",
        form=lambda data: CeaseDecisionForm(
            data, today=day, earliest=consulted, initial={"reason": ceasing.reason}
        ),
        rows=lambda given: [
            Row(
                "Decision",
                "Cease the plan" if given["answer"] == YES else "The plan goes on",
                url,
                "the decision",
            ),
            *(
                [Row("Reason", CeaseReason(given["reason"]).label, url, "the reason")]
                if given["answer"] == YES
                else []
            ),
            Row("The family said", given["family_views"], url, "what the family said"),
            Row(
                "The setting said", given["setting_views"] or "Nothing recorded", url, "what the setting said"
            ),
            Row("Reasons", given["reasons"], url, "the reasons"),
            Row("Decided on", long_date(given["decided_on"]), url, "the day it was decided"),
            Row("Family told on", long_date(given["told_on"]), url, "the day the family was told"),
        ],
        consequences=what_follows,
        act=act,
        check_heading="Check the decision before you record it",
        submit="Record the decision",
    ).run(request, page)


@needs(Permission.DECIDE)
def end_plan(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """The time to appeal is over, or no appeal is possible: the plan has ended."""
    case, reader, day = course_or_404(request, public_id, _CEASING), reader_of(request), today()
    ceasing = _ceasing(request, case)
    if page == "recorded":
        return _ended(request, case, ceasing)
    url, first = reverse("end_plan", args=[case.public_id]), may_end_from(case)
    told = standing_of(case).get(M.CEASE_DECIDED, [case.child.date_of_birth])[0]

    def act(given: Given, version: int) -> str:
        services.end(
            case=case,
            ended_on=given["ended_on"],
            no_appeal="" if given["appeal"] == OVER else NoAppeal(given["appeal"]),
            no_appeal_proof=given["proof"] if given["appeal"] != OVER else "",
            by=reader,
            on=day,
            version=version,
        )
        return reverse("end_plan", args=[case.public_id, "recorded"])

    hint = (
        f"The family can appeal until the day before {show_day(first)}: the first day it can be"
        if first
        else ""
    )
    return CheckedTask(
        name="end_plan",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Record the end of the plan",
        back=moves_url(case.child),
        intro="The plan goes on until the time to appeal is over or an appeal is decided. SEN2 asks for the day the plan "
        "ended, not the day you decided.\n\nCFA 2014 s.45(4)",
        form=lambda data: EndForm(data, today=day, earliest=told, first=hint),
        rows=lambda given: [
            Row("Last day of the plan", long_date(given["ended_on"]), url, "the last day"),
            Row("Reason", ceasing.get_reason_display()),
            Row(
                "Time to appeal",
                "Over; no appeal was made"
                if given["appeal"] == OVER
                else f"{NoAppeal(given['appeal']).label}: {given['proof']}",
                url,
                "why no appeal is possible",
            ),
        ],
        consequences=lambda given: [
            *consequences(
                _CEASING,
                standing_of(case),
                Step(M.PLAN_CEASED, given["ended_on"]),
                calendar=clocks.calendar(),
            ),
            *what_ends(case.child, but=case),
        ],
        act=act,
        check_heading="Check before you record the end of the plan",
        submit="Record the end of the plan",
        warning="From the next day this authority has no duty to make the provision in the plan.",
    ).run(request, page)


@needs(Permission.DECIDE)
def end_at_once(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """The child died or left England, or the academic year of the 25th birthday has ended."""
    child, reader, day = child_or_404(request, public_id), reader_of(request), today()
    if page == "recorded":
        case = visible(Case, reader).filter(child=child, kind=_CEASING, closed_on__isnull=False).first()
        if case is None:
            return redirect(moves_url(child))
        return _ended(request, course_or_404(request, case.public_id, _CEASING), _ceasing(request, case))
    plan = plan_in_force(request, child)
    if plan is None:
        return _no_plan(request, child)
    url = reverse("end_at_once", args=[child.public_id])

    def act(given: Given, version: int) -> str:
        services.end_at_once(
            plan=plan, reason=CeaseReason(given["reason"]), ended_on=given["ended_on"], why=given["why"], by=reader,
            on=day,
        )  # fmt: skip
        return reverse("end_at_once", args=[child.public_id, "recorded"])

    return CheckedTask(
        name="end_at_once",
        subject=child.public_id,
        child=child,
        version=plan.version,
        heading="End the plan without consultation",
        back=moves_url(child),
        intro="Only where this authority is no longer responsible, so that there is nothing to decide: the child or young "
        "person died or left England, or is too old. For any other reason, consult first.\n\nCFA 2014 ss.45 and 46",
        form=lambda data: AtOnceForm(data, child=child, today=day),
        rows=lambda given: [
            Row("Reason", CeaseReason(given["reason"]).label, url, "the reason"),
            Row("Last day of the plan", long_date(given["ended_on"]), url, "the day"),
            Row("How it is known", given["why"], url, "how it is known"),
        ],
        consequences=lambda given: [*_at_once(plan, given), *what_ends(child)],
        act=act,
        check_heading="Check before you record the end of the plan",
        submit="Record the end of the plan",
        warning="No right of appeal is recorded with this.",
    ).run(request, page)


def _at_once(plan: Plan, given: Given) -> list[str]:
    child, ended = plan.child, given["ended_on"]
    found = [f"The plan of {long_date(plan.starts_on)} ends on {long_date(ended)}, without time to appeal."]
    if given["reason"] == CeaseReason.DECEASED:
        found.append(f"{child.name} is recorded as having died on {long_date(child.died_on or ended)}.")
        found.append("Check every letter that is waiting to go: none may reach the family by mistake.")
    if given["reason"] == CeaseReason.MAXIMUM_AGE:
        last = latest_end_by_age(child.date_of_birth)
        turns = show_day(add_months(child.date_of_birth, 25 * 12))
        found.append(f"They turn 25 on {turns}; the plan can be kept to {show_day(last)}.")
        if ended > last:
            found.append(
                f"That is after {show_day(last)}. The day you enter is reported as the day the plan ended."
            )
    return found


def _recorded(request: HttpRequest, case: Case, ceasing: Ceasing) -> HttpResponse:
    standing = standing_of(case)
    told = standing.get(M.CEASE_DECIDED) or standing.get(M.DECIDED_NOT_TO_CEASE)
    if not told:
        return redirect(moves_url(case.child))
    ceases = M.CEASE_DECIDED in standing
    first = may_end_from(case)
    steps: list[Link | str] = []
    if ceases:
        steps = [
            (
                "Send the notice to the family, the setting named and the health commissioner, with the right of appeal, its "
                "time limit, mediation and where to get advice (SEND Regs 2014 reg 31(2)-(3))."
            ),
            "Keep the plan, its provision and its reviews until the time to appeal is over.",
        ]
        if first is not None:
            steps.append(f"Record the end of the plan from {show_day(first)} on, unless an appeal is made.")
    context = {
        "panel_title": "Decision recorded",
        "panel_text": f"{case.child.name}: {'the plan will cease' if ceases else 'the plan goes on'}, "
        f"family told on {long_date(told[0])}",
        "next_steps": [*steps, *_ways_on(case.child)],
    }
    return render(request, "casework/layouts/confirmation.html", context)


def _ended(request: HttpRequest, case: Case, ceasing: Ceasing) -> HttpResponse:
    if case.closed_on is None or ceasing.plan.ends_on is None:
        return redirect(moves_url(case.child))
    context = {
        "panel_title": "Plan ended",
        "panel_text": f"{case.child.name}: {long_date(ceasing.plan.ends_on)}, "
        f"{ceasing.plan.get_cease_reason_display().lower()}",
        "next_steps": [
            "Look at the placement and at what is paid for it: neither has ended with the plan.",
            "If this was wrong, take “Plan ceased” back on the timeline: the plan is then in force again.",
            *_ways_on(case.child),
        ],
    }
    return render(request, "casework/layouts/confirmation.html", context)


def _ways_on(child: Child) -> list[Link]:
    return [
        Link(f"Go to the moves of {child.name}", moves_url(child)),
        Link(f"Go to {child.name}’s page", child_url(child)),
        Link("Go to the moves of the team", reverse("moves")),
    ]


def _no_plan(request: HttpRequest, child: Child) -> HttpResponse:
    messages.warning(request, f"{child.name} has no plan in force here, so there is none to cease.")
    return redirect(moves_url(child))


def _ceasing(request: HttpRequest, case: Case) -> Ceasing:
    found = visible(Ceasing, reader_of(request)).filter(case=case).select_related("plan").first()
    if found is None:
        raise Http404
    return found
