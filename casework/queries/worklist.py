"""Whose next statutory date comes when: a worker's children in the order in which something is due."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from casework.access.scope import visible
from casework.models import AssignmentPart, CaseAssignment, Child, Clock, User
from casework.rules.clocks import RULES, Sense

SOON, LATER = 7, 28

DUTIES = sorted(
    code
    for code, rule in RULES.items()
    if rule.enabled and rule.sense is Sense.MAXIMUM and rule.per is None and "authority" in rule.duty_holder
)
"""The limits this authority itself must meet; what others owe is waited for, not worked off."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many children have their next date in each part of the list."""

    overdue: int
    in_7_days: int
    in_28_days: int
    everyone: int


@dataclass(frozen=True, slots=True)
class Load:
    """What one worker carries."""

    worker: User
    children: int
    overdue: int
    in_7_days: int
    in_28_days: int


def led_by(worker: User, *, reader: User, as_at: datetime.date) -> QuerySet[Child]:
    """The children `worker` leads on a day, as far as `reader` may see them, each with `next_due`."""
    leads = CaseAssignment.objects.as_at(as_at).filter(user=worker, part=AssignmentPart.LEAD)
    return visible(Child, reader).filter(pk__in=leads.values("child")).annotate(next_due=_next_due())


def tab(children: QuerySet[Child], name: str, *, as_at: datetime.date) -> QuerySet[Child]:
    """One tab of the list, soonest date first; children without a running date come last."""
    ranges = {
        "overdue": Q(next_due__lt=as_at),
        "week": Q(next_due__range=(as_at, as_at + datetime.timedelta(days=SOON))),
        "month": Q(next_due__range=(as_at, as_at + datetime.timedelta(days=LATER))),
    }
    chosen = children.filter(ranges[name]) if name in ranges else children
    return chosen.order_by(F("next_due").asc(nulls_last=True), "surname", "forename", "pk")


def counts(children: QuerySet[Child], *, as_at: datetime.date) -> Counts:
    """All tabs in one statement."""
    week, month = as_at + datetime.timedelta(days=SOON), as_at + datetime.timedelta(days=LATER)
    found = children.aggregate(
        everyone=Count("pk"),
        overdue=Count("pk", filter=Q(next_due__lt=as_at)),
        in_7_days=Count("pk", filter=Q(next_due__range=(as_at, week))),
        in_28_days=Count("pk", filter=Q(next_due__range=(as_at, month))),
    )
    return Counts(**found)


def running_clocks(children: Iterable[Child], *, as_at: datetime.date) -> dict[int, list[Clock]]:
    """The running duties of these children by child, soonest first, each with `status`; one statement."""
    clocks: dict[int, list[Clock]] = defaultdict(list)
    rows = (
        Clock.objects.with_status(as_at)
        .filter(
            case__child__in=[child.pk for child in children],
            case__closed_on__isnull=True,
            stopped_on__isnull=True,
            rule_code__in=DUTIES,
        )
        .select_related("case__child", "case__request")
        .order_by("due_on", "pk")
    )
    for clock in rows:
        clocks[clock.case.child_id].append(clock)
    return clocks


def team_loads(*, reader: User, as_at: datetime.date) -> list[Load]:
    """Every worker who leads a child on the day, with how much is due; two statements whatever the number."""
    leads = CaseAssignment.objects.as_at(as_at).filter(
        part=AssignmentPart.LEAD, child__in=visible(Child, reader).values("pk")
    )
    week, month = as_at + datetime.timedelta(days=SOON), as_at + datetime.timedelta(days=LATER)
    by_child = leads.annotate(next_due=_next_due("child__cases__clocks")).values("user", "next_due")
    found: dict[int, list[Any]] = defaultdict(list)
    for row in by_child.iterator(chunk_size=5000):
        found[row["user"]].append(row["next_due"])
    workers = User.objects.filter(pk__in=found).order_by("name")
    return [
        Load(
            worker=worker,
            children=len(found[worker.pk]),
            overdue=sum(due is not None and due < as_at for due in found[worker.pk]),
            in_7_days=sum(due is not None and as_at <= due <= week for due in found[worker.pk]),
            in_28_days=sum(due is not None and as_at <= due <= month for due in found[worker.pk]),
        )
        for worker in workers
    ]


def _next_due(path: str = "cases__clocks") -> Min:
    case = path.removesuffix("__clocks")
    running = Q(**{
        f"{path}__stopped_on__isnull": True,
        f"{path}__rule_code__in": DUTIES,
        f"{case}__closed_on__isnull": True,
    })  # fmt: skip
    return Min(f"{path}__due_on", filter=running)
