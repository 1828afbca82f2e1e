"""What ties a mediation or an appeal to the decision disputed and to the case that goes on.

The letter, the certificate and the registration are each recorded once, and repeated in the other cases whose limits count
from them; a request that goes on after an order tells the appeal of its steps. Repeats follow their original.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from casework.columns import CameFrom
from casework.models import (
    Appeal,
    Case,
    CaseKind,
    Decision,
    Mediation,
    Milestone,
    MilestoneKind,
    TribunalOrder,
    User,
)
from casework.rules.appeal_rights import Appealable, appealable
from casework.rules.clock_words import show_day
from casework.rules.milestone_facts import FACTS, milestone_words
from casework.rules.milestone_order import order_problems
from casework.rules.undertakings import OVERTURNS, STARTS, STEPS, undertaken
from casework.services import clocks
from casework.services.refusals import Refused

M = MilestoneKind
_KINDS = (CaseKind.MEDIATION, CaseKind.APPEAL)
_ON_THE_WAY = frozenset(kind for kinds in STEPS.values() for kind in kinds)
_STANDING = {"replaced": False, "withdrawn": False}


def against_of(decision: Milestone) -> Appealable | None:
    """Which appealable decision a milestone tells of; None where it carries no right of appeal."""
    answer = Decision.objects.filter(milestone=decision).values_list("answer", flat=True).first() or ""
    return appealable(M(decision.kind), CaseKind(decision.case.kind), answer)


def repeat(case: Case, kind: MilestoneKind, day: date, *, by: User | None) -> None:
    """Record in `case` what was recorded in another, once."""
    if not case.milestones.filter(kind=kind, **_STANDING).exists():
        Milestone.objects.create(
            case=case, kind=kind, happened_on=day, recorded_by=by, came_from=CameFrom.OTHER_SYSTEM
        )


def overturned(case: Case) -> frozenset[MilestoneKind]:
    """The refusals of a case that an order, an agreement or the authority itself has set aside."""
    bound = Milestone.objects.filter(case=OuterRef("case"), kind__in=list(STARTS), **_STANDING)
    found: set[str] = set()
    for model in (Mediation, Appeal):
        rows = model._default_manager.filter(Exists(bound), origin=case)
        found.update(rows.values_list("against", flat=True))
    return frozenset(kind for against in found for kind in OVERTURNS.get(Appealable(against), ()))


def after_record(milestone: Milestone) -> None:
    """A step of the case that goes on is repeated where it carries out an order or an agreement."""
    kind = M(milestone.kind)
    if kind not in _ON_THE_WAY or milestone.case.kind in _KINDS:
        return
    for case in _about(milestone.case).filter(closed_on__isnull=True):
        if CaseKind(case.kind) not in FACTS[kind].case_kinds:
            continue
        recorded = _recorded(case)
        wanted = any(
            kind in STEPS.get(one, ()) and milestone.happened_on >= since
            for one, since in undertaken(recorded).items()
        )
        if wanted:
            repeat(case, kind, milestone.happened_on, by=milestone.recorded_by)
            clocks.rebuild(case=case)


def check_withdrawal(old: Milestone) -> None:
    """Raise Refused when a mediation or an appeal rests on this decision."""
    for model, words in ((Appeal, "An appeal"), (Mediation, "A mediation")):
        resting = model._default_manager.filter(decision=old).exclude(
            case__closed_because="recorded_in_error"
        )
        if resting.exists():
            raise Refused(f"{words} about this decision is recorded. Correct the date if it is wrong.")


def after_correction(old: Milestone, new: Milestone) -> None:
    """What hangs on a corrected milestone moves to the new row, and its repeats get the new day or are taken away."""
    TribunalOrder.objects.filter(milestone=old).update(milestone=new)
    touched: dict[int, Case] = {}
    for model in (Mediation, Appeal):
        for detail in model._default_manager.filter(decision=old).select_related("case"):
            for row in _repeats([detail.case], M.APPEALABLE_DECISION_SENT, old.happened_on):
                _replace(row, new)
            touched[detail.case_id] = detail.case
        model._default_manager.filter(decision=old).update(decision=new)
    for row in _repeats(_linked(old.case), M(old.kind), old.happened_on):
        _replace(row, new)
        touched[row.case_id] = row.case
    for case in touched.values():
        clocks.rebuild(case=case)


def _replace(row: Milestone, new: Milestone) -> None:
    kind, case_kind = M(row.kind), CaseKind(row.case.kind)
    if not new.withdrawn:
        others = _recorded(row.case, without=row)
        problems = order_problems(kind, new.happened_on, others, case_kind)
        if problems:
            raise Refused(" ".join(problems), field="happened_on")
    Milestone.objects.filter(pk=row.pk).update(replaced=True)
    Milestone.objects.create(
        case_id=row.case_id,
        kind=row.kind,
        happened_on=row.happened_on if new.withdrawn else new.happened_on,
        recorded_by=new.recorded_by,
        replaces=row,
        withdrawn=new.withdrawn,
        reason_for_correction=new.reason_for_correction,
        came_from=CameFrom.OTHER_SYSTEM,
    )


def refuse_while_open(model: type[Mediation] | type[Appeal], decision: Milestone | None, words: str) -> None:
    """Raise Refused when a case of this kind about the decision is open."""
    if decision is None:
        return
    open_case = model._default_manager.filter(decision=decision, is_open=True).select_related("case").first()
    if open_case is not None:
        began = f" since {show_day(open_case.case.opened_on)}" if open_case.case.opened_on else ""
        raise Refused(f"{words} is open{began} ({open_case.case.reference}). Go on there.")


def words_of(kind: MilestoneKind) -> str:
    """The milestone in words, the same in every case."""
    return milestone_words(kind)


def _about(case: Case) -> "QuerySet[Case]":
    return Case.objects.filter(Q(mediation__origin=case) | Q(appeal__origin=case))


def _linked(case: Case) -> Iterable[Case]:
    """The cases that may repeat a milestone of `case`: those about it, or those about the same decision."""
    if case.kind not in _KINDS:
        return list(_about(case))
    detail = case.mediation if case.kind == CaseKind.MEDIATION else case.appeal
    others: list[Case] = []
    if detail.decision_id:
        same = Q(mediation__decision=detail.decision_id) | Q(appeal__decision=detail.decision_id)
        others += Case.objects.filter(same).exclude(pk=case.pk)
    if detail.origin_id:
        others.append(Case.objects.get(pk=detail.origin_id))
    return others


def _repeats(cases: Iterable[Case], kind: MilestoneKind, day: date) -> list[Milestone]:
    return list(
        Milestone.objects.filter(
            case__in=list(cases), kind=kind, happened_on=day, came_from=CameFrom.OTHER_SYSTEM, **_STANDING
        ).select_related("case__child")
    )


def _recorded(case: Case, *, without: Milestone | None = None) -> dict[MilestoneKind, list[date]]:
    found: dict[MilestoneKind, list[date]] = {}
    rows = case.milestones.filter(**_STANDING)
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    for kind, day in rows.values_list("kind", "happened_on"):
        found.setdefault(M(kind), []).append(day)
    return found
