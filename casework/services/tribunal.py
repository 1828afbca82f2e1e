"""What the Tribunal sends: directions, hearings, orders with the limits of regulation 44, recommendations."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import IntegrityError, transaction

from casework.audit import acting_as
from casework.models import (
    Appeal,
    Case,
    CaseKind,
    DirectionKind,
    HearingKind,
    HearingOutcome,
    Milestone,
    MilestoneKind,
    TribunalDirection,
    TribunalHearing,
    TribunalOrder,
    User,
)
from casework.models.tribunal import RECOMMENDATIONS
from casework.rules.appeal_rights import WITH_RECOMMENDATIONS, Appealable
from casework.rules.clock_words import show_day
from casework.rules.clocks import RULES, due_on
from casework.rules.disagreements import Ending
from casework.rules.tribunal_orders import RECOMMENDATION_RULE, OrderKind, milestone_of, orders_for
from casework.rules.undertakings import STARTS
from casework.services import disagreements, milestones
from casework.services.refusals import Refused
from casework.services.versions import claim

M = MilestoneKind
_ORDERED = (
    M.ORDERED_TO_ASSESS,
    M.ORDERED_TO_MAKE_PLAN,
    M.ORDERED_TO_AMEND,
    M.ORDERED_TO_CHANGE_SETTING,
    M.CEASING_APPEAL_DISMISSED,
)


@transaction.atomic
def direct(
    *,
    case: Case,
    kind: DirectionKind,
    text: str,
    due_on: date,
    by: User,
    on: date,
    version: int | None = None,
) -> TribunalDirection:
    """Keep a direction of the Tribunal with its day. A day that has passed is kept too: it is late at once."""
    _check(case)
    if kind in RECOMMENDATIONS:
        raise Refused(
            "Record the recommendation itself: its five weeks are counted from the day it was received."
        )
    if not text.strip():
        raise Refused("Enter what is to be done.", field="text")
    registered = milestones.standing_of(case)[M.APPEAL_REGISTERED][0]
    if due_on < registered:
        raise Refused(
            f"{show_day(due_on)} is before the appeal was registered on {show_day(registered)}. Check the date.",
            field="due_on",
        )
    with acting_as(by):
        claim(case, version=version)
        return TribunalDirection.objects.create(case=case, kind=kind, text=text.strip(), due_on=due_on)


@transaction.atomic
def move_direction(
    *, direction: TribunalDirection, due_on: date, why: str, by: User, on: date, version: int | None = None
) -> TribunalDirection:
    """The Tribunal gave another day. The earlier one stays in the trail with the reason. Raises Refused and StaleEdit."""
    if not why.strip():
        raise Refused("Enter why the day was moved: the Tribunal's order, or what it answered.", field="why")
    with acting_as(by, reason=why.strip()):
        claim(direction.case, version=version)
        row = _open(direction)
        if row.due_on == due_on:
            raise Refused(f"The day is {show_day(due_on)} already.", field="due_on")
        TribunalDirection.objects.filter(pk=row.pk).update(due_on=due_on, moved_because=why.strip())
        row.refresh_from_db()
        return row


@transaction.atomic
def complete_direction(
    *,
    direction: TribunalDirection,
    done_on: date,
    by: User,
    on: date,
    note: str = "",
    version: int | None = None,
) -> TribunalDirection:
    """What was directed was done, or the recommendation answered in writing. Raises Refused and StaleEdit."""
    if done_on > on:
        raise Refused(f"That cannot be after today, {show_day(on)}.", field="happened_on")
    with acting_as(by):
        case = claim(direction.case, version=version)
        row = _open(direction)
        began = milestones.standing_of(case)[M.APPEAL_REGISTERED][0]
        if done_on < began:
            raise Refused(
                f"{show_day(done_on)} is before the appeal was registered on {show_day(began)}. Check the date.",
                field="happened_on",
            )
        if row.kind in RECOMMENDATIONS and not note.strip():
            raise Refused(
                "Enter the answer: whether the recommendation is followed and, if not, why not.", field="note"
            )
        TribunalDirection.objects.filter(pk=row.pk).update(done_on=done_on, note=note.strip())
        if row.kind in RECOMMENDATIONS:
            _answered(case, by=by, on=on)
        row.refresh_from_db()
        return row


@transaction.atomic
def drop_direction(
    *, direction: TribunalDirection, why: str, by: User, on: date, version: int | None = None
) -> TribunalDirection:
    """The direction no longer applies, for a reason in words. Raises Refused and StaleEdit."""
    if not why.strip():
        raise Refused("Enter why it no longer applies.", field="why")
    with acting_as(by, reason=why.strip()):
        claim(direction.case, version=version)
        row = _open(direction)
        if row.kind in RECOMMENDATIONS:
            raise Refused("A recommendation is answered, not dropped. Record the answer.", field="why")
        TribunalDirection.objects.filter(pk=row.pk).update(dropped_because=why.strip())
        row.refresh_from_db()
        return row


@transaction.atomic
def list_hearing(
    *,
    case: Case,
    kind: HearingKind,
    listed_for: date,
    by: User,
    on: date,
    how: str = "",
    version: int | None = None,
) -> TribunalHearing:
    """The Tribunal listed a hearing. Raises Refused (in the past, listed already, appeal decided) and StaleEdit."""
    _check(case)
    check_no_order(milestones.standing_of(case))
    if listed_for < on:
        raise Refused(
            f"{show_day(listed_for)} has passed. A hearing is listed for a day to come; if it took place, record the "
            "order.",
            field="listed_for",
        )
    with acting_as(by):
        claim(case, version=version)
        try:
            with transaction.atomic():
                return TribunalHearing.objects.create(
                    case=case, kind=kind, listed_for=listed_for, how=how.strip()
                )
        except IntegrityError as error:
            raise Refused(
                f"A hearing of this appeal is listed for {show_day(listed_for)} already.", field="listed_for"
            ) from error


@transaction.atomic
def conclude_hearing(
    *,
    hearing: TribunalHearing,
    outcome: HearingOutcome,
    by: User,
    on: date,
    note: str = "",
    version: int | None = None,
) -> TribunalHearing:
    """The hearing was held or adjourned, or the day was vacated. Raises Refused and StaleEdit."""
    with acting_as(by):
        claim(hearing.case, version=version)
        row = TribunalHearing.objects.get(pk=hearing.pk)
        if row.outcome:
            raise Refused(f"It is recorded already: {row.get_outcome_display().lower()}.")
        if outcome != HearingOutcome.VACATED and row.listed_for > on:
            raise Refused(
                f"The hearing is on {show_day(row.listed_for)}, so it has not been held. "
                "If the Tribunal has taken the day away, say that it is vacated.",
                field="outcome",
            )
        TribunalHearing.objects.filter(pk=row.pk).update(outcome=outcome, note=note.strip())
        row.refresh_from_db()
        return row


@transaction.atomic
def order(
    *,
    case: Case,
    kind: OrderKind,
    made_on: date,
    terms: str,
    by: User,
    on: date,
    received_on: date | None = None,
    by_consent: bool = False,
    version: int | None = None,
) -> TribunalOrder:
    """Record an order of the Tribunal; every limit runs from the day it was made, whenever it arrived (reg 44(2)).

    An order to make a plan takes the request up again at once; one to assess does so when the family is told. Raises
    Refused (before the appeal, twice, not an order of such an appeal, no terms) and StaleEdit.
    """
    appeal = _check(case)
    against = Appealable(appeal.against)
    if kind not in orders_for(against):
        raise Refused(
            f"An appeal against “{against.words.lower()}” does not end in that order. Choose another.",
            field="kind",
        )
    if not terms.strip():
        raise Refused("Enter what the Tribunal ordered, in its words.", field="terms")
    if received_on is not None and not made_on <= received_on <= on:
        raise Refused(
            "The order was received on or after the day it was made, and not after today. Check both dates.",
            field="received_on",
        )
    standing = milestones.standing_of(case)
    if kind.ends_the_appeal:
        check_no_order(standing)
    milestone_kind = milestone_of(kind, against)
    with acting_as(by):
        record = disagreements.once if milestone_kind is not M.TRIBUNAL_ORDERED else _another
        milestone = record(case, milestone_kind, made_on, by=by, on=on, version=version, field="made_on")
        made = TribunalOrder.objects.create(
            milestone=milestone,
            kind=kind,
            received_on=received_on,
            by_consent=by_consent,
            terms=terms.strip(),
        )
        # Whether the appeal is over depends on the order's kind, which the milestone alone does not tell.
        milestones.rebuild(case)
        bound = STARTS.get(milestone_kind)
        if bound is not None:
            disagreements.goes_on(case, bound, day=made_on, by=by, on=on)
        return made


@transaction.atomic
def recommend(
    *,
    case: Case,
    received_on: date,
    by: User,
    on: date,
    health: str = "",
    social_care: str = "",
    version: int | None = None,
) -> list[TribunalDirection]:
    """Keep the Tribunal's recommendations on health and social care; each is to be answered in writing in five weeks.

    They do not bind (SI 2017/1306). Raises Refused (none given, not in such an appeal, received twice) and StaleEdit.
    """
    appeal = _check(case, decided=True)
    if Appealable(appeal.against) not in WITH_RECOMMENDATIONS:
        raise Refused("An appeal against a refusal to assess carries no recommendations.")
    wanted = [
        (kind, text.strip())
        for kind, text in ((DirectionKind.HEALTH, health), (DirectionKind.SOCIAL_CARE, social_care))
        if text.strip()
    ]
    if not wanted:
        raise Refused(
            "Enter what the Tribunal recommended on health, on social care or on both.", field="health"
        )
    last = due_on(RULES[RECOMMENDATION_RULE], {M.RECOMMENDATION_RECEIVED: received_on}, frozenset())
    if last is None:
        raise Refused("Recommendations were made from 3 April 2018. Check the date.", field="happened_on")
    with acting_as(by):
        disagreements.once(case, M.RECOMMENDATION_RECEIVED, received_on, by=by, on=on, version=version)
        return [
            TribunalDirection.objects.create(case=case, kind=kind, text=text, due_on=last)
            for kind, text in wanted
        ]


def check_no_order(standing: Mapping[MilestoneKind, Sequence[date]]) -> None:
    """Raise Refused when the Tribunal has ended the appeal by an order that is to be carried out."""
    for kind in _ORDERED:
        if kind in standing:
            raise Refused(
                f"The Tribunal's order of {show_day(standing[kind][0])} ended this appeal. "
                "Correct that entry on the timeline if it is wrong."
            )


def _answered(case: Case, *, by: User, on: date) -> None:
    rows = TribunalDirection.objects.filter(case=case, kind__in=RECOMMENDATIONS)
    days = [row.done_on for row in rows]
    if all(days) and M.RECOMMENDATION_ANSWERED not in milestones.standing_of(case):
        disagreements.once(case, M.RECOMMENDATION_ANSWERED, max(day for day in days if day), by=by, on=on)


def _another(
    case: Case, kind: MilestoneKind, day: date, *, by: User, on: date, version: int | None, field: str
) -> Milestone:
    """An order that may be followed by others, such as directions to reconsider."""
    try:
        return milestones.record(case=case, kind=kind, happened_on=day, by=by, on=on, version=version)
    except Refused as refusal:
        if refusal.field == "happened_on":
            refusal.field = field
        raise


def _open(direction: TribunalDirection) -> TribunalDirection:
    """The row as it is now; somebody may have finished it a moment ago."""
    row = TribunalDirection.objects.select_related("case").get(pk=direction.pk)
    if row.done_on:
        raise Refused(f"It was done on {show_day(row.done_on)} already.")
    if row.dropped_because:
        raise Refused(f"It no longer applies: {row.dropped_because}")
    return row


def _check(case: Case, *, decided: bool = False) -> Appeal:
    if case.kind != CaseKind.APPEAL:
        raise Refused(f"This is not an appeal: {case.get_kind_display()}.")
    also = (Ending.DETERMINED, Ending.CARRIED_OUT) if decided else ()
    detail = disagreements.check_goes_on(case, also=also)
    assert isinstance(detail, Appeal)  # noqa: S101 - the kind was checked above
    return detail
