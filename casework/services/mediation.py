"""Mediation: the family's contact with the adviser, the meeting, the agreement and its carrying out (regs 32 to 42)."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.models import Case, CaseKind, Mediation, MediationAbout, Milestone, MilestoneKind, User
from casework.rules.appeal_rights import Appealable
from casework.rules.clock_words import show_day
from casework.rules.disagreements import ASKED, Ending
from casework.rules.undertakings import POSSIBLE, Undertaking
from casework.services import disagreement_links, disagreements, milestones
from casework.services.disagreements import Disputed
from casework.services.refusals import Refused
from casework.services.versions import claim

M = MilestoneKind
_AGREED: dict[Undertaking, MilestoneKind] = {
    Undertaking.ASSESS: M.AGREED_TO_ASSESS,
    Undertaking.MAKE_PLAN: M.AGREED_TO_MAKE_PLAN,
    Undertaking.AMEND: M.AGREED_TO_AMEND,
    Undertaking.CHANGE_SETTING: M.AGREED_TO_CHANGE_SETTING,
    Undertaking.OTHER: M.AGREED_OTHER_ISSUE,
}
_REQUESTED: dict[MediationAbout, tuple[MilestoneKind, ...]] = {
    MediationAbout.EDUCATION: (M.MEDIATION_REQUESTED,),
    MediationAbout.WITH_HEALTH: (M.MEDIATION_REQUESTED, M.HEALTH_MEDIATION_REQUESTED),
    MediationAbout.HEALTH_ONLY: (M.HEALTH_ONLY_MEDIATION_REQUESTED,),
}
_FIRST = (M.MEDIATION_ADVISER_CONTACTED, M.MEDIATION_DECLINED, M.MEDIATION_CERTIFICATE_ISSUED)


@transaction.atomic
def open_mediation(
    *,
    about: Disputed,
    first: MilestoneKind,
    happened_on: date,
    by: User,
    on: date,
    adviser: str = "",
    note: str = "",
) -> Case:
    """Open a mediation with what was heard first: contact with the adviser, that the family declines, or the certificate.

    Use `request` for a family that asks at once. Raises Refused (one is open, an appeal is registered, out of order).
    """
    if first not in _FIRST:
        raise Refused("Select what you heard first.", field="first")
    with acting_as(by):
        case = _open(about, happened_on, by=by, on=on, adviser=adviser)
        if first is M.MEDIATION_CERTIFICATE_ISSUED:
            issue_certificate(case=case, issued_on=happened_on, by=by, on=on, note=note)
        else:
            disagreements.once(case, first, happened_on, by=by, on=on, note=note)
        return case


@transaction.atomic
def open_with_request(
    *,
    about: Disputed,
    wants: MediationAbout,
    told_on: date,
    by: User,
    on: date,
    adviser: str = "",
    note: str = "",
) -> Case:
    """Open a mediation because the authority was told that the family wants it. Raises Refused."""
    with acting_as(by):
        case = _open(about, told_on, by=by, on=on, adviser=adviser)
        request(case=case, wants=wants, told_on=told_on, by=by, on=on, note=note)
        return case


def _open(about: Disputed, day: date, *, by: User, on: date, adviser: str) -> Case:
    disagreement_links.refuse_while_open(Mediation, about.decision, "A mediation about this decision")
    if about.decision is not None:
        registered = Milestone.objects.filter(
            case__appeal__decision=about.decision, kind=M.APPEAL_REGISTERED, replaced=False, withdrawn=False,
            case__closed_on__isnull=True,
        ).first()  # fmt: skip
        if registered is not None:
            raise Refused(
                f"An appeal against this decision was registered on {show_day(registered.happened_on)}. Mediation comes "
                "before an appeal: record talks to settle it in the appeal, or a date that is wrong on the timeline."
            )
    if day > on:
        raise Refused(
            f"{show_day(day)} is after today, {show_day(on)}. Enter a day up to and including today.",
            field="happened_on",
        )
    if day < about.sent_on:
        raise Refused(
            f"{show_day(day)} is before the letter with the right of appeal was sent on {show_day(about.sent_on)}. "
            "Check both dates.",
            field="happened_on",
        )
    case = disagreements.open_case(about, kind=CaseKind.MEDIATION, opened_on=day, by=by)
    Mediation.objects.create(
        case=case,
        against=about.against,
        decision=about.decision,
        origin=about.origin,
        adviser=adviser.strip(),
    )
    return case


@transaction.atomic
def contact_adviser(
    *, case: Case, contacted_on: date, by: User, on: date, version: int | None = None, note: str = ""
) -> Milestone:
    """The family contacted the mediation adviser (reg 33). Raises Refused and StaleEdit."""
    _check(case)
    return disagreements.once(
        case, M.MEDIATION_ADVISER_CONTACTED, contacted_on, by=by, on=on, version=version, note=note
    )


@transaction.atomic
def decline(
    *, case: Case, declined_on: date, by: User, on: date, version: int | None = None, note: str = ""
) -> Milestone:
    """The family told the adviser that it does not want mediation: the certificate follows in 3 working days (reg 34)."""
    standing = milestones.standing_of(_check(case).case)
    if M.MEDIATION_HELD in standing:
        raise Refused(
            f"Mediation was held on {show_day(standing[M.MEDIATION_HELD][0])}, so it was not declined.",
            field="happened_on",
        )
    return disagreements.once(
        case, M.MEDIATION_DECLINED, declined_on, by=by, on=on, version=version, note=note
    )


@transaction.atomic
def request(
    *,
    case: Case,
    wants: MediationAbout,
    told_on: date,
    by: User,
    on: date,
    version: int | None = None,
    note: str = "",
) -> list[Milestone]:
    """The authority was told that the family wants mediation, and about what; 30 days to arrange it (regs 35 to 38).

    With health issues the commissioner must be told within 3 working days; on health alone the commissioner arranges it.
    """
    standing = milestones.standing_of(_check(case).case)
    asked = next((kind for kind in ASKED if kind in standing), None)
    if asked:
        raise Refused(
            f"The family asked for mediation on {show_day(standing[asked][0])}. Correct that date if it is wrong.",
            field="happened_on",
        )
    if M.MEDIATION_CERTIFICATE_ISSUED in standing:
        raise Refused(
            "The certificate was issued on "
            f"{show_day(standing[M.MEDIATION_CERTIFICATE_ISSUED][0])}, so mediation ended. Check what is recorded."
        )
    with acting_as(by):
        rows = []
        for kind in _REQUESTED[wants]:
            rows.append(disagreements.once(case, kind, told_on, by=by, on=on, version=version, note=note))
            version, note = None, ""
        Mediation.objects.filter(case=case).update(about=wants)
        return rows


@transaction.atomic
def tell_health(
    *, case: Case, told_on: date, by: User, on: date, version: int | None = None, note: str = ""
) -> Milestone:
    """The health commissioner was told the issues (3 working days)."""
    standing = milestones.standing_of(_check(case).case)
    if not {M.HEALTH_MEDIATION_REQUESTED, M.HEALTH_ONLY_MEDIATION_REQUESTED} & set(standing):
        raise Refused("The family has raised no health issue, so there is nothing to tell the commissioner.")
    return disagreements.once(
        case, M.HEALTH_TOLD_OF_MEDIATION, told_on, by=by, on=on, version=version, note=note
    )


@transaction.atomic
def issue_certificate(
    *, case: Case, issued_on: date, by: User, on: date, version: int | None = None, note: str = ""
) -> Milestone:
    """The adviser issued the certificate: the family has one month from it to appeal. Raises Refused and StaleEdit."""
    mediation = _check(case, also=(Ending.APPEALED,))
    registered = milestones.standing_of(case).get(M.APPEAL_REGISTERED)
    if registered and issued_on > registered[0]:
        raise Refused(
            f"The appeal was registered on {show_day(registered[0])}, so the certificate came before it. Check the date.",
            field="happened_on",
        )
    with acting_as(by):
        row = disagreements.once(
            case, M.MEDIATION_CERTIFICATE_ISSUED, issued_on, by=by, on=on, version=version, note=note
        )
        # The window to appeal counts from it there as well, though the certificate became known late.
        others = list(Case.objects.filter(appeal__decision=mediation.decision)) if mediation.decision else []
        if mediation.origin is not None and mediation.origin.kind == CaseKind.CEASING:
            others.append(mediation.origin)
        for other in others:
            disagreement_links.repeat(other, M.MEDIATION_CERTIFICATE_ISSUED, issued_on, by=by)
            milestones.rebuild(other)
        return row


@transaction.atomic
def hold(
    *, case: Case, held_on: date, attended: str, by: User, on: date, version: int | None = None
) -> Milestone:
    """A mediation meeting was held; `attended` says who was there. Raises Refused and StaleEdit."""
    _check(case)
    standing = milestones.standing_of(case)
    if not set(ASKED) & set(standing):
        raise Refused("Record first that the family asked for mediation, and about what.")
    if not attended.strip():
        raise Refused("Enter who attended: the authority must send somebody who can decide.", field="note")
    return milestones.record(
        case=case,
        kind=M.MEDIATION_HELD,
        happened_on=held_on,
        by=by,
        on=on,
        version=version,
        note=attended.strip(),
    )


@transaction.atomic
def agree(
    *,
    case: Case,
    what: Undertaking,
    agreed_on: date,
    terms: str,
    by: User,
    on: date,
    carry_out_by: date | None = None,
    version: int | None = None,
) -> Milestone:
    """What was agreed (reg 42). Its limits run from the agreement unless other times were agreed in writing.

    To make a plan takes the request up again at once; to assess does so on the day the family is told.
    """
    mediation = _check(case)
    if what is not Undertaking.OTHER and what not in POSSIBLE[Appealable(mediation.against)]:
        raise Refused(
            "That cannot be agreed about this decision. Choose another, or another issue.", field="what"
        )
    if M.MEDIATION_HELD not in milestones.standing_of(case):
        raise Refused("Record the mediation meeting first.")
    if not terms.strip():
        raise Refused("Enter what was agreed, in the words of the agreement.", field="note")
    if carry_out_by and carry_out_by < agreed_on:
        raise Refused(
            "The other time agreed is before the agreement. Check both dates.", field="carry_out_by"
        )
    with acting_as(by):
        row = disagreements.once(case, _AGREED[what], agreed_on, by=by, on=on, version=version, note=terms)
        if carry_out_by:
            disagreements.once(
                case, M.OTHER_TIMESCALE_AGREED, agreed_on, by=by, on=on,
                note=f"Agreed in writing: to be done by {show_day(carry_out_by)}.",
            )  # fmt: skip
            Mediation.objects.filter(case=case).update(carry_out_by=carry_out_by)
        disagreements.goes_on(case, what, day=agreed_on, by=by, on=on)
        return row


@transaction.atomic
def agree_without_authority(
    *, case: Case, agreed_on: date, by: User, on: date, version: int | None = None, note: str = ""
) -> Milestone:
    """The family and the health commissioner agreed without the authority, which must be told within a week (reg 42(4))."""
    _check(case)
    return disagreements.once(
        case, M.AGREED_WITHOUT_AUTHORITY, agreed_on, by=by, on=on, version=version, note=note
    )


@transaction.atomic
def told_of_agreement(
    *, case: Case, told_on: date, by: User, on: date, version: int | None = None, note: str = ""
) -> Milestone:
    """The health commissioner told the authority of that agreement."""
    if M.AGREED_WITHOUT_AUTHORITY not in milestones.standing_of(_check(case).case):
        raise Refused("Record first that an agreement was reached without the authority.")
    return disagreements.once(
        case, M.AUTHORITY_TOLD_OF_AGREEMENT, told_on, by=by, on=on, version=version, note=note
    )


@transaction.atomic
def carry_out_other(
    *, case: Case, done_on: date, by: User, on: date, version: int | None = None, note: str = ""
) -> Milestone:
    """What was agreed on an issue without a right of appeal was done (reg 42(3))."""
    if M.AGREED_OTHER_ISSUE not in milestones.standing_of(_check(case).case):
        raise Refused("No agreement on another issue is recorded. Record the agreement first.")
    return disagreements.once(
        case, M.AGREEMENT_CARRIED_OUT, done_on, by=by, on=on, version=version, note=note
    )


@transaction.atomic
def not_continued(*, case: Case, ended_on: date, by: User, on: date, version: int | None = None) -> Mediation:
    """The family took it no further, and no certificate was issued. Raises Refused and StaleEdit."""
    mediation = _check(case)
    standing = milestones.standing_of(case)
    if ended_on > on:
        raise Refused(f"That cannot be after today, {show_day(on)}.", field="happened_on")
    if M.MEDIATION_HELD in standing or M.MEDIATION_CERTIFICATE_ISSUED in standing:
        raise Refused(
            "Mediation was held or a certificate was issued, so it did go on. Record what came of it."
        )
    with acting_as(by):
        claim(case, version=version)
        Mediation.objects.filter(pk=mediation.pk).update(not_continued_on=ended_on)
        milestones.rebuild(case)
        mediation.refresh_from_db()
        return mediation


def _check(case: Case, *, also: Collection[Ending] = ()) -> Mediation:
    if case.kind != CaseKind.MEDIATION:
        raise Refused(f"This is not a mediation: {case.get_kind_display()}.")
    detail = disagreements.check_goes_on(case, also=also)
    assert isinstance(detail, Mediation)  # noqa: S101 - the kind was checked above
    return detail
