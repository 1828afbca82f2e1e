"""Records with what a reader shows beside them, in a fixed number of queries whatever the number of rows."""

import datetime

from django.db.models import Prefetch, QuerySet

from casework.models import (
    AdviceRequest,
    Appeal,
    AssessmentRequest,
    Child,
    ChildIdentifier,
    Decision,
    IdentifierScheme,
    Milestone,
    Plan,
    PlanText,
    PlanVersion,
    TextState,
)
from casework.queries.plan_texts import with_parts


def child_numbers(path: str, *, on: datetime.date) -> Prefetch:
    """The child's UPN on the day, as `child.upns` (one or none); `path` leads to the child, empty for the child."""
    upns = ChildIdentifier.objects.as_at(on).filter(scheme=IdentifierScheme.UPN)
    return Prefetch(f"{path}__identifiers" if path else "identifiers", queryset=upns, to_attr="upns")


def children(rows: QuerySet[Child], *, on: datetime.date) -> QuerySet[Child]:
    """Children with their UPN."""
    return rows.prefetch_related(child_numbers("", on=on))


def requests(rows: QuerySet[AssessmentRequest], *, on: datetime.date) -> QuerySet[AssessmentRequest]:
    """Requests with case, child, area and statutory clocks."""
    return rows.select_related("case__child", "area").prefetch_related(
        child_numbers("case__child", on=on), "case__clocks"
    )


def advice_requests(rows: QuerySet[AdviceRequest], *, on: datetime.date) -> QuerySet[AdviceRequest]:
    """Requests for advice with case, child and setting."""
    return rows.select_related("case__child", "setting").prefetch_related(child_numbers("case__child", on=on))


def decisions(rows: QuerySet[Decision], *, on: datetime.date) -> QuerySet[Decision]:
    """Decisions as they stand (not those a correction replaced) with case and child."""
    return (
        rows.filter(milestone__replaced=False, milestone__withdrawn=False)
        .select_related("milestone__case__child")
        .prefetch_related(child_numbers("milestone__case__child", on=on))
    )


def plans(rows: QuerySet[Plan], *, on: datetime.date) -> QuerySet[Plan]:
    """Plans with child, the request they came from and their versions."""
    return rows.select_related("child", "request").prefetch_related(child_numbers("child", on=on), "versions")


def plan_versions(rows: QuerySet[PlanVersion], *, on: datetime.date) -> QuerySet[PlanVersion]:
    """Versions with plan, child and the identifier of their text."""
    return rows.select_related("plan__child", "text").prefetch_related(child_numbers("plan__child", on=on))


def plan_texts(rows: QuerySet[PlanText], *, on: datetime.date) -> QuerySet[PlanText]:
    """Texts of plans that were sent, with everything in them."""
    sent = with_parts(rows.filter(state__in=[TextState.SERVED, TextState.FINAL]))
    return sent.select_related("child", "case", "plan_version").prefetch_related(
        child_numbers("child", on=on)
    )


def appeals(rows: QuerySet[Appeal], *, on: datetime.date) -> QuerySet[Appeal]:
    """Appeals with case, child, decision, directions, hearings, clocks, and as `case.standing` what was recorded."""
    standing = Milestone.objects.filter(replaced=False, withdrawn=False).select_related("tribunal_order")
    return rows.select_related("case__child", "decision").prefetch_related(
        child_numbers("case__child", on=on),
        "case__directions",
        "case__hearings",
        "case__clocks",
        Prefetch("case__milestones", queryset=standing, to_attr="standing"),
    )
