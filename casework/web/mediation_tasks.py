"""The steps of a mediation."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict

from casework.models import Case, CaseKind, MediationAbout, MilestoneKind, User
from casework.queries.consequences import Step
from casework.queries.disagreements import Standing
from casework.rules.clock_words import show_day
from casework.rules.disagreements import AGREEMENTS, ASKED
from casework.rules.permissions import Permission
from casework.rules.undertakings import POSSIBLE, Undertaking
from casework.services import mediation
from casework.web.carrying_out import carry_out_task
from casework.web.disagreement_tasks import DisagreementTask, Given
from casework.web.forms.disagreements import AgreementForm, DayForm, RequestMediationForm

M = MilestoneKind
_HEALTH = (M.HEALTH_MEDIATION_REQUESTED, M.HEALTH_ONLY_MEDIATION_REQUESTED)
_AGREED = {
    Undertaking.ASSESS: M.AGREED_TO_ASSESS,
    Undertaking.MAKE_PLAN: M.AGREED_TO_MAKE_PLAN,
    Undertaking.AMEND: M.AGREED_TO_AMEND,
    Undertaking.CHANGE_SETTING: M.AGREED_TO_CHANGE_SETTING,
    Undertaking.OTHER: M.AGREED_OTHER_ISSUE,
}


def _sent_on(standing: Standing) -> datetime.date:
    return min(standing.recorded.get(M.APPEALABLE_DECISION_SENT, [standing.case.child.date_of_birth]))


def _day(question: str, subject: str, **options: Any) -> Callable[..., forms.Form]:
    def build(data: QueryDict | None, standing: Standing, today: datetime.date) -> forms.Form:
        return DayForm(
            data, question=question, subject=subject, today=today, earliest=_sent_on(standing), **options
        )

    return build


def _simple(service: Callable[..., object], day: str) -> Callable[..., object]:
    def record(standing: Standing, given: Given, by: User, on: datetime.date, version: int) -> object:
        return service(
            case=standing.case,
            by=by,
            on=on,
            version=version,
            note=given["note"],
            **{day: given["happened_on"]},
        )

    return record


def _step(kind: MilestoneKind) -> Callable[[Standing, Given], list[Step]]:
    return lambda standing, given: [Step(kind, given["happened_on"])]


def _lacks(*kinds: MilestoneKind) -> Callable[[Standing, datetime.date], bool]:
    return lambda standing, on: not set(kinds) & set(standing.recorded)


def _held(standing: Standing, given: Given, by: User, on: datetime.date, version: int) -> object:
    return mediation.hold(
        case=standing.case,
        held_on=given["happened_on"],
        attended=given["note"],
        by=by,
        on=on,
        version=version,
    )


def _request(standing: Standing, given: Given, by: User, on: datetime.date, version: int) -> object:
    return mediation.request(
        case=standing.case, wants=MediationAbout(given["about"]), told_on=given["happened_on"], note=given["note"],
        by=by, on=on, version=version,
    )  # fmt: skip


def _requested(standing: Standing, given: Given) -> list[Step]:
    kinds = {
        MediationAbout.EDUCATION: (M.MEDIATION_REQUESTED,),
        MediationAbout.WITH_HEALTH: (M.MEDIATION_REQUESTED, M.HEALTH_MEDIATION_REQUESTED),
        MediationAbout.HEALTH_ONLY: (M.HEALTH_ONLY_MEDIATION_REQUESTED,),
    }[MediationAbout(given["about"])]
    return [Step(kind, given["happened_on"]) for kind in kinds]


def _agree(standing: Standing, given: Given, by: User, on: datetime.date, version: int) -> object:
    return mediation.agree(
        case=standing.case, what=Undertaking(given["what"]), agreed_on=given["agreed_on"], terms=given["note"],
        carry_out_by=given["carry_out_by"], by=by, on=on, version=version,
    )  # fmt: skip


def _agreed(standing: Standing, given: Given) -> list[Step]:
    if given["carry_out_by"]:
        return []
    return [Step(_AGREED[Undertaking(given["what"])], given["agreed_on"])]


def _agreed_words(standing: Standing, given: Given) -> list[str]:
    words = []
    if given["carry_out_by"]:
        words.append(
            f"The time agreed in writing takes the place of the limits of regulation 44: {show_day(given['carry_out_by'])}."
        )
    if Undertaking(given["what"]) is Undertaking.MAKE_PLAN and standing.detail.origin_id:
        words.append(
            "The request is taken up again, so that the draft and the final plan can be recorded there."
        )
    return words


def _not_continued(standing: Standing, given: Given, by: User, on: datetime.date, version: int) -> object:
    return mediation.not_continued(
        case=standing.case, ended_on=given["happened_on"], by=by, on=on, version=version
    )


def is_settled(case: Case) -> bool:
    """Whether nothing more is to be offered."""
    return case.closed_on is not None and case.closed_because not in ("certificate", "appealed")


TASKS: dict[str, DisagreementTask] = {
    task.slug: task
    for task in (
        carry_out_task(CaseKind.MEDIATION),
        DisagreementTask(
            "contacted", "Record contact with the adviser", CaseKind.MEDIATION,
            lambda s, on: not {M.MEDIATION_ADVISER_CONTACTED, M.MEDIATION_CERTIFICATE_ISSUED, *ASKED} & set(s.recorded),
            _day("When did the family contact the adviser?", "the day the family contacted the adviser", note="Note"),
            _simple(mediation.contact_adviser, "contacted_on"), _step(M.MEDIATION_ADVISER_CONTACTED),
        ),
        DisagreementTask(
            "requested", "Record that the family wants mediation", CaseKind.MEDIATION,
            _lacks(*ASKED, M.MEDIATION_CERTIFICATE_ISSUED),
            lambda data, s, today: RequestMediationForm(
                data, question="When was the authority told?", subject="the day the authority was told", today=today,
                earliest=_sent_on(s), hint="The 30 days to arrange it run from this day", note="Note",
            ),
            _request, _requested,
        ),
        DisagreementTask(
            "health-told", "Record that health was told", CaseKind.MEDIATION,
            lambda s, on: bool(set(_HEALTH) & set(s.recorded)) and M.HEALTH_TOLD_OF_MEDIATION not in s.recorded,
            _day("When was the health commissioner told the issues?", "the day health was told", note="Who was told?"),
            _simple(mediation.tell_health, "told_on"), _step(M.HEALTH_TOLD_OF_MEDIATION),
        ),
        DisagreementTask(
            "held", "Record the mediation meeting", CaseKind.MEDIATION,
            lambda s, on: bool(set(ASKED) & set(s.recorded)),
            _day("When was mediation held?", "the day mediation was held", note="Who attended?", note_needed=True),
            _held, _step(M.MEDIATION_HELD),
        ),
        DisagreementTask(
            "agreed", "Record what was agreed", CaseKind.MEDIATION,
            lambda s, on: M.MEDIATION_HELD in s.recorded and not set(AGREEMENTS) <= set(s.recorded),
            lambda data, s, today: AgreementForm(
                data, choices=POSSIBLE[s.against], today=today, earliest=_sent_on(s)
            ),
            _agree, _agreed, _agreed_words, permission=Permission.DECIDE,
            intro="What is agreed on an issue with a right of appeal must be done within the times of an order of the "
            "Tribunal; on another issue within two weeks; unless other times are agreed in writing.\n\n"
            "SEND Regs 2014 reg 42",
        ),
        DisagreementTask(
            "agreed-with-health", "Record an agreement reached without the authority", CaseKind.MEDIATION,
            lambda s, on: bool(set(_HEALTH) & set(s.recorded)) and M.AGREED_WITHOUT_AUTHORITY not in s.recorded,
            _day("When was it agreed?", "the day of the agreement", note="What was agreed?"),
            _simple(mediation.agree_without_authority, "agreed_on"), _step(M.AGREED_WITHOUT_AUTHORITY),
        ),
        DisagreementTask(
            "told-of-agreement", "Record that health told you of the agreement", CaseKind.MEDIATION,
            lambda s, on: M.AGREED_WITHOUT_AUTHORITY in s.recorded and M.AUTHORITY_TOLD_OF_AGREEMENT not in s.recorded,
            _day("When was the authority told?", "the day the authority was told", note="Note"),
            _simple(mediation.told_of_agreement, "told_on"), _step(M.AUTHORITY_TOLD_OF_AGREEMENT),
        ),
        DisagreementTask(
            "carried-out", "Record that the other agreement was carried out", CaseKind.MEDIATION,
            lambda s, on: M.AGREED_OTHER_ISSUE in s.recorded and M.AGREEMENT_CARRIED_OUT not in s.recorded,
            _day("When was it done?", "the day it was done", note="What was done?"),
            _simple(mediation.carry_out_other, "done_on"), _step(M.AGREEMENT_CARRIED_OUT),
        ),
        DisagreementTask(
            "declined", "Record that the family declines", CaseKind.MEDIATION,
            _lacks(M.MEDIATION_DECLINED, M.MEDIATION_HELD, M.MEDIATION_CERTIFICATE_ISSUED),
            _day("When did the family tell the adviser?", "the day the family told the adviser", note="Note",
                 hint="The adviser issues the certificate within 3 working days"),
            _simple(mediation.decline, "declined_on"), _step(M.MEDIATION_DECLINED),
        ),
        DisagreementTask(
            "certificate", "Record the certificate", CaseKind.MEDIATION, _lacks(M.MEDIATION_CERTIFICATE_ISSUED),
            _day("When was the certificate issued?", "the day of the certificate", note="Note",
                 hint="The family has one month from it to appeal"),
            _simple(mediation.issue_certificate, "issued_on"), _step(M.MEDIATION_CERTIFICATE_ISSUED),
        ),
        DisagreementTask(
            "not-continued", "Close the mediation: the family took it no further", CaseKind.MEDIATION,
            _lacks(M.MEDIATION_HELD, M.MEDIATION_CERTIFICATE_ISSUED),
            _day("Since when is it clear?", "the day it was clear"), _not_continued,
            words=lambda s, given: ["The mediation is closed. The right of appeal and its last day stay as they are."],
        ),
    )
}  # fmt: skip
"""Steps by the word in their address, in the order of the process."""


def offered(standing: Standing, on: datetime.date) -> list[DisagreementTask]:
    """The steps that may be recorded now. After a certificate or an appeal only what came before may still be added."""
    case = standing.case
    if is_settled(case):
        return []
    if case.closed_because == "appealed":
        return [TASKS["certificate"]] if TASKS["certificate"].may(standing, on) else []
    return [task for task in TASKS.values() if task.may(standing, on)]
