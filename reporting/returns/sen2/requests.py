"""What a <Requests> element means: the milestones of the request and its assessment, and the answers given.

The first decisions stand for good (items 2.5 and 3.1). Outcome H says "before the collection year" and is never a
fact of the case: a shell with H twice has no milestones, only its plan. Where the return says that something happened
but not when, the last day it can have happened is recorded, with a note, and a query asks for the right one.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from casework.models import RequestState
from casework.rules.milestones import Milestone as M
from casework.services.request_columns import request_columns
from reporting.returns.sen2.findings import Problems
from reporting.returns.sen2.form import Form
from reporting.returns.sen2.tree import Node


@dataclass(slots=True)
class Happened:
    """A milestone as the return tells it; `approximate` when the return does not give the day."""

    kind: M
    day: str
    question: str = ""
    answer: str = ""
    approximate: bool = False


@dataclass(slots=True)
class Request:
    """One request of one person. Days are ccyy-mm-dd, empty where unknown."""

    node: Node
    number: int
    received: str
    history: bool
    happened: list[Happened] = field(default_factory=list)
    state: str = RequestState.UNDECIDED.value
    decided: str = ""
    outcome: str = ""
    final: str = ""
    ended: str = ""
    opened: str = ""
    closed: str = ""
    plan: Node | None = None
    assessment: Node | None = None
    active: Node | None = None


class RequestChecks:
    """Reads the requests of one file."""

    def __init__(self, form: Form, as_at: str) -> None:
        self._form = form
        self._year_end = min(form.last_day.isoformat(), as_at)
        self._before = (form.first_day - timedelta(days=1)).isoformat()

    def read(self, node: Node, number: int, problems: Problems) -> Request:
        """One request; what is wrong goes to `problems`."""
        values = node.values
        outcome = values.get("RequestOutcome", "")
        request = Request(node, number, values.get("ReceivedDate", ""), outcome == "H")
        for part in node.parts:
            if part.tag == "Assessment":
                request.assessment = part
            elif part.tag == "ActivePlans":
                request.active = part
        assessed = request.assessment
        if assessed is not None and assessed.parts:
            request.plan = assessed.parts[0]
        if not outcome:
            problems.add("INF-007", node)
            return request
        answered = assessed.values.get("AssessmentOutcome", "") if assessed else ""
        if assessed is not None and not answered:
            problems.add("INF-020", assessed)
            return request
        if outcome == "H" and answered == "H":
            self._shell(request)
            return request
        self._check_given(request, outcome, problems)
        self._to_assess(request, outcome, answered, problems)
        if assessed is not None:
            self._to_issue(request, assessed, answered, problems)
        self._moved(request, problems)
        if not problems.fatal:
            _derive(request)
        return request

    def _shell(self, request: Request) -> None:
        """An old plan's request: known only as history."""
        request.opened = request.received
        start = request.plan.values.get("StartDate", "") if request.plan else ""
        request.closed = max(start or self._before, request.received)
        request.state = RequestState.ISSUED.value

    def _check_given(self, request: Request, outcome: str, problems: Problems) -> None:
        values, node = request.node.values, request.node
        if outcome != "H":
            if not request.received:
                problems.add("GDE-008", node)
            if "RequestSource" not in values and self._form.year >= 2025:
                problems.add("GDE-009", node)
        decided = values.get("RequestOutcomeDate", "")
        if decided and decided < request.received:
            problems.add("INF-008", node, "RequestOutcomeDate", other=request.received)
        assessed = request.assessment
        told = assessed.values.get("AssessmentOutcomeDate", "") if assessed else ""
        if assessed and told and told < request.received:
            problems.add("INF-008", assessed, "AssessmentOutcomeDate", other=request.received)
        elif assessed and told and told < decided:
            problems.add("INF-021", assessed, "AssessmentOutcomeDate", other=decided)
        if outcome in "AW" and assessed:
            problems.add("INF-014", node, "RequestOutcome")
        if outcome == "Y" and not assessed and "Exported" not in values:
            problems.add("INF-013", node)

    def _to_assess(self, request: Request, outcome: str, answered: str, problems: Problems) -> None:
        decided = request.node.values.get("RequestOutcomeDate", "")
        if request.received:
            request.happened.append(Happened(M.REQUEST_RECEIVED, request.received))
        if outcome in "YN" and not decided:
            problems.add("GDE-011", request.node)
        elif outcome == "Y" or (outcome == "H" and decided):
            request.happened.append(Happened(M.DECIDED_TO_ASSESS, decided, "assess", "assess"))
        elif outcome == "N":
            request.happened.append(Happened(M.DECIDED_NOT_TO_ASSESS, decided, "assess", "refuse_assess"))
        elif outcome == "H":
            day = max(self._before, request.received)
            self._without_day(request, M.DECIDED_TO_ASSESS, day, "RequestOutcome", problems)
        elif outcome == "W":
            if decided:
                request.happened.append(Happened(M.REQUEST_WITHDRAWN, decided))
            else:
                self._without_day(
                    request, M.REQUEST_WITHDRAWN, self._by_now(request), "RequestOutcome", problems
                )

    def _to_issue(self, request: Request, assessed: Node, answered: str, problems: Problems) -> None:
        told = assessed.values.get("AssessmentOutcomeDate", "")
        plan = request.plan
        if answered == "Y" and told:
            request.happened.append(Happened(M.FINAL_PLAN_ISSUED, told))
            if plan is None:
                problems.add("WM-104", assessed)
        elif answered == "Y" and plan is not None:
            problems.add("INF-028", assessed)
        elif answered == "Y":
            self._without_day(
                request, M.DECIDED_TO_ISSUE, self._by_now(request), "AssessmentOutcome", problems
            )
        elif answered == "N" and told:
            request.happened.append(Happened(M.DECIDED_NOT_TO_ISSUE, told, "issue", "refuse_issue"))
            if plan is not None:
                problems.add("INF-029", assessed, "AssessmentOutcome")
        elif answered == "N":
            problems.add("GDE-018", assessed)
        elif answered == "W" and told:
            request.happened.append(Happened(M.ASSESSMENT_WITHDRAWN, told))
        elif answered == "W":
            day = self._by_now(request)
            self._without_day(request, M.ASSESSMENT_WITHDRAWN, day, "AssessmentOutcome", problems)
        elif answered == "H" and plan is not None:
            day = max(plan.values.get("StartDate", ""), self._last(request))
            self._without_day(request, M.FINAL_PLAN_ISSUED, day, "AssessmentOutcome", problems)

    def _moved(self, request: Request, problems: Problems) -> None:
        if "Exported" not in request.node.values:
            return
        if request.assessment or request.active:
            problems.add("GDE-015", request.node, "Exported")
        if request.plan is None:
            self._without_day(request, M.MOVED_AWAY, self._by_now(request), "Exported", problems)

    def _without_day(self, request: Request, kind: M, day: str, tag: str, problems: Problems) -> None:
        node = request.assessment if tag == "AssessmentOutcome" and request.assessment else request.node
        request.happened.append(Happened(kind, day, approximate=True))
        problems.add("WM-103", node, tag, other=day, more=kind.value.replace("_", " "))

    def _by_now(self, request: Request) -> str:
        """The last day of the collection year, or the last known day of the request when that is later."""
        return max(self._year_end, self._last(request))

    def _last(self, request: Request) -> str:
        return max((one.day for one in request.happened), default="")


def _derive(request: Request) -> None:
    columns = request_columns({one.kind: [date.fromisoformat(one.day)] for one in request.happened})
    request.state = columns.state.value
    request.decided, request.outcome = _text(columns.decided_on), _text(columns.outcome_on)
    request.final, request.ended = _text(columns.final_plan_on), _text(columns.ended_on)
    request.opened, request.closed = request.received, _text(columns.closed_on)


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
