"""Indicators as they stood: what pages and trends read."""

from django.conf import settings
from django.db import models

from casework.audit import untracked
from casework.columns import one_of, public_id


class RunState(models.TextChoices):
    """How far a piece of long work has come."""

    WAITING = "waiting", "Waiting to start"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


@untracked("A record of work done, not of a child.")
class SnapshotRun(models.Model):
    """One building of snapshots, asked for by a person or by the nightly schedule. A row first, then the work."""

    public_id = public_id()
    as_at = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(db_default=models.functions.Now())
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.WAITING)
    steps_done = models.PositiveSmallIntegerField(default=0, db_default=0)
    steps = models.PositiveSmallIntegerField(default=0, db_default=0)
    message = models.TextField(blank=True, default="", db_default="")

    class Meta:
        ordering = ["-pk"]
        constraints = [one_of("snapshot_run_state_known", "state", RunState)]


@untracked("Derived from records that are tracked; rebuilt at any time.")
class Snapshot(models.Model):
    """One cell of one indicator, as a figure that pages and trends add up.

    For a stock, the count days from `first_day` to `last_day` are those on which the cell stood at this figure; for a
    flow they bound a calendar month. A dimension column is empty where the indicator has no such dimension or nothing
    is recorded, and `*` where the figure sums over all its values.
    """

    indicator = models.CharField(max_length=20)
    definition_version = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    source = models.CharField(max_length=1, blank=True, default="")
    area = models.CharField(max_length=20, blank=True, default="")
    need = models.CharField(max_length=4, blank=True, default="")
    provision = models.CharField(max_length=60, blank=True, default="")
    age_group = models.CharField(max_length=20, blank=True, default="")
    stage = models.CharField(max_length=20, blank=True, default="")
    numerator = models.DecimalField(max_digits=16, decimal_places=2)
    denominator = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "indicator", "definition_version", "last_day", "first_day",
                    "source", "area", "need", "provision", "age_group", "stage",
                ],
                name="snapshot_cell_once",
            )
        ]  # fmt: skip


@untracked("Says when the figures of an indicator were worked out; derived.")
class SnapshotState(models.Model):
    """When the snapshots of an indicator were last made, up to which day and under which definition."""

    indicator = models.CharField(max_length=20, primary_key=True)
    definition_version = models.PositiveSmallIntegerField()
    as_at = models.DateField()
    computed_at = models.DateTimeField()
