"""Ask bodies for advice in an assessment, chase them, and record what came or why nothing more is needed.

A milestone of the body starts and stops its clock; `casework.services.existing_advice` holds advice given before.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from casework.audit import acting_as
from casework.models import (
    AdviceBody,
    AdviceChase,
    AdviceReminder,
    AdviceRequest,
    AssignmentPart,
    Case,
    CaseAssignment,
    CaseKind,
    ChaseMeans,
    Establishment,
    MilestoneKind,
    User,
)
from casework.rules.clock_words import show_day
from casework.services import advice_tables, milestones
from casework.services.refusals import Refused
from casework.services.versions import claim

M = MilestoneKind
KINDS = (CaseKind.REQUEST, CaseKind.REASSESSMENT)


@dataclass(frozen=True, slots=True)
class Ask:
    """Whom to ask: the kind of body, and the person, team or setting."""

    body: AdviceBody
    who: str = ""
    setting: Establishment | None = None


@transaction.atomic
def ask(
    *, case: Case, whom: Sequence[Ask], asked_on: date, by: User, on: date, version: int | None = None
) -> list[AdviceRequest]:
    """Ask these bodies; each has six weeks of its own from `asked_on`, the day the request reached it (reg 8(1)).

    Raises Refused (nobody chosen, not assessing, asked already, day cannot be) and StaleEdit.
    """
    if not whom:
        raise Refused("Select at least one body to ask.", field="bodies")
    with acting_as(by):
        case = claim(case, version=version)
        check_assessing(case)
        asked = []
        for one in whom:
            advice = row_for(case, one)
            if advice.asked_on is not None:
                raise Refused(
                    f"{advice.name} was asked on {show_day(advice.asked_on)} and has not answered. Chase that "
                    "request, or say who else is asked.",
                    field="bodies",
                )
            if advice in asked:
                raise Refused(
                    f"{advice.name} is chosen twice. Say who else is asked, or leave one out.", field="bodies"
                )
            milestones.enter(
                case=case, kind=M.ADVICE_REQUESTED, happened_on=asked_on, by=by, on=on, note=advice.name,
                part=advice.part,
            )  # fmt: skip
            asked.append(advice)
        return _as_derived(case, asked)


@transaction.atomic
def receive(
    *,
    case: Case,
    advice: Sequence[AdviceRequest],
    received_on: date,
    by: User,
    on: date,
    note: str = "",
    version: int | None = None,
) -> list[AdviceRequest]:
    """Record that the advice of these bodies came on a day. Late advice is recorded like any other.

    Raises Refused (nobody chosen, not asked, received before it was asked for, in the future) and StaleEdit.
    """
    if not advice:
        raise Refused("Select at least one body whose advice has come.", field="advice")
    with acting_as(by):
        case = claim(case, version=version)
        rows = _held(case, advice)
        for row in rows:
            _check_waiting(row)
            if row.asked_on is not None and received_on < row.asked_on:
                raise Refused(
                    f"{row.name} was asked on {show_day(row.asked_on)}, so its advice cannot have come on "
                    f"{show_day(received_on)}. Check both dates.",
                    field="received_on",
                )
            milestones.enter(
                case=case, kind=M.ADVICE_RECEIVED, happened_on=received_on, by=by, on=on, part=row.part,
                note=". ".join(filter(None, [row.name, note.strip()])),
            )  # fmt: skip
        return _as_derived(case, rows)


@transaction.atomic
def withdraw(
    *, advice: AdviceRequest, ended_on: date, why: str, by: User, on: date, version: int | None = None
) -> AdviceRequest:
    """Say that the advice is no longer needed, and why; its clock falls away. Raises Refused and StaleEdit."""
    if not why.strip():
        raise Refused("Enter why this advice is no longer needed.", field="why")
    with acting_as(by):
        case = claim(advice.case, version=version)
        [row] = _held(case, [advice])
        if row.received_on is not None:
            raise Refused(
                f"This advice came on {show_day(row.received_on)}. If that is wrong, correct it on the timeline."
            )
        check_open(row)
        milestones.enter(
            case=case, kind=M.ADVICE_NOT_NEEDED, happened_on=ended_on, by=by, on=on, part=row.part,
            note=f"{row.name}. {why.strip()}",
        )  # fmt: skip
        [row] = _as_derived(case, [row])
        return row


@transaction.atomic
def chase(
    *,
    advice: Sequence[AdviceRequest],
    chased_on: date,
    means: ChaseMeans,
    by: User,
    on: date,
    to_whom: str = "",
    note: str = "",
    next_on: date | None = None,
) -> list[AdviceChase]:
    """Record that these bodies were chased, be it for one child or for many. Chasing moves no date.

    Raises Refused when nobody is chosen, one has answered meanwhile, or the days cannot be.
    """
    if not advice:
        raise Refused("Select at least one body to chase.", field="advice")
    if chased_on > on:
        raise Refused(
            f"The chase cannot be after today, {show_day(on)}. Enter the day it was made.", field="chased_on"
        )
    if next_on is not None and next_on <= chased_on:
        raise Refused("The next chase must be after this one. Check both dates.", field="next_on")
    with acting_as(by):
        rows = list(
            AdviceRequest.objects.select_for_update(of=("self",))
            .filter(pk__in=[one.pk for one in advice])
            .select_related("case__child", "setting")
        )
        for row in rows:
            _check_waiting(row)
            if row.asked_on is not None and chased_on < row.asked_on:
                raise Refused(
                    f"{row.name} was asked for advice about {row.case.child.name} on {show_day(row.asked_on)}, "
                    f"after the chase on {show_day(chased_on)}. Check the day.",
                    field="chased_on",
                )
        chases = AdviceChase.objects.bulk_create(
            AdviceChase(
                advice=row, chased_on=chased_on, means=means, to_whom=to_whom.strip(), note=note.strip(),
                next_on=next_on, chased_by=by,
            )
            for row in rows
        )  # fmt: skip
        advice_tables.write_for(sorted({row.case_id for row in rows}))
        return chases


@transaction.atomic
def remind(*, on: date) -> int:
    """Write down who is to be chased by `on` and which worker is shown it; the number of new reminders.

    One for each day that was set, so a second run, or a run after days without one, writes nothing twice.
    """
    due = list(
        AdviceRequest.objects.filter(chase_on__lte=on, case__closed_on__isnull=True).values_list(
            "pk", "chase_on", "case__child"
        )
    )
    leads = dict(
        CaseAssignment.objects.as_at(on)
        .filter(part=AssignmentPart.LEAD, child__in={child for _, _, child in due})
        .values_list("child", "user")
    )
    before = AdviceReminder.objects.count()
    AdviceReminder.objects.bulk_create(
        [
            AdviceReminder(advice_id=pk, for_day=day, worker_id=leads.get(child), made_on=on)
            for pk, day, child in due
            if day is not None
        ],
        ignore_conflicts=True,
    )
    return AdviceReminder.objects.count() - before


def row_for(case: Case, one: Ask) -> AdviceRequest:
    """The request to this body that is not answered yet, or a new one; for services that hold the case."""
    if one.body not in AdviceBody.values:
        raise Refused("Select the body from the list.", field="bodies")
    who = " ".join(one.who.split())
    try:
        with transaction.atomic():
            row, _ = AdviceRequest.objects.select_related("setting").get_or_create(
                case=case, body=one.body, who=who, setting=one.setting, received_on=None, ended_on=None,
                defaults={"public_id": uuid.uuid4()},
            )  # fmt: skip
    except IntegrityError:
        return row_for(case, one)
    return row


def check_assessing(case: Case) -> None:
    """Raise Refused unless an assessment is under way in this case."""
    if CaseKind(case.kind) not in KINDS:
        raise Refused(f"Advice is asked for in an assessment, and this is another case: {case.reference}.")
    if case.closed_on is not None:
        raise Refused(f"This case closed on {show_day(case.closed_on)}, so no advice is asked for in it.")
    if M.DECIDED_TO_ASSESS not in milestones.standing_of(case):
        raise Refused(
            "The decision to assess is not recorded yet. Record it first: the authority must ask for advice once it "
            "has decided to assess (SEND Regs 2014 reg 6(1))."
        )


def check_open(row: AdviceRequest) -> None:
    """Raise Refused for a request that was ended."""
    if row.ended_on is not None:
        raise Refused(
            f"{row.name}: not needed since {show_day(row.ended_on)} ({row.get_ended_because_display().lower()}). "
            "Ask again if it is needed after all."
        )


def _check_waiting(row: AdviceRequest) -> None:
    if row.received_on is not None:
        raise Refused(
            f"{row.name}: the advice about {row.case.child.name} came on {show_day(row.received_on)}. Leave it out.",
            field="advice",
        )
    check_open(row)
    if row.asked_on is None:
        raise Refused(f"{row.name} has not been asked yet. Ask first.", field="advice")
    if row.case.closed_on is not None:
        raise Refused(
            f"{row.name}: the case of {row.case.child.name} closed on {show_day(row.case.closed_on)}.",
            field="advice",
        )


def _held(case: Case, advice: Sequence[AdviceRequest]) -> list[AdviceRequest]:
    """The rows as they are now that nobody else can change them."""
    wanted = {one.pk for one in advice}
    rows = list(
        AdviceRequest.objects.select_for_update(of=("self",))
        .filter(case=case, pk__in=wanted)
        .select_related("case__child", "setting")
    )
    if len(rows) != len(wanted):
        raise Refused("One of these requests belongs to another case. Open the page of the assessment again.")
    return rows


def _as_derived(case: Case, rows: Sequence[AdviceRequest]) -> list[AdviceRequest]:
    milestones.rebuild(case)
    found = AdviceRequest.objects.select_related("case__child", "setting").in_bulk([row.pk for row in rows])
    return [found[row.pk] for row in rows]
