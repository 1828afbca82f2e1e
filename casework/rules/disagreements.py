"""How a mediation or an appeal stands, from its milestones, and when its case is closed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules.milestones import Milestone as M
from casework.rules.undertakings import Recorded, done_on, to_carry_out, undertaken

AGREEMENTS: tuple[M, ...] = (
    M.AGREED_TO_ASSESS,
    M.AGREED_TO_MAKE_PLAN,
    M.AGREED_TO_AMEND,
    M.AGREED_TO_CHANGE_SETTING,
    M.AGREED_OTHER_ISSUE,
)
ASKED: tuple[M, ...] = (
    M.MEDIATION_REQUESTED,
    M.HEALTH_MEDIATION_REQUESTED,
    M.HEALTH_ONLY_MEDIATION_REQUESTED,
)
NOT_OPPOSED: tuple[M, ...] = (M.NOT_OPPOSED_ASSESSMENT, M.NOT_OPPOSED_CONTENT)


class MediationState(StrEnum):
    """Where a mediation stands."""

    CONTACTED = "contacted"
    DECLINED = "declined"
    TO_ARRANGE = "to_arrange"
    HELD = "held"
    TO_CARRY_OUT = "to_carry_out"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The state as a caseworker reads it."""
        return _MEDIATION_WORDS[self]


_MEDIATION_WORDS: dict[MediationState, str] = {
    MediationState.CONTACTED: "Family in touch with the adviser",
    MediationState.DECLINED: "Declined; certificate to come",
    MediationState.TO_ARRANGE: "Mediation to be held",
    MediationState.HELD: "Held; outcome to record",
    MediationState.TO_CARRY_OUT: "Agreement to carry out",
    MediationState.CLOSED: "Closed",
}


class AppealState(StrEnum):
    """Where an appeal stands."""

    REGISTERED = "registered"
    NOT_OPPOSED = "not_opposed"
    TO_CARRY_OUT = "to_carry_out"
    TO_ANSWER = "to_answer"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The state as a caseworker reads it."""
        return _APPEAL_WORDS[self]


_APPEAL_WORDS: dict[AppealState, str] = {
    AppealState.REGISTERED: "Registered",
    AppealState.NOT_OPPOSED: "Not opposed; to carry out",
    AppealState.TO_CARRY_OUT: "Order to carry out",
    AppealState.TO_ANSWER: "Recommendation to answer",
    AppealState.CLOSED: "Closed",
}


class Ending(StrEnum):
    """Why a case of mediation or appeal is closed. Values are stored as the case's reason."""

    CARRIED_OUT = "carried_out"
    CERTIFICATE = "certificate"
    APPEALED = "appealed"
    NOT_CONTINUED = "not_continued"
    WITHDRAWN = "withdrawn"
    DETERMINED = "determined"
    RECORDED_IN_ERROR = "recorded_in_error"

    @property
    def words(self) -> str:
        """What came of it."""
        return _ENDINGS[self]


_ENDINGS: dict[Ending, str] = {
    Ending.CARRIED_OUT: "Carried out",
    Ending.CERTIFICATE: "Certificate issued, no agreement to carry out",
    Ending.APPEALED: "The family appealed",
    Ending.NOT_CONTINUED: "The family did not go on",
    Ending.WITHDRAWN: "Withdrawn",
    Ending.DETERMINED: "Decided, nothing to carry out",
    Ending.RECORDED_IN_ERROR: "Recorded in error",
}


@dataclass(frozen=True, slots=True)
class Closing:
    """The day a case closed, and why. No day: it never was one, so it closes on the day it opened."""

    because: Ending
    on: date | None = None


def mediation_state(recorded: Recorded, *, closed: bool = False) -> MediationState:
    """Where a mediation stands by its milestones."""
    if closed:
        return MediationState.CLOSED
    if to_carry_out(recorded):
        return MediationState.TO_CARRY_OUT
    if M.MEDIATION_HELD in recorded:
        return MediationState.HELD
    if any(kind in recorded for kind in ASKED):
        return MediationState.TO_ARRANGE
    if M.MEDIATION_DECLINED in recorded:
        return MediationState.DECLINED
    return MediationState.CONTACTED


def appeal_state(recorded: Recorded, *, closed: bool = False) -> AppealState:
    """Where an appeal stands by its milestones."""
    if closed:
        return AppealState.CLOSED
    if to_carry_out(recorded):
        return (
            AppealState.NOT_OPPOSED
            if any(kind in recorded for kind in NOT_OPPOSED)
            else AppealState.TO_CARRY_OUT
        )
    return AppealState.TO_ANSWER if _waits_for_answer(recorded) else AppealState.REGISTERED


def mediation_closing(recorded: Recorded, *, not_continued_on: date | None = None) -> Closing | None:
    """When a mediation closed and why; None while something is still to come.

    An agreement keeps it open until it is carried out, whether or not a certificate was issued as well.
    """
    if not set(recorded) - {M.APPEALABLE_DECISION_SENT, M.APPEAL_REGISTERED}:
        return Closing(Ending.RECORDED_IN_ERROR)
    if undertaken(recorded):
        return _carried_out(recorded)
    if M.MEDIATION_CERTIFICATE_ISSUED in recorded:
        return Closing(Ending.CERTIFICATE, min(recorded[M.MEDIATION_CERTIFICATE_ISSUED]))
    if not_continued_on:
        return Closing(Ending.NOT_CONTINUED, not_continued_on)
    if M.APPEAL_REGISTERED in recorded and not any(kind in recorded for kind in (*ASKED, M.MEDIATION_HELD)):
        return Closing(Ending.APPEALED, min(recorded[M.APPEAL_REGISTERED]))
    return None


def appeal_closing(recorded: Recorded, *, ended_by: Collection[date] = ()) -> Closing | None:
    """When an appeal closed and why; None while something is still to come.

    `ended_by` are the days of orders that ended the appeal with nothing to carry out (dismissed, struck out, plan
    continues). A recommendation that is not answered keeps the case open.
    """
    if M.APPEAL_REGISTERED not in recorded:
        return Closing(Ending.RECORDED_IN_ERROR)
    if M.APPEAL_WITHDRAWN in recorded:
        return Closing(Ending.WITHDRAWN, min(recorded[M.APPEAL_WITHDRAWN]))
    if _waits_for_answer(recorded):
        return None
    answered = max(recorded.get(M.RECOMMENDATION_ANSWERED, ()), default=date.min)
    if undertaken(recorded):
        closing = _carried_out(recorded)
        return closing and Closing(closing.because, max(closing.on or date.min, answered))
    if ended_by:
        return Closing(Ending.DETERMINED, max(*ended_by, answered))
    return None


def _carried_out(recorded: Recorded) -> Closing | None:
    days = [done_on(one, recorded) for one in undertaken(recorded)]
    finished = [day for day in days if day is not None]
    return Closing(Ending.CARRIED_OUT, max(finished)) if len(finished) == len(days) else None


def _waits_for_answer(recorded: Recorded) -> bool:
    return M.RECOMMENDATION_RECEIVED in recorded and M.RECOMMENDATION_ANSWERED not in recorded
