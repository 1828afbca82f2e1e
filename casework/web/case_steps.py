"""The steps of a move, of ceasing and of a re-assessment, and those that higher apps add from their `apps.ready`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.urls import reverse

from casework.models import Case, CaseKind, MilestoneKind, User
from casework.rules.permissions import Permission
from casework.ui.components import Link

M = MilestoneKind
P = Permission
Standing = Collection[MilestoneKind]


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A page offered while `may` says so of what stands in the case. `url_name` takes the case's public id."""

    key: str
    title: str
    kind: CaseKind
    permission: Permission
    url_name: str
    may: Callable[[Standing], bool]
    order: int = 50


_steps: dict[str, CaseStep] = {}


def register(step: CaseStep) -> None:
    """Offer a page; the same key again replaces it."""
    _steps[step.key] = step


def steps_of(case: Case, standing: Standing, *, reader: User) -> list[Link]:
    """The steps this reader may take in an open case, in the order of the process."""
    return [
        Link(step.title, reverse(step.url_name, args=[case.public_id]))
        for step in sorted(_steps.values(), key=lambda one: one.order)
        if step.kind == case.kind and reader.may(step.permission) and step.may(standing)
    ]


for _step in (
    CaseStep("tell_family", "Record what the family was told", CaseKind.TRANSFER_IN, P.RECORD_CASEWORK,
             "tell_family_of_transfer", lambda standing: M.PLAN_TRANSFERRED_IN in standing, 20),
    CaseStep("call_off_in", "Call the move off", CaseKind.TRANSFER_IN, P.RECORD_CASEWORK, "call_off_move",
             lambda standing: M.PLAN_TRANSFERRED_IN not in standing, 90),
    CaseStep("papers", "Record papers that were sent", CaseKind.TRANSFER_OUT, P.RECORD_CASEWORK, "transfer_papers",
             lambda standing: True, 20),
    CaseStep("hand_over", "Record that the plan was transferred", CaseKind.TRANSFER_OUT, P.DECIDE, "hand_over_plan",
             lambda standing: True, 10),
    CaseStep("call_off_out", "Call the move off", CaseKind.TRANSFER_OUT, P.RECORD_CASEWORK, "call_off_move",
             lambda standing: True, 90),
    CaseStep("decide_ceasing", "Decide whether to cease", CaseKind.CEASING, P.DECIDE, "decide_ceasing",
             lambda standing: M.CEASE_DECIDED not in standing, 10),
    CaseStep("not_cease", "Record that the plan goes on after all", CaseKind.CEASING, P.DECIDE, "decide_ceasing",
             lambda standing: M.CEASE_DECIDED in standing, 60),
    CaseStep("end_plan", "Record the end of the plan", CaseKind.CEASING, P.DECIDE, "end_plan",
             lambda standing: M.CEASE_DECIDED in standing, 10),
):  # fmt: skip
    register(_step)
