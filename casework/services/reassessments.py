"""Re-assess a child or young person whose plan is in force (CFA 2014 s.44(2)-(3); SEND Regulations 2014 regs 23 to 27).

A request is answered in 15 days; once the family is told that there will be a re-assessment, the amended or replacement
plan is due in 14 weeks. The decision is made by `casework.services.decisions` and advice is asked as in an assessment. The
family of a plan that came by transfer may be told at once, without a request: `decide_ourselves`.
"""

from datetime import date

from django.db import IntegrityError, transaction

from casework.audit import acting_as
from casework.models import (
    Answer,
    AssessmentRequest,
    Case,
    CaseKind,
    Channel,
    Child,
    Decision,
    Milestone,
    MilestoneKind,
    Plan,
    PlanVersion,
    Question,
    RequestSource,
    RequestState,
    User,
)
from casework.rules.clock_words import show_day
from casework.services import amendments, decisions, milestones
from casework.services.refusals import Refused
from casework.services.versions import claim

M = MilestoneKind
_MAY_ASK = (RequestSource.PARENT_OR_YOUNG_PERSON, RequestSource.SCHOOL, RequestSource.HEALTH)


@transaction.atomic
def request_reassessment(
    *,
    plan: Plan,
    source: RequestSource,
    received_on: date,
    by: User,
    on: date,
    channel: Channel | str = "",
    requested_by: str = "",
) -> Case:
    """Log a request to re-assess: the 15 days begin. Raises Refused.

    The parent or young person, the setting they attend and the health commissioner may ask (s.44(2)); anyone else's wish
    is a reason for the authority's own decision.
    """
    if source not in _MAY_ASK:
        raise Refused(
            "Only the parent or young person, the setting and the health commissioner can ask for a re-assessment. If you "
            "want one yourselves, record your own decision.",
            field="source",
        )
    if received_on > on:
        raise Refused(
            f"The request cannot be received after today, {show_day(on)}. Enter the day it arrived.",
            field="received_on",
        )
    _check_plan(plan, received_on, field="received_on")
    with acting_as(by):
        case = _open(plan, received_on, source, channel, requested_by)
        Milestone.objects.create(case=case, kind=M.REQUEST_RECEIVED, happened_on=received_on, recorded_by=by)
        milestones.rebuild(case)
        return Case.objects.select_related("child", "request").get(pk=case.pk)


@transaction.atomic
def decide_ourselves(
    *, plan: Plan, reasons: str, decided_on: date, told_on: date, by: User, on: date
) -> Case:
    """The authority re-assesses because it thinks it necessary (s.44(3)): the 14 weeks begin. Raises Refused."""
    if not reasons.strip():
        raise Refused("Enter why a re-assessment is necessary.", field="reasons")
    _check_plan(plan, decided_on, field="decided_on")
    with acting_as(by):
        case = _open(plan, decided_on, "", "", "The authority")
        decisions.decide_to_assess(
            case=case, decided_on=decided_on, told_on=told_on, reasons=reasons, by=by, on=on
        )
        return Case.objects.select_related("child", "request").get(pk=case.pk)


@transaction.atomic
def propose_amendments(
    *,
    case: Case,
    sent_on: date,
    by: User,
    on: date,
    served_on: date | None = None,
    version: int | None = None,
) -> PlanVersion:
    """After the re-assessment: amend or replace the plan. The draft went to the family, who have 15 days (reg 22(2)(c)).

    Raises Refused (no decision to re-assess, finished already) and StaleEdit.
    """
    _check_assessed(case)
    if served_on is not None and served_on < sent_on:
        raise Refused(
            "The draft cannot reach the family before it is sent. Check both dates.", field="served_on"
        )
    with acting_as(by):
        case = claim(case, version=version)
        if M.DECIDED_TO_AMEND not in milestones.standing_of(case):
            milestones.record(case=case, kind=M.DECIDED_TO_AMEND, happened_on=sent_on, by=by, on=on)
        return amendments.send_notice(case=case, sent_on=sent_on, served_on=served_on, by=by, on=on)


@transaction.atomic
def leave_unchanged(
    *,
    case: Case,
    reasons: str,
    decided_on: date,
    told_on: date,
    by: User,
    on: date,
    version: int | None = None,
) -> Decision:
    """After the re-assessment: the plan stays as it is, with reasons and a right of appeal (s.51(2)(e)).

    Raises Refused and StaleEdit.
    """
    if not reasons.strip():
        raise Refused("Enter the reasons in words: the family may appeal against them.", field="reasons")
    _check_assessed(case)
    if told_on < decided_on:
        raise Refused(
            f"The family was told on {show_day(told_on)}, before the decision on {show_day(decided_on)}. "
            "Check both dates.",
            field="told_on",
        )
    with acting_as(by):
        milestone = milestones.record(
            case=case, kind=M.DECIDED_NOT_TO_AMEND, happened_on=told_on, by=by, on=on, version=version
        )
        return Decision.objects.create(
            milestone=milestone,
            question=Question.REASSESS,
            answer=Answer.MAINTAIN,
            decided_on=decided_on,
            decided_by=by,
            reasons=reasons.strip(),
        )


def _open(plan: Plan, day: date, source: str, channel: str, requested_by: str) -> Case:
    child = Child.objects.select_for_update().get(pk=plan.child_id)
    try:
        with transaction.atomic():
            case = Case.objects.create(child=child, kind=CaseKind.REASSESSMENT, opened_on=day)
    except IntegrityError as error:
        running = Case.objects.filter(child=child, kind=CaseKind.REASSESSMENT, closed_on__isnull=True).first()
        raise Refused(
            f"A re-assessment is already open{f' ({running.reference})' if running else ''}. Go on there."
        ) from error
    AssessmentRequest.objects.create(
        case=case,
        source=source,
        channel=channel,
        requested_by=requested_by.strip(),
        area=child.area,
        state=RequestState.UNDECIDED,
    )
    return case


def _check_plan(plan: Plan, day: date, *, field: str) -> None:
    begun = plan.maintained_from or plan.starts_on
    if plan.ends_on is not None and plan.ends_on < day:
        raise Refused(
            f"The plan ended on {show_day(plan.ends_on)}. Without a plan a child is assessed, not re-assessed.",
            field=field,
        )
    if day < begun:
        raise Refused(f"The plan is ours from {show_day(begun)}. Check the date.", field=field)


def _check_assessed(case: Case) -> None:
    if case.kind != CaseKind.REASSESSMENT:
        raise Refused(f"This is not a re-assessment: {case.get_kind_display()}.")
    standing = milestones.standing_of(case)
    if M.DECIDED_TO_ASSESS not in standing:
        raise Refused("Record the decision to re-assess first.")
    for kind in (M.AMENDED_PLAN_ISSUED, M.FINAL_PLAN_ISSUED, M.DECIDED_NOT_TO_AMEND):
        if kind in standing:
            raise Refused(f"This re-assessment was finished on {show_day(standing[kind][0])}.")
