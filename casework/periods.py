"""Facts that are true for a time: two dates people read, one range the database enforces."""

import datetime
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value


class InclusiveDateRange(Func):
    """`daterange(starts_on, ends_on, '[]')`: both days belong to the period."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, starts_on: str, ends_on: str, **extra: Any) -> None:
        super().__init__(F(starts_on), F(ends_on), Value("[]"), **extra)


def period_column() -> models.GeneratedField:
    """The stored range of `starts_on` and `ends_on`; it cannot drift from them."""
    return models.GeneratedField(
        expression=Func(
            "starts_on", "ends_on", Value("[]"), function="daterange", output_field=DateRangeField()
        ),
        output_field=DateRangeField(),
        db_persist=True,
    )


class PeriodQuerySet(models.QuerySet[Any]):
    """Reads by day."""

    def as_at(self, day: datetime.date) -> Self:
        """Rows true on `day`; first and last day included."""
        return self.filter(period__contains=day)

    def overlapping(self, first: datetime.date, last: datetime.date) -> Self:
        """Rows true on any day from `first` to `last`."""
        return self.filter(period__overlap=(first, last + datetime.timedelta(days=1)))


class DateEffective(models.Model):
    """A fact with a first and a last day. `ends_on` is the last day it is true; empty while it goes on."""

    starts_on = models.DateField("from")
    ends_on = models.DateField("to", null=True, blank=True)
    period = period_column()

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Checks the order first and on `ends_on`, so that Django skips the overlap constraints of a reversed period."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "The last day must be on or after the first day."})


class StartMayBeUnknown(DateEffective):
    """A fact whose first day nobody recorded: an empty `starts_on` means "from before anyone knows"."""

    starts_on = models.DateField("from", null=True, blank=True)  # type: ignore[assignment]

    class Meta:
        abstract = True


def no_overlap(
    name: str, *owners: str, message: str, condition: Q | None = None, may_wait: bool = False
) -> ExclusionConstraint:
    """Forbids two rows of the same owner on one day; the database refuses what slips past the form.

    With `may_wait` a transaction may ask that it is looked at later, for rows that change places with each other; it is
    looked at after every statement otherwise.
    """
    return ExclusionConstraint(
        name=name,
        expressions=[
            *[(F(owner), RangeOperators.EQUAL) for owner in owners],
            ("period", RangeOperators.OVERLAPS),
        ],
        condition=condition,
        deferrable=Deferrable.IMMEDIATE if may_wait else None,
        violation_error_message=message,
    )


def ordered_days(name: str) -> models.CheckConstraint:
    """The last day is not before the first; gives a plain refusal where the range would give a database error."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message="The last day must be on or after the first day.",
    )
