"""Use advice given before instead of asking again: only when adviser, authority and family all agree (reg 6(4))."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.models import AdviceRequest, Case, ExistingAdvice, MilestoneKind, User
from casework.rules.advice import Agrees
from casework.rules.clock_words import show_day
from casework.services import milestones
from casework.services.advice import Ask, check_assessing, check_open, row_for
from casework.services.refusals import Refused
from casework.services.versions import claim


@dataclass(frozen=True, slots=True)
class Agreement:
    """That one party is satisfied that the existing advice is enough: the day, and who said so."""

    agreed_on: date
    agreed_by: str


@transaction.atomic
def propose(
    *,
    case: Case,
    whose: Ask | AdviceRequest,
    what: str,
    agreements: Mapping[Agrees, Agreement],
    by: User,
    on: date,
    given_on: date | None = None,
    version: int | None = None,
) -> ExistingAdvice:
    """Record existing advice and who agrees that it is enough; with all three agreements it is used from the last day.

    Until then nothing is accepted and a clock that runs goes on. `agreements` adds to what was recorded before, and an
    agreement given again replaces the earlier one. Raises Refused and StaleEdit.
    """
    if not what.strip():
        raise Refused("Enter which advice this is, such as its title and who gave it.", field="what")
    if given_on is not None and given_on > on:
        raise Refused(f"The advice cannot have been given after today, {show_day(on)}.", field="given_on")
    for party, agreement in agreements.items():
        _check(party, agreement, given_on, on=on)
    with acting_as(by):
        case = claim(case, version=version)
        check_assessing(case)
        row = row_for(case, whose) if isinstance(whose, Ask) else _held(case, whose)
        check_open(row)
        if row.received_on is not None:
            raise Refused(
                f"New advice came on {show_day(row.received_on)}, so nothing needs to stand in for it."
            )
        given = {
            f"{party}_agreed_{part}": value
            for party, agreement in agreements.items()
            for part, value in (("on", agreement.agreed_on), ("by", agreement.agreed_by.strip()))
        }
        existing, _ = ExistingAdvice.objects.update_or_create(
            advice=row, defaults={"what": what.strip(), "given_on": given_on, **given}
        )
        if not existing.missing:
            _accept(case, row, existing, by=by, on=on)
            existing.refresh_from_db()
        return existing


def _accept(case: Case, row: AdviceRequest, existing: ExistingAdvice, *, by: User, on: date) -> None:
    days = [existing.adviser_agreed_on, existing.authority_agreed_on, existing.family_agreed_on]
    last = max(day for day in days if day is not None)
    if row.asked_on is not None and last < row.asked_on:
        last = row.asked_on
    milestones.enter(
        case=case, kind=MilestoneKind.ADVICE_NOT_NEEDED, happened_on=last, by=by, on=on, part=row.part,
        note=f"{row.name}. Existing advice is used: {existing.what}. All three agree (reg 6(4)).",
    )  # fmt: skip
    milestones.rebuild(case)


def _check(party: Agrees, agreement: Agreement, given_on: date | None, *, on: date) -> None:
    if not agreement.agreed_by.strip():
        raise Refused(f"Enter who agreed for {party.words}.", field=f"{party}_agreed_by")
    if agreement.agreed_on > on:
        raise Refused(
            f"The agreement of {party.words} cannot be after today, {show_day(on)}.",
            field=f"{party}_agreed_on",
        )
    if given_on is not None and agreement.agreed_on < given_on:
        raise Refused(
            f"The agreement of {party.words} on {show_day(agreement.agreed_on)} is before the advice was given on "
            f"{show_day(given_on)}. Check both dates.",
            field=f"{party}_agreed_on",
        )


def _held(case: Case, row: AdviceRequest) -> AdviceRequest:
    found = (
        AdviceRequest.objects.select_for_update(of=("self",))
        .select_related("setting")
        .filter(case=case, pk=row.pk)
    )
    return found.get()
