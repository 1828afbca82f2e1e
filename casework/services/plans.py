"""Issue the final EHC plan.

Casework owns the plan and its first final version. What section I names is a record of the placements app, which calls
this service and adds it in the same transaction (`placements.services.issue_plan`).
"""

from datetime import date

from django.db import IntegrityError, transaction

from casework.audit import acting_as
from casework.models import Case, MilestoneKind, Need, Plan, PlanVersion, Stage, User
from casework.rules.clock_words import show_day
from casework.services import milestones, plan_texts, review_calendar
from casework.services.refusals import Refused


@transaction.atomic
def issue_final(
    *,
    case: Case,
    issued_on: date,
    primary_need: Need,
    by: User,
    on: date,
    secondary_need: Need | str = "",
    version: int | None = None,
) -> PlanVersion:
    """Record that the final plan was sent: the plan is made, and maintained, from that day.

    The draft of the case, if there is one, becomes its text and is sealed. Raises Refused (no decision to issue, in the
    future, another plan in force, needs that differ from the draft) and StaleEdit.
    """
    if secondary_need and secondary_need == primary_need:
        raise Refused("The secondary need must differ from the primary need.", field="secondary_need")
    _check_no_other_plan(case, issued_on)
    plan_texts.check_needs(case, primary_need, secondary_need)
    with acting_as(by):
        milestones.record(
            case=case,
            kind=MilestoneKind.FINAL_PLAN_ISSUED,
            happened_on=issued_on,
            by=by,
            on=on,
            version=version,
        )
        try:
            with transaction.atomic():
                plan = Plan.objects.create(child_id=case.child_id, request=case, starts_on=issued_on)
        except IntegrityError as error:
            _check_no_other_plan(case, issued_on)
            raise Refused("This child already has a plan on some of these days.") from error
        first = PlanVersion.objects.create(
            plan=plan,
            number=1,
            stage=Stage.FINAL,
            starts_on=issued_on,
            primary_need=primary_need,
            secondary_need=secondary_need,
        )
        plan_texts.finish(case=case, plan_version=first, by=by)
        review_calendar.settle(on=on, child_ids=[case.child_id], by=by)
        return first


def _check_no_other_plan(case: Case, issued_on: date) -> None:
    other = (
        Plan.objects.filter(child_id=case.child_id)
        .overlapping(issued_on, date.max.replace(year=9998))
        .first()
    )
    if other is None:
        return
    raise Refused(
        f"This child already has a plan made on {show_day(other.starts_on)}. "
        "A plan in force is amended, not issued again.",
        field="issued_on",
    )
