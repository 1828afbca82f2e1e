"""Statutory clocks: when each started, is due and stopped. Status is worked out for a day, never stored."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.audit import tracked, untracked
from casework.columns import one_of
from casework.models.cases import Case


class StopKind(models.TextChoices):
    """Why a clock no longer runs."""

    DONE = "done", "The duty was carried out"
    ENDED = "ended", "The duty fell away"


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


class Ground(models.TextChoices):
    """The only grounds on which a late clock is excused (SEND Regulations 2014 regs 5(4), 10(4), 13(3), 27(3))."""

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
    NOT_STATED = "not_stated", "A return said that an exception applied, without saying which"


@tracked()
class ClockException(models.Model):
    """Why a limit could not practicably be met. It excuses; it never moves a date."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="exceptions")
    rule_code = models.CharField(max_length=4)
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
