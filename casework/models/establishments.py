"""Schools, colleges and other settings, from the national register (GIAS) and from returns."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from casework.audit import tracked
from casework.columns import came_from, public_id
from casework.periods import StartMayBeUnknown, no_overlap, ordered_days


@tracked()
class Establishment(models.Model):
    """A setting with a number: URN (six digits, GIAS) or, for providers without one, UKPRN (eight digits).

    `in_register` is false while a return named a number the loaded register does not hold; such settings are
    kept and listed until somebody mends them.
    """

    public_id = public_id()
    urn = models.PositiveIntegerField("URN", null=True, blank=True)
    ukprn = models.PositiveIntegerField("UKPRN", null=True, blank=True)
    la_code = models.CharField("LA number", max_length=3, blank=True, default="")
    establishment_number = models.CharField(max_length=4, blank=True, default="")
    name = models.CharField(max_length=200)
    postcode = models.CharField(max_length=8, blank=True, default="")
    phase = models.CharField(max_length=40, blank=True, default="")
    low_age = models.PositiveSmallIntegerField(null=True, blank=True)
    high_age = models.PositiveSmallIntegerField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    register_status = models.CharField(max_length=40, blank=True, default="")
    boarders = models.CharField(max_length=60, blank=True, default="")
    admissions_policy = models.CharField(max_length=40, blank=True, default="")
    capacity = models.PositiveIntegerField(null=True, blank=True)
    pupils = models.PositiveIntegerField(null=True, blank=True)
    section_41 = models.BooleanField("section 41 approved", default=False, db_default=False)
    special_needs = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    resourced_provision = models.CharField(
        "type of resourced provision", max_length=60, blank=True, default=""
    )
    resourced_on_roll = models.PositiveIntegerField(null=True, blank=True)
    resourced_capacity = models.PositiveIntegerField(null=True, blank=True)
    unit_on_roll = models.PositiveIntegerField(null=True, blank=True)
    unit_capacity = models.PositiveIntegerField(null=True, blank=True)
    in_register = models.BooleanField(default=False, db_default=False)
    came_from = came_from()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["urn"], condition=Q(urn__isnull=False), name="establishment_urn_once"
            ),
            models.CheckConstraint(
                condition=Q(urn__isnull=False) | Q(ukprn__isnull=False), name="establishment_has_a_number"
            ),
        ]
        indexes = [models.Index(fields=["ukprn"], name="establishment_ukprn")]

    def __str__(self) -> str:
        return self.name


@tracked()
class EstablishmentStatus(StartMayBeUnknown):
    """What kind of setting it is in law, for a time: the kind on the day of spend decides how a cost is reported."""

    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="statuses")
    type_code = models.PositiveSmallIntegerField("GIAS type of establishment")
    further_education_kind = models.CharField(max_length=60, blank=True, default="", db_default="")
    leaf = models.CharField("finest provision type", max_length=60)

    class Meta:
        verbose_name_plural = "establishment statuses"
        constraints = [
            ordered_days("establishment_status_days_in_order"),
            no_overlap(
                "establishment_has_one_type", "establishment",
                message="This setting already has a type on some of these days.",
            ),
        ]  # fmt: skip
