"""What each worker carries on a day, grouped by the database; and the children nobody leads."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from casework.access.scope import visible
from casework.models import AssignmentPart, Case, CaseAssignment, Child, Clock, Cover, FollowUp, Plan, User
from casework.queries.attended import with_setting
from casework.queries.teamwork import workers
from casework.queries.worklist import DUTIES, LATER, SOON
from casework.rules.loads import weight


@dataclass(frozen=True, slots=True)
class Load:
    """What one worker carries. Children count by their next date; `oldest` is the longest overdue one.

    `late_follow_ups` are those due before the day; `away` is the cover that runs on it.
    """

    worker: User
    children: int = 0
    overdue: int = 0
    in_7_days: int = 0
    in_28_days: int = 0
    oldest: datetime.date | None = None
    follow_ups: int = 0
    late_follow_ups: int = 0
    away: Cover | None = None

    @property
    def weight(self) -> int:
        """Points (casework.rules.loads)."""
        return weight(
            children=self.children,
            overdue=self.overdue,
            due_soon=self.in_28_days,
            follow_ups=self.follow_ups,
        )


_BY_WORKER = """
WITH due AS (
    SELECT found.child_id, min(clock.due_on) AS next_due
    FROM casework_clock AS clock JOIN casework_case AS found ON found.id = clock.case_id
    WHERE clock.stopped_on IS NULL AND found.closed_on IS NULL AND clock.rule_code = ANY(%s)
    GROUP BY found.child_id
)
SELECT lead.user_id, count(*), count(*) FILTER (WHERE due.next_due < %s),
    count(*) FILTER (WHERE due.next_due BETWEEN %s AND %s), count(*) FILTER (WHERE due.next_due BETWEEN %s AND %s),
    min(due.next_due) FILTER (WHERE due.next_due < %s)
FROM casework_caseassignment AS lead LEFT JOIN due ON due.child_id = lead.child_id
WHERE lead.part = 'lead' AND lead.period @> %s::date AND lead.child_id IN ({children})
GROUP BY lead.user_id
"""


def team_loads(*, reader: User, as_at: datetime.date) -> list[Load]:
    """Everybody who works cases or leads a child on the day, by name; four statements whatever the number."""
    led = _by_worker(reader, as_at)
    todo = {
        row["user"]: (row["number"], row["late"])
        for row in visible(FollowUp, reader)
        .filter(done_on__isnull=True, user__isnull=False)
        .order_by()
        .values("user")
        .annotate(number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=as_at)))
    }
    away = {cover.user_id: cover for cover in Cover.objects.as_at(as_at).select_related("covered_by")}
    working = workers(reader, on=as_at).values("pk")
    people = visible(User, reader).filter(Q(pk__in=working) | Q(pk__in=list(led))).order_by("name", "pk")
    return [
        Load(worker, *(*led.get(worker.pk, _NOTHING), *todo.get(worker.pk, (0, 0)), away.get(worker.pk)))
        for worker in people
    ]


_NOTHING: tuple[Any, ...] = (0, 0, 0, 0, None)


def _by_worker(reader: User, as_at: datetime.date) -> dict[int, tuple[Any, ...]]:
    week, month = as_at + datetime.timedelta(days=SOON), as_at + datetime.timedelta(days=LATER)
    children, names = visible(Child, reader).order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            _BY_WORKER.format(children=children),
            [list(DUTIES), as_at, as_at, week, as_at, month, as_at, as_at, *names],
        )
        return {user: tuple(row) for user, *row in cursor.fetchall()}


def unallocated(*, reader: User, as_at: datetime.date) -> QuerySet[Any]:
    """Children with an open case or a plan in force whom nobody leads on the day, and nobody will from a later day."""
    lead = CaseAssignment.objects.filter(child=OuterRef("pk"), part=AssignmentPart.LEAD).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=as_at)
    )
    cases = Case.objects.filter(child=OuterRef("pk"), closed_on__isnull=True)
    plans = Plan.objects.as_at(as_at).filter(child=OuterRef("pk"))
    return (
        visible(Child, reader)
        .filter(Exists(cases) | Exists(plans), ~Exists(lead), died_on__isnull=True)
        .select_related("area")
    )


def led_by(worker: User, *, reader: User, as_at: datetime.date) -> QuerySet[Child]:
    """The children a worker leads on the day, as far as `reader` may see them."""
    return visible(Child, reader).filter(pk__in=_leads(as_at).filter(user=worker).values("child"))


def with_next_due(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Adds `next_due` and `rule_code` of the next duty of each child, and `opened` of the oldest open case."""
    running = Clock.objects.filter(
        case__child=OuterRef("pk"),
        case__closed_on__isnull=True,
        stopped_on__isnull=True,
        rule_code__in=DUTIES,
    ).order_by("due_on", "pk")
    opened = (
        Case.objects.filter(child=OuterRef("pk"), closed_on__isnull=True)
        .order_by()
        .values("child")
        .annotate(first=Min("opened_on"))
    )
    found: QuerySet[Any] = rows.annotate(
        next_due=Subquery(running.values("due_on")[:1]),
        rule_code=Subquery(running.values("rule_code")[:1]),
        opened=Subquery(opened.values("first")),
    )
    return found


def weights_of(children: Iterable[Child], *, as_at: datetime.date) -> dict[int, int]:
    """Points that each child adds to a load; one statement."""
    ids = [child.pk for child in children]
    month = as_at + datetime.timedelta(days=LATER)
    due: dict[int, datetime.date | None] = dict.fromkeys(ids)
    due |= dict(
        Clock.objects.filter(
            case__child__in=ids, case__closed_on__isnull=True, stopped_on__isnull=True, rule_code__in=DUTIES
        )
        .order_by()
        .values_list("case__child")
        .annotate(first=Min("due_on"))
    )
    return {
        key: weight(
            children=1,
            overdue=int(bool(day and day < as_at)),
            due_soon=int(bool(day and as_at <= day <= month)),
            follow_ups=0,
        )
        for key, day in due.items()
    }


def known_by_area(children: Sequence[Child], *, as_at: datetime.date) -> dict[int, dict[int, int]]:
    """For each child, who leads how many children of the same area; one statement."""
    rows = _leads(as_at).filter(child__area__in={child.area_id for child in children} - {None})
    found: dict[int, dict[int, int]] = {}
    for area, user, number in rows.values_list("child__area", "user").annotate(number=Count("pk")):
        found.setdefault(area, {})[user] = number
    return {child.pk: found.get(child.area_id or 0, {}) for child in children}


def known_by_setting(children: Sequence[Child], *, as_at: datetime.date) -> dict[int, dict[int, int]]:
    """For each child, who leads how many children at the setting it attends; two statements."""
    ids = [child.pk for child in children]
    at = dict(with_setting(Child.objects.filter(pk__in=ids), child="", on=as_at).values_list("pk", "setting"))
    leads = with_setting(_leads(as_at), child="child", on=as_at).filter(setting__in=set(at.values()) - {None})
    found: dict[int, dict[int, int]] = {}
    for setting, user in leads.values_list("setting", "user"):
        by_user = found.setdefault(setting, {})
        by_user[user] = by_user.get(user, 0) + 1
    return {key: found.get(at.get(key) or 0, {}) for key in ids}


def leads_of(child_ids: Iterable[int], *, as_at: datetime.date) -> dict[int, int]:
    """Who leads each child on the day; none for a child nobody leads."""
    rows = _leads(as_at).filter(child__in=list(child_ids))
    return dict(rows.values_list("child", "user"))


def _leads(as_at: datetime.date) -> QuerySet[Any]:
    found: QuerySet[Any] = CaseAssignment.objects.as_at(as_at).filter(part=AssignmentPart.LEAD).order_by()
    return found
