"""The disagreements of one child: rights of appeal with their last day, mediation, appeals, and what to do next."""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.access.web import needs
from casework.models import CaseKind, User
from casework.queries import disagreements as standings
from casework.queries.appeal_rights import AppealRight, appeal_rights
from casework.queries.case_summary import ChildSummary, ClockLine
from casework.queries.disagreements import Standing
from casework.rules.permissions import Permission
from casework.today import today
from casework.ui.components import Link, Row
from casework.ui.formats import long_date
from casework.web import appeal_tasks, mediation_tasks
from casework.web.disagreement_steps import steps_of
from casework.web.records import reader_of
from casework.web.views.child import open_record

COLOURS = {
    "contacted": "blue",
    "declined": "purple",
    "to_arrange": "yellow",
    "held": "purple",
    "to_carry_out": "orange",
    "registered": "blue",
    "not_opposed": "orange",
    "to_answer": "purple",
    "closed": "grey",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A mediation or an appeal with its facts, its dates and what may be done."""

    standing: Standing
    title: str
    state: str
    colour: str
    facts: list[Row]
    words: list[Row]
    lines: list[ClockLine]
    steps: list[Link]


@dataclass(frozen=True, slots=True)
class RightShown:
    """A right of appeal with what may be begun from it."""

    right: AppealRight
    steps: list[Link]


@needs(Permission.SEE_CHILDREN)
def child_disagreements(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Which decisions may be appealed until when and why; mediation and appeals under way; those that ended."""
    opened = open_record(request, public_id, "child_disagreements")
    if isinstance(opened, HttpResponse):
        return opened
    summary, context = opened
    reader = reader_of(request)
    rights = appeal_rights(summary.child, summary.as_at)
    found = [_shown(one, summary, reader) for one in standings.of_child(summary.child)]
    context |= {
        "open_rights": [_right_shown(one, reader) for one in rights if one.is_open],
        "past_rights": [_right_shown(one, reader) for one in rights if not one.is_open],
        "under_way": [one for one in found if one.standing.case.closed_on is None],
        "ended": [one for one in found if one.standing.case.closed_on is not None],
    }
    return render(request, "casework/disagreements/child.html", context)


def _right_shown(right: AppealRight, reader: User) -> RightShown:
    steps: list[Link] = []
    if reader.may(Permission.RECORD_CASEWORK):
        if right.may_open_mediation:
            steps.append(Link("Record mediation", reverse("open_mediation", args=[right.decision.public_id])))
        if right.may_register_appeal:
            steps.append(
                Link("Record an appeal", reverse("register_appeal", args=[right.decision.public_id]))
            )
    return RightShown(right, steps)


def _shown(standing: Standing, summary: ChildSummary, reader: User) -> Shown:
    case = standing.case
    kind = "Appeal" if standing.is_appeal else "Mediation"
    return Shown(
        standing=standing,
        title=f"{kind}: {standing.against.words[0].lower()}{standing.against.words[1:]}",
        state=standing.ending or _state_words(standing),
        colour=COLOURS[str(standing.state)],
        facts=_appeal_facts(standing) if standing.is_appeal else _mediation_facts(standing),
        words=_appeal_words(standing) if standing.is_appeal else [],
        lines=[line for line in summary.lines if line.clock.case_id == case.pk],
        steps=_steps(standing, reader),
    )


def _state_words(standing: Standing) -> str:
    if standing.is_live and standing.conceded_on:
        return "Conceded; order to come"
    return standing.state.words


def _steps(standing: Standing, reader: User) -> list[Link]:
    tasks = mediation_tasks if standing.case.kind == CaseKind.MEDIATION else appeal_tasks
    return [
        *steps_of(standing, reader=reader),
        *(
            Link(task.title, reverse(task.url_name, args=[standing.case.public_id]))
            for task in tasks.offered(standing, today())
            if reader.may(task.permission)
        ),
    ]


def _mediation_facts(standing: Standing) -> list[Row]:
    detail = standing.case.mediation
    rows = []
    if detail.about:
        rows.append(Row("About", detail.get_about_display()))
    if detail.adviser:
        rows.append(Row("Mediation adviser", detail.adviser))
    if detail.carry_out_by:
        rows.append(Row("Agreed in writing", f"To be done by {long_date(detail.carry_out_by)}"))
    return rows


def _appeal_facts(standing: Standing) -> list[Row]:
    appeal = standing.case.appeal
    asks = [
        words
        for words, asked in (("health", appeal.asks_health), ("social care", appeal.asks_social_care))
        if asked
    ]
    rows = [
        Row("Tribunal's reference", appeal.tribunal_reference or "Not recorded"),
        Row("Registered on", long_date(standing.appealed_on) if standing.appealed_on else "Not recorded"),
    ]
    if appeal.sections:
        rows.append(Row("Sections disputed", ", ".join(appeal.sections)))
    if asks:
        rows.append(Row("Recommendations asked", " and ".join(asks).capitalize()))
    rows.append(Row("Tribunal officer", appeal.officer.name if appeal.officer else "Nobody yet"))
    if appeal.representative:
        rows.append(Row("Family represented by", appeal.representative))
    if appeal.conceded_on:
        rows.append(Row("Conceded on", long_date(appeal.conceded_on)))
    return rows


def _appeal_words(standing: Standing) -> list[Row]:
    """What needs more than a few words: the orders, and how the working document stands."""
    rows = [
        Row(
            f"Order of {long_date(order.milestone.happened_on)}{', by consent' if order.by_consent else ''}:",
            f"{order.get_kind_display()}. {order.terms}",
        )
        for order in standing.orders
    ]
    if standing.case.appeal.working_document:
        rows.append(Row("Working document:", standing.case.appeal.working_document))
    return rows
