"""The rights of appeal a family has on a day: worked out from what they were told, never typed."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from casework.columns import CameFrom
from casework.models import Appeal, Case, CaseKind, Child, Mediation, Milestone, MilestoneKind, NonWorkingDay
from casework.rules.appeal_rights import (
    ADVISER_RULE,
    DECISIONS,
    Appealable,
    appealable,
    last_day_to_appeal,
    why_that_day,
)
from casework.rules.clocks import due_on

M = MilestoneKind
_REPEATING = (CaseKind.MEDIATION, CaseKind.APPEAL)


@dataclass(frozen=True, slots=True)
class AppealRight:
    """A decision that may be appealed, with its last day and why that day.

    `mediation` and `appeal` are the latest cases about it. `certificate_on` is the certificate known on the day asked.
    """

    decision: Milestone
    against: Appealable
    sent_on: datetime.date
    certificate_on: datetime.date | None
    last_day: datetime.date
    adviser_by: datetime.date
    why: str
    mediation: Case | None
    appeal: Case | None
    as_at: datetime.date

    @property
    def is_open(self) -> bool:
        """Whether the family may still appeal on the day asked, and has not."""
        return self.appeal is None and self.last_day >= self.as_at

    @property
    def may_open_mediation(self) -> bool:
        """Whether a mediation can be opened about it: none is open and no appeal goes on."""
        return (self.mediation is None or self.mediation.closed_on is not None) and (
            self.appeal is None or self.appeal.closed_on is not None
        )

    @property
    def may_register_appeal(self) -> bool:
        """Whether an appeal can be registered: none is open. A late one too, because the Tribunal may give more time."""
        return self.appeal is None or self.appeal.closed_on is not None


def appeal_rights(child: Child, as_at: datetime.date) -> list[AppealRight]:
    """Every appealable decision the family was told of by `as_at`, latest first; five statements, one where there is none."""
    rows = [
        (row, against)
        for row in Milestone.objects.filter(
            case__child=child, kind__in=DECISIONS, replaced=False, withdrawn=False, happened_on__lte=as_at
        )
        .exclude(case__kind__in=_REPEATING, came_from=CameFrom.OTHER_SYSTEM)
        .select_related("case__child", "decision")
        .order_by("-happened_on", "-pk")
        if (against := _against(row)) is not None
    ]
    decisions = _without_repeated_ceasing(rows)
    if not decisions:
        return []
    ids = [row.pk for row, _ in decisions]
    mediations = _latest(Mediation.objects.filter(decision__in=ids).select_related("case"))
    appeals = _latest(Appeal.objects.filter(decision__in=ids).select_related("case"))
    certificates = _certificates(ids, as_at)
    calendar = frozenset(NonWorkingDay.objects.values_list("day", flat=True))
    found = []
    for row, against in decisions:
        sent, certificate = row.happened_on, certificates.get(row.pk)
        adviser_by = due_on(ADVISER_RULE, {M.APPEALABLE_DECISION_SENT: sent}, calendar)
        found.append(
            AppealRight(
                decision=row,
                against=against,
                sent_on=sent,
                certificate_on=certificate,
                last_day=last_day_to_appeal(sent, certificate, calendar),
                adviser_by=adviser_by or sent,
                why=why_that_day(sent, certificate, calendar),
                mediation=mediations.get(row.pk),
                appeal=appeals.get(row.pk),
                as_at=as_at,
            )
        )
    return found


def _against(row: Milestone) -> Appealable | None:
    decision = getattr(row, "decision", None)
    return appealable(M(row.kind), CaseKind(row.case.kind), decision.answer if decision else "")


def _without_repeated_ceasing(rows: list[tuple[Milestone, Appealable]]) -> list[tuple[Milestone, Appealable]]:
    """A review that ends in ceasing tells of it first; the notice to cease that follows carries the right and its date."""
    notices = [row.happened_on for row, _ in rows if row.kind == M.CEASE_DECIDED]
    return [
        (row, against)
        for row, against in rows
        if not (
            row.kind == M.REVIEW_DECIDED
            and against is Appealable.CEASE
            and any(day >= row.happened_on for day in notices)
        )
    ]


def _latest(rows: Iterable[Mediation | Appeal]) -> dict[int, Case]:
    """The last case about each decision; one recorded in error is none."""
    found: dict[int, Case] = {}
    for row in sorted(rows, key=lambda one: one.pk):
        if row.decision_id is not None and row.case.closed_because != "recorded_in_error":
            found[row.decision_id] = row.case
    return found


def _certificates(ids: list[int], as_at: datetime.date) -> dict[int, datetime.date]:
    rows = Milestone.objects.filter(
        kind=M.MEDIATION_CERTIFICATE_ISSUED, replaced=False, withdrawn=False, happened_on__lte=as_at
    )
    found: dict[int, datetime.date] = {}
    for path in ("case__mediation__decision", "case__appeal__decision"):
        found |= dict(rows.filter(**{f"{path}__in": ids}).values_list(path, "happened_on"))
    return found
