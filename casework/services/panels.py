"""Record what a panel recommended for a child, once; the decision that follows takes it over.

A panel advises. The decision is the authority's, and waiting for a panel excuses no limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from casework.audit import acting_as
from casework.models import Answer, Case, Decision, MilestoneKind, PanelMeeting, PanelOutcome, Question, User
from casework.rules.clock_words import show_day
from casework.services import milestones
from casework.services.refusals import Refused
from casework.services.versions import claim

M = MilestoneKind
ANSWERS: dict[Question, tuple[Answer, ...]] = {
    Question.ASSESS: (Answer.ASSESS, Answer.REFUSE_ASSESS),
    Question.ISSUE: (Answer.ISSUE, Answer.REFUSE_ISSUE),
}
"""What a panel can recommend on each question of a request."""
_DECIDED = {
    Question.ASSESS: (M.DECIDED_TO_ASSESS, M.DECIDED_NOT_TO_ASSESS),
    Question.ISSUE: (M.DECIDED_TO_ISSUE, M.DECIDED_NOT_TO_ISSUE),
}


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the panel said of one child. Band and top-up are the panel's words; funding records what is paid."""

    answer: Answer
    reasons: str
    advice_considered: Sequence[str] = ()
    other_evidence: str = ""
    band: str = ""
    top_up: str = ""


@transaction.atomic
def record_meeting(*, name: str, held_on: date, members: Sequence[str], by: User, on: date) -> PanelMeeting:
    """Record that a panel sat, and who was present. Raises Refused (no name, no member, in the future, known already)."""
    present = [" ".join(member.split()) for member in members if member.strip()]
    if not name.strip():
        raise Refused("Enter the name of the panel.", field="name")
    if not present:
        raise Refused("Enter at least one member who was present.", field="members")
    if held_on > on:
        raise Refused(
            f"The panel cannot have met after today, {show_day(on)}. Record it once it has met.",
            field="held_on",
        )
    with acting_as(by):
        try:
            with transaction.atomic():
                return PanelMeeting.objects.create(name=name.strip(), held_on=held_on, members=present)
        except IntegrityError as error:
            raise Refused(
                f"{name.strip()} is already recorded on {show_day(held_on)}. Choose that meeting from the list.",
                field="meeting",
            ) from error


@transaction.atomic
def record_outcome(
    *,
    case: Case,
    meeting: PanelMeeting,
    question: Question,
    given: Recommendation,
    by: User,
    on: date,
    version: int | None = None,
) -> PanelOutcome:
    """Record a recommendation. Before it is decided it may be recorded again, which replaces what was there.

    Raises Refused (decided already, an answer to another question, no reasons, before the request) and StaleEdit.
    """
    if given.answer not in ANSWERS.get(question, ()):
        raise Refused("Select what the panel recommended.", field="recommendation")
    if not given.reasons.strip():
        raise Refused("Enter the panel's reasons: the family may ask to see them.", field="reasons")
    with acting_as(by):
        case = claim(case, version=version)
        standing = milestones.standing_of(case)
        decided = [kind for kind in _DECIDED[question] if kind in standing]
        if decided:
            words, day = milestones.words_of(decided[0], case), standing[decided[0]][0]
            raise Refused(f"“{words}” is recorded on {show_day(day)}: the decision is made.")
        if question == Question.ISSUE and M.DECIDED_TO_ASSESS not in standing:
            raise Refused("Record the decision to assess first: no assessment is under way.")
        if case.opened_on and meeting.held_on < case.opened_on:
            raise Refused(
                f"The panel met on {show_day(meeting.held_on)}, before the request on {show_day(case.opened_on)}. "
                "Choose another meeting.",
                field="meeting",
            )
        outcome, _ = PanelOutcome.objects.update_or_create(
            meeting=meeting,
            case=case,
            question=question,
            defaults={
                "recommendation": given.answer,
                "reasons": given.reasons.strip(),
                "advice_considered": list(given.advice_considered),
                "other_evidence": given.other_evidence.strip(),
                "recommended_band": given.band.strip(),
                "recommended_top_up": given.top_up.strip(),
            },
        )
        return outcome


def undecided_outcome(case: Case, question: Question) -> PanelOutcome | None:
    """The latest recommendation that no standing decision has taken over yet."""
    return (
        PanelOutcome.objects.filter(case=case, question=question)
        .exclude(
            decision__milestone__replaced=False, decision__milestone__withdrawn=False, decision__isnull=False
        )
        .select_related("meeting")
        .order_by("-meeting__held_on", "-pk")
        .first()
    )


def check_departure(outcome: PanelOutcome | None, answer: Answer, departed_because: str) -> None:
    """Raise Refused when the decision is another than the panel recommended and nobody says why."""
    if outcome is not None and outcome.recommendation != answer and not departed_because.strip():
        raise Refused(
            f"{outcome.meeting} recommended “{outcome.get_recommendation_display().lower()}”. Enter why the decision "
            "is another.",
            field="departed_because",
        )


def take_over(outcome: PanelOutcome | None, decision: Decision, departed_because: str) -> None:
    """Tie the recommendation to the decision it led to; for the service that decides, in its transaction."""
    if outcome is None:
        return
    differs = outcome.recommendation != decision.answer
    PanelOutcome.objects.filter(pk=outcome.pk).update(
        decision=decision, departed_because=departed_because.strip() if differs else ""
    )
