"""The steps of an appeal."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict

from casework.models import CaseKind, DirectionKind, HearingKind, MilestoneKind, User
from casework.queries.consequences import Step
from casework.queries.disagreements import Standing, officers
from casework.rules.appeal_rights import WITH_RECOMMENDATIONS, Appealable
from casework.rules.clock_words import show_day
from casework.rules.clocks import RULES, due_on
from casework.rules.disagreements import NOT_OPPOSED
from casework.rules.permissions import Permission
from casework.rules.tribunal_orders import (
    RECOMMENDATION_RULE,
    OrderKind,
    ends_with_nothing_to_do,
    milestone_of,
)
from casework.services import appeals, tribunal
from casework.web.carrying_out import carry_out_task
from casework.web.disagreement_tasks import DisagreementTask, Given
from casework.web.forms.appeals import (
    AppealDetailsForm,
    DirectionForm,
    HearingForm,
    OrderForm,
    RecommendationForm,
)
from casework.web.forms.disagreements import DayForm

M = MilestoneKind


def registered_on(standing: Standing) -> datetime.date:
    """The day the appeal was registered."""
    return standing.appealed_on or standing.case.opened_on or standing.case.child.date_of_birth


def _day(question: str, subject: str, **options: Any) -> Callable[..., forms.Form]:
    def build(data: QueryDict | None, standing: Standing, today: datetime.date) -> forms.Form:
        return DayForm(
            data, question=question, subject=subject, today=today, earliest=registered_on(standing), **options
        )

    return build


def _direct(standing: Standing, given: Given, by: User, on: datetime.date, version: int) -> object:
    return tribunal.direct(
        case=standing.case, kind=DirectionKind(given["kind"]), text=given["text"], due_on=given["due_on"], by=by,
        on=on, version=version,
    )  # fmt: skip


def _hearing(standing: Standing, given: Given, by: User, on: datetime.date, version: int) -> object:
    return tribunal.list_hearing(
        case=standing.case, kind=HearingKind(given["kind"]), listed_for=given["listed_for"], how=given["how"], by=by,
        on=on, version=version,
    )  # fmt: skip


def _order(standing: Standing, given: Given, by: User, on: datetime.date, version: int) -> object:
    return tribunal.order(
        case=standing.case, kind=OrderKind(given["kind"]), made_on=given["made_on"], terms=given["terms"],
        received_on=given["received_on"], by_consent=given["by_consent"], by=by, on=on, version=version,
    )  # fmt: skip


def _order_words(standing: Standing, given: Given) -> list[str]:
    kind = OrderKind(given["kind"])
    if ends_with_nothing_to_do(kind, standing.against):
        return ["The appeal is closed: nothing is to be carried out."]
    if kind is OrderKind.OTHER:
        return ["The appeal stays open. Keep each date in the order as a direction."]
    if kind is OrderKind.MAKE_PLAN and standing.detail.origin_id:
        return ["The request is taken up again, so that the draft and the final plan can be recorded there."]
    if kind is OrderKind.ASSESS:
        return ["The request is taken up again on the day the family is told that you will assess."]
    return []


def _not_oppose(standing: Standing, given: Given, by: User, on: datetime.date, version: int) -> object:
    return appeals.not_oppose(
        case=standing.case, told_on=given["happened_on"], note=given["note"], by=by, on=on, version=version
    )


def _not_opposed_kind(standing: Standing) -> MilestoneKind:
    assess = (Appealable.REFUSE_ASSESS, Appealable.REFUSE_REASSESS)
    return M.NOT_OPPOSED_ASSESSMENT if standing.against in assess else M.NOT_OPPOSED_CONTENT


def _concede(standing: Standing, given: Given, by: User, on: datetime.date, version: int) -> object:
    return appeals.concede(
        case=standing.case, conceded_on=given["happened_on"], by=by, on=on, version=version
    )


def _withdraw(standing: Standing, given: Given, by: User, on: datetime.date, version: int) -> object:
    return appeals.withdraw(
        case=standing.case,
        withdrawn_on=given["happened_on"],
        note=given["note"],
        by=by,
        on=on,
        version=version,
    )


def _recommend(standing: Standing, given: Given, by: User, on: datetime.date, version: int) -> object:
    return tribunal.recommend(
        case=standing.case, received_on=given["received_on"], health=given["health"],
        social_care=given["social_care"], by=by, on=on, version=version,
    )  # fmt: skip


def _recommended_words(standing: Standing, given: Given) -> list[str]:
    last = due_on(RULES[RECOMMENDATION_RULE], {M.RECOMMENDATION_RECEIVED: given["received_on"]}, frozenset())
    by = f" by {show_day(last)}" if last else ""
    return [
        f"Each recommendation is to be answered in writing{by}: whether it is followed and, if not, why not.",
        "A recommendation does not bind. The five weeks are widely stated; the regulation itself was not read.",
    ]


def _describe(standing: Standing, given: Given, by: User, on: datetime.date, version: int) -> object:
    form = _details_form(None, standing, on)
    return appeals.describe(
        case=standing.case, **form.facts(given), working_document=given["working_document"], by=by, on=on,
        version=version,
    )  # fmt: skip


def _details_form(data: QueryDict | None, standing: Standing, today: datetime.date) -> AppealDetailsForm:
    appeal = standing.case.appeal
    asks = [
        name
        for name, asked in (("health", appeal.asks_health), ("social_care", appeal.asks_social_care))
        if asked
    ]
    return AppealDetailsForm(
        data,
        against=standing.against,
        officers=officers(),
        initial={
            "tribunal_reference": appeal.tribunal_reference,
            "sections": list(appeal.sections),
            "recommendations": asks,
            "officer": appeal.officer,
            "representative": appeal.representative,
            "working_document": appeal.working_document,
        },
    )


def _undecided(standing: Standing, on: datetime.date) -> bool:
    return standing.is_live


def _order_steps(standing: Standing, given: Given) -> list[Step]:
    """The milestone an order is recorded as, for the dates the check page foretells."""
    return [Step(milestone_of(OrderKind(given["kind"]), standing.against), given["made_on"])]


def _not_opposed_steps(standing: Standing, given: Given) -> list[Step]:
    """The milestone an appeal not opposed is recorded as."""
    return [Step(_not_opposed_kind(standing), given["happened_on"])]


TASKS: dict[str, DisagreementTask] = {
    task.slug: task
    for task in (
        carry_out_task(CaseKind.APPEAL),
        DisagreementTask(
            "direction", "Add a direction of the Tribunal", CaseKind.APPEAL, _undecided,
            lambda data, s, today: DirectionForm(data, earliest=registered_on(s)), _direct,
            words=lambda s, given: [f"It is on the list of what is due, by {show_day(given['due_on'])}."],
        ),
        DisagreementTask(
            "hearing", "Add a hearing", CaseKind.APPEAL, _undecided,
            lambda data, s, today: HearingForm(data, today=today), _hearing,
        ),
        DisagreementTask(
            "order", "Record an order", CaseKind.APPEAL,
            lambda s, on: s.is_live or bool(set(NOT_OPPOSED) & set(s.recorded)),
            lambda data, s, today: OrderForm(data, against=s.against, today=today, earliest=registered_on(s)), _order,
            _order_steps, _order_words, permission=Permission.DECIDE,
            intro="The limits of an order run from the day it was made. After it the twenty weeks are over: only these "
            "limits count.\n\nSEND Regs 2014 reg 44(2)",
        ),
        DisagreementTask(
            "not-opposed", "Record that the appeal is not opposed", CaseKind.APPEAL,
            lambda s, on: s.is_live and s.conceded_on is None
            and s.against not in (Appealable.REFUSE_ISSUE, Appealable.CEASE),
            _day("When did you tell the Tribunal?", "the day the Tribunal was told", note="Note",
                 hint="Before the response. The limits run from this day, not from an order"),
            _not_oppose, _not_opposed_steps, permission=Permission.DECIDE,
            intro="An appeal not opposed before the response counts as decided for the family, and the limits of an order "
            "begin on the day you tell the Tribunal.\n\nSEND Regs 2014 reg 45",
        ),
        DisagreementTask(
            "conceded", "Record that the appeal is conceded", CaseKind.APPEAL,
            lambda s, on: s.is_live and s.conceded_on is None,
            _day("When did you tell the Tribunal?", "the day the Tribunal was told",
                 hint="After the response. The limits run from the order that follows"),
            _concede, permission=Permission.DECIDE,
            words=lambda s, given: ["No limit starts. Record the Tribunal's order when it comes."],
        ),
        DisagreementTask(
            "withdrawn", "Record that the family withdrew", CaseKind.APPEAL, _undecided,
            _day("When was the appeal withdrawn?", "the day it was withdrawn", note="Why, where it is known?"), _withdraw,
            words=lambda s, given: ["The appeal is closed, and its directions and hearings no longer count."],
        ),
        DisagreementTask(
            "recommendation", "Record a recommendation", CaseKind.APPEAL,
            lambda s, on: s.against in WITH_RECOMMENDATIONS and M.RECOMMENDATION_RECEIVED not in s.recorded
            and bool(s.orders or s.to_carry_out),
            lambda data, s, today: RecommendationForm(data, today=today, earliest=registered_on(s)), _recommend,
            words=_recommended_words,
        ),
        DisagreementTask(
            "details", "Change the details", CaseKind.APPEAL, lambda s, on: s.case.closed_on is None,
            _details_form, _describe,
        ),
    )
}  # fmt: skip
"""Steps by the word in their address, in the order of the process."""


def offered(standing: Standing, on: datetime.date) -> list[DisagreementTask]:
    """The steps that may be recorded now. After the Tribunal decided, a recommendation may still arrive."""
    case = standing.case
    if case.closed_on is not None:
        late = TASKS["recommendation"]
        return (
            [late] if case.closed_because in ("determined", "carried_out") and late.may(standing, on) else []
        )
    return [task for task in TASKS.values() if task.may(standing, on)]
