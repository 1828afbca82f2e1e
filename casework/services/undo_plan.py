"""Take back the plan, or the version of it, that a decision made by mistake put in force.

The rows go, so that no list, figure or return counts them; the audit trail keeps what they said, and the history shows it.
"""

from datetime import date

from django.db.models import ProtectedError

from casework.models import (
    CaseKind,
    Milestone,
    MilestoneKind,
    Plan,
    PlanVersion,
    Review,
    Stage,
    User,
)
from casework.rules.clock_words import show_day
from casework.services import clocks
from casework.services.refusals import Refused
from casework.services.undo_parts import Subject, UndoPart, register

M = MilestoneKind
_STARTS_OF_REVIEWS = (M.PLAN_FIRST_MADE, M.PREVIOUS_REVIEW_COMPLETED)


def find(milestone: Milestone) -> Subject:
    """The decision with the plan and the version it put in force."""
    case, day = milestone.case, milestone.happened_on
    if milestone.kind == M.FINAL_PLAN_ISSUED:
        plan = Plan.objects.filter(child_id=case.child_id, starts_on=day).first()
        first = plan.versions.filter(stage=Stage.FINAL, starts_on=day).first() if plan else None
        return Subject(milestone, case, plan, first)
    if milestone.kind in (M.AMENDED_PLAN_ISSUED, M.PHASE_TRANSFER_PLAN_ISSUED):
        version = (
            PlanVersion.objects.select_related("plan")
            .filter(plan__child_id=case.child_id, stage=Stage.AMENDED_FINAL, starts_on=day)
            .first()
        )
        return Subject(milestone, case, version.plan if version else None, version)
    return Subject(milestone, case)


def blockers(subject: Subject) -> list[str]:
    """Later facts of the plan that rest on this."""
    plan, version = subject.plan, subject.version
    if plan is None or version is None:
        return []
    found = [
        f"Version {later.number} of the plan ({later.get_stage_display().lower()}) was made after this one. "
        "Undo what made it first."
        for later in plan.versions.filter(number__gt=version.number).order_by("number")
    ]
    if plan.ends_on is not None:
        found.append(f"The plan ceased on {show_day(plan.ends_on)}. Take the end of the plan back first.")
    if subject.kind is M.FINAL_PLAN_ISSUED:
        found += [
            f"{review.case.get_kind_display()} {review.case.reference} rests on this plan: {_furthest(review)}. "
            "Take that back first."
            for review in Review.objects.filter(plan=plan).select_related("case")
            if _furthest(review)
        ]
    return found


def undo(subject: Subject, by: User, on: date) -> list[str]:
    """Take the version out, and with the first one the plan. Raises Refused when other records still rest on it."""
    plan, version = subject.plan, subject.version
    if plan is None or version is None:
        return []
    first = subject.kind is M.FINAL_PLAN_ISSUED
    emptied = _empty_reviews(plan, by, subject.milestone) if first else []
    number, made = version.number, plan.starts_on
    try:
        if first:
            for one in plan.versions.all():
                one.delete()
            plan.delete()
        else:
            version.delete()
    except ProtectedError as error:
        names = sorted({str(one._meta.verbose_name) for one in error.protected_objects})
        raise Refused(
            f"Other records rest on this version of the plan: {', '.join(names)}. Take those back first."
        ) from error
    if first:
        if emptied:
            clocks.rebuild_many(case_ids=emptied)
        gone = f"The plan made on {show_day(made)} is taken out of the records: no list, figure or return counts it."
        return [f"{gone} What it said stays in the history."]
    before = plan.versions.filter(stage__in=(Stage.FINAL, Stage.AMENDED_FINAL)).order_by("-number").first()
    if before is not None:
        PlanVersion.objects.filter(pk=before.pk).update(ends_on=None)
    return [
        f"Version {number} of the plan is taken out of the records; what it said stays in the history."
        + (f" Version {before.number} is in force again." if before else "")
    ]


def left(subject: Subject) -> list[str]:
    """What an undone review decision leaves as it is."""
    if subject.kind is M.REVIEW_DECIDED:
        return ["The meeting, its report and the other steps of the review stay as they are recorded."]
    return []


def _furthest(review: Review) -> str:
    """The latest thing somebody recorded in a review; "" for one that only waits for its day."""
    if review.case.kind == CaseKind.PHASE_TRANSFER and review.case.closed_on is None:
        return "it is open"
    for day, words in (
        (review.final_on, "the final amended plan was sent on"),
        (review.decided_on, "the family was told of the decision on"),
        (review.held_on, "the meeting was held on"),
        (review.planned_on, "the meeting is planned for"),
    ):
        if day is not None:
            return f"{words} {show_day(day)}"
    return ""


def _empty_reviews(plan: Plan, by: User, because: Milestone) -> list[int]:
    """The reviews to come of a plan that is taken back: what they counted from did not happen. Their cases."""
    cases = [review.pk for review in Review.objects.filter(plan=plan)]
    starts = Milestone.objects.filter(
        case_id__in=cases, kind__in=_STARTS_OF_REVIEWS, replaced=False, withdrawn=False
    )
    for row in list(starts):
        Milestone.objects.filter(pk=row.pk).update(replaced=True)
        Milestone.objects.create(
            case_id=row.case_id, kind=row.kind, happened_on=row.happened_on, recorded_by=by, replaces=row,
            withdrawn=True, came_from=row.came_from,
            reason_for_correction=f"The plan of {show_day(because.happened_on)} was issued by mistake.",
        )  # fmt: skip
    Review.objects.filter(plan=plan).update(plan=None)
    return cases


register(UndoPart("plan", order=0, undo=undo, blockers=blockers, left=left))
