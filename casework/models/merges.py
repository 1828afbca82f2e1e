"""Two records of one child made one, row by row, so that it can be undone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.audit import tracked
from casework.columns import one_of, public_id
from casework.models.children import Child


@tracked()
class ChildMerge(models.Model):
    """Two records found to be one child. `merged` stays as an empty record that leads to `survivor`.

    `chosen` says for each fact that differed whose was kept. An undone merge stays, with who undid it and why.
    """

    public_id = public_id()
    survivor = models.ForeignKey(Child, models.PROTECT, related_name="merges_into")
    merged = models.ForeignKey(Child, models.PROTECT, related_name="merges_away")
    merged_on = models.DateField()
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.CharField("how it is known that they are one child", max_length=300)
    twin_evidence = models.CharField(
        "evidence that they are not twins", max_length=300, blank=True, default="", db_default=""
    )
    chosen = models.JSONField(default=dict, blank=True)
    undone_on = models.DateField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_because = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(survivor=F("merged")), name="merge_of_two_records"),
            models.CheckConstraint(
                condition=Q(why__gt=""), name="merge_has_a_reason",
                violation_error_message="Enter how you know that they are one child.",
            ),
            models.CheckConstraint(
                condition=Q(undone_on__isnull=True, undone_by__isnull=True, undone_because="")
                | Q(undone_on__isnull=False, undone_by__isnull=False, undone_because__gt=""),
                name="merge_undone_with_a_reason",
                violation_error_message="Enter why the merge is undone.",
            ),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_on__isnull=True), name="merged_into_one_record",
                violation_error_message="This record has already been merged into another.",
            ),
        ]  # fmt: skip


class RowChange(models.TextChoices):
    """What a merge did with a row."""

    MOVED = "moved", "Moved"
    ADDED = "added", "Added"


@tracked()
class MergedRow(models.Model):
    """One row that a merge changed: the columns before and after, so that undoing restores exactly those."""

    merge = models.ForeignKey(ChildMerge, models.PROTECT, related_name="rows")
    table = models.CharField("app and model, such as placements.placement", max_length=100)
    row = models.BigIntegerField("its key")
    change = models.CharField(max_length=5, choices=RowChange.choices)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("merged_row_change_known", "change", RowChange),
            models.UniqueConstraint(fields=["merge", "table", "row"], name="merged_row_once"),
        ]
