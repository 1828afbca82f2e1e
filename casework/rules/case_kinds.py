"""The kinds of case a SEND team opens. Plain values; `casework.models.cases` offers them as choices."""

from enum import StrEnum


class CaseKind(StrEnum):
    """What a case is for. One process, from the fact that starts it to the fact that closes it."""

    REQUEST = "request"
    REASSESSMENT = "reassessment"
    ANNUAL_REVIEW = "annual_review"
    PHASE_TRANSFER = "phase_transfer"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"
    CEASING = "ceasing"
    MEDIATION = "mediation"
    APPEAL = "appeal"

    @property
    def words(self) -> str:
        """The name a caseworker reads."""
        return _WORDS[self]


_WORDS: dict[CaseKind, str] = {
    CaseKind.REQUEST: "Request for an EHC needs assessment",
    CaseKind.REASSESSMENT: "Re-assessment",
    CaseKind.ANNUAL_REVIEW: "Annual review",
    CaseKind.PHASE_TRANSFER: "Phase transfer",
    CaseKind.TRANSFER_IN: "Transfer in from another authority",
    CaseKind.TRANSFER_OUT: "Transfer out to another authority",
    CaseKind.CEASING: "Ceasing a plan",
    CaseKind.MEDIATION: "Mediation",
    CaseKind.APPEAL: "Appeal to the Tribunal",
}


def case_kind_choices() -> list[tuple[str, str]]:
    """Value and words of every kind, in the order a list shows them."""
    return [(kind.value, kind.words) for kind in CaseKind]
