"""Keep what is derived about mediation and appeals equal to their milestones: when a case closed, and the SEN2 items.

The items on a request (SEN2 2.5, 2.6, 3.3 to 3.6) say whether a mediation meeting took place and whether an appeal was
registered about its decisions. What is recorded here decides them; where nothing is, what a return said stands.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, connection, transaction

from casework.models import Appeal, Case, CaseKind, Mediation, Milestone, MilestoneKind, TribunalOrder
from casework.rules.appeal_rights import Appealable
from casework.rules.disagreements import Closing, appeal_closing, mediation_closing
from casework.rules.tribunal_orders import OrderKind, ends_with_nothing_to_do
from casework.services.refusals import Refused

M = MilestoneKind
KINDS = (CaseKind.MEDIATION, CaseKind.APPEAL)
_NOT_A_STEP = {CaseKind.MEDIATION: (M.APPEALABLE_DECISION_SENT, M.APPEAL_REGISTERED)}

_WRITE_ITEMS = """
update casework_assessmentrequest r
   set mediation_on_assess = now.ma, appeal_on_assess = now.aa, mediation_on_issue = now.mi, appeal_on_issue = now.ai,
       mediation_other = now.mo, appeal_other = now.ao
  from (select q.case_id, coalesce(d.mediation_on_assess, q.mediation_on_assess) ma,
               coalesce(d.appeal_on_assess, q.appeal_on_assess) aa,
               coalesce(d.mediation_on_issue, q.mediation_on_issue) mi,
               coalesce(d.appeal_on_issue, q.appeal_on_issue) ai,
               coalesce(d.mediation_other, q.mediation_other) mo, coalesce(d.appeal_other, q.appeal_other) ao
          from casework_recorded_disagreements() d
          join casework_assessmentrequest q on q.case_id = d.request_id
         where d.request_id = any(%s::bigint[])) now
 where r.case_id = now.case_id
   and (r.mediation_on_assess, r.appeal_on_assess, r.mediation_on_issue, r.appeal_on_issue, r.mediation_other,
        r.appeal_other) is distinct from (now.ma, now.aa, now.mi, now.ai, now.mo, now.ao)
"""


def write_beside(*, case_ids: Iterable[int]) -> int:
    """Close or open again those of these cases that are mediation or appeals; the number of cases changed.

    Raises Refused when a correction would leave two open appeals, or two open mediations, about one decision.
    """
    cases = list(
        Case.objects.filter(pk__in=list(case_ids), kind__in=KINDS).select_related("mediation", "appeal")
    )
    if not cases:
        return 0
    recorded = _recorded(cases)
    ended = _ended_by(cases)
    changed = 0
    origins: set[int] = set()
    with transaction.atomic():
        for case in cases:
            detail: Mediation | Appeal | None = (
                getattr(case, "mediation", None)
                if case.kind == CaseKind.MEDIATION
                else getattr(case, "appeal", None)
            )
            if detail is None:
                continue
            if case.kind == CaseKind.MEDIATION:
                closing = mediation_closing(
                    recorded[case.pk], not_continued_on=getattr(detail, "not_continued_on", None)
                )
            else:
                closing = appeal_closing(recorded[case.pk], ended_by=ended[case.pk])
            changed += _write(case, detail, _opened(case, recorded[case.pk]), closing)
            if detail.origin_id:
                origins.add(detail.origin_id)
        if origins:
            with connection.cursor() as cursor:
                cursor.execute(_WRITE_ITEMS, [sorted(origins)])
    return changed


def _write(case: Case, detail: Mediation | Appeal, opened: date | None, closing: Closing | None) -> int:
    closed_on = None if closing is None else (closing.on or opened)
    if closed_on and opened:
        closed_on = max(closed_on, opened)
    because = "" if closing is None else str(closing.because)
    if (case.opened_on, case.closed_on, case.closed_because) == (opened, closed_on, because):
        return 0
    Case.objects.filter(pk=case.pk).update(opened_on=opened, closed_on=closed_on, closed_because=because)
    try:
        with transaction.atomic():
            type(detail)._default_manager.filter(pk=detail.pk).update(is_open=closing is None)
    except IntegrityError as error:
        raise Refused(
            "This would open the case again, but another about the same decision is open. Finish that one first."
        ) from error
    return 1


def _opened(case: Case, recorded: dict[MilestoneKind, list[date]]) -> date | None:
    """The day of the first step; the letter that is disputed came before it and is none."""
    if case.kind == CaseKind.APPEAL:
        return min(recorded.get(M.APPEAL_REGISTERED, ()), default=case.opened_on)
    left_out = _NOT_A_STEP[CaseKind.MEDIATION]
    days = [min(found) for kind, found in recorded.items() if kind not in left_out]
    return min(days, default=case.opened_on)


def _recorded(cases: list[Case]) -> dict[int, dict[MilestoneKind, list[date]]]:
    found: dict[int, dict[MilestoneKind, list[date]]] = {case.pk: {} for case in cases}
    rows = Milestone.objects.filter(case__in=cases, replaced=False, withdrawn=False)
    for case_id, kind, day in rows.values_list("case_id", "kind", "happened_on"):
        found[case_id].setdefault(MilestoneKind(kind), []).append(day)
    return found


def _ended_by(cases: list[Case]) -> dict[int, list[date]]:
    """The days of the orders that end an appeal with nothing to carry out."""
    found: dict[int, list[date]] = defaultdict(list)
    rows = TribunalOrder.objects.filter(
        milestone__case__in=cases, milestone__replaced=False, milestone__withdrawn=False
    ).values_list("milestone__case_id", "kind", "milestone__case__appeal__against", "milestone__happened_on")
    for case_id, kind, against, day in rows:
        if ends_with_nothing_to_do(OrderKind(kind), Appealable(against)):
            found[case_id].append(day)
    return found
