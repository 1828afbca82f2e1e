"""Bands of top-up funding and what each is worth, by date. No value is built in: an authority brings its own."""

from django.db import models
from django.db.models import F, Q

from casework.audit import tracked
from casework.columns import public_id
from casework.periods import DateEffective, no_overlap, ordered_days


@tracked()
class BandScheme(models.Model):
    """A set of bands that an authority decided together."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    decided_in = models.CharField("decision reference", max_length=200, blank=True, default="")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@tracked()
class Band(models.Model):
    """One band of a scheme."""

    public_id = public_id()
    scheme = models.ForeignKey(BandScheme, models.PROTECT, related_name="bands")
    code = models.CharField(max_length=20)
    descriptor = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["scheme", "code"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="band_code_once_in_a_scheme")]

    def __str__(self) -> str:
        return self.code


@tracked()
class BandValue(DateEffective):
    """What a band is worth in a full year, in pounds, for a time. Never edited: a correction withdraws the row."""

    band = models.ForeignKey(Band, models.PROTECT, related_name="values")
    annual_value = models.DecimalField("pounds a year", max_digits=12, decimal_places=2)
    place_included = models.BooleanField("includes place funding", default=False)
    recorded_at = models.DateTimeField(db_default=models.functions.Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["band", "starts_on"]
        constraints = [
            ordered_days("band_value_days_in_order"),
            models.CheckConstraint(condition=Q(annual_value__gte=0), name="band_value_not_negative"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("recorded_at")),
                name="band_value_withdrawn_after_recorded",
            ),
            no_overlap(
                "band_has_one_value", "band",
                condition=Q(withdrawn_at__isnull=True),
                message="This band already has a value on some of these days.",
            ),
        ]  # fmt: skip
