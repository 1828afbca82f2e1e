"""Where the plan says a child should be, and where the child really is. They may differ."""

from django.db import models
from django.db.models import Q

from casework.audit import tracked
from casework.columns import came_from, one_of, public_id
from casework.models import Child, Establishment, PlanVersion
from casework.periods import DateEffective, no_overlap, ordered_days


class SettingCode(models.TextChoices):
    """What kind of setting, where no URN or UKPRN can be given (SEN2 items 4.7c, 5.7c)."""

    OLA = "OLA", "Education otherwise than at school, arranged by the authority (section 61)"
    OPA = "OPA", "Other arrangements made by parents or the young person (section 42(5))"
    EHE = "EHE", "Elective home education"
    EYP = "EYP", "Early years provider without a URN"
    OTH = "OTH", "Other, or a type of setting only"
    NEET = "NEET", "Not in education, employment or training (16 to 25)"
    NIEC = "NIEC", "Not in education: notice to cease issued"
    NIEO = "NIEO", "Not in education: other"


class WorkBased(models.TextChoices):
    """Work-based learning (SEN2 items 4.3, 5.3)."""

    APPRENTICESHIP = "A", "Apprenticeship"
    TRAINEESHIP = "T", "Traineeship"
    SUPPORTED_INTERNSHIP = "S", "Supported internship"


class ResidentialBand(models.TextChoices):
    """Weeks a year in residence, as returns band them (SEN2 items 4.2, 5.2)."""

    WEEKS_38_TO_51 = "A", "38 to 51 weeks"
    WEEKS_52 = "B", "52 weeks"


class Rank(models.IntegerChoices):
    """Primary or secondary place."""

    PRIMARY = 1, "Primary"
    SECONDARY = 2, "Secondary"


class SettingOfAPlace(models.Model):
    """What named and attended placements have in common: one setting or a code, and what the place is there."""

    establishment = models.ForeignKey(Establishment, models.PROTECT, null=True, blank=True, related_name="+")
    setting_code = models.CharField(
        max_length=4, choices=SettingCode.choices, blank=True, default="", db_default=""
    )
    setting_words = models.CharField(
        "other setting, in words", max_length=200, blank=True, default="", db_default=""
    )
    rank = models.PositiveSmallIntegerField(choices=Rank.choices, default=1, db_default=1)
    sen_unit = models.BooleanField("in a SEN unit", default=False, db_default=False)
    resourced = models.BooleanField("in resourced provision", default=False, db_default=False)
    residential = models.CharField(
        max_length=1, choices=ResidentialBand.choices, blank=True, default="", db_default=""
    )
    residential_weeks = models.PositiveSmallIntegerField(
        "weeks a year in residence, where known", null=True, blank=True
    )
    work_based = models.CharField(
        max_length=1, choices=WorkBased.choices, blank=True, default="", db_default=""
    )
    came_from = came_from()

    class Meta:
        abstract = True

    @property
    def setting_name(self) -> str:
        """The setting's name, or what kind it is where it has none."""
        if self.establishment:
            return self.establishment.name
        return self.setting_words or self.get_setting_code_display() or "Not recorded"


def _setting_constraints(prefix: str) -> list[models.BaseConstraint]:
    return [
        one_of(f"{prefix}_setting_code_known", "setting_code", SettingCode, blank=True),
        one_of(f"{prefix}_work_based_known", "work_based", WorkBased, blank=True),
        one_of(f"{prefix}_residential_known", "residential", ResidentialBand, blank=True),
        models.CheckConstraint(condition=Q(rank__in=[1, 2]), name=f"{prefix}_rank_known"),
        models.CheckConstraint(
            condition=Q(establishment__isnull=True) | Q(setting_code=""),
            name=f"{prefix}_setting_or_code",
            violation_error_message="Give a setting or a code for the kind of setting, not both.",
        ),
        models.CheckConstraint(
            condition=Q(residential_weeks__isnull=True) | Q(residential_weeks__range=(1, 52)),
            name=f"{prefix}_residential_weeks_in_a_year",
        ),
    ]


@tracked()
class NamedPlacement(SettingOfAPlace):
    """A setting, or type of setting, named in section I of a version of a plan (SEN2 module 4)."""

    plan_version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="named_placements")

    class Meta:
        constraints = [
            *_setting_constraints("named_placement"),
            models.UniqueConstraint(fields=["plan_version", "rank"], name="named_placement_rank_once"),
        ]


@tracked()
class Placement(SettingOfAPlace, DateEffective):
    """Where a child really is, from the first day to the last (SEN2 module 5)."""

    public_id = public_id()
    child = models.ForeignKey(Child, models.PROTECT, related_name="placements")
    end_reason = models.CharField(max_length=200, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            ordered_days("placement_days_in_order"),
            *_setting_constraints("placement"),
            no_overlap(
                "child_in_one_place", "child",
                condition=Q(rank=1),
                message="This child already has a main placement on some of these days.",
            ),
        ]  # fmt: skip
