"""The dates and the state of a request, from its milestones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.models import RequestState
from casework.rules.milestones import Milestone as M

Recorded = Mapping[M, Sequence[date]]

FINISHED = frozenset(
    {
        RequestState.REFUSED,
        RequestState.NOT_ISSUED,
        RequestState.ISSUED,
        RequestState.NO_CHANGE,
        RequestState.WITHDRAWN,
        RequestState.MOVED_AWAY,
    }
)
"""The states in which a request is closed."""

# What happened last in the process decides the state, whatever was decided on the way: a tribunal may turn a
# refusal into a plan.
_STATES: tuple[tuple[M, RequestState], ...] = (
    (M.FINAL_PLAN_ISSUED, RequestState.ISSUED),
    (M.AMENDED_PLAN_ISSUED, RequestState.ISSUED),
    (M.DECIDED_NOT_TO_AMEND, RequestState.NO_CHANGE),
    (M.MOVED_AWAY, RequestState.MOVED_AWAY),
    (M.PLAN_TRANSFERRED_OUT, RequestState.MOVED_AWAY),
    (M.PLAN_CEASED, RequestState.WITHDRAWN),
    (M.ASSESSMENT_WITHDRAWN, RequestState.WITHDRAWN),
    (M.REQUEST_WITHDRAWN, RequestState.WITHDRAWN),
    (M.DECIDED_TO_ISSUE, RequestState.ISSUING),
    (M.DECIDED_NOT_TO_ISSUE, RequestState.NOT_ISSUED),
    (M.DECIDED_TO_ASSESS, RequestState.ASSESSING),
    (M.DECIDED_NOT_TO_ASSESS, RequestState.REFUSED),
)


@dataclass(frozen=True, slots=True)
class RequestColumns:
    """What `AssessmentRequest` and its case repeat from the milestones."""

    received_on: date | None
    decided_on: date | None
    outcome_on: date | None
    final_plan_on: date | None
    ended_on: date | None
    state: RequestState
    closed_on: date | None


def request_columns(recorded: Recorded) -> RequestColumns:
    """Derive the columns. A first decision stands for good, so of two the earlier is the decision."""
    state, since = next(
        ((state, min(recorded[kind])) for kind, state in _STATES if kind in recorded),
        (RequestState.UNDECIDED, None),
    )
    return RequestColumns(
        received_on=_first(recorded, M.REQUEST_RECEIVED) or _first(recorded, M.RESPONSIBILITY_BEGAN),
        decided_on=_first(recorded, M.DECIDED_TO_ASSESS, M.DECIDED_NOT_TO_ASSESS),
        outcome_on=_first(recorded, M.DECIDED_TO_ISSUE, M.DECIDED_NOT_TO_ISSUE),
        final_plan_on=_first(recorded, M.FINAL_PLAN_ISSUED, M.AMENDED_PLAN_ISSUED),
        ended_on=_first(
            recorded,
            M.REQUEST_WITHDRAWN,
            M.ASSESSMENT_WITHDRAWN,
            M.MOVED_AWAY,
            M.PLAN_TRANSFERRED_OUT,
            M.PLAN_CEASED,
        ),
        state=state,
        closed_on=since if state in FINISHED else None,
    )


def _first(recorded: Recorded, *kinds: M) -> date | None:
    return min((min(recorded[kind]) for kind in kinds if kind in recorded), default=None)
