"""The children who move phase in a year, how far each has come, and how past years went."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import ExtractYear

from casework.access.scope import visible
from casework.models import (
    AssignmentPart,
    CaseAssignment,
    CaseKind,
    Clock,
    PhaseTransfer,
    Plan,
    Review,
    StopKind,
    User,
)
from casework.queries.attended import with_setting
from casework.rules.phase_transfers import (
    OLDEST_YEAR,
    YOUNGEST_YEAR,
    Certainty,
    Move,
    Phase,
    Stage,
    born_between,
    move_of,
)

_NURSERY, _SIXTH_FORM = 5, 16
_YEARS_WITHOUT_AGES = (-1, 6, 11)


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One line of the board: how many children of one phase stand at each stage."""

    phase: str
    name: str
    stages: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class YearFigure:
    """How one kind of transfer went in one year; `share` is in time of all that were due."""

    year: int
    post_16: bool
    due: int
    in_time: int
    late: int
    not_sent: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing was due."""
        return self.in_time / self.due if self.due else None


def cohort(
    *, reader: User, year: int, on: datetime.date, certainty: Certainty | None = None
) -> QuerySet[Any]:
    """Plans in force whose child moves in `year` and has no phase transfer open or closed for it.

    Each has `year_group` (by age, in the school year before the move) and the setting attended. `LEAVING` are those
    whose setting ends; `CHECK` those to be asked about (see `casework.rules.phase_transfers.move_of`).
    """
    opened = PhaseTransfer.objects.filter(case__child=OuterRef("child"), due_on__year=year)
    rows = (
        visible(Plan, reader)
        .as_at(on)  # type: ignore[attr-defined]
        .filter(~Exists(opened))
        .annotate(year_group=_year_group(year))
        .filter(
            child__date_of_birth__range=(
                born_between(OLDEST_YEAR, year)[0],
                born_between(YOUNGEST_YEAR, year)[1],
            )
        )
    )
    rows = with_setting(rows, child="child", on=on).annotate(leaves_after=F("setting_high_age") - _NURSERY)
    not_post_16 = Q(setting_low_age__isnull=True) | Q(setting_low_age__lt=_SIXTH_FORM)
    leaving = not_post_16 & (Q(setting_high_age__lte=_NURSERY) | Q(year_group__gte=F("leaves_after")))
    check = Q(setting_high_age__isnull=True, year_group__in=_YEARS_WITHOUT_AGES) | (
        not_post_16 & Q(setting_high_age__gt=_SIXTH_FORM, year_group=11)
    )
    chosen = {Certainty.LEAVING: leaving, Certainty.CHECK: check, None: leaving | check}[certainty]
    found: QuerySet[Any] = rows.filter(chosen).select_related("child__area")
    return found


def move_in(plan: Any) -> Move | None:
    """The move of a row of `cohort`, with why."""
    return move_of(year_group=plan.year_group, low_age=plan.setting_low_age, high_age=plan.setting_high_age)


def transfers(*, reader: User, year: int, on: datetime.date) -> QuerySet[Any]:
    """The phase transfers of a year with `stage` and the setting attended, soonest due first."""
    rows = (
        visible(Review, reader)
        .filter(case__kind=CaseKind.PHASE_TRANSFER, case__phase_transfer__due_on__year=year)
        .exclude(case__closed_because="plan_ended")
        .with_stage()  # type: ignore[attr-defined]
    )
    lead = CaseAssignment.objects.as_at(on).filter(child=OuterRef("case__child"), part=AssignmentPart.LEAD)
    found: QuerySet[Any] = (
        with_setting(rows, child="case__child", on=on)
        .select_related("case__child__area", "case__phase_transfer__next_setting")
        .annotate(lead=Subquery(lead.values("user__name")[:1]))
        .order_by("case__phase_transfer__due_on", "case__child__surname", "case__child__forename", "pk")
    )
    return found


def board(*, reader: User, year: int, on: datetime.date) -> list[PhaseRow]:
    """Children by phase and stage, those not opened yet first; the whole cohort in two statements."""
    found: dict[str, dict[Stage, int]] = defaultdict(lambda: defaultdict(int))
    for row in _cohort_counts(cohort(reader=reader, year=year, on=on, certainty=Certainty.LEAVING)):
        found[row[0]][Stage.COHORT] += row[1]
    counted = (
        transfers(reader=reader, year=year, on=on)
        .order_by()
        .values_list("case__phase_transfer__phase", "case__phase_transfer__due_on", "stage")
        .annotate(number=Count("pk"))
    )
    for phase, due_on, stage, number in counted:
        found[phase or _phase_by_day(due_on)][Stage(stage)] += number
    return [_line(phase, found[phase]) for phase in [*map(str, Phase), ""] if phase in found]


def by_setting(*, reader: User, year: int, on: datetime.date) -> list[PhaseRow]:
    """The same by the setting the children attend now, largest first."""
    names: dict[str, str] = {}
    found: dict[str, dict[Stage, int]] = defaultdict(lambda: defaultdict(int))
    leaving = cohort(reader=reader, year=year, on=on, certainty=Certainty.LEAVING)
    columns = ("setting", "setting_name")
    for setting, name, number in leaving.order_by().values_list(*columns).annotate(number=Count("pk")):
        key = str(setting or 0)
        names[key] = name or "No setting recorded"
        found[key][Stage.COHORT] += number
    rows = transfers(reader=reader, year=year, on=on).order_by().values_list(*columns, "stage")
    for setting, name, stage, number in rows.annotate(number=Count("pk")):
        key = str(setting or 0)
        names[key] = name or "No setting recorded"
        found[key][Stage(stage)] += number
    lines = [_line(key, found[key], names[key]) for key in found]
    return sorted(lines, key=lambda line: (-line.total, line.name))


def past_years(*, reader: User, on: datetime.date, years: int = 6) -> list[YearFigure]:
    """How many amended plans were sent in time, by year and deadline; plans that ended before are left out."""
    done, passed = Q(stop_kind=StopKind.DONE), Q(due_on__lt=on)
    rows = (
        visible(Clock, reader)
        .filter(rule_code__in=("D1", "D2"), due_on__year__gt=on.year - years, due_on__year__lte=on.year)
        .exclude(stop_kind=StopKind.ENDED)
        .annotate(year=ExtractYear("due_on"))
        .order_by()
        .values("year", "rule_code")
        .annotate(
            due=Count("pk", filter=passed),
            in_time=Count("pk", filter=passed & done & Q(stopped_on__lte=F("due_on"))),
            late=Count("pk", filter=passed & done & Q(stopped_on__gt=F("due_on"))),
            not_sent=Count("pk", filter=passed & Q(stopped_on__isnull=True)),
        )
        .order_by("-year", "rule_code")
    )
    return [
        YearFigure(
            row["year"], row["rule_code"] == "D1", row["due"], row["in_time"], row["late"], row["not_sent"]
        )
        for row in rows
        if row["due"]
    ]


def _cohort_counts(rows: QuerySet[Any]) -> list[tuple[str, int]]:
    counted = (
        rows.order_by()
        .values_list("year_group", "setting_low_age", "setting_high_age")
        .annotate(number=Count("pk"))
    )
    found = []
    for year_group, low, high, number in counted:
        move = move_of(year_group=year_group, low_age=low, high_age=high)
        if move is not None:
            found.append((str(move.phase), number))
    return found


def _year_group(year: int) -> Func:
    """The expected year group in the school year that ends in `year`: school years of birth begin on 1 September."""
    return Func(
        F("child__date_of_birth"),
        template=f"({int(year) - 6} - extract(year from %(expressions)s - interval '8 months')::int)",
        output_field=IntegerField(),
    )


def _phase_by_day(due_on: datetime.date) -> str:
    """A return tells only the day: 31 March is the move to post-16."""
    return str(Phase.TO_POST_16) if due_on.month == 3 else ""


def _line(key: str, found: dict[Stage, int], name: str = "") -> PhaseRow:
    stages = tuple(found.get(stage, 0) for stage in Stage)
    words = name or (Phase(key).words if key else "Phase not recorded")
    return PhaseRow(key, words, stages, sum(stages))


def matches(plan: Any, phase: str) -> bool:
    """Whether a row of `cohort` makes this move."""
    move = move_in(plan)
    return move is not None and (not phase or str(move.phase) == phase)
