"""Send a draft to the family, and record what they said about it."""

from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.models import (
    Case,
    CaseKind,
    Milestone,
    MilestoneKind,
    PlanText,
    PlanVersion,
    Stage,
    TextState,
    User,
)
from casework.services import amendments, milestones, plan_texts
from casework.services.refusals import Refused

M = MilestoneKind
FIRST_PLANS = (CaseKind.REQUEST, CaseKind.REASSESSMENT)


@transaction.atomic
def serve(
    *,
    text: PlanText,
    served_on: date,
    by: User,
    on: date,
    reached_on: date | None = None,
    version: int | None = None,
) -> PlanText:
    """Record that the draft went to the family, and seal it as they have it.

    In a request or re-assessment `served_on` is the day they had it and starts their 15 days (reg 13(1)). In a review it
    is the day the notice with the proposed amendments went (reg 22(2)); `reached_on` is the day it reached them, where
    known. What was recorded already for that day is not recorded twice. Raises Refused and StaleEdit.
    """
    case = text.case
    if case is None or not PlanText.objects.get(pk=text.pk).is_open:
        raise Refused(plan_texts.SEALED)
    with acting_as(by):
        if case.kind in FIRST_PLANS:
            milestone = _recorded(case, M.DRAFT_PLAN_SERVED, served_on) or milestones.record(
                case=case, kind=M.DRAFT_PLAN_SERVED, happened_on=served_on, by=by, on=on, version=version
            )
            return plan_texts.seal(text=text, state=TextState.SERVED, served_as=milestone, by=by)
        sent = _recorded(case, M.AMENDMENT_NOTICE_SENT, served_on)
        proposed = _without_text(case) if sent else None
        if sent and proposed:
            return plan_texts.seal(
                text=text, state=TextState.SERVED, served_as=sent, plan_version=proposed, by=by
            )
        amendments.send_notice(
            case=case, sent_on=served_on, served_on=reached_on, by=by, on=on, version=version
        )
        text.refresh_from_db()
        return text


@transaction.atomic
def record_representations(
    *, case: Case, received_on: date, words: str, by: User, on: date, version: int | None = None
) -> Milestone:
    """Record what the family said about the draft, and the day it came. Raises Refused and StaleEdit."""
    if not words.strip():
        raise Refused("Enter what the family said, in words.", field="words")
    standing = milestones.standing_of(case)
    if M.DRAFT_PLAN_SERVED not in standing and M.AMENDMENT_NOTICE_SENT not in standing:
        raise Refused("No draft is recorded as sent to the family. Record that it was served first.")
    return milestones.record(
        case=case,
        kind=M.REPRESENTATIONS_RECEIVED,
        happened_on=received_on,
        note=words.strip(),
        by=by,
        on=on,
        version=version,
    )


def _recorded(case: Case, kind: MilestoneKind, day: date) -> Milestone | None:
    found: Milestone | None = (
        case.milestones.filter(kind=kind, happened_on=day, replaced=False, withdrawn=False)
        .order_by("-pk")
        .first()
    )
    return found


def _without_text(case: Case) -> PlanVersion | None:
    """The latest proposal of the child's plan, if its words are not here yet."""
    proposed: PlanVersion | None = (
        PlanVersion.objects.filter(plan__child_id=case.child_id, stage=Stage.PROPOSED).order_by("-pk").first()
    )
    taken = proposed is None or PlanText.objects.filter(plan_version=proposed).exists()
    return None if taken else proposed
