"""Appeals to the Tribunal: registered, described, not opposed, conceded, withdrawn (CFA 2014 s.51; SEND Regs reg 45)."""

from datetime import date

from django.db import IntegrityError, transaction

from casework.audit import acting_as
from casework.models import (
    Appeal,
    Case,
    CaseKind,
    DirectionKind,
    HearingKind,
    Mediation,
    Milestone,
    MilestoneKind,
    User,
)
from casework.rules.appeal_rights import ABOUT_A_PLAN, Appealable
from casework.rules.clock_words import show_day
from casework.rules.disagreements import NOT_OPPOSED
from casework.services import disagreement_links, disagreements, milestones, tribunal
from casework.services.disagreements import Disputed
from casework.services.refusals import Refused
from casework.services.versions import claim

M = MilestoneKind
_NOT_OPPOSED: dict[Appealable, MilestoneKind] = {
    Appealable.REFUSE_ASSESS: M.NOT_OPPOSED_ASSESSMENT,
    Appealable.REFUSE_REASSESS: M.NOT_OPPOSED_ASSESSMENT,
    Appealable.CONTENTS: M.NOT_OPPOSED_CONTENT,
    Appealable.NOT_AMENDED: M.NOT_OPPOSED_CONTENT,
}


@transaction.atomic
def register(
    *,
    about: Disputed,
    registered_on: date,
    by: User,
    on: date,
    tribunal_reference: str = "",
    sections: str = "",
    asks_health: bool = False,
    asks_social_care: bool = False,
    officer: User | None = None,
    representative: str = "",
    certificate_on: date | None = None,
    response_due_on: date | None = None,
    evidence_due_on: date | None = None,
    hearing_on: date | None = None,
) -> Case:
    """Record that the Tribunal registered an appeal, with the dates of its letter.

    The certificate is taken from the mediation about the decision; give `certificate_on` where none is recorded. An appeal
    after the last day is recorded as it happened: the Tribunal may give more time. Raises Refused.
    """
    sections = _sections(about.against, sections)
    disagreement_links.refuse_while_open(Appeal, about.decision, "An appeal against this decision")
    if registered_on > on:
        raise Refused(
            f"The appeal cannot be registered after today, {show_day(on)}. Enter the day on the Tribunal's letter.",
            field="registered_on",
        )
    if registered_on < about.sent_on:
        raise Refused(
            f"{show_day(registered_on)} is before the decision letter was sent on {show_day(about.sent_on)}. "
            "Check both dates.",
            field="registered_on",
        )
    with acting_as(by):
        case = disagreements.open_case(about, kind=CaseKind.APPEAL, opened_on=registered_on, by=by)
        try:
            with transaction.atomic():
                Appeal.objects.create(
                    case=case,
                    against=about.against,
                    decision=about.decision,
                    origin=about.origin,
                    tribunal_reference=tribunal_reference.strip(),
                    sections=sections,
                    asks_health=asks_health and about.against is not Appealable.REFUSE_ASSESS,
                    asks_social_care=asks_social_care and about.against is not Appealable.REFUSE_ASSESS,
                    officer=officer,
                    representative=representative.strip(),
                )
        except IntegrityError as error:
            _explain(error, about)
            raise
        _certificate(case, about, certificate_on, registered_on, by=by)
        disagreements.once(case, M.APPEAL_REGISTERED, registered_on, by=by, on=on, field="registered_on")
        _tell_others(about, registered_on, by=by)
        for kind, due in (
            (DirectionKind.RESPONSE, response_due_on),
            (DirectionKind.EVIDENCE, evidence_due_on),
        ):
            if due is not None:
                tribunal.direct(case=case, kind=kind, text=kind.label, due_on=due, by=by, on=on)
        if hearing_on is not None:
            tribunal.list_hearing(case=case, kind=HearingKind.FINAL, listed_for=hearing_on, by=by, on=on)
        return Case.objects.select_related("child", "appeal").get(pk=case.pk)


@transaction.atomic
def describe(
    *,
    case: Case,
    by: User,
    on: date,
    tribunal_reference: str,
    sections: str,
    asks_health: bool,
    asks_social_care: bool,
    officer: User | None,
    representative: str,
    working_document: str,
    version: int | None = None,
) -> Appeal:
    """Say who works the appeal, who represents the family, what is disputed and how the working document stands."""
    appeal = _check(case)
    against = Appealable(appeal.against)
    sections = _sections(against, sections)
    recommends = against is not Appealable.REFUSE_ASSESS
    with acting_as(by):
        claim(case, version=version)
        try:
            with transaction.atomic():
                Appeal.objects.filter(pk=appeal.pk).update(
                    tribunal_reference=tribunal_reference.strip(),
                    sections=sections,
                    asks_health=asks_health and recommends,
                    asks_social_care=asks_social_care and recommends,
                    officer=officer,
                    representative=representative.strip(),
                    working_document=working_document.strip(),
                )
        except IntegrityError as error:
            _explain(error, None)
            raise
        appeal.refresh_from_db()
        return appeal


@transaction.atomic
def not_oppose(
    *, case: Case, told_on: date, by: User, on: date, version: int | None = None, note: str = ""
) -> Milestone:
    """The authority told the Tribunal, before its response, that it does not oppose (reg 45): the limits run from that day.

    Regulation 45 gives limits for appeals about assessing and about the plan; an appeal against a refusal to issue or to
    cease is conceded instead and waits for the order. Raises Refused and StaleEdit.
    """
    appeal = _check(case)
    kind = _NOT_OPPOSED.get(Appealable(appeal.against))
    if kind is None:
        raise Refused(
            "Limits for an appeal that is not opposed are known here only for appeals about assessing and about the "
            "contents of a plan. Record that it is conceded, and then the Tribunal's order."
        )
    standing = milestones.standing_of(case)
    _check_undecided(standing)
    return disagreements.once(case, kind, told_on, by=by, on=on, version=version, note=note)


@transaction.atomic
def concede(*, case: Case, conceded_on: date, by: User, on: date, version: int | None = None) -> Appeal:
    """The authority told the Tribunal, after its response, that it concedes. The limits run from the order to come."""
    appeal = _check(case)
    standing = milestones.standing_of(case)
    _check_undecided(standing)
    if appeal.conceded_on:
        raise Refused(
            f"The appeal was conceded on {show_day(appeal.conceded_on)} already.", field="happened_on"
        )
    if conceded_on > on:
        raise Refused(f"That cannot be after today, {show_day(on)}.", field="happened_on")
    if conceded_on < standing[M.APPEAL_REGISTERED][0]:
        raise Refused(
            f"The appeal was registered on {show_day(standing[M.APPEAL_REGISTERED][0])}. Check both dates.",
            field="happened_on",
        )
    with acting_as(by):
        claim(case, version=version)
        Appeal.objects.filter(pk=appeal.pk).update(conceded_on=conceded_on)
        appeal.refresh_from_db()
        return appeal


@transaction.atomic
def withdraw(
    *, case: Case, withdrawn_on: date, by: User, on: date, version: int | None = None, note: str = ""
) -> Milestone:
    """The family withdrew the appeal. Raises Refused (withdrawn already, decided) and StaleEdit."""
    standing = milestones.standing_of(case)
    if M.APPEAL_WITHDRAWN in standing:
        raise Refused(
            f"The appeal was withdrawn on {show_day(standing[M.APPEAL_WITHDRAWN][0])} already. "
            "Correct that date on the timeline if it is wrong.",
            field="happened_on",
        )
    _check(case)
    tribunal.check_no_order(standing)
    return disagreements.once(
        case, M.APPEAL_WITHDRAWN, withdrawn_on, by=by, on=on, version=version, note=note
    )


def _sections(against: Appealable, sections: str) -> str:
    """The letters in their order. Raises Refused for letters that are no section, or for none in a contents appeal."""
    given = "".join(letter for letter in "BFI" if letter in sections.upper())
    if set(sections.upper()) - set("BFI"):
        raise Refused("An appeal can be about sections B, F and I only.", field="sections")
    if given and against not in ABOUT_A_PLAN:
        raise Refused("Only an appeal about a plan names sections.", field="sections")
    if against is Appealable.CONTENTS and not given:
        raise Refused("Select the sections the appeal is about.", field="sections")
    return given


def _certificate(
    case: Case, about: Disputed, certificate_on: date | None, registered_on: date, *, by: User
) -> None:
    issued = None
    if about.decision is not None:
        issued = Milestone.objects.filter(
            case__mediation__decision=about.decision, kind=M.MEDIATION_CERTIFICATE_ISSUED, replaced=False,
            withdrawn=False,
        ).first()  # fmt: skip
    if issued is not None:
        disagreement_links.repeat(case, M.MEDIATION_CERTIFICATE_ISSUED, issued.happened_on, by=by)
    elif certificate_on is not None:
        if not about.sent_on <= certificate_on <= registered_on:
            raise Refused(
                "The certificate comes after the decision letter and before the appeal. Check the dates.",
                field="certificate_on",
            )
        Milestone.objects.create(
            case=case, kind=M.MEDIATION_CERTIFICATE_ISSUED, happened_on=certificate_on, recorded_by=by
        )


def _tell_others(about: Disputed, registered_on: date, *, by: User) -> None:
    """The window to appeal closes in the mediation too, and a plan being ceased is kept until the appeal is decided."""
    if about.decision is None:
        return
    cases = [one.case for one in Mediation.objects.filter(decision=about.decision).select_related("case")]
    if about.origin is not None and about.origin.kind == CaseKind.CEASING:
        cases.append(about.origin)
    for other in cases:
        disagreement_links.repeat(other, M.APPEAL_REGISTERED, registered_on, by=by)
        milestones.rebuild(other)


def _explain(error: IntegrityError, about: Disputed | None) -> None:
    if "appeal_reference_once" in str(error):
        raise Refused(
            "Another appeal has this reference of the Tribunal. Check the reference on its letter.",
            field="tribunal_reference",
        ) from error
    if about is not None and "appeal_one_open_of_a_decision" in str(error):
        disagreement_links.refuse_while_open(Appeal, about.decision, "An appeal against this decision")


def _check_undecided(standing: milestones.Standing) -> None:
    for kind in NOT_OPPOSED:
        if kind in standing:
            raise Refused(f"The Tribunal was told on {show_day(standing[kind][0])} that this is not opposed.")
    tribunal.check_no_order(standing)


def _check(case: Case) -> Appeal:
    if case.kind != CaseKind.APPEAL:
        raise Refused(f"This is not an appeal: {case.get_kind_display()}.")
    detail = disagreements.check_goes_on(case)
    assert isinstance(detail, Appeal)  # noqa: S101 - the kind was checked above
    return detail
