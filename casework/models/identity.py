"""What else is known of who a child is: former names, brothers and sisters, standing with other services, restrictions."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Upper

from casework.audit import tracked
from casework.columns import one_of, public_id
from casework.models.children import Child
from casework.periods import DateEffective, StartMayBeUnknown, no_overlap, ordered_days


def whole_former_name() -> Upper:
    """Surname and forename in capitals: what searching by a former name looks through."""
    return Upper(Concat("surname", Value(" "), "forename"))


class FormerNameKind(models.TextChoices):
    """Why a child is or was known by another name."""

    BIRTH = "birth", "Name at birth"
    CHANGED = "changed", "Name before a legal change"
    KNOWN_AS = "known_as", "Also known as"
    MISSPELT = "misspelt", "Recorded wrongly before"


@tracked()
class FormerName(StartMayBeUnknown):
    """Another name by which the child was known, from a day to a day. Finds the child; never used in letters."""

    public_id = public_id()
    child = models.ForeignKey(Child, models.PROTECT, related_name="former_names")
    surname = models.CharField(max_length=100)
    forename = models.CharField(max_length=100, blank=True, default="", db_default="")
    kind = models.CharField(max_length=10, choices=FormerNameKind.choices)

    class Meta:
        ordering = ["-ends_on", "surname", "pk"]
        constraints = [
            ordered_days("former_name_days_in_order"),
            one_of("former_name_kind_known", "kind", FormerNameKind),
            models.UniqueConstraint(
                fields=["child", "surname", "forename"],
                name="former_name_once",
                violation_error_message="This name is already recorded for this child.",
            ),
        ]
        indexes = [
            GinIndex(OpClass(whole_former_name(), name="gin_trgm_ops"), name="former_name_trigrams"),
        ]

    @property
    def name(self) -> str:
        """Forename and surname."""
        return f"{self.forename} {self.surname}".strip()


def _in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(first__lt=F("second")),
        name=name,
        violation_error_message="Choose two different children.",
    )


class SiblingKind(models.TextChoices):
    """What two children are to each other."""

    FULL = "full", "Brother or sister"
    HALF = "half", "Half-brother or half-sister"
    STEP = "step", "Step-brother or step-sister"
    TWIN = "twin", "Twin, or of the same multiple birth"
    HOUSEHOLD = "household", "Grow up in the same household"


@tracked()
class Sibling(models.Model):
    """Two children who are brothers or sisters. Kept once for a pair: `first` is the record made earlier."""

    public_id = public_id()
    first = models.ForeignKey(Child, models.PROTECT, related_name="siblings_later")
    second = models.ForeignKey(Child, models.PROTECT, related_name="siblings_earlier")
    kind = models.CharField(max_length=10, choices=SiblingKind.choices)

    class Meta:
        constraints = [
            one_of("sibling_kind_known", "kind", SiblingKind),
            _in_order("siblings_are_two_children"),
            models.UniqueConstraint(
                fields=["first", "second"],
                name="siblings_linked_once",
                violation_error_message="These two children are already linked.",
            ),
        ]


@tracked()
class NotTheSame(models.Model):
    """Somebody compared two records that look alike and found two children. They are not offered for merging again."""

    first = models.ForeignKey(Child, models.PROTECT, related_name="+")
    second = models.ForeignKey(Child, models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_on = models.DateField()

    class Meta:
        verbose_name_plural = "records found not to be the same child"
        constraints = [
            _in_order("not_the_same_are_two_children"),
            models.UniqueConstraint(
                fields=["first", "second"],
                name="not_the_same_once",
                violation_error_message="These two records were already found to be two children.",
            ),
            models.CheckConstraint(
                condition=Q(why__gt=""),
                name="not_the_same_has_a_reason",
                violation_error_message="Enter how you know that they are two children.",
            ),
        ]


class StatusKind(models.TextChoices):
    """Where a child stands with other services. What a placement or a plan says is not repeated here."""

    LOOKED_AFTER = "looked_after", "Looked after"
    PREVIOUSLY_LOOKED_AFTER = "previously", "Previously looked after"
    CARE_LEAVER = "care_leaver", "Care leaver"
    CHILD_PROTECTION = "protection", "Child protection plan"
    CHILD_IN_NEED = "in_need", "Child in need"
    HOME_EDUCATED = "home_educated", "Electively home educated"
    DETAINED = "detained", "In relevant youth accommodation"


@tracked()
class ChildStatus(StartMayBeUnknown):
    """A standing of the child with other services, from a day to a day; `la_code` is the authority that answers for it.

    Looked after: Children Act 1989 s. 22. Relevant youth accommodation: Children and Families Act 2014 s. 70.
    """

    public_id = public_id()
    child = models.ForeignKey(Child, models.PROTECT, related_name="statuses")
    kind = models.CharField(max_length=15, choices=StatusKind.choices)
    la_code = models.CharField("LA number", max_length=3, blank=True, default="", db_default="")
    note = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        verbose_name_plural = "child statuses"
        constraints = [
            ordered_days("child_status_days_in_order"),
            one_of("child_status_kind_known", "kind", StatusKind),
            models.CheckConstraint(
                condition=Q(la_code="") | Q(la_code__regex=r"^[0-9]{3}$"),
                name="child_status_la_number",
                violation_error_message="Enter the three-digit number of the authority, like 886.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="looked_after") | Q(la_code__gt=""),
                name="child_status_looked_after_by_whom",
                violation_error_message="Enter which authority looks after the child.",
            ),
            no_overlap(
                "child_status_once_at_a_time", "child", "kind", may_wait=True,
                message="This is already recorded on some of these days.",
            ),
        ]  # fmt: skip


@tracked()
class RecordRestriction(DateEffective):
    """Why only named people may open a child's record, from the day it was set to the day it was lifted.

    `Child.restricted` repeats whether one is in force, so that every list asks one column. The people named are
    RestrictedAccess.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="record_restrictions")
    reason = models.CharField(max_length=300)
    review_on = models.DateField("to be looked at again on")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_because = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            ordered_days("record_restriction_days_in_order"),
            no_overlap(
                "record_restricted_once", "child",
                message="This record is already restricted on some of these days.",
            ),
            models.CheckConstraint(
                condition=Q(reason__gt=""), name="record_restriction_has_a_reason",
                violation_error_message="Enter why the record is restricted.",
            ),
            models.CheckConstraint(
                condition=Q(review_on__gt=F("starts_on")), name="record_restriction_reviewed_later",
                violation_error_message="The day it is looked at again must be after the day it begins.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, lifted_because="")
                | Q(ends_on__isnull=False, lifted_because__gt=""),
                name="record_restriction_lifted_with_a_reason",
                violation_error_message="Enter why the restriction is lifted.",
            ),
        ]  # fmt: skip
