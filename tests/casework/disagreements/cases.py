"""Mediation and appeals about a decision, and what became of them."""

import datetime

from casework.models import (
    Case,
    MediationAbout,
    MilestoneKind,
)
from casework.services import (
    appeals,
    disagreements,
    mediation,
)

D = datetime.date
M = MilestoneKind

OCTOBER, AUGUST = D(2025, 10, 6), D(2025, 8, 4)


def registered(decision, by, day=OCTOBER, **different):
    """An appeal against a decision."""
    if decision.kind == M.FINAL_PLAN_ISSUED:
        different = {"sections": "BF"} | different
    return appeals.register(about=disagreements.disputed(decision), registered_on=day, **different, **by)


def held(decision, by, day=AUGUST):
    """A mediation that was asked for on 14 July and held."""
    case = mediation.open_with_request(
        about=disagreements.disputed(decision), wants=MediationAbout.EDUCATION, told_on=D(2025, 7, 14), **by
    )
    mediation.hold(case=case, held_on=day, attended="Parents, SEND manager, mediator", **by)
    return case


def due(case):
    """The running and finished limits of a case: code -> (last day, day it stopped)."""
    return {row.rule_code: (row.due_on, row.stopped_on) for row in case.clocks.all()}


def fresh(case):
    return Case.objects.select_related("request", "appeal", "mediation").get(pk=case.pk)
