"""Open a case about a decision the family disputes, and carry out what the authority is bound to do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.models import Appeal, Case, CaseKind, Child, Mediation, Milestone, MilestoneKind, User
from casework.models.cases import ONCE_IN_A_CASE
from casework.rules.appeal_rights import Appealable
from casework.rules.clock_words import show_day
from casework.rules.disagreements import Ending
from casework.rules.milestone_facts import FACTS
from casework.rules.undertakings import STEPS, Undertaking, undertaken
from casework.services import disagreement_links, milestones
from casework.services.refusals import Refused
from casework.services.versions import claim

M = MilestoneKind
_GOES_ON = (CaseKind.REQUEST, CaseKind.REASSESSMENT)
_WITH_A_RECORD = (M.FINAL_PLAN_ISSUED, M.AMENDED_PLAN_ISSUED, M.PLAN_CEASED)


@dataclass(frozen=True, slots=True)
class Disputed:
    """A decision the family disputes: what it was, the day of the letter and, where recorded here, its milestone."""

    child: Child
    against: Appealable
    sent_on: date
    decision: Milestone | None = None

    @property
    def origin(self) -> Case | None:
        """The case of the decision."""
        return self.decision.case if self.decision else None


def disputed(decision: Milestone) -> Disputed:
    """The decision behind a milestone. Raises Refused when it carries no right of appeal or was corrected."""
    if decision.replaced or decision.withdrawn:
        raise Refused("This entry has been corrected. Start again from the entry that stands now.")
    against = disagreement_links.against_of(decision)
    if against is None:
        raise Refused(
            f"“{milestones.words_of(M(decision.kind), decision.case)}” carries no right of appeal (CFA 2014 s.51(2))."
        )
    return Disputed(decision.case.child, against, decision.happened_on, decision)


def earlier_decision(*, child: Child, against: Appealable, sent_on: date, on: date) -> Disputed:
    """A decision that was made before the records here begin. Raises Refused for a day that cannot be."""
    if sent_on > on:
        raise Refused(f"The letter cannot have been sent after today, {show_day(on)}.", field="sent_on")
    if sent_on < child.date_of_birth:
        raise Refused(
            f"{show_day(sent_on)} is before {child.name} was born ({show_day(child.date_of_birth)}). Check both dates.",
            field="sent_on",
        )
    return Disputed(child, against, sent_on)


def open_case(about: Disputed, *, kind: CaseKind, opened_on: date, by: User) -> Case:
    """A case with the letter it is about; the caller adds its detail and its first step in the same transaction."""
    # Two people at once: the second waits here, and then sees the first one's case.
    Child.objects.select_for_update().get(pk=about.child.pk)
    case = Case.objects.create(child=about.child, kind=kind, opened_on=opened_on)
    if about.decision is not None:
        disagreement_links.repeat(case, M.APPEALABLE_DECISION_SENT, about.sent_on, by=by)
    else:
        Milestone.objects.create(
            case=case, kind=M.APPEALABLE_DECISION_SENT, happened_on=about.sent_on, recorded_by=by
        )
    return case


def once(
    case: Case,
    kind: MilestoneKind,
    day: date,
    *,
    by: User,
    on: date,
    version: int | None = None,
    note: str = "",
    field: str = "happened_on",
) -> Milestone:
    """Record a step that a case has once. Raises Refused when it is recorded already, out of order or in the future."""
    standing = milestones.standing_of(case)
    if kind in standing:
        raise Refused(
            f"“{milestones.words_of(kind, case)}” is already recorded on {show_day(standing[kind][0])}. "
            "Correct that date on the timeline if it is wrong.",
            field=field,
        )
    try:
        return milestones.record(
            case=case, kind=kind, happened_on=day, by=by, on=on, version=version, note=note.strip()
        )
    except Refused as refusal:
        if refusal.field == "happened_on":
            refusal.field = field
        raise


def check_goes_on(case: Case, *, also: Collection[Ending] = ()) -> Mediation | Appeal:
    """The detail of a mediation or an appeal in which something may still happen. Raises Refused for any other.

    After a certificate mediation may still be recorded; `also` names other endings after which the step may come.
    """
    current = Case.objects.select_related("mediation", "appeal").get(pk=case.pk)
    if current.kind not in (CaseKind.MEDIATION, CaseKind.APPEAL):
        raise Refused(f"This is neither a mediation nor an appeal: {current.get_kind_display()}.")
    if current.closed_on is not None and current.closed_because not in (Ending.CERTIFICATE, *also):
        why = Ending(current.closed_because).words.lower()
        raise Refused(
            f"This case closed on {show_day(current.closed_on)}: {why}. If that is wrong, correct it on the timeline."
        )
    return current.mediation if current.kind == CaseKind.MEDIATION else current.appeal


def goes_on(case: Case, bound: Undertaking, *, day: date, by: User, on: date) -> bool:
    """Take the request up again where the authority must make a plan; whether it could be.

    To assess waits for the day the family is told. A request that cannot go on (the child moved away, another request is
    open) never keeps an order or an agreement from being recorded.
    """
    origin = _origin(case)
    if bound is not Undertaking.MAKE_PLAN or origin is None:
        return False
    try:
        with transaction.atomic():
            milestones.record(
                case=origin, kind=M.DECIDED_TO_ISSUE, happened_on=day, by=by, on=on,
                note=f"{case.get_kind_display()} {case.reference}: the authority is bound to make a plan.",
            )  # fmt: skip
    except Refused:
        return False
    return True


@transaction.atomic
def record_step(
    *,
    case: Case,
    kind: MilestoneKind,
    happened_on: date,
    by: User,
    on: date,
    version: int | None = None,
    note: str = "",
) -> Milestone:
    """Record a step that carries out an order or an agreement: the family told of the assessment, a plan sent.

    It is recorded in the request or re-assessment that goes on, and repeated here so that the limits of the order stop;
    where that case is not in these records, only here. Raises Refused and StaleEdit.
    """
    check_goes_on(case)
    if kind in _WITH_A_RECORD:
        raise Refused(
            f"“{milestones.words_of(kind, case)}” is recorded on a page of its own, with the plan itself."
        )
    bound = undertaken(milestones.standing_of(case))
    since = [day for one, day in bound.items() if kind in STEPS.get(one, ())]
    if not since:
        raise Refused(
            f"“{milestones.words_of(kind, case)}” carries out nothing that was ordered or agreed here."
        )
    if happened_on < min(since):
        raise Refused(
            f"{show_day(happened_on)} is before {show_day(min(since))}, the day the authority was bound to do it. "
            "Check the date.",
            field="happened_on",
        )
    with acting_as(by):
        case = claim(case, version=version)
        origin = _origin(case)
        taken = milestones.standing_of(origin) if origin is not None else {}
        goes_there = origin is not None and CaseKind(origin.kind) in FACTS[kind].case_kinds
        if origin is not None and goes_there and not (kind in ONCE_IN_A_CASE and kind in taken):
            return milestones.record(
                case=origin, kind=kind, happened_on=happened_on, by=by, on=on, note=note.strip()
            )
        return once(case, kind, happened_on, by=by, on=on, note=note)


def _origin(case: Case) -> Case | None:
    """The request or re-assessment whose refusal is disputed, where it is recorded here."""
    detail = case.mediation if case.kind == CaseKind.MEDIATION else case.appeal
    origin = detail.origin
    return origin if origin is not None and origin.kind in _GOES_ON else None
