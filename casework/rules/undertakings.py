"""What the authority must carry out after a Tribunal order, an agreement at mediation or an appeal it does not oppose.

Regulation 44(2) gives the limits of orders; regulations 42(2) and 45 lend them to agreements and to appeals not opposed.
The limits themselves are clock rules G6, G7, G8, H1 to H9.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from casework.rules.appeal_rights import Appealable
from casework.rules.milestones import Milestone as M

Recorded = Mapping[M, Sequence[date]]


class Undertaking(StrEnum):
    """One thing to carry out."""

    ASSESS = "assess"
    MAKE_PLAN = "make_plan"
    AMEND = "amend"
    CHANGE_SETTING = "change_setting"
    CEASE = "cease"
    OTHER = "other"
    BE_TOLD = "be_told"

    @property
    def words(self) -> str:
        """What is to be done."""
        return _WORDS[self]


_WORDS: dict[Undertaking, str] = {
    Undertaking.ASSESS: "Assess or re-assess",
    Undertaking.MAKE_PLAN: "Make a plan",
    Undertaking.AMEND: "Amend the plan",
    Undertaking.CHANGE_SETTING: "Change the setting named",
    Undertaking.CEASE: "Cease the plan",
    Undertaking.OTHER: "Carry out what was agreed",
    Undertaking.BE_TOLD: "Be told of the agreement by health",
}

STARTS: dict[M, Undertaking] = {
    M.ORDERED_TO_ASSESS: Undertaking.ASSESS,
    M.NOT_OPPOSED_ASSESSMENT: Undertaking.ASSESS,
    M.AGREED_TO_ASSESS: Undertaking.ASSESS,
    M.ORDERED_TO_MAKE_PLAN: Undertaking.MAKE_PLAN,
    M.AGREED_TO_MAKE_PLAN: Undertaking.MAKE_PLAN,
    M.ORDERED_TO_AMEND: Undertaking.AMEND,
    M.NOT_OPPOSED_CONTENT: Undertaking.AMEND,
    M.AGREED_TO_AMEND: Undertaking.AMEND,
    M.ORDERED_TO_CHANGE_SETTING: Undertaking.CHANGE_SETTING,
    M.AGREED_TO_CHANGE_SETTING: Undertaking.CHANGE_SETTING,
    M.CEASING_APPEAL_DISMISSED: Undertaking.CEASE,
    M.AGREED_OTHER_ISSUE: Undertaking.OTHER,
    M.AGREED_WITHOUT_AUTHORITY: Undertaking.BE_TOLD,
}
"""The milestone that binds the authority, and to what."""

DONE_BY: dict[Undertaking, tuple[M, ...]] = {
    Undertaking.ASSESS: (M.FINAL_PLAN_ISSUED, M.AMENDED_PLAN_ISSUED, M.DECIDED_NOT_TO_ISSUE),
    Undertaking.MAKE_PLAN: (M.FINAL_PLAN_ISSUED,),
    Undertaking.AMEND: (M.AMENDED_PLAN_ISSUED,),
    Undertaking.CHANGE_SETTING: (M.AMENDED_PLAN_ISSUED,),
    Undertaking.CEASE: (M.PLAN_CEASED,),
    Undertaking.OTHER: (M.AGREEMENT_CARRIED_OUT,),
    Undertaking.BE_TOLD: (M.AUTHORITY_TOLD_OF_AGREEMENT,),
}
"""The milestones that finish it. A step on the way, such as telling the family, finishes nothing."""

STEPS: dict[Undertaking, tuple[M, ...]] = {
    Undertaking.ASSESS: (
        M.DECIDED_TO_ASSESS, M.DECIDED_TO_ISSUE, M.DECIDED_NOT_TO_ISSUE, M.DRAFT_PLAN_SERVED, M.FINAL_PLAN_ISSUED,
        M.AMENDED_PLAN_ISSUED,
    ),
    Undertaking.MAKE_PLAN: (M.DECIDED_TO_ISSUE, M.DRAFT_PLAN_SERVED, M.FINAL_PLAN_ISSUED),
    Undertaking.AMEND: (M.AMENDED_PLAN_ISSUED,),
    Undertaking.CHANGE_SETTING: (M.AMENDED_PLAN_ISSUED,),
    Undertaking.CEASE: (M.PLAN_CEASED,),
}  # fmt: skip
"""What may be recorded on the way, in order: in the case that goes on, and repeated beside the order."""

OVERTURNS: dict[Appealable, tuple[M, ...]] = {
    Appealable.REFUSE_ASSESS: (M.DECIDED_NOT_TO_ASSESS,),
    Appealable.REFUSE_REASSESS: (M.DECIDED_NOT_TO_ASSESS,),
    Appealable.REFUSE_ISSUE: (M.DECIDED_NOT_TO_ISSUE,),
}
"""The refusal that no longer stands in the way once the authority is bound: the request goes on. It stays recorded as the
first decision."""

POSSIBLE: dict[Appealable, tuple[Undertaking, ...]] = {
    Appealable.REFUSE_ASSESS: (Undertaking.ASSESS,),
    Appealable.REFUSE_ISSUE: (Undertaking.MAKE_PLAN, Undertaking.ASSESS),
    Appealable.CONTENTS: (Undertaking.AMEND, Undertaking.CHANGE_SETTING),
    Appealable.REFUSE_REASSESS: (Undertaking.ASSESS,),
    Appealable.NOT_AMENDED: (Undertaking.AMEND, Undertaking.CHANGE_SETTING, Undertaking.ASSESS),
    Appealable.CEASE: (Undertaking.AMEND,),
}
"""What can be ordered or agreed about each decision."""


def undertaken(recorded: Recorded) -> dict[Undertaking, date]:
    """What binds the authority in a case, and since when: the first day of each."""
    found: dict[Undertaking, date] = {}
    for kind, undertaking in STARTS.items():
        if recorded.get(kind):
            since = min(recorded[kind])
            found[undertaking] = min(since, found.get(undertaking, since))
    return found


def done_on(undertaking: Undertaking, recorded: Recorded) -> date | None:
    """The day it was finished, or None."""
    return min((min(recorded[kind]) for kind in DONE_BY[undertaking] if recorded.get(kind)), default=None)


def to_carry_out(recorded: Recorded) -> list[Undertaking]:
    """What is not finished, in the order of the process."""
    return [one for one in undertaken(recorded) if done_on(one, recorded) is None]
