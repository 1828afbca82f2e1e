"""What happened to a child, newest first: as recorded, with what was corrected still to be seen."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from casework.columns import CameFrom
from casework.models import Case, ClockException, Decision, Milestone, MilestoneKind, PlanVersion, Stage
from casework.rules.case_kinds import CaseKind
from casework.rules.clocks import RULES
from casework.rules.legal_tests import WHETHER_TO_ASSESS, WHETHER_TO_ISSUE, WHETHER_TO_REASSESS
from casework.rules.milestone_facts import milestone_words
from casework.rules.undoing import UNDOABLE

_TESTS = {"assess": WHETHER_TO_ASSESS, "issue": WHETHER_TO_ISSUE, "reassess": WHETHER_TO_REASSESS}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `struck` is why it was corrected; `milestone` is set where it may still be corrected."""

    on: datetime.date
    title: str
    case: Case | None = None
    by: str = ""
    text: str = ""
    struck: str = ""
    milestone: Milestone | None = None
    order: int = 0


def timeline(
    milestones: Iterable[Milestone],
    *,
    exceptions: Iterable[ClockException] = (),
    versions: Iterable[PlanVersion] = (),
) -> list[Entry]:
    """Entries from rows already read, newest first."""
    milestones = list(milestones)
    replaced_by = {row.replaces_id: row for row in milestones if row.replaces_id}
    entries = [
        _milestone(row, replaced_by.get(row.pk))
        for row in milestones
        if not row.withdrawn and not _repeats(row)
    ]
    entries += [_exception(row) for row in exceptions]
    told = {row.happened_on for row in milestones if row.kind in _PLAN_KINDS}
    entries += [
        Entry(on=row.starts_on, title=f"{Stage(row.stage).label} plan sent", by=_origin(row))
        for row in versions
        if row.starts_on and row.starts_on not in told
    ]
    return sorted(entries, key=lambda entry: (entry.on, entry.order), reverse=True)


_STARTS_OF_REVIEWS = {MilestoneKind.PLAN_FIRST_MADE, MilestoneKind.PREVIOUS_REVIEW_COMPLETED}
_REPEATS = (CaseKind.MEDIATION, CaseKind.APPEAL)
_OF_APPEALS = {MilestoneKind.MEDIATION_CERTIFICATE_ISSUED, MilestoneKind.APPEAL_REGISTERED}
_PLAN_KINDS = {
    MilestoneKind.FINAL_PLAN_ISSUED,
    MilestoneKind.AMENDED_PLAN_ISSUED,
    MilestoneKind.PHASE_TRANSFER_PLAN_ISSUED,
}


def _repeats(row: Milestone) -> bool:
    """Whether the row only repeats, in a case whose limits count from it, what another case tells."""
    if row.came_from != CameFrom.OTHER_SYSTEM:
        return False
    return row.kind in _STARTS_OF_REVIEWS or row.case.kind in _REPEATS or row.kind in _OF_APPEALS


def _milestone(row: Milestone, new: Milestone | None) -> Entry:
    decision: Decision | None = getattr(row, "decision", None)
    struck = ""
    if row.replaced:
        struck = f"{_why_struck(row, new)}. {new.reason_for_correction}" if new is not None else "replaced"
    return Entry(
        on=row.happened_on,
        title=milestone_words(MilestoneKind(row.kind), CaseKind(row.case.kind)),
        case=row.case,
        by=row.recorded_by.name if row.recorded_by else _origin(row),
        text=" ".join(filter(None, [_reasons(decision), row.note])),
        struck=struck,
        milestone=None if row.replaced else row,
        order=row.pk,
    )


def _why_struck(row: Milestone, new: Milestone) -> str:
    if not new.withdrawn:
        return "the date was wrong"
    if MilestoneKind(row.kind) not in UNDOABLE:
        return "it did not happen"
    return f"recorded by mistake, undone{f' by {new.recorded_by.name}' if new.recorded_by else ''}"


def _reasons(decision: Decision | None) -> str:
    if decision is None:
        return ""
    test = _TESTS.get(decision.question)
    limb = test.limbs.get(decision.test_applied, "") if test else ""
    grounds = "; ".join(test.grounds.get(code, code) for code in decision.grounds) if test else ""
    parts = [f"Test: {limb}." if limb else "", f"Grounds: {grounds}." if grounds else "", decision.reasons]
    return " ".join(part for part in parts if part)


def _exception(row: ClockException) -> Entry:
    day = row.approved_on or row.starts_on or row.case.opened_on or datetime.date.min
    rule = RULES.get(row.rule_code)
    return Entry(
        on=day,
        title=f"Exception recorded: {rule.title if rule else row.rule_code}",
        case=row.case,
        by=row.approved_by.name if row.approved_by else "",
        text=f"{row.get_ground_display()}. {row.evidence}".strip(),
    )


def _origin(row: Milestone | PlanVersion) -> str:
    """ "a SEN2 return", where no person is known; nothing for a caseworker nobody named."""
    return "" if row.came_from == CameFrom.CASEWORKER else row.get_came_from_display().replace("A ", "a ", 1)
