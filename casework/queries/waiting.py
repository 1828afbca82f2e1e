"""Whom each open case waits for, and since when: bodies asked for advice, settings consulted, families, review reports.

One statement for any number of cases. It is on every opening of My work, and four querysets took longer to build than to
answer, so it is written as SQL over the cases that a queryset chooses.
"""

import datetime
import uuid
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from casework.access.scope import visible
from casework.models import AdviceBody, AssignmentPart, Case, CaseKind, User


class WaitsFor(StrEnum):
    """What an open case waits for."""

    ADVICE = "advice"
    CONSULTATION = "consultation"
    FAMILY = "family"
    REPORT = "report"

    @property
    def words(self) -> str:
        """What is to come."""
        return _WORDS[self]


_WORDS = {
    WaitsFor.ADVICE: "Advice",
    WaitsFor.CONSULTATION: "Reply to the consultation",
    WaitsFor.FAMILY: "Family's views",
    WaitsFor.REPORT: "Review report",
}


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that one case waits for. `until` is the last day of the limit or of the family's time; None without one.

    `record` is the advice request, for pages that act on it; None otherwise.
    """

    waits_for: WaitsFor
    whom: str
    since: datetime.date
    until: datetime.date | None
    case_id: int
    case_public_id: uuid.UUID
    case_kind: str
    child_id: int
    child_public_id: uuid.UUID
    record: uuid.UUID | None = None

    def days_late(self, as_at: datetime.date) -> int:
        """Days past the last day; 0 in time, and for the family, whose time is a right and no duty."""
        if self.until is None or self.waits_for is WaitsFor.FAMILY:
            return 0
        return max((as_at - self.until).days, 0)


_REPLY_DAYS = 15  # SEND Code of Practice 2015 para 9.83: guidance

# Families: those whose 15 days with a draft (rule A8) or with amendments (C8) run, and who have not answered yet.
# Consultations: by the milestones; the note names the setting where somebody wrote it.
_SQL = f"""
WITH c (id, public_id, kind, child_id, child_public_id) AS MATERIALIZED ({{cases}}),
today (day) AS (SELECT %s::date)
SELECT 'advice', a.body, coalesce(nullif(a.who, ''), e.name, ''), a.asked_on, a.due_on, c.*, a.public_id
FROM today CROSS JOIN c JOIN casework_advicerequest a ON a.case_id = c.id
LEFT JOIN casework_establishment e ON e.id = a.setting_id
WHERE a.asked_on <= day AND a.received_on IS NULL AND a.ended_on IS NULL
UNION ALL
SELECT 'consultation', '', m.note, m.happened_on,
    coalesce((
        SELECT min(k.due_on) FROM casework_clock k
        WHERE k.case_id = m.case_id AND k.rule_code = 'A9' AND k.part = m.part AND m.part <> ''
    ), m.happened_on + {_REPLY_DAYS}), c.*, NULL
FROM today CROSS JOIN c JOIN casework_milestone m ON m.case_id = c.id
WHERE m.kind = 'setting_consulted' AND NOT m.replaced AND NOT m.withdrawn AND m.happened_on <= day
    AND NOT EXISTS (
        SELECT FROM casework_milestone r
        WHERE r.case_id = m.case_id AND r.kind = 'setting_replied' AND r.part = m.part
            AND NOT r.replaced AND NOT r.withdrawn AND r.happened_on >= m.happened_on
    )
UNION ALL
SELECT 'family', k.rule_code, '', k.started_on, k.due_on, c.*, NULL
FROM today CROSS JOIN c JOIN casework_clock k ON k.case_id = c.id
WHERE k.rule_code IN ('A8', 'C8') AND k.stopped_on IS NULL AND k.started_on <= day AND k.due_on >= day
    AND NOT EXISTS (
        SELECT FROM casework_milestone r
        WHERE r.case_id = k.case_id AND r.kind = 'representations_received'
            AND NOT r.replaced AND NOT r.withdrawn AND r.happened_on >= k.started_on
    )
UNION ALL
SELECT 'report', '', '', v.held_on, v.report_due_on, c.*, NULL
FROM today CROSS JOIN c JOIN casework_review v ON v.case_id = c.id
WHERE c.kind IN ('{CaseKind.ANNUAL_REVIEW}', '{CaseKind.PHASE_TRANSFER}')
    AND v.held_on <= day AND v.report_on IS NULL AND v.decided_on IS NULL
"""  # noqa: S608 - every piece is written here or comes from a queryset, with its parameters apart


def waiting(
    *, reader: User, as_at: datetime.date, worker: User | None = None, case: Case | None = None
) -> list[Wait]:
    """Everything that open cases wait for, as far as `reader` may see them; the longest late first, then by day.

    `worker` narrows to children that person leads on the day, `case` to one case.
    """
    cases = visible(Case, reader).filter(closed_on__isnull=True)
    if worker is not None:
        lead = "child__assignments__"
        cases = cases.filter(
            **{f"{lead}user": worker, f"{lead}part": AssignmentPart.LEAD, f"{lead}period__contains": as_at}
        )
    if case is not None:
        cases = cases.filter(pk=case.pk)
    columns = cases.order_by().values_list("pk", "public_id", "kind", "child_id", "child__public_id")
    chosen, parameters = columns.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(cases=chosen), [*parameters, as_at])
        found = [
            Wait(WaitsFor(kind), _whom(WaitsFor(kind), what, who), *rest)
            for kind, what, who, *rest in cursor.fetchall()
        ]
    return sorted(
        found, key=lambda one: (-one.days_late(as_at), one.until or datetime.date.max, one.since, one.whom)
    )


def _whom(waits_for: WaitsFor, what: str, who: str) -> str:
    if waits_for is WaitsFor.ADVICE:
        body = str(AdviceBody(what).label)
        return f"{body} ({who})" if who else body
    if waits_for is WaitsFor.CONSULTATION:
        return who or "Setting consulted"
    if waits_for is WaitsFor.FAMILY:
        return "Family: draft plan" if what == "A8" else "Family: proposed amendments"
    return "Setting: report of the review"
