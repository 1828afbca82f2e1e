"""Undo a decision that was recorded by mistake: as a whole, in one transaction, with the trace kept.

The milestone stays on the timeline, struck through, with the reason and the person; clocks are worked out again from what
stands; a plan that was made is taken back. What rests on the decision stands in the way, by name: nothing is undone silently.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.models import AssessmentRequest, Case, Clock, Milestone, MilestoneKind, User
from casework.rules.clock_words import show_day
from casework.rules.clocks import RULES
from casework.rules.undoing import UNDOABLE, also_told
from casework.services import (  # noqa: F401 - parts register themselves
    corrections,
    undo_letters,
    undo_plan,
    undo_plan_text,
)
from casework.services.milestones import words_of
from casework.services.refusals import Refused
from casework.services.undo_parts import Subject, parts
from casework.services.versions import claim

_Clocks = dict[tuple[int, str, str], Clock]


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why it cannot be undone yet and what to do first; `milestone` is the later fact in the way, where it is one."""

    words: str
    milestone: Milestone | None = None


@dataclass(frozen=True, slots=True)
class Undoing:
    """What undoing would do: found by doing it and taking it back, so that it is what would happen."""

    subject: Subject
    undone: Sequence[str]
    left: Sequence[str]
    letters: Sequence[str]
    blockers: Sequence[Blocker]


def look(*, milestone: Milestone, by: User, on: date) -> Undoing:
    """What undoing this decision would do, what stays, who must be told, and what stands in the way. Writes nothing."""
    subject = undo_plan.find(_checked(milestone))
    found = _blockers(subject)
    undone: list[str] = []
    if not found:
        with transaction.atomic():
            before, was = _clocks(subject.case), Case.objects.get(pk=subject.case.pk)
            try:
                undone = _undo(subject, reason="Looked at only.", by=by, on=on, version=None)[1]
                undone += _case_words(was) + _clock_words(before, _clocks(subject.case), on)
            except Refused as refusal:
                found = [Blocker(refusal.words)]
            transaction.set_rollback(True)
    left = [sentence for part in parts() for sentence in part.left(subject)]
    return Undoing(subject, undone, left, letters(subject), found)


@transaction.atomic
def undo(*, milestone: Milestone, reason: str, by: User, on: date, version: int | None = None) -> Milestone:
    """Undo a decision. Raises Refused (no reason, something rests on it, not a decision) and StaleEdit."""
    if not reason.strip():
        raise Refused("Enter why the decision was recorded by mistake.", field="reason")
    subject = undo_plan.find(_checked(milestone))
    if found := _blockers(subject):
        raise Refused(" ".join(blocker.words for blocker in found))
    return _undo(subject, reason=reason, by=by, on=on, version=version)[0]


def letters(subject: Subject) -> list[str]:
    """Who has had word of the decision and must have word that it is undone, and what was sent by Waymark."""
    told = show_day(subject.milestone.happened_on)
    family = (
        f"Write to the family: they were told of {UNDOABLE[subject.kind]} on {told}. Say that it is withdrawn, why, and "
        "what happens next."
    )
    words = [family]
    if others := also_told(subject.kind):
        words.append(f"Tell {others}.")
    return words + [sentence for part in parts() for sentence in part.letters(subject)]


def _undo(
    subject: Subject, *, reason: str, by: User, on: date, version: int | None
) -> tuple[Milestone, list[str]]:
    said = []
    with acting_as(by, reason=reason.strip()):
        claim(subject.case, version=version)
        for part in parts():
            said += part.undo(subject, by, on)
        return corrections.withdraw(milestone=subject.milestone, reason=reason, by=by), said


def _checked(milestone: Milestone) -> Milestone:
    if MilestoneKind(milestone.kind) not in UNDOABLE:
        raise Refused("This is no decision. Correct its date, or say that it did not happen.")
    return milestone


def _blockers(subject: Subject) -> list[Blocker]:
    later = subject.case.milestones.filter(
        kind__in=corrections.rests_on(subject.kind), replaced=False, withdrawn=False
    ).order_by("-happened_on", "-pk")
    resting = [
        Blocker(
            f"“{words_of(MilestoneKind(row.kind), subject.case)}” on {show_day(row.happened_on)} rests on this. "
            f"{'Undo' if MilestoneKind(row.kind) in UNDOABLE else 'Take back'} that first.",
            row,
        )
        for row in later
    ]
    return resting + [Blocker(words) for part in parts() for words in part.blockers(subject)]


def _clocks(case: Case) -> _Clocks:
    """Every limit of the child, so that a review that is no longer to come is seen too."""
    rows = Clock.objects.filter(case__child_id=case.child_id)
    return {(row.case_id, row.rule_code, row.part): row for row in rows}


def _clock_words(before: _Clocks, after: _Clocks, on: date) -> list[str]:
    sentences = []
    for key, clock in sorted(after.items(), key=lambda one: one[1].due_on):
        was = before.get(key)
        title = RULES[clock.rule_code].title
        if clock.stopped_on is not None or (was and was.stopped_on is None and was.due_on == clock.due_on):
            continue
        late = f", {(on - clock.due_on).days} days ago" if clock.due_on < on else ""
        if was is not None and was.stopped_on is None:
            sentences.append(
                f"{title}: due by {show_day(clock.due_on)} instead of {show_day(was.due_on)}{late}."
            )
        else:
            sentences.append(f"{title}: runs again, due by {show_day(clock.due_on)}{late}.")
    sentences += [
        f"{RULES[clock.rule_code].title}: the date of {show_day(clock.due_on)} no longer applies."
        for key, clock in before.items()
        if key not in after and clock.stopped_on is None
    ]
    return sentences


def _case_words(case: Case) -> list[str]:
    now = Case.objects.get(pk=case.pk)
    if now.closed_on is not None or case.closed_on is None:
        return []
    request = AssessmentRequest.objects.filter(pk=case.pk).first()
    state = f": {request.get_state_display()[0].lower()}{request.get_state_display()[1:]}" if request else ""
    return [f"{now} is open again{state}."]
