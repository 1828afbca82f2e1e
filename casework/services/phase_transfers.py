"""Open the phase transfers of a year, and say which setting was agreed.

The review, the notice and the amended plan of a transfer are recorded by `casework.services.reviews` and
`casework.services.amendments`, as for any review.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.columns import CameFrom
from casework.models import (
    Answer,
    Case,
    CaseKind,
    Child,
    Establishment,
    Milestone,
    MilestoneKind,
    PhaseTransfer,
    Plan,
    Review,
    ReviewType,
    User,
)
from casework.rules.phase_transfers import Phase, deadline, transfer_day
from casework.services import clocks, milestones
from casework.services.refusals import Refused
from casework.services.versions import claim

M = MilestoneKind
_GOES_ON = (
    M.REVIEW_MEETING_PLANNED,
    M.REVIEW_NOTICE_GIVEN,
    M.REVIEW_ADVICE_CIRCULATED,
    M.REVIEW_MEETING_HELD,
    M.REVIEW_REPORT_RECEIVED,
)
_EARLIEST_YEAR, _YEARS_AHEAD = 2015, 2


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened, and the children left alone because they had one already or have no plan in force."""

    cases: tuple[Case, ...]
    left: tuple[int, ...]


@transaction.atomic
def open_transfers(*, moves: Mapping[int, Phase], year: int, by: User, on: date) -> Opened:
    """Open a phase transfer for each child of `moves` (child key to phase) that moves in `year`.

    A review of the plan that is under way goes on in the transfer: its meeting counts for both, so it is not held
    twice. Asking again opens nothing twice. Raises Refused for a year that cannot be.
    """
    if not _EARLIEST_YEAR <= year <= on.year + _YEARS_AHEAD:
        raise Refused(
            f"A transfer in {year} cannot be opened now. Choose a year up to {on.year + _YEARS_AHEAD}.",
            field="year",
        )
    with acting_as(by):
        # Two people opening at once: the second waits here and then sees the first one's cases.
        children = set(
            Child.objects.select_for_update().filter(pk__in=moves).order_by("pk").values_list("pk", flat=True)
        )
        has_one = set(
            PhaseTransfer.objects.filter(case__child__in=children, due_on__year=year).values_list(
                "case__child", flat=True
            )
        )
        in_force = set(Plan.objects.as_at(on).filter(child__in=children).values_list("child", flat=True))
        wanted = sorted((children & in_force) - has_one)
        cases = Case.objects.bulk_create(
            [Case(child_id=pk, kind=CaseKind.PHASE_TRANSFER, opened_on=on) for pk in wanted]
        )
        phases = {case.pk: Phase(moves[case.child_id]) for case in cases}
        PhaseTransfer.objects.bulk_create(
            [
                PhaseTransfer(case=case, due_on=deadline(phases[case.pk], year), phase=phases[case.pk])
                for case in cases
            ]
        )
        Milestone.objects.bulk_create(
            [
                Milestone(
                    case=case, kind=phases[case.pk].milestone, happened_on=transfer_day(year), recorded_by=by
                )
                for case in cases
            ]
        )
        touched = _take_over(cases, by)
        clocks.rebuild_many(case_ids=[*(case.pk for case in cases), *touched])
        return Opened(tuple(cases), tuple(sorted(set(moves) - set(wanted))))


@transaction.atomic
def agree_setting(
    *,
    case: Case,
    setting: Establishment | None,
    words: str,
    by: User,
    version: int | None = None,
) -> PhaseTransfer:
    """Say which setting, or type of setting, the plan will name. Raises Refused and StaleEdit."""
    if setting is None and not words.strip():
        raise Refused(
            "Choose the setting, or enter the type of setting that the plan will name.", field="words"
        )
    with acting_as(by):
        case = claim(case, version=version)
        if case.closed_on is not None:
            raise Refused("This phase transfer is closed. Correct the plan instead.")
        PhaseTransfer.objects.filter(case=case).update(
            next_setting=setting, next_setting_words="" if setting else words.strip()
        )
        return PhaseTransfer.objects.get(case=case)


@transaction.atomic
def already_names(
    *, case: Case, found_on: date, setting: str, by: User, on: date, version: int | None = None
) -> Milestone:
    """The plan in force already names the setting after the transfer, so nothing is to be amended.

    Regulation 18(1): the plan is reviewed and amended *where necessary* before the day, so that it names the setting. A
    review after which the plan is maintained, and a plan that names that setting, is the duty done: the limit is met on the
    day the family was told so, never before the review was decided. `setting` is what section I names. Raises Refused.
    """
    if case.kind != CaseKind.PHASE_TRANSFER:
        raise Refused(f"This is not a phase transfer: {case.get_kind_display()}.")
    review = Review.objects.get(case=case)
    if review.decided_on is None or review.answer != Answer.MAINTAIN:
        raise Refused(
            "Decide the review first, to maintain the plan as it is. A plan that is amended names the setting in its "
            "amended text."
        )
    with acting_as(by):
        return milestones.record(
            case=case, kind=M.NEXT_SETTING_ALREADY_NAMED, happened_on=found_on, by=by, on=on, version=version,
            note=f"Section I names {setting.strip()}.",
        )  # fmt: skip


def _take_over(cases: Iterable[Case], by: User) -> list[int]:
    """Move the steps of undecided annual reviews into the transfers; the keys of those reviews."""
    by_child = {case.child_id: case for case in cases}
    reviews = (
        Review.objects.filter(
            case__child__in=by_child,
            case__kind=CaseKind.ANNUAL_REVIEW,
            case__closed_on__isnull=True,
            decided_on__isnull=True,
        )
        .exclude(type=ReviewType.INTERIM)
        .values_list("pk", flat=True)
    )
    rows = list(
        Milestone.objects.filter(
            case__in=list(reviews), kind__in=_GOES_ON, replaced=False, withdrawn=False
        ).select_related("case")
    )
    moved, gone = [], []
    for row in rows:
        transfer = by_child[row.case.child_id]
        moved.append(
            Milestone(
                case=transfer, kind=row.kind, happened_on=row.happened_on, recorded_by=row.recorded_by,
                note=row.note, came_from=row.came_from,
            )
        )  # fmt: skip
        gone.append(
            Milestone(
                case=row.case, kind=row.kind, happened_on=row.happened_on, recorded_by=by, replaces=row,
                withdrawn=True, came_from=CameFrom.CASEWORKER,
                reason_for_correction=f"The review goes on in the phase transfer {transfer.reference}.",
            )
        )  # fmt: skip
    Milestone.objects.filter(pk__in=[row.pk for row in rows]).update(replaced=True)
    Milestone.objects.bulk_create([*moved, *gone])
    return sorted({row.case_id for row in rows})
