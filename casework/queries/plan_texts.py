"""The texts of a plan as plain content, and what there is to read and to go on with."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from casework.models import Case, CaseKind, Clock, Milestone, Need, PlanText, PlanVersion, Stage, TextState
from casework.rules.plan_content import (
    AdviceRow,
    BudgetRow,
    NeedRow,
    OutcomeRow,
    PlanContent,
    ProvisionRow,
)
from casework.rules.plan_shown import ShownSection, show

WRITTEN_IN = (CaseKind.REQUEST, CaseKind.REASSESSMENT, CaseKind.ANNUAL_REVIEW, CaseKind.PHASE_TRANSFER)
"""The cases in which a plan is written or amended."""
FIFTEEN_DAYS = {"A8", "C8"}
"""The clocks of the family's fifteen days with the draft or the proposed amendments."""
_NEED_WORDS = {need.value: str(need.label) for need in Need}
_PARTS = ("sections", "needs", "outcomes", "provision", "budget", "advice")


def with_parts(rows: QuerySet[PlanText]) -> QuerySet[PlanText]:
    """Texts with everything `content_of` reads, in six statements whatever their number."""
    return rows.prefetch_related(*_PARTS)


def content_of(text: PlanText) -> PlanContent:
    """The whole text as plain values."""
    return PlanContent(
        words={section.letter: section.words for section in text.sections.all()},
        needs=tuple(NeedRow(str(row.key), row.words, row.kind, row.area) for row in text.needs.all()),
        outcomes=tuple(
            OutcomeRow(str(row.key), row.outcome, row.by_when, row.steps) for row in text.outcomes.all()
        ),
        provision=tuple(
            ProvisionRow(
                str(row.key), row.section, row.what, row.who, row.amount, row.unit, row.times, row.per, row.how,
                row.starts_on, row.ends_on, tuple(map(str, row.needs)), tuple(map(str, row.outcomes)),
            )
            for row in text.provision.all()
        ),
        budget=tuple(
            BudgetRow(str(row.key), row.part, row.way, row.what, row.amount) for row in text.budget.all()
        ),
        advice=tuple(
            AdviceRow(str(row.key), row.source, row.who, row.dated_on) for row in text.advice.all()
        ),
    )  # fmt: skip


def sections_of(text: PlanText) -> list[ShownSection]:
    """Sections A to K, without I, as they are read."""
    return show(content_of(text), need_words=_NEED_WORDS)


def standing_of(milestone: Milestone) -> Milestone | None:
    """The row that stands where this one was recorded: the last of its corrections, None if it was withdrawn."""
    while milestone.replaced:
        found = Milestone.objects.filter(replaces=milestone).first()
        if found is None:
            return None
        milestone = found
    return None if milestone.withdrawn else milestone


@dataclass(frozen=True)
class TextOrVersion:
    """A line of the list of versions: a text, a version whose words are kept elsewhere, or both."""

    text: PlanText | None
    version: PlanVersion | None

    @property
    def in_force(self) -> bool:
        """Whether it is a final version that no other has replaced."""
        return (
            self.version is not None
            and self.version.stage in {"final", "amended_final"}
            and self.version.ends_on is None
            and self.version.plan.ends_on is None
        )

    @property
    def served_on(self) -> datetime.date | None:
        """The day the draft or the notice went to the family, as it now stands."""
        if self.version is not None and self.version.stage == Stage.PROPOSED:
            return self.version.served_on
        if self.text and self.text.served_as:
            stands = standing_of(self.text.served_as)
            return stands.happened_on if stands else None
        return self.version.served_on if self.version else None


@dataclass(frozen=True)
class PlanCase:
    """An open case in which a plan is written, with its draft and the end of the family's days."""

    case: Case
    draft: PlanText | None
    served: PlanText | None
    fifteen_days: Clock | None


@dataclass(frozen=True)
class PlanRecord:
    """Everything of a child's plans and their texts."""

    lines: Sequence[TextOrVersion]
    cases: Sequence[PlanCase]

    @property
    def readable(self) -> list[PlanText]:
        """Texts that may be compared, newest first."""
        return [line.text for line in self.lines if line.text is not None]


def plan_record(*, child_id: int, versions: Iterable[PlanVersion], cases: Iterable[Case]) -> PlanRecord:
    """Texts beside versions, newest first, and the open cases a plan may be written in."""
    texts = list(
        PlanText.objects.filter(child_id=child_id)
        .select_related("served_as", "case", "started_by")
        .order_by("-number")
    )
    of_version = {text.plan_version_id: text for text in texts if text.plan_version_id}
    by_version = {version.pk: version for version in versions}
    lines = [TextOrVersion(text, by_version.get(text.plan_version_id or 0)) for text in texts]
    lines += [TextOrVersion(None, version) for pk, version in by_version.items() if pk not in of_version]
    lines.sort(key=_newest_last, reverse=True)
    open_cases = [case for case in cases if case.closed_on is None and case.kind in WRITTEN_IN]
    clocks = {
        clock.case_id: clock
        for clock in Clock.objects.filter(case__in=open_cases, rule_code__in=FIFTEEN_DAYS)
    }
    return PlanRecord(
        lines,
        [
            PlanCase(
                case,
                next((one for one in texts if one.case_id == case.pk and one.is_open), None),
                next(
                    (one for one in texts if one.case_id == case.pk and one.state == TextState.SERVED), None
                ),
                clocks.get(case.pk),
            )
            for case in open_cases
        ],
    )


def _newest_last(line: TextOrVersion) -> tuple[bool, datetime.date, int, int]:
    """Drafts last, then by the day in force or served, then by number."""
    day = (line.version.starts_on if line.version else None) or line.served_on or datetime.date.min
    drafting = line.text is not None and line.text.is_open
    return (
        drafting,
        day,
        line.version.number if line.version else 0,
        line.text.number if line.text else 0,
    )
