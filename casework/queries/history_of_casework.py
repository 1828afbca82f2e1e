"""How the records of casework are told in a child's history. Models without a description are told by their own names."""

from typing import Any

from django.utils.text import capfirst

from casework.models import (
    Appeal,
    AssessmentRequest,
    Case,
    CaseAssignment,
    Child,
    ChildAddress,
    ChildContact,
    ChildIdentifier,
    ClockException,
    Decision,
    Document,
    Letter,
    Mediation,
    Milestone,
    Person,
    PersonAddress,
    PhaseTransfer,
    Plan,
    PlanVersion,
    RestrictedAccess,
    Review,
    TribunalDirection,
    TribunalHearing,
    TribunalOrder,
)
from casework.models.cases import Answer
from casework.models.children import IdentifierScheme
from casework.models.plans import Stage
from casework.queries.history_kinds import Row, describe
from casework.rules.case_kinds import CaseKind
from casework.rules.clock_words import show_day
from casework.rules.clocks import RULES
from casework.rules.legal_tests import WHETHER_TO_ASSESS, WHETHER_TO_ISSUE
from casework.rules.milestone_facts import milestone_words
from casework.rules.milestones import Milestone as MilestoneKind
from casework.rules.permissions import Permission

_TESTS = (WHETHER_TO_ASSESS, WHETHER_TO_ISSUE)


def _milestone(row: Row) -> str:
    return f"{milestone_words(MilestoneKind(row['kind']))}, {show_day(row['happened_on'])}"


def _tell_milestone(label: str, row: Row) -> str:
    if label != "insert":
        return ""
    if row["withdrawn"]:
        return f"Taken back, it did not happen: {_milestone(row)}"
    return f"{'Date corrected' if row['replaces_id'] else 'Recorded'}: {_milestone(row)}"


def _tell_decision(label: str, row: Row) -> str:
    answer = Answer(row["answer"]).label
    return f"Decision recorded: {answer[0].lower()}{answer[1:]}" if label == "insert" else ""


def _case(row: Row) -> str:
    return f"{CaseKind(row['kind']).words} EHC-{row['id']:07d}"


def _tell_case(label: str, row: Row) -> str:
    return f"Case opened: {_case(row)}" if label == "insert" else ""


def _version(row: Row) -> str:
    return f"number {row['number']}, {Stage(row['stage']).label.lower()}"


def _plan(row: Row) -> str:
    return f"made {show_day(row['starts_on'])}"


def _rule(code: str) -> str:
    rule = RULES.get(code)
    return rule.title if rule else code


def _limb(code: str) -> str:
    return next((test.limbs[code] for test in _TESTS if code in test.limbs), code)


def _grounds(codes: list[Any]) -> str:
    known = {**WHETHER_TO_ASSESS.grounds, **WHETHER_TO_ISSUE.grounds}
    return "; ".join(known.get(code, str(code)) for code in codes)


def _closed_because(code: str) -> str:
    return str(capfirst(code.replace("_", " ")))


_DATES_OF_A_REQUEST = (
    "received_on",
    "decided_on",
    "outcome_on",
    "final_plan_on",
    "ended_on",
    "state",
    "excepted",
)
_RECORDED_OF_A_REVIEW = ("case", "type", "why")

describe(Child, title="Child’s details", order=0)
describe(ChildIdentifier, title="Number", order=1, subject=lambda row: IdentifierScheme(row["scheme"]).label)
describe(ChildAddress, title="Address", order=2, subject=lambda row: row["postcode"])
describe(RestrictedAccess, path="child", title="Leave to open this restricted record", order=3)
describe(CaseAssignment, title="Worker", order=4)
describe(ChildContact, title="Contact", order=5)
describe(Person, via=(ChildContact, "person"), title="Person", order=6, subject=lambda row: row["name"])
describe(PersonAddress, path="person", title="Address of a person", order=7)
describe(
    Milestone,
    title="What happened",
    order=10,
    subject=_milestone,
    tell=_tell_milestone,
    told=frozenset({"kind", "happened_on"}),
    hidden=frozenset({"part"}),
)
describe(
    Decision,
    title="Decision",
    order=11,
    tell=_tell_decision,
    told=frozenset({"question", "answer"}),
    shows={"test_applied": _limb, "grounds": _grounds},
)
describe(ClockException, title="Exception to a limit", order=12, shows={"rule_code": _rule})
describe(
    Case,
    title="Case",
    order=20,
    subject=_case,
    tell=_tell_case,
    told=frozenset({"kind"}),
    derived=frozenset({"opened_on", "closed_on", "closed_because"}),
    shows={"closed_because": _closed_because},
)
describe(AssessmentRequest, title="Request", order=21, derived=frozenset(_DATES_OF_A_REQUEST))
describe(Plan, title="Plan", order=22, subject=_plan)
describe(PlanVersion, title="Plan version", order=23, subject=_version)
describe(
    Review,
    title="Review",
    order=24,
    derived=frozenset(
        column.name for column in Review._meta.fields if column.name not in _RECORDED_OF_A_REVIEW
    ),
)
describe(PhaseTransfer, path="case__child", title="Phase transfer", order=25)
describe(
    Document,
    title="Document",
    order=26,
    permission=Permission.SEE_DOCUMENTS,
    subject=lambda row: row["title"],
    hidden=frozenset({"storage_key", "content_type", "size", "added_by", "added_at"}),
)
describe(
    Letter,
    title="Letter",
    order=27,
    permission=Permission.SEE_DOCUMENTS,
    subject=lambda row: f"to {row['recipient_name']}",
    hidden=frozenset(
        {"document", "template_version", "made_by", "made_at", "sent_recorded_at", "child_name", "child_born"}
    ),
)
describe(Mediation, title="Mediation", order=26, derived=frozenset({"is_open"}))
describe(Appeal, title="Appeal", order=27, derived=frozenset({"is_open"}))
describe(TribunalDirection, title="Direction of the Tribunal", order=28)
describe(TribunalHearing, title="Hearing", order=29)
describe(TribunalOrder, title="Order of the Tribunal", order=30)
