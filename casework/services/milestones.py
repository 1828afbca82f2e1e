"""Record what happened in a case. Nothing recorded is ever edited: see `casework.services.corrections`."""

from collections import defaultdict
from datetime import date

from django.db import IntegrityError, transaction

from casework.audit import acting_as
from casework.models import Case, Milestone, MilestoneKind, User
from casework.models.cases import AHEAD, ONCE_IN_A_CASE
from casework.rules.case_kinds import CaseKind
from casework.rules.clock_words import show_day
from casework.rules.milestone_facts import FACTS, milestone_words
from casework.rules.milestone_order import order_problems
from casework.services import clocks, disagreement_links
from casework.services.refusals import Refused
from casework.services.versions import claim

M = MilestoneKind
_ENDS = (M.REQUEST_WITHDRAWN, M.ASSESSMENT_WITHDRAWN, M.MOVED_AWAY)
_REFUSALS = (M.DECIDED_NOT_TO_ASSESS, M.DECIDED_NOT_TO_ISSUE)
_DECIDED = (M.DECIDED_TO_ASSESS, M.DECIDED_NOT_TO_ASSESS)
_OUTCOMES = (M.DECIDED_TO_ISSUE, M.DECIDED_NOT_TO_ISSUE)

# What cannot be recorded beside what already stands in a request. A refusal that the Tribunal or an agreement has set
# aside stays recorded as the first decision and no longer stands in the way.
_CONTRADICTS: dict[MilestoneKind, tuple[MilestoneKind, ...]] = {
    M.DECIDED_TO_ASSESS: (*_DECIDED, *_ENDS),
    M.DECIDED_NOT_TO_ASSESS: (*_DECIDED, *_OUTCOMES, *_ENDS),
    M.DECIDED_TO_ISSUE: (*_OUTCOMES, M.DECIDED_NOT_TO_ASSESS, *_ENDS),
    M.DECIDED_NOT_TO_ISSUE: (*_OUTCOMES, M.DECIDED_NOT_TO_ASSESS, M.FINAL_PLAN_ISSUED, *_ENDS),
    M.FINAL_PLAN_ISSUED: (*_REFUSALS, *_ENDS),
    M.REQUEST_WITHDRAWN: (*_DECIDED, *_ENDS),
    M.ASSESSMENT_WITHDRAWN: (*_REFUSALS, *_ENDS, M.FINAL_PLAN_ISSUED),
    M.MOVED_AWAY: (*_REFUSALS, *_ENDS, M.FINAL_PLAN_ISSUED),
    M.DRAFT_PLAN_SERVED: (*_REFUSALS, *_ENDS, M.FINAL_PLAN_ISSUED),
}
_NEEDS: dict[MilestoneKind, MilestoneKind] = {
    M.DECIDED_TO_ISSUE: M.DECIDED_TO_ASSESS,
    M.DECIDED_NOT_TO_ISSUE: M.DECIDED_TO_ASSESS,
    M.DRAFT_PLAN_SERVED: M.DECIDED_TO_ASSESS,
    M.FINAL_PLAN_ISSUED: M.DECIDED_TO_ISSUE,
    M.ASSESSMENT_WITHDRAWN: M.DECIDED_TO_ASSESS,
}

Standing = dict[MilestoneKind, list[date]]


@transaction.atomic
def record(
    *,
    case: Case,
    kind: MilestoneKind,
    happened_on: date,
    by: User,
    on: date,
    version: int | None = None,
    note: str = "",
) -> Milestone:
    """Record that `kind` happened. Raises Refused (out of order, in the future, twice) and StaleEdit."""
    with acting_as(by):
        case = claim(case, version=version)
        milestone = enter(case=case, kind=kind, happened_on=happened_on, by=by, on=on, note=note)
        rebuild(case)
        disagreement_links.after_record(milestone)
        return milestone


def enter(
    *,
    case: Case,
    kind: MilestoneKind,
    happened_on: date,
    by: User,
    on: date,
    note: str = "",
    part: str = "",
) -> Milestone:
    """Check and write one milestone, for a service that holds the case (`claim`) and rebuilds when it has written all.

    `part` says which body it is of, for what happens once for each body asked: the order of days is then looked at among
    that body's own and the case's. Raises Refused.
    """
    standing = standing_of(case, part=part)
    if kind in ONCE_IN_A_CASE and kind in standing:
        raise Refused(
            f"“{words_of(kind, case)}” is already recorded on {show_day(standing[kind][0])}. "
            "Correct that date instead of recording it again."
        )
    _check_course(case, kind, standing)
    check_day(case, kind, happened_on, standing, on=on)
    return Milestone.objects.create(
        case=case, kind=kind, happened_on=happened_on, note=note, part=part, recorded_by=by
    )


def standing_of(case: Case, *, without: Milestone | None = None, part: str = "") -> Standing:
    """The days of the milestones as they stand: not replaced, not withdrawn; `without` leaves one out.

    With `part`, those of the case as a whole and of this one body; without, all of them.
    """
    rows = case.milestones.filter(replaced=False, withdrawn=False)
    if part:
        rows = rows.filter(part__in=["", part])
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    standing: Standing = defaultdict(list)
    for kind, day in rows.order_by("happened_on").values_list("kind", "happened_on"):
        standing[MilestoneKind(kind)].append(day)
    return dict(standing)


def check_day(case: Case, kind: MilestoneKind, day: date, standing: Standing, *, on: date) -> None:
    """Raise Refused when `kind` cannot have happened on `day`."""
    # Only a move out is recorded ahead: a request is closed by a move that has taken place.
    ahead = kind in AHEAD and (kind is not M.MOVED_AWAY or case.kind == CaseKind.TRANSFER_OUT)
    if day > on and not ahead:
        raise Refused(
            f"“{words_of(kind, case)}” cannot be after today, {show_day(on)}. "
            "Enter a day up to and including today.",
            field="happened_on",
        )
    born = case.child.date_of_birth
    if day < born:
        raise Refused(
            f"{show_day(day)} is before {case.child.name} was born ({show_day(born)}). Check both dates.",
            field="happened_on",
        )
    problems = order_problems(kind, day, standing, CaseKind(case.kind))
    if problems:
        raise Refused(" ".join(problems), field="happened_on")


def rebuild(case: Case) -> None:
    """Derive the case again; Refused when that would open a second request for one child."""
    try:
        with transaction.atomic():
            clocks.rebuild(case=case)
    except IntegrityError as error:
        if "case_one_open_of_a_kind" not in str(error):
            raise
        raise Refused(
            "This would open the request again, but the child has another open request. Finish that one first."
        ) from error


def words_of(kind: MilestoneKind, case: Case) -> str:
    """The milestone in the words of this kind of case."""
    return milestone_words(kind, CaseKind(case.kind))


def _check_course(case: Case, kind: MilestoneKind, standing: Standing) -> None:
    if CaseKind(case.kind) not in FACTS[kind].case_kinds:
        raise Refused(f"“{words_of(kind, case)}” does not belong in this case: {case.get_kind_display()}.")
    if case.kind not in (CaseKind.REQUEST, CaseKind.REASSESSMENT):
        return
    in_the_way = [other for other in _CONTRADICTS.get(kind, ()) if other in standing]
    if in_the_way and not set(in_the_way).isdisjoint(_REFUSALS):
        set_aside = disagreement_links.overturned(case)
        in_the_way = [other for other in in_the_way if other not in set_aside]
    for other in in_the_way:
        raise Refused(
            f"“{words_of(other, case)}” is recorded on {show_day(standing[other][0])}, so "
            f"“{words_of(kind, case)}” cannot be. If that record is wrong, correct it first."
        )
    needed = _NEEDS.get(kind)
    if needed and needed not in standing:
        raise Refused(f"Record “{words_of(needed, case)}” before “{words_of(kind, case)}”.")
