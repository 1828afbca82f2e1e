"""Education at home by the parents' choice: from when, and what the authority has found of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.audit import tracked
from casework.columns import one_of, public_id
from placements.models.placements import Placement


@tracked()
class HomeEducation(models.Model):
    """What is special to a placement whose code is EHE. The days it lasts are those of the placement.

    Education otherwise than at school (OLA, section 61) is the authority's arrangement and has no such record.
    """

    placement = models.OneToOneField(
        Placement, models.PROTECT, primary_key=True, related_name="home_education"
    )
    public_id = public_id()
    told_on = models.DateField("day the authority was told")
    told_by = models.CharField("who told us", max_length=200, blank=True, default="", db_default="")
    why = models.TextField("why the family educates at home", blank=True, default="", db_default="")
    consent_on = models.DateField(
        "day the authority agreed that a special school takes the name off its roll", null=True, blank=True
    )

    class Meta:
        verbose_name_plural = "home education"


class Finding(models.TextChoices):
    """What the authority found. The duty to know of children who receive no suitable education is in s.436A of the
    Education Act 1996."""

    SUITABLE = "suitable", "Suitable: the parents' arrangements meet the child's needs"
    PARTLY = "partly", "Suitable in part: the authority still arranges some provision of the plan"
    NOT_SUITABLE = "not_suitable", "Not suitable"
    NOT_SEEN = "not_seen", "Could not be seen or judged"


@tracked()
class SuitabilityCheck(models.Model):
    """One look at education at home: the day, what was found, and when to look again."""

    public_id = public_id()
    home_education = models.ForeignKey(HomeEducation, models.PROTECT, related_name="checks")
    looked_on = models.DateField()
    finding = models.CharField(max_length=12, choices=Finding.choices)
    note = models.TextField("what was seen")
    look_again_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-looked_on", "-pk"]
        constraints = [
            one_of("suitability_finding_known", "finding", Finding),
            models.CheckConstraint(
                condition=Q(look_again_on__isnull=True) | Q(look_again_on__gt=models.F("looked_on")),
                name="suitability_look_again_later",
                violation_error_message="The next look must be after this one.",
            ),
        ]
