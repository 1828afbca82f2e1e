"""Rows of a child's cases: the request and the latest phase transfer. Reviews are in `config.demo.bulk_reviews`."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from casework.models import RequestState
from casework.rules.case_kinds import CaseKind
from casework.rules.milestones import Milestone as M
from casework.services.clock_derivation import Deriver
from config.demo.day import FIRST_SOURCES, LAST_RETURNED
from config.demo.day_text import iso
from config.demo.lives import Life, PlanLife, Request
from config.demo.sen2_person import source_not_known
from reporting.returns.sen2.clocks import TextClock, clocks_of

Tables = dict[str, list[str]]
Decided = tuple[str, str]

REPEATS = 16
REQUEST_CASE, REVIEW_CASE, TRANSFER_CASE, EARLIER_REVIEW_CASE, REVIEW_TO_COME_CASE = 0, 1, 2, 3, 4
"""Positions of a child's cases among its keys."""
_NULL = "\\N"
_FLAG_LAG = 60
"""Days after a decision until mediation or an appeal is known."""


def request_rows(
    tables: Tables, life: Life, asked: Request, plan: PlanLife | None, day: int, area: int
) -> int:
    """The request and its case. Returns the day of receipt while the request is open, otherwise 0."""
    case = life.number * REPEATS + REQUEST_CASE
    happened = happened_by(asked, day)
    state, closed = _state(asked, day)
    answered = asked.answered <= day and asked.answer in "YN"
    outcome_on = _outcome_on(happened)
    concluded = asked.concluded <= day
    came_from = "return" if asked.received <= LAST_RETURNED else "caseworker"
    case_row(tables, case, life.number, CaseKind.REQUEST, asked.received, closed, state, came_from)
    milestone_rows(tables, case, CaseKind.REQUEST, happened, came_from)
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


def transfer_rows(tables: Tables, child: int, plan: PlanLife, day: int) -> None:
    """The latest phase transfer that is due or was."""
    transfer = next(
        (transfer for transfer in reversed(plan.phase_transfers) if transfer[0] <= day + 250), None
    )
    if transfer is None or transfer[0] < day - 400:
        return
    due, final = transfer
    case = child * REPEATS + TRANSFER_CASE
    happened = {M.PHASE_TRANSFER_PLAN_DUE: due}
    closed = 0
    if final <= min(day, plan.end):
        happened[M.PHASE_TRANSFER_PLAN_ISSUED] = closed = final
    elif plan.end <= day:
        happened[M.PLAN_CEASED] = closed = plan.end
    # The row of reviews closes it the same way for a final plan and for the end of the plan.
    case_row(tables, case, child, CaseKind.PHASE_TRANSFER, None, closed, "transferred", "return")
    limits = milestone_rows(tables, case, CaseKind.PHASE_TRANSFER, happened, "return")
    review_row(tables, case, child, happened, limits, "", superseded=False)
    tables["casework_phasetransfer"].append(f"{case}\t{iso(due)}\treturn\n")


def review_row(
    tables: Tables,
    case: int,
    plan: int,
    happened: dict[M, int],
    limits: dict[str, str],
    answer: str,
    *,
    superseded: bool,
) -> None:
    """The row that keeps the days of a review side by side (casework.services.review_tables)."""
    final = happened.get(M.AMENDED_PLAN_ISSUED) or happened.get(M.PHASE_TRANSFER_PLAN_ISSUED) or 0
    due = min((limits[code] for code in ("C1", "C2") if code in limits), default=_NULL)
    tables["casework_review"].append(
        f"{case}\t{plan}\t{due}\t{_day(happened.get(M.REVIEW_MEETING_HELD, 0))}\t{limits.get('C5', _NULL)}\t"
        f"{_day(happened.get(M.REVIEW_DECIDED, 0))}\t{limits.get('C6', _NULL)}\t{answer}\t"
        f"{_day(happened.get(M.DRAFT_AMENDED_PLAN_ISSUED, 0))}\t{_day(final)}\t{limits.get('C9', _NULL)}\t"
        f"{'t' if superseded else 'f'}\n"
    )


def happened_by(asked: Request, day: int) -> dict[M, int]:
    """The milestones of a request that have happened by a day."""
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


def case_row(
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


DECISIONS: dict[M, Decided] = {
    M.DECIDED_TO_ASSESS: ("assess", "assess"),
    M.DECIDED_NOT_TO_ASSESS: ("assess", "refuse_assess"),
    M.DECIDED_TO_ISSUE: ("issue", "issue"),
    M.DECIDED_NOT_TO_ISSUE: ("issue", "refuse_issue"),
}


def milestone_rows(
    tables: Tables,
    case: int,
    kind: CaseKind,
    happened: dict[M, int],
    came_from: str,
    review: Decided | None = None,
) -> dict[str, str]:
    """The milestones of a case, the decisions behind them and the clocks that follow. Returns due days by rule."""
    texts = {milestone: iso(day) for milestone, day in happened.items()}
    for position, (milestone, text) in enumerate(texts.items()):
        key = case * REPEATS + position
        source = "system" if milestone in STARTS else came_from
        tables["casework_milestone"].append(f"{key}\t{case}\t{milestone.value}\t{text}\t{source}\n")
        decision = review if milestone is M.REVIEW_DECIDED else DECISIONS.get(milestone)
        if decision is not None:
            tables["casework_decision"].append(f"{key}\t{decision[0]}\t{decision[1]}\t{text}\t[]\n")
    derived = (_anchored_clocks if STARTS & texts.keys() else clocks_of)(kind, texts)
    tables["casework_clock"].extend(
        f"{case}\t{code}\t{started}\t{due}\t{stopped or _NULL}\t{how}\n"
        for code, started, due, stopped, how in derived
    )
    return {code: due for code, _, due, _, _ in derived}


STARTS = frozenset({M.PLAN_FIRST_MADE, M.PREVIOUS_REVIEW_COMPLETED})
"""What the twelve months to a review are counted from; the calendar of reviews sets it, not a return."""
_deriver = Deriver(frozenset())


def _anchored_clocks(kind: CaseKind, texts: dict[M, str]) -> Sequence[TextClock]:
    return _months(kind, tuple(texts.items()))


@lru_cache(maxsize=50_000)
def _months(kind: CaseKind, texts: tuple[tuple[M, str], ...]) -> tuple[TextClock, ...]:
    rows = _deriver.clocks_of(kind, {milestone: [date.fromisoformat(text)] for milestone, text in texts})
    return tuple(
        (
            row.rule_code,
            row.started_on.isoformat(),
            row.due_on.isoformat(),
            row.stopped_on.isoformat() if row.stopped_on else "",
            row.stop_kind,
        )
        for row in rows
    )
