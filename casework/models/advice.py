"""Advice that bodies are asked for in an assessment, what is done to get it, and existing advice used instead."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.audit import tracked, untracked
from casework.columns import one_of, public_id
from casework.models.cases import Case
from casework.models.establishments import Establishment
from casework.rules.advice import AdviceBody as Body


class AdviceBody(models.TextChoices):
    """Whom the authority asks (SEND Regulations 2014 reg 6(1) and (2)); `casework.rules.advice` says more of each."""

    FAMILY = Body.FAMILY.value, Body.FAMILY.words
    EDUCATION = Body.EDUCATION.value, Body.EDUCATION.words
    HEALTH = Body.HEALTH.value, Body.HEALTH.words
    PSYCHOLOGY = Body.PSYCHOLOGY.value, Body.PSYCHOLOGY.words
    SOCIAL_CARE = Body.SOCIAL_CARE.value, Body.SOCIAL_CARE.words
    SENSORY = Body.SENSORY.value, Body.SENSORY.words
    ADULTHOOD = Body.ADULTHOOD.value, Body.ADULTHOOD.words
    REQUESTED = Body.REQUESTED.value, Body.REQUESTED.words
    OTHER = Body.OTHER.value, Body.OTHER.words


class AdviceEnd(models.TextChoices):
    """Why new advice is not needed after all."""

    EXISTING = "existing", "Existing advice is used"
    WITHDRAWN = "withdrawn", "The request was withdrawn"


@tracked()
class AdviceRequest(models.Model):
    """One body asked for advice in one assessment, with a clock of its own (rule A5).

    The days from `asked_on` to `ended_on` are derived from the milestones of the case whose `part` is this row's public
    id, and `due_on` from its clock, by `casework.services.advice_tables`. `asked_on` is the day the request reached the
    body: the six weeks run from it (reg 8(1)).
    """

    public_id = public_id()
    case = models.ForeignKey(Case, models.PROTECT, related_name="advice_requests")
    body = models.CharField("kind of body", max_length=12, choices=AdviceBody.choices)
    who = models.CharField("name and role, or team", max_length=200, blank=True, default="", db_default="")
    setting = models.ForeignKey(Establishment, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=models.functions.Now())

    asked_on = models.DateField("request reached the body", null=True, blank=True)
    due_on = models.DateField("last day of the six weeks (A5)", null=True, blank=True)
    received_on = models.DateField("advice received", null=True, blank=True)
    ended_on = models.DateField("no longer needed from", null=True, blank=True)
    ended_because = models.CharField(
        max_length=10, choices=AdviceEnd.choices, blank=True, default="", db_default=""
    )
    chase_on = models.DateField("to be chased on", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("advice_body_known", "body", AdviceBody),
            one_of("advice_end_known", "ended_because", AdviceEnd, blank=True),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_because="")
                | Q(ended_on__isnull=False, ended_because__gt=""),
                name="advice_ended_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True)
                | Q(asked_on__isnull=False, received_on__gte=F("asked_on")),
                name="advice_received_after_asked",
                violation_error_message="Advice cannot be received before it was asked for. Check both dates.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(asked_on__isnull=False, due_on__gte=F("asked_on")),
                name="advice_due_after_asked",
            ),
            models.UniqueConstraint(
                fields=["case", "body", "who", "setting"],
                nulls_distinct=False,
                condition=Q(received_on__isnull=True, ended_on__isnull=True),
                name="advice_one_open_request_to_a_body",
                violation_error_message="This body has been asked already and has not answered. Chase that request.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(asked_on__isnull=False, received_on__isnull=True, ended_on__isnull=True),
                name="advice_outstanding_due",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def part(self) -> str:
        """What its milestones, clock and exceptions carry to say whose they are."""
        return str(self.public_id)

    @property
    def name(self) -> str:
        """ "Health (Dr Moss, community paediatrics)"; the setting's name where one is asked."""
        who = self.who or (self.setting.name if self.setting_id and self.setting else "")
        return f"{self.get_body_display()} ({who})" if who else str(self.get_body_display())


@tracked()
class ExistingAdvice(models.Model):
    """Advice given before that may stand in for new advice: only if adviser, authority and family all agree (reg 6(4)).

    Agreements come one at a time. `accepted_on` is derived; the database accepts it only beside all three.
    """

    advice = models.OneToOneField(AdviceRequest, models.PROTECT, primary_key=True, related_name="existing")
    what = models.CharField("which advice", max_length=300)
    given_on = models.DateField("day it was given", null=True, blank=True)
    adviser_agreed_on = models.DateField(null=True, blank=True)
    adviser_agreed_by = models.CharField(max_length=200, blank=True, default="", db_default="")
    authority_agreed_on = models.DateField(null=True, blank=True)
    authority_agreed_by = models.CharField(max_length=200, blank=True, default="", db_default="")
    family_agreed_on = models.DateField(null=True, blank=True)
    family_agreed_by = models.CharField(max_length=200, blank=True, default="", db_default="")
    accepted_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what__gt=""), name="existing_advice_named"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{party}_agreed_on__isnull": True, f"{party}_agreed_by": ""})
                    | Q(**{f"{party}_agreed_on__isnull": False, f"{party}_agreed_by__gt": ""}),
                    name=f"existing_advice_{party}_with_a_name",
                    violation_error_message="An agreement needs the day and the name of who agreed.",
                )
                for party in ("adviser", "authority", "family")
            ),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True)
                | Q(
                    adviser_agreed_on__isnull=False,
                    authority_agreed_on__isnull=False,
                    family_agreed_on__isnull=False,
                ),
                name="existing_advice_accepted_by_all_three",
                violation_error_message=(
                    "Existing advice can be used only if the person who gave it, the authority and the parents or "
                    "young person all agree."
                ),
            ),
        ]

    @property
    def missing(self) -> list[str]:
        """The parties that have not agreed: "adviser", "authority", "family"."""
        return [
            party
            for party in ("adviser", "authority", "family")
            if getattr(self, f"{party}_agreed_on") is None
        ]


class ChaseMeans(models.TextChoices):
    """How a body was chased."""

    TELEPHONE = "telephone", "Telephone call"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    PORTAL = "portal", "Portal"
    IN_PERSON = "in_person", "In person"


@tracked()
class AdviceChase(models.Model):
    """One time a body was asked where its advice is. A log: rows are added and never edited."""

    advice = models.ForeignKey(AdviceRequest, models.PROTECT, related_name="chases")
    chased_on = models.DateField()
    means = models.CharField("how", max_length=10, choices=ChaseMeans.choices)
    to_whom = models.CharField(max_length=200, blank=True, default="", db_default="")
    note = models.TextField(blank=True, default="", db_default="")
    next_on = models.DateField("chase again on", null=True, blank=True)
    chased_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        ordering = ["-chased_on", "-pk"]
        constraints = [
            one_of("chase_means_known", "means", ChaseMeans),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("chased_on")),
                name="chase_again_later",
                violation_error_message="The next chase must be after this one.",
            ),
        ]


@untracked("Written once by the morning task from days that are tracked, and never changed.")
class AdviceReminder(models.Model):
    """That a body was due to be chased on a day and a worker was shown it. One for each day that was set."""

    advice = models.ForeignKey(AdviceRequest, models.PROTECT, related_name="reminders")
    for_day = models.DateField("day the chase was due")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_on = models.DateField()

    class Meta:
        ordering = ["-for_day"]
        constraints = [
            models.UniqueConstraint(fields=["advice", "for_day"], name="reminder_once_for_a_day"),
            models.CheckConstraint(condition=Q(made_on__gte=F("for_day")), name="reminder_made_when_due"),
        ]
