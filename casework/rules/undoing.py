"""Which decisions can be undone as a whole when they were recorded by mistake, and who must then be told."""

from casework.rules.milestones import Milestone as M

UNDOABLE: dict[M, str] = {
    M.DECIDED_TO_ASSESS: "the decision to assess",
    M.DECIDED_NOT_TO_ASSESS: "the decision not to assess",
    M.DECIDED_TO_ISSUE: "the decision to issue a plan",
    M.DECIDED_NOT_TO_ISSUE: "the decision not to issue a plan",
    M.FINAL_PLAN_ISSUED: "the final plan",
    M.REVIEW_DECIDED: "the decision after the review",
    M.DECIDED_NOT_TO_AMEND: "the decision not to amend the plan",
    M.AMENDED_PLAN_ISSUED: "the final amended plan",
    M.PHASE_TRANSFER_PLAN_ISSUED: "the amended plan of the phase transfer",
}
"""The decision in words, as it stands in a sentence."""

PLANS: frozenset[M] = frozenset({M.FINAL_PLAN_ISSUED, M.AMENDED_PLAN_ISSUED, M.PHASE_TRANSFER_PLAN_ISSUED})
"""Decisions that put a version of a plan in force."""

_TOLD_OTHERS: dict[M, str] = {
    M.DECIDED_TO_ASSESS: "the bodies that were asked for advice, and the head, principal or early years lead",
    M.DECIDED_NOT_TO_ASSESS: "the health commissioner, social care and the head, principal or early years lead",
    M.DECIDED_TO_ISSUE: "the settings that were consulted",
    M.DECIDED_NOT_TO_ISSUE: "the health commissioner, social care and the head, principal or early years lead",
    M.FINAL_PLAN_ISSUED: "the setting that the plan names, and the health commissioner",
    M.AMENDED_PLAN_ISSUED: "the setting that the plan names, and the health commissioner",
    M.PHASE_TRANSFER_PLAN_ISSUED: "the settings that the plan names, and the health commissioner",
    M.REVIEW_DECIDED: "the setting of the child",
}


def also_told(kind: M) -> str:
    """Who besides the family has had word of the decision and must have word that it is undone; "" for nobody."""
    return _TOLD_OTHERS.get(kind, "")
