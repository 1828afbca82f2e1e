"""Children and young people, the identifiers they carry and where they live."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Upper

from casework.audit import tracked
from casework.columns import came_from, one_of, public_id
from casework.models.areas import Area
from casework.models.users import User
from casework.periods import DateEffective, StartMayBeUnknown, no_overlap, ordered_days


def whole_name() -> Upper:
    """Surname, forename and preferred name in capitals: what searching by name looks through."""
    return Upper(Concat("surname", Value(" "), "forename", Value(" "), "preferred_name"))


def sound_of(name: str) -> Func:
    """How a name sounds (double metaphone), so that "Heeth" finds "Heath"."""
    return Func(F(name), function="dmetaphone", output_field=models.CharField())


class Sex(models.TextChoices):
    """SEN2 item 1.4; U where a return to 2023 gave neither male nor female."""

    FEMALE = "F", "Female"
    MALE = "M", "Male"
    UNKNOWN = "U", "Not known"


@tracked()
class Child(models.Model):
    """A child or young person from birth to 25."""

    public_id = public_id()
    surname = models.CharField(max_length=100)
    forename = models.CharField(max_length=100)
    preferred_name = models.CharField(max_length=100, blank=True, default="", db_default="")
    date_of_birth = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex.choices)
    ethnicity = models.CharField("ethnic group (school census code)", max_length=4, blank=True, default="")
    no_identifier_reason = models.CharField(
        "why there is no UPN or ULN (SEN2 item 1.7c)", max_length=4, blank=True, default="", db_default=""
    )
    died_on = models.DateField(null=True, blank=True)
    restricted = models.BooleanField(
        default=False, db_default=False, help_text="Only the people named may open this record."
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="children")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", db_index=False,
        help_text="The record that this one was merged into; nobody sees this one.",
    )  # fmt: skip
    came_from = came_from()
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["surname", "forename", "pk"]
        verbose_name_plural = "children"
        constraints = [
            one_of("child_sex_known", "sex", Sex),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(died_on__gte=F("date_of_birth")),
                name="child_died_after_birth",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="child_not_merged_into_itself",
            ),
        ]
        indexes = [
            models.Index(Upper("surname"), Upper("forename"), "date_of_birth", name="child_name_and_birth"),
            models.Index(fields=["date_of_birth"], name="child_birth"),
            GinIndex(
                OpClass(Upper("surname"), name="gin_trgm_ops"),
                OpClass(Upper("forename"), name="gin_trgm_ops"),
                name="child_name_trigrams",
            ),
            models.Index(sound_of("surname"), name="child_surname_sound"),
            models.Index(sound_of("forename"), name="child_forename_sound"),
            GinIndex(OpClass(whole_name(), name="gin_trgm_ops"), name="child_whole_name_trigrams"),
            # Few records are ever merged, so the index holds only those.
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="child_merged_into"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Forename and surname, as letters use them."""
        return f"{self.forename} {self.surname}"


class IdentifierScheme(models.TextChoices):
    """Whose number it is."""

    UPN = "upn", "Unique pupil number (UPN)"
    FORMER_UPN = "former_upn", "Former UPN"
    ULN = "uln", "Unique learner number (ULN)"
    NHS = "nhs", "NHS number"
    LOCAL = "local", "Local number"


@tracked()
class ChildIdentifier(StartMayBeUnknown):
    """A number by which somebody else knows the child. Never a key: it changes, is missing, or is wrong."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=12, choices=IdentifierScheme.choices)
    value = models.CharField(max_length=20)
    query = models.CharField(
        "what is wrong with it, to be mended", max_length=200, blank=True, default="", db_default=""
    )

    class Meta:
        constraints = [
            ordered_days("identifier_days_in_order"),
            one_of("identifier_scheme_known", "scheme", IdentifierScheme),
            no_overlap(
                "identifier_belongs_to_one_child", "value", "scheme",  # the value first: it tells rows apart
                message="Another child has this number on some of these days.",
            ),
            no_overlap(
                "child_has_one_of_a_scheme", "child", "scheme",
                condition=~Q(scheme="former_upn"),
                may_wait=True,
                message="This child already has a number of this kind on some of these days.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["value"], name="identifier_value")]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"


@tracked()
class ChildAddress(StartMayBeUnknown):
    """Where the child lives for a time.

    `withheld` is a refuge or another place that only those with need may read: it is never found by searching, never
    exported, and never printed in a letter to anybody who does not live there.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="addresses")
    lines = models.CharField(max_length=300, blank=True, default="", db_default="")
    postcode = models.CharField(max_length=8, blank=True, default="")
    withheld = models.BooleanField(default=False, db_default=False)
    came_from = came_from()

    class Meta:
        verbose_name_plural = "child addresses"
        constraints = [
            ordered_days("address_days_in_order"),
            no_overlap(
                "child_has_one_home",
                "child",
                may_wait=True,
                message="This child already has a home address on some of these days.",
            ),
        ]
        indexes = [models.Index(fields=["postcode"], name="address_postcode")]


@tracked()
class RestrictedAccess(DateEffective):
    """One person may open one restricted child's record, for a reason and a time."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="access_grants")
    user = models.ForeignKey(User, models.PROTECT, related_name="access_grants")
    reason = models.CharField(max_length=300)

    class Meta:
        verbose_name_plural = "restricted access"
        constraints = [
            ordered_days("restricted_access_days_in_order"),
            no_overlap(
                "restricted_access_once", "child", "user",
                message="This person may already open this record on some of these days.",
            ),
        ]  # fmt: skip
