"""Whom each open case waits for, and since when: bodies asked for advice, settings consulted, families, review reports.

Every source answers for any number of cases in a fixed number of statements. A higher app that knows more of one of them
(who a consulted setting is) registers its own source from `apps.ready`.
"""

import datetime
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from casework.access.scope import visible
from casework.models import (
    AdviceBody,
    AdviceRequest,
    AssignmentPart,
    Case,
    CaseKind,
    Clock,
    Milestone,
    MilestoneKind,
    Review,
    User,
)

M = MilestoneKind


class WaitsFor(StrEnum):
    """What an open case waits for."""

    ADVICE = "advice"
    CONSULTATION = "consultation"
    FAMILY = "family"
    REPORT = "report"

    @property
    def words(self) -> str:
        """What is to come."""
        return _WORDS[self]


_WORDS = {
    WaitsFor.ADVICE: "Advice",
    WaitsFor.CONSULTATION: "Reply to the consultation",
    WaitsFor.FAMILY: "Family's views",
    WaitsFor.REPORT: "Review report",
}


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that one case waits for. `until` is the last day of the limit or of the family's time; None without one.

    `record` is the advice request, for pages that act on it; None otherwise.
    """

    waits_for: WaitsFor
    whom: str
    since: datetime.date
    until: datetime.date | None
    case_id: int
    case_public_id: uuid.UUID
    case_kind: str
    child_id: int
    child_public_id: uuid.UUID
    record: uuid.UUID | None = None

    def days_late(self, as_at: datetime.date) -> int:
        """Days past the last day; 0 in time, and for the family, whose time is a right and no duty."""
        if self.until is None or self.waits_for is WaitsFor.FAMILY:
            return 0
        return max((as_at - self.until).days, 0)


Source = Callable[[QuerySet[Case], datetime.date], Iterable[Wait]]
_sources: dict[WaitsFor, Source] = {}


def register(waits_for: WaitsFor, source: Source) -> None:
    """Say how this kind of wait is found; replaces what was registered before.

    A source is given the open cases as a queryset, to be used inside its own statement, and the day.
    """
    _sources[waits_for] = source


def waiting(
    *, reader: User, as_at: datetime.date, worker: User | None = None, case: Case | None = None
) -> list[Wait]:
    """Everything that open cases wait for, as far as `reader` may see them; the longest late first, then by day.

    `worker` narrows to children that person leads on the day, `case` to one case. One statement for each kind of wait.
    """
    cases = visible(Case, reader).filter(closed_on__isnull=True)
    if worker is not None:
        lead = "child__assignments__"
        cases = cases.filter(
            **{f"{lead}user": worker, f"{lead}part": AssignmentPart.LEAD, f"{lead}period__contains": as_at}
        )
    if case is not None:
        cases = cases.filter(pk=case.pk)
    found = [wait for source in _sources.values() for wait in source(cases, as_at)]
    return sorted(
        found, key=lambda one: (-one.days_late(as_at), one.until or datetime.date.max, one.since, one.whom)
    )


_CASE = ("case_id", "case__public_id", "case__kind", "case__child_id", "case__child__public_id")


def _advice(cases: QuerySet[Case], as_at: datetime.date) -> Iterable[Wait]:
    names = dict(AdviceBody.choices)
    rows = AdviceRequest.objects.filter(
        case__in=cases.values("pk"), asked_on__lte=as_at, received_on__isnull=True, ended_on__isnull=True
    ).values_list("body", "who", "setting__name", "asked_on", "due_on", *_CASE, "public_id")
    for body, who, setting, asked_on, due_on, *found in rows:
        whom = who or setting
        words = f"{names[body]} ({whom})" if whom else str(names[body])
        yield Wait(WaitsFor.ADVICE, words, asked_on, due_on, *found)


def _consultations(cases: QuerySet[Case], as_at: datetime.date) -> Iterable[Wait]:
    """Settings consulted and not answered, by the milestones; the note names the setting where somebody wrote it."""
    standing = Milestone.objects.filter(replaced=False, withdrawn=False)
    answered = standing.filter(
        kind=M.SETTING_REPLIED,
        case=OuterRef("case"),
        part=OuterRef("part"),
        happened_on__gte=OuterRef("happened_on"),
    )
    rows = (
        standing.filter(~Exists(answered), kind=M.SETTING_CONSULTED, case__in=cases.values("pk"))
        .filter(happened_on__lte=as_at)
        .annotate(
            due=Min(
                "case__clocks__due_on",
                filter=Q(case__clocks__rule_code="A9", case__clocks__part=F("part")) & ~Q(part=""),
            )
        )
        .values_list("note", "happened_on", "due", *_CASE)
    )
    for note, since, due, *found in rows:
        until = due or since + datetime.timedelta(days=_REPLY_DAYS)
        yield Wait(WaitsFor.CONSULTATION, note or "Setting consulted", since, until, *found)


_REPLY_DAYS = 15  # SEND Code of Practice 2015 para 9.83: guidance


def _family(cases: QuerySet[Case], as_at: datetime.date) -> Iterable[Wait]:
    """Families whose 15 days with a draft or with amendments run, and who have not answered yet (rules A8 and C8)."""
    answered = Milestone.objects.filter(
        case=OuterRef("case"),
        kind=M.REPRESENTATIONS_RECEIVED,
        replaced=False,
        withdrawn=False,
        happened_on__gte=OuterRef("started_on"),
    )
    rows = (
        Clock.objects.filter(
            ~Exists(answered),
            case__in=cases.values("pk"),
            rule_code__in=("A8", "C8"),
            stopped_on__isnull=True,
        )
        .filter(started_on__lte=as_at, due_on__gte=as_at)
        .values_list("rule_code", "started_on", "due_on", *_CASE)
    )
    for code, since, until, *found in rows:
        whom = "Family: draft plan" if code == "A8" else "Family: proposed amendments"
        yield Wait(WaitsFor.FAMILY, whom, since, until, *found)


def _reports(cases: QuerySet[Case], as_at: datetime.date) -> Iterable[Wait]:
    rows: Any = Review.objects.filter(
        case__in=cases.filter(kind__in=(CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER)).values("pk"),
        held_on__lte=as_at,
        report_on__isnull=True,
        decided_on__isnull=True,
    ).values_list("held_on", "report_due_on", *_CASE)
    for held_on, due_on, *found in rows:
        yield Wait(WaitsFor.REPORT, "Setting: report of the review", held_on, due_on, *found)


register(WaitsFor.ADVICE, _advice)
register(WaitsFor.CONSULTATION, _consultations)
register(WaitsFor.FAMILY, _family)
register(WaitsFor.REPORT, _reports)
