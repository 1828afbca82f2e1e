"""What the review and phase transfer items of <ActivePlans> mean: annual review cases and phase transfer cases."""

from dataclasses import dataclass, field

from casework.rules.milestones import Milestone as M
from reporting.returns.sen2.findings import Problems
from reporting.returns.sen2.plans import PlanRead
from reporting.returns.sen2.requests import Happened

_ANSWERS = {"M": "maintain", "A": "amend", "C": "cease"}


@dataclass(slots=True)
class Review:
    """An annual review: a meeting, a decision, or both."""

    meeting: str
    decided: str
    answer: str
    happened: list[Happened] = field(default_factory=list)
    closed: str = ""


@dataclass(slots=True)
class Transfer:
    """A phase transfer: when the amended plan is due and, once there is one, its date."""

    due: str
    final: str
    happened: list[Happened]
    closed: str


def read_reviews(plan: PlanRead, problems: Problems) -> list[Review]:
    """The latest meeting and the latest decision: one review, or two where the decision is the older."""
    if plan.active is None:
        return []
    values = plan.active.values
    meeting, decided = values.get("ReviewMeeting", ""), values.get("LastReview", "")
    answer, draft = _ANSWERS.get(values.get("ReviewOutcome", ""), ""), values.get("ReviewDraft", "")
    if not (meeting or decided):
        return []
    if bool(answer) != bool(decided) and (answer or "ReviewMeeting" in values):
        problems.add("INF-058", plan.active, "ReviewOutcome")
    if meeting and decided and decided < meeting:
        return [_review("", decided, answer, draft, plan), _review(meeting, "", "", "", plan)]
    return [_review(meeting, decided, answer, draft, plan)]


def _review(meeting: str, decided: str, answer: str, draft: str, plan: PlanRead) -> Review:
    review = Review(meeting, decided, answer)
    if meeting:
        review.happened.append(Happened(M.REVIEW_MEETING_HELD, meeting))
    if decided:
        review.happened.append(Happened(M.REVIEW_DECIDED, decided, "review" if answer else "", answer))
        review.closed = decided
    if draft:
        review.happened.append(Happened(M.DRAFT_AMENDED_PLAN_ISSUED, draft))
    if answer == "amend":
        # The date of the current plan, when it is later than the decision to amend, is that of the amended plan.
        amended = plan.starts if plan.starts > decided else ""
        if amended:
            review.happened.append(Happened(M.AMENDED_PLAN_ISSUED, amended))
        review.closed = amended or plan.ends
    elif not decided:
        review.closed = plan.ends if plan.ends >= meeting else ""
    if plan.ends and plan.ends >= (decided or meeting):
        review.happened.append(Happened(M.PLAN_CEASED, plan.ends))
    return review


def read_transfer(plan: PlanRead, problems: Problems) -> Transfer | None:
    """The phase transfer the return tells of, if any."""
    if plan.active is None:
        return None
    due, final = (
        plan.active.values.get("PhaseTransferDueDate", ""),
        plan.active.values.get("PhaseTransferFinalDate", ""),
    )
    if final and not due:
        problems.add("INF-061", plan.active, "PhaseTransferFinalDate")
        return None
    if not due:
        return None
    happened = [Happened(M.PHASE_TRANSFER_PLAN_DUE, due)]
    if final:
        happened.append(Happened(M.PHASE_TRANSFER_PLAN_ISSUED, final))
    elif plan.ends:
        happened.append(Happened(M.PLAN_CEASED, plan.ends))
    return Transfer(due, final, happened, final or plan.ends)
