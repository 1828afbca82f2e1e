"""The step that carries out an order, an agreement or an appeal not opposed; mediation and appeals share it."""

import datetime

from django import forms
from django.http import QueryDict

from casework.models import CaseKind, MilestoneKind, User
from casework.queries.consequences import Step
from casework.queries.disagreements import Standing
from casework.rules.appeal_rights import Appealable
from casework.rules.permissions import Permission
from casework.rules.undertakings import STEPS, undertaken
from casework.services import disagreements
from casework.web.disagreement_tasks import DisagreementTask, Given
from casework.web.forms.appeals import CarryOutForm

M = MilestoneKind
_ON_OWN_PAGES = (M.FINAL_PLAN_ISSUED, M.AMENDED_PLAN_ISSUED, M.PLAN_CEASED)


def kinds_to_record(standing: Standing) -> list[MilestoneKind]:
    """The steps of carrying out that are recorded here: those with no page of their own, and not recorded yet."""
    origin = standing.detail.origin
    here = {kind for one in undertaken(standing.recorded) for kind in STEPS.get(one, ())}
    if origin is not None and standing.against in (Appealable.REFUSE_ASSESS, Appealable.REFUSE_REASSESS):
        # From the family being told on, the request goes on on its own pages.
        here &= {M.DECIDED_TO_ASSESS}
    elif origin is not None and standing.against is Appealable.REFUSE_ISSUE:
        here &= {M.DECIDED_TO_ASSESS, M.DECIDED_TO_ISSUE}
    return [
        kind for kind in M if kind in here and kind not in _ON_OWN_PAGES and kind not in standing.recorded
    ]


def _form(data: QueryDict | None, standing: Standing, today: datetime.date) -> forms.Form:
    """The steps of carrying out that are recorded here."""
    since = min(undertaken(standing.recorded).values(), default=standing.case.child.date_of_birth)
    return CarryOutForm(data, kinds=kinds_to_record(standing), today=today, earliest=since)


def _record(standing: Standing, given: Given, by: User, on: datetime.date, version: int) -> object:
    """Record a step of carrying out."""
    return disagreements.record_step(
        case=standing.case, kind=M(given["kind"]), happened_on=given["happened_on"], note=given["note"], by=by, on=on,
        version=version,
    )  # fmt: skip


def _words(standing: Standing, given: Given) -> list[str]:
    """What recording it does to the request."""
    if standing.detail.origin_id and given["kind"] in (M.DECIDED_TO_ASSESS, M.DECIDED_TO_ISSUE):
        return [
            "The request is taken up again: its advice, its decisions and its plan are recorded on its own pages."
        ]
    return []


def carry_out_task(kind: CaseKind) -> DisagreementTask:
    """The step that carries out an order or an agreement; mediation has the same."""
    return DisagreementTask(
        "carry-out", "Record what was done to carry it out", kind,
        lambda s, on: bool(s.to_carry_out) and bool(kinds_to_record(s)),
        _form, _record, lambda s, given: [Step(M(given["kind"]), given["happened_on"])], _words,
        permission=Permission.DECIDE,
    )  # fmt: skip
