"""Annual reviews and phase transfers since the last return."""

from datetime import date

from casework.models import Case, CaseKind, Decision, Milestone, PhaseTransfer
from casework.rules.milestones import Milestone as M
from config.demo.bulk_reviews import ANSWERS
from config.demo.day import CENSUS_DAYS
from config.demo.held_rows import Held
from config.demo.lives import Life, PlanLife, Review

_LAST_CENSUS = max(CENSUS_DAYS.values()).toordinal()


def reviews_since(lives: list[Life], held: Held, day: int) -> list[int]:
    """Record the reviews. Returns the cases that something happened in."""
    known = {
        (case_child, held_on): case
        for case, case_child, held_on in Milestone.objects.filter(
            kind=M.REVIEW_MEETING_HELD, case__kind=CaseKind.ANNUAL_REVIEW
        ).values_list("case_id", "case__child_id", "happened_on")
    }
    transfers = {
        (child, due): case
        for case, child, due in PhaseTransfer.objects.filter(case__closed_on__isnull=True).values_list(
            "case_id", "case__child_id", "due_on"
        )
    }
    new: list[Case] = []
    facts: list[tuple[Case | int, M, int, str]] = []
    for life in lives:
        child = held.child_of(life)
        if child is None or life.plan is None or life.plan.arrived > day:
            continue
        last = min(day, life.plan.end)
        for review in life.plan.reviews:
            if review.meeting > last or (review.meeting < life.plan.start):
                continue
            if review.meeting > _LAST_CENSUS:
                case = Case(
                    child_id=child, kind=CaseKind.ANNUAL_REVIEW, opened_on=date.fromordinal(review.meeting)
                )
                new.append(case)
                facts += [(case, *fact) for fact in _facts(review, last, since=_LAST_CENSUS)]
            elif (child, date.fromordinal(review.meeting)) in known:
                key = known[child, date.fromordinal(review.meeting)]
                facts += [(key, *fact) for fact in _facts(review, last, since=_LAST_CENSUS)]
        facts += _transfers(child, life.plan, transfers, last)
    Case.objects.bulk_create(new)
    return _write(facts)


def _facts(review: Review, last: int, since: int) -> list[tuple[M, int, str]]:
    facts = [
        (M.REVIEW_MEETING_HELD, review.meeting, ""),
        (M.REVIEW_DECIDED, review.decided, ANSWERS.get(review.outcome, "")),
        (M.DRAFT_AMENDED_PLAN_ISSUED, review.draft, ""),
        (M.AMENDED_PLAN_ISSUED, review.amended, ""),
    ]
    return [fact for fact in facts if since < fact[1] <= last]


def _transfers(
    child: int, plan: PlanLife, known: dict[tuple[int, date], int], last: int
) -> list[tuple[Case | int, M, int, str]]:
    return [
        (known[child, date.fromordinal(due)], M.PHASE_TRANSFER_PLAN_ISSUED, final, "")
        for due, final in plan.phase_transfers
        if (child, date.fromordinal(due)) in known and _LAST_CENSUS < final <= last
    ]


def _write(facts: list[tuple[Case | int, M, int, str]]) -> list[int]:
    keys = [case if isinstance(case, int) else case.pk for case, _, _, _ in facts]
    rows = Milestone.objects.bulk_create(
        [
            Milestone(case_id=key, kind=kind, happened_on=date.fromordinal(day))
            for key, (_, kind, day, _) in zip(keys, facts, strict=True)
        ]
    )
    Decision.objects.bulk_create(
        [
            Decision(milestone=row, question="review", answer=answer, decided_on=row.happened_on)
            for row, (_, _, _, answer) in zip(rows, facts, strict=True)
            if answer
        ]
    )
    return sorted(set(keys))
