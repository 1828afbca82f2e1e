"""Who stands in for a worker who is away."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.audit import tracked
from casework.columns import public_id
from casework.periods import DateEffective, no_overlap, ordered_days


@tracked()
class Cover(DateEffective):
    """One worker's children are watched by another from one day to another. The lead worker stays the lead."""

    public_id = public_id()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="covers")
    covered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="covering")
    arranged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            ordered_days("cover_days_in_order"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False),
                name="cover_has_a_last_day",
                violation_error_message="Enter the last day of the cover.",
            ),
            models.CheckConstraint(
                condition=~Q(user=F("covered_by")),
                name="cover_by_somebody_else",
                violation_error_message="Somebody else must cover.",
            ),
            no_overlap(
                "cover_by_one_at_a_time", "user",
                message="This person is already covered on some of these days.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.covered_by} covers {self.user}"
