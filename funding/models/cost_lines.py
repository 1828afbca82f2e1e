"""What a child's provision costs: one line for each element."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from casework.audit import tracked
from casework.columns import one_of, public_id
from casework.models import Child, Establishment
from casework.periods import DateEffective, no_overlap, ordered_days
from funding.models.bands import Band
from placements.models import Placement


class LineKind(models.TextChoices):
    """What is paid for."""

    TOP_UP = "top_up", "Top-up"
    FEE = "fee", "Placement fee"
    PLACE = "place", "Place funding"
    PACKAGE = "package", "Package element"
    THERAPY = "therapy", "Therapy"
    TRANSPORT = "transport", "Transport"
    DIRECT_PAYMENT = "direct_payment", "Direct payment"


EXCLUSIVE_KINDS = (LineKind.TOP_UP, LineKind.FEE, LineKind.PLACE)


class Basis(models.TextChoices):
    """What an amount is for."""

    YEAR = "year", "A year"
    TERM = "term", "A term (three in a year)"
    MONTH = "month", "A month"
    WEEK = "week", "A week"


@tracked()
class CostLine(DateEffective):
    """One element of the cost of a child's provision, in pounds and pence, from the first day to the last.

    Exactly one of `band` and `amount`. `share` is the part this authority pays, over 0 and at most 1.
    `quantity` multiplies the amount (weeks a year for a weekly fee, for example).
    """

    public_id = public_id()
    child = models.ForeignKey(Child, models.PROTECT, related_name="cost_lines")
    placement = models.ForeignKey(Placement, models.PROTECT, null=True, blank=True, related_name="cost_lines")
    provider = models.ForeignKey(Establishment, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=15, choices=LineKind.choices)
    band = models.ForeignKey(Band, models.PROTECT, null=True, blank=True, related_name="cost_lines")
    amount = models.DecimalField("pounds", max_digits=12, decimal_places=2, null=True, blank=True)
    basis = models.CharField(max_length=5, choices=Basis.choices, default=Basis.YEAR)
    quantity = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal(1))
    share = models.DecimalField(max_digits=6, decimal_places=5, default=Decimal(1))
    budget_code = models.CharField(max_length=30, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            ordered_days("cost_line_days_in_order"),
            one_of("cost_line_kind_known", "kind", LineKind),
            one_of("cost_line_basis_known", "basis", Basis),
            models.CheckConstraint(
                condition=Q(band__isnull=True, amount__isnull=False) | Q(band__isnull=False, amount__isnull=True),
                name="cost_line_band_or_amount",
                violation_error_message="Give a band or an amount, not both.",
            ),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1), name="cost_line_share_of_one",
                violation_error_message="The share must be more than 0 and at most 1.",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="cost_line_quantity_over_0"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="cost_line_amount_not_negative"
            ),
            no_overlap(
                "cost_line_once_for_a_placement", "placement", "kind",
                condition=Q(kind__in=[kind.value for kind in EXCLUSIVE_KINDS], placement__isnull=False),
                message="This placement already has a line of this kind on some of these days.",
            ),
        ]  # fmt: skip
