"""Rows of a child's cases: the request, the latest annual review, the latest phase transfer."""

from casework.models import RequestState
from casework.rules.case_kinds import CaseKind
from casework.rules.milestones import Milestone as M
from config.demo.day import FIRST_SOURCES, LAST_RETURNED
from config.demo.day_text import iso
from config.demo.lives import Life, PlanLife, Request
from config.demo.sen2_person import source_not_known
from reporting.returns.sen2.clocks import clocks_of

Tables = dict[str, list[str]]
Decided = tuple[str, str]

REPEATS = 16
REQUEST_CASE, REVIEW_CASE, TRANSFER_CASE = 0, 1, 2
"""Positions of a child's cases among its keys."""
_NULL = "\\N"
_FLAG_LAG = 60
"""Days after a decision until mediation or an appeal is known."""
_REVIEW_ANSWERS = {"A": "amend", "M": "maintain", "C": "cease"}


def request_rows(
    tables: Tables, life: Life, asked: Request, plan: PlanLife | None, day: int, area: int
) -> int:
    """The request and its case. Returns the day of receipt while the request is open, otherwise 0."""
    case = life.number * REPEATS + REQUEST_CASE
    happened = _happened(asked, day)
    state, closed = _state(asked, day)
    answered = asked.answered <= day and asked.answer in "YN"
    outcome_on = _outcome_on(happened)
    concluded = asked.concluded <= day
    came_from = "return" if asked.received <= LAST_RETURNED else "caseworker"
    _case(tables, case, life.number, CaseKind.REQUEST, asked.received, closed, state, came_from)
    _milestones(tables, case, CaseKind.REQUEST, happened, came_from)
    source = asked.source if asked.received >= FIRST_SOURCES and not source_not_known(asked) else ""
    told = concluded and asked.outcome in "YN" and asked.outcome != ""
    excepted = asked.excepted and concluded
    tables["casework_assessmentrequest"].append(
        f"{case}\t{source}\t{asked.channel if came_from == 'caseworker' else ''}\t{area}\t"
        f"{'t' if asked.youth_accommodation else 'f'}\t{asked.moved_to if state == 'moved_away' else ''}\t"
        f"{iso(asked.received)}\t{iso(asked.answered) if answered else _NULL}\t{_day(outcome_on)}\t"
        f"{iso(asked.concluded) if state == 'issued' else _NULL}\t"
        f"{_day(closed if state in ('withdrawn', 'moved_away') else 0)}\t{state}\tf\t{'t' if excepted else 'f'}\t"
        f"{_flag(asked.mediation, asked.answered, day, answered)}\t{_flag(asked.tribunal, asked.answered, day, answered)}\t"
        f"{_flag(asked.no_plan_mediation, asked.concluded, day, told)}\t"
        f"{_flag(asked.no_plan_tribunal, asked.concluded, day, told)}\t"
        f"{_flag(asked.other_mediation, asked.concluded, day, told)}\t"
        f"{_flag(asked.other_tribunal, asked.concluded, day, told)}\t{came_from}\n"
    )
    if excepted:
        tables["casework_clockexception"].append(f"{case}\tA10\tnot_stated\n")
    return 0 if closed else asked.received


def shell_rows(tables: Tables, life: Life, plan: PlanLife, area: int) -> None:
    """The request behind a plan of which only the plan is known."""
    case = life.number * REPEATS + REQUEST_CASE
    tables["casework_case"].append(
        f"{case}\t{life.number}\trequest\t{_NULL}\t{iso(plan.start)}\tissued\treturn\n"
    )
    unknown = "\t".join([_NULL] * 5)
    tables["casework_assessmentrequest"].append(
        f"{case}\t\t\t{area}\t{_NULL}\t\t{unknown}\tissued\tt\tf\t{unknown}\t{_NULL}\treturn\n"
    )


def review_rows(tables: Tables, child: int, plan: PlanLife, day: int) -> None:
    """The latest annual review whose meeting has been held."""
    review = next((review for review in reversed(plan.reviews) if review.meeting <= min(day, plan.end)), None)
    if review is None or review.meeting < plan.start:
        return
    case = child * REPEATS + REVIEW_CASE
    happened = {M.REVIEW_MEETING_HELD: review.meeting}
    decision, closed, why = None, 0, ""
    if review.decided <= day:
        happened[M.REVIEW_DECIDED] = review.decided
        decision = ("review", _REVIEW_ANSWERS[review.outcome])
        closed, why = review.decided, "decided"
    if review.outcome == "A" and review.decided <= day:
        closed = 0
        if review.draft <= day:
            happened[M.DRAFT_AMENDED_PLAN_ISSUED] = review.draft
        if review.amended <= min(day, plan.end):
            happened[M.AMENDED_PLAN_ISSUED] = closed = review.amended
            why = "amended"
    if plan.end <= day and not closed:
        happened[M.PLAN_CEASED] = plan.end
        closed, why = plan.end, "ceased"
    _case(tables, case, child, CaseKind.ANNUAL_REVIEW, review.meeting, closed, why, "return")
    _milestones(tables, case, CaseKind.ANNUAL_REVIEW, happened, "return", decision)


def transfer_rows(tables: Tables, child: int, plan: PlanLife, day: int) -> None:
    """The latest phase transfer that is due or was."""
    transfer = next(
        (transfer for transfer in reversed(plan.phase_transfers) if transfer[0] <= day + 250), None
    )
    if transfer is None or transfer[0] < day - 400 or plan.end <= transfer[0]:
        return
    due, final = transfer
    case = child * REPEATS + TRANSFER_CASE
    happened = {M.PHASE_TRANSFER_PLAN_DUE: due}
    closed = 0
    if final <= day:
        happened[M.PHASE_TRANSFER_PLAN_ISSUED] = closed = final
    _case(tables, case, child, CaseKind.PHASE_TRANSFER, None, closed, "issued", "return")
    _milestones(tables, case, CaseKind.PHASE_TRANSFER, happened, "return")
    tables["casework_phasetransfer"].append(f"{case}\t{iso(due)}\treturn\n")


def _happened(asked: Request, day: int) -> dict[M, int]:
    happened = {M.REQUEST_RECEIVED: asked.received}
    if asked.answered <= day:
        kind = {"Y": M.DECIDED_TO_ASSESS, "N": M.DECIDED_NOT_TO_ASSESS, "W": M.REQUEST_WITHDRAWN}[
            asked.answer
        ]
        happened[kind] = asked.answered
    # Returns do not say when it was decided to issue; caseworkers, since the last return, do.
    if asked.decided_to_issue <= day and asked.concluded > LAST_RETURNED:
        happened[M.DECIDED_TO_ISSUE] = asked.decided_to_issue
    if asked.outcome and asked.concluded <= day:
        kind = {"Y": M.FINAL_PLAN_ISSUED, "N": M.DECIDED_NOT_TO_ISSUE, "W": M.ASSESSMENT_WITHDRAWN}[
            asked.outcome
        ]
        happened[kind] = asked.concluded
    if asked.moved <= day:
        happened[M.MOVED_AWAY] = asked.moved
    return happened


_REACHED = {"Y": RequestState.ISSUED, "N": RequestState.NOT_ISSUED, "W": RequestState.WITHDRAWN}


def _state(asked: Request, day: int) -> tuple[str, int]:
    """The state on a day and the day the request was closed; 0 while it is open."""
    if asked.moved <= day:
        return RequestState.MOVED_AWAY.value, asked.moved
    if asked.outcome and asked.concluded <= day:
        return _REACHED[asked.outcome].value, asked.concluded
    if asked.answered > day:
        return RequestState.UNDECIDED.value, 0
    if asked.answer == "N":
        return RequestState.REFUSED.value, asked.answered
    if asked.answer == "W":
        return RequestState.WITHDRAWN.value, asked.answered
    return (RequestState.ISSUING if asked.decided_to_issue <= day else RequestState.ASSESSING).value, 0


def _outcome_on(happened: dict[M, int]) -> int:
    return happened.get(M.DECIDED_TO_ISSUE) or happened.get(M.DECIDED_NOT_TO_ISSUE) or 0


def _flag(flag: bool, decided: int, day: int, known: bool) -> str:
    if not known:
        return _NULL
    return "t" if flag and decided + _FLAG_LAG <= day else "f"


def _day(ordinal: int) -> str:
    return iso(ordinal) if ordinal else _NULL


def _case(
    tables: Tables,
    case: int,
    child: int,
    kind: CaseKind,
    opened: int | None,
    closed: int,
    why: str,
    came_from: str,
) -> None:
    tables["casework_case"].append(
        f"{case}\t{child}\t{kind.value}\t{_day(opened or 0)}\t{_day(closed)}\t{why if closed else ''}\t{came_from}\n"
    )


_DECISIONS: dict[M, Decided] = {
    M.DECIDED_TO_ASSESS: ("assess", "assess"),
    M.DECIDED_NOT_TO_ASSESS: ("assess", "refuse_assess"),
    M.DECIDED_TO_ISSUE: ("issue", "issue"),
    M.DECIDED_NOT_TO_ISSUE: ("issue", "refuse_issue"),
}


def _milestones(
    tables: Tables,
    case: int,
    kind: CaseKind,
    happened: dict[M, int],
    came_from: str,
    review: Decided | None = None,
) -> None:
    texts = {milestone: iso(day) for milestone, day in happened.items()}
    for position, (milestone, text) in enumerate(texts.items()):
        key = case * REPEATS + position
        tables["casework_milestone"].append(f"{key}\t{case}\t{milestone.value}\t{text}\t{came_from}\n")
        decision = review if milestone is M.REVIEW_DECIDED else _DECISIONS.get(milestone)
        if decision is not None:
            tables["casework_decision"].append(f"{key}\t{decision[0]}\t{decision[1]}\t{text}\t[]\n")
    tables["casework_clock"].extend(
        f"{case}\t{code}\t{started}\t{due}\t{stopped or _NULL}\t{how}\n"
        for code, started, due, stopped, how in clocks_of(kind, texts)
    )
