"""Local authorities, and which of them has which part in a child's life, by date."""

from django.db import models
from django.db.models import Q

from casework.audit import tracked
from casework.columns import one_of, public_id
from casework.models.children import Child
from casework.periods import DateEffective, no_overlap, ordered_days

CODE_LENGTH = 3


@tracked()
class LocalAuthority(models.Model):
    """An English local authority by its three-digit DfE number; "XXX" stands for one that nobody knows (SEN2).

    `current` is false for an authority that was abolished: it still stands in old records.
    """

    code = models.CharField("LA number", max_length=CODE_LENGTH, unique=True)
    name = models.CharField(max_length=100)
    current = models.BooleanField(default=True, db_default=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "local authorities"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^([0-9]{3}|XXX)$"),
                name="local_authority_code_has_three_digits",
                violation_error_message="An LA number has three digits, such as 887.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AuthorityPart(models.TextChoices):
    """What an authority does for a child. Payer, place and duty can lie with three authorities at once."""

    RESPONSIBLE = "responsible", "Responsible authority"
    RESIDENT = "resident", "Authority where the child lives"
    LOOKED_AFTER_BY = "looked_after", "Authority that looks after the child"


@tracked()
class AuthorityRole(DateEffective):
    """One authority's part in a child's life, from a day to a day.

    Responsible means: maintains the plan, or would assess (CFA 2014 s.24: the child is in its area). A child with no
    row is taken to be this authority's own, which is how every child that was brought in from a return begins.
    """

    public_id = public_id()
    child = models.ForeignKey(Child, models.PROTECT, related_name="authority_roles")
    part = models.CharField(max_length=12, choices=AuthorityPart.choices)
    authority = models.ForeignKey(LocalAuthority, models.PROTECT, related_name="roles")
    reason = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        ordering = ["-starts_on", "part", "pk"]
        constraints = [
            ordered_days("authority_role_days_in_order"),
            one_of("authority_role_part_known", "part", AuthorityPart),
            no_overlap(
                "child_has_one_authority_of_a_part", "child", "part",
                message="Another authority already has this part on some of these days.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["authority", "part"], name="authority_role_whose")]
