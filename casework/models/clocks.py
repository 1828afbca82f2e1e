"""Statutory clocks: when each started, is due and stopped. Status is worked out for a day, never stored."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case as Choose
from django.db.models import Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from casework.audit import tracked, untracked
from casework.columns import one_of
from casework.models.cases import Case
from casework.rules.clocks import DUE_SOON_DAYS, RULES, ClockStatus, Sense


class Ground(models.TextChoices):
    """The only grounds on which a late clock is excused (SEND Regulations 2014 regs 5(4), 8(2), 10(4), 13(3), 27(3)).

    Which of them excuses which limit is the rule's to say (`casework.rules.exceptions`): a missed appointment excuses
    the six weeks of a body asked for advice, never the authority.
    """

    SCHOOL_CLOSED = (
        "school_closed",
        "Advice was asked for while the school or college was closed for at least 4 weeks",
    )
    EARLY_YEARS_CLOSED = (
        "early_years_closed",
        "Advice was asked for while the early years provider was closed for at least 4 weeks",
    )
    PERSONAL = "personal", "Exceptional personal circumstances of the child, parent or young person"
    ABSENT = (
        "absent",
        "The child, parent or young person was away from the area for at least 4 weeks in a row",
    )
    MISSED_APPOINTMENT = (
        "missed_appointment",
        "The child or young person missed an appointment for an examination or test by the body asked for advice",
    )
    NOT_STATED = "not_stated", "A return said that an exception applied, without saying which"


@tracked()
class ClockException(models.Model):
    """Why a limit could not practicably be met. It excuses; it never moves a date."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="exceptions")
    rule_code = models.CharField(max_length=4)
    part = models.CharField(
        "which of several, for limits that run once per body asked",
        max_length=40,
        blank=True,
        default="",
        db_default="",
    )
    ground = models.CharField(max_length=20, choices=Ground.choices)
    starts_on = models.DateField("circumstances from", null=True, blank=True)
    ends_on = models.DateField("circumstances to", null=True, blank=True)
    evidence = models.TextField(blank=True, default="", db_default="")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_on = models.DateField(null=True, blank=True)
    family_told_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("exception_ground_known", "ground", Ground),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="exception_days_in_order",
            ),
        ]


class StopKind(models.TextChoices):
    """Why a clock no longer runs."""

    DONE = "done", "The duty was carried out"
    ENDED = "ended", "The duty fell away"


_MINIMUMS = [code for code, rule in RULES.items() if rule.sense is Sense.MINIMUM]
_WINDOWS = [code for code, rule in RULES.items() if rule.sense is Sense.WINDOW]


class ClockQuerySet(models.QuerySet["Clock"]):
    """Clocks as they stood on a day: `casework.rules.clocks.status_on` in SQL (a test holds the two equal)."""

    def with_status(self, as_at: datetime.date, *, due_soon_days: int = DUE_SOON_DAYS) -> Self:
        """Adds `status` (a ClockStatus value) and `excused` at the end of `as_at`."""
        stopped, in_time = Q(stopped_on__lte=as_at), Q(stopped_on__lte=F("due_on"))
        minimum, window = Q(rule_code__in=_MINIMUMS), Q(rule_code__in=_WINDOWS)
        excused = Q(excused=True)
        soon = as_at + datetime.timedelta(days=due_soon_days)
        states: list[tuple[Q, ClockStatus]] = [
            (stopped & Q(stop_kind=StopKind.ENDED), ClockStatus.ENDED),
            (stopped & minimum & in_time, ClockStatus.TOO_SOON),
            (stopped & (minimum | in_time), ClockStatus.MET),
            (stopped & excused, ClockStatus.LATE_EXCUSED),
            (stopped, ClockStatus.LATE),
            (Q(started_on__gt=as_at), ClockStatus.NOT_STARTED),
            (Q(due_on__lt=as_at) & minimum, ClockStatus.MET),
            (Q(due_on__lt=as_at) & window, ClockStatus.ENDED),
            (Q(due_on__lt=as_at) & excused, ClockStatus.OVERDUE_EXCUSED),
            (Q(due_on__lt=as_at), ClockStatus.OVERDUE),
            (Q(due_on__lte=soon) & ~minimum, ClockStatus.DUE_SOON),
        ]
        return self.annotate(excused=self._excused(as_at)).annotate(
            status=Choose(
                *(When(condition, then=Value(str(status))) for condition, status in states),
                default=Value(str(ClockStatus.RUNNING)),
                output_field=models.CharField(),
            )
        )

    @staticmethod
    def _excused(as_at: datetime.date) -> models.expressions.Combinable:
        """Whether an approved exception touches the limit. One that a return only flagged covers the whole limit."""
        touching = ClockException.objects.annotate(
            first=Coalesce("starts_on", OuterRef("started_on"), output_field=models.DateField())
        ).filter(
            Q(approved_on__lte=as_at) | Q(approved_on__isnull=True, ground=Ground.NOT_STATED),
            Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("started_on")),
            case=OuterRef("case"),
            rule_code=OuterRef("rule_code"),
            part=OuterRef("part"),
            first__lte=OuterRef("due_on"),
        )
        return Choose(
            When(Q(rule_code__in=[*_MINIMUMS, *_WINDOWS]), then=Value(False)),
            default=Exists(touching),
            output_field=models.BooleanField(),
        )


@untracked("Derived from milestones, which are tracked; rebuilt whenever they change.")
class Clock(models.Model):
    """One statutory limit of one case, derived from its milestones (rule codes: docs/domain/deadlines.csv)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    rule_code = models.CharField(max_length=4)
    part = models.CharField(
        "which of several, for limits that run once per body asked",
        max_length=40,
        blank=True,
        default="",
        db_default="",
    )
    started_on = models.DateField()
    due_on = models.DateField()
    stopped_on = models.DateField(null=True, blank=True)
    stop_kind = models.CharField(
        max_length=5, choices=StopKind.choices, blank=True, default="", db_default=""
    )

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "rule_code"]
        constraints = [
            models.UniqueConstraint(fields=["case", "rule_code", "part"], name="clock_once_in_a_case"),
            models.CheckConstraint(
                condition=Q(stopped_on__isnull=True, stop_kind="")
                | Q(stopped_on__isnull=False, stop_kind__gt=""),
                name="clock_stopped_with_a_kind",
            ),
            one_of("clock_stop_kind_known", "stop_kind", StopKind, blank=True),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(stopped_on__isnull=True), name="clock_running_due"),
            models.Index(fields=["rule_code", "started_on"], name="clock_rule_started"),
        ]
