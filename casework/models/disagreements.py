"""What is special to a mediation and to an appeal. Their dates are milestones of the case."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.audit import tracked
from casework.columns import one_of
from casework.models.cases import Case, Milestone
from casework.rules.appeal_rights import Appealable

AGAINST = [(kind.value, kind.words) for kind in Appealable]


class MediationAbout(models.TextChoices):
    """What the family wants mediation about (CFA 2014 s.53: health issues go to the health commissioner)."""

    EDUCATION = "education", "Education or social care"
    WITH_HEALTH = "with_health", "Education or social care, and health"
    HEALTH_ONLY = "health_only", "Health only"


class Disagreement(models.Model):
    """A decision the family disputes.

    `decision` is the milestone by which they were told of it; empty where it was made before the records here begin.
    `origin` is the case of that decision: the request, re-assessment, review or ceasing that goes on if it is overturned.
    `is_open` repeats that the case is open (`casework.services.disagreement_tables`), so that the database can allow
    one at a time.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="%(class)s")
    against = models.CharField(max_length=20, choices=AGAINST)
    decision = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    origin = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="%(class)ss_about")
    is_open = models.BooleanField(default=True, db_default=True)

    class Meta:
        abstract = True


@tracked()
class Mediation(Disagreement):
    """A mediation, from the family's contact with the adviser to the agreement carried out (SEND Regs 2014 regs 32-42)."""

    about = models.CharField(
        max_length=12, choices=MediationAbout.choices, blank=True, default="", db_default=""
    )
    adviser = models.CharField("mediation adviser", max_length=200, blank=True, default="", db_default="")
    carry_out_by = models.DateField("other time agreed in writing (reg 42(5))", null=True, blank=True)
    not_continued_on = models.DateField("the family took it no further", null=True, blank=True)

    class Meta:
        constraints = [
            one_of("mediation_against_known", "against", Appealable),
            one_of("mediation_about_known", "about", MediationAbout, blank=True),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(is_open=True),
                name="mediation_one_open_of_a_decision",
                violation_error_message="A mediation about this decision is open. Go on there.",
            ),
        ]


@tracked()
class Appeal(Disagreement):
    """An appeal to the First-tier Tribunal against a decision of the authority (CFA 2014 s.51).

    `sections` holds the letters disputed, of B, F and I, for an appeal about a plan. `conceded_on` is the day the
    authority told the Tribunal, after its response, that it no longer disputes the appeal: the limits then run from the
    order, and not from that day.
    """

    tribunal_reference = models.CharField(
        "the Tribunal's reference", max_length=40, blank=True, default="", db_default=""
    )
    sections = models.CharField("sections disputed", max_length=3, blank=True, default="", db_default="")
    asks_health = models.BooleanField("asks for recommendations on health", default=False, db_default=False)
    asks_social_care = models.BooleanField(
        "asks for recommendations on social care", default=False, db_default=False
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="appeals",
        verbose_name="tribunal officer",
    )  # fmt: skip
    representative = models.CharField(
        "who represents the family", max_length=200, blank=True, default="", db_default=""
    )
    conceded_on = models.DateField("Tribunal told that the appeal is conceded", null=True, blank=True)
    working_document = models.TextField(
        "the working document: last version, its day, who has it", blank=True, default="", db_default=""
    )

    class Meta:
        constraints = [
            one_of("appeal_against_known", "against", Appealable),
            one_of("appeal_sections_known", "sections", ("B", "F", "I", "BF", "BI", "FI", "BFI"), blank=True),
            models.CheckConstraint(
                condition=Q(sections="") | Q(against__in=["contents", "not_amended"]),
                name="appeal_sections_of_a_plan",
                violation_error_message="Only an appeal about a plan names sections.",
            ),
            models.CheckConstraint(
                condition=~Q(against="contents") | Q(sections__gt=""),
                name="appeal_contents_names_sections",
                violation_error_message="Say which of sections B, F and I the appeal is about.",
            ),
            models.CheckConstraint(
                condition=~Q(against="refuse_assess") | Q(asks_health=False, asks_social_care=False),
                name="appeal_to_assess_asks_no_recommendation",
                violation_error_message="An appeal against a refusal to assess carries no recommendations.",
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(is_open=True),
                name="appeal_one_open_of_a_decision",
                violation_error_message="An appeal against this decision is open. Go on there.",
            ),
            models.UniqueConstraint(
                fields=["tribunal_reference"],
                condition=Q(tribunal_reference__gt=""),
                name="appeal_reference_once",
                violation_error_message="Another appeal has this reference of the Tribunal.",
            ),
        ]
