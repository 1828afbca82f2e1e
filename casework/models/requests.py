"""What is special to a request for an EHC needs assessment."""

from django.db import models
from django.db.models import F, Q

from casework.audit import tracked
from casework.columns import came_from, one_of
from casework.models.areas import Area
from casework.models.cases import Case


class RequestSource(models.TextChoices):
    """Who asked (SEN2 item 2.2). Empty where a return before 2025 did not say."""

    PARENT_OR_YOUNG_PERSON = "1", "Parent or young person"
    SCHOOL = "2", "School or other education setting"
    HEALTH = "3", "Health care professional"
    SOCIAL_CARE = "4", "Social care professional"
    OTHER = "5", "Other"


class Channel(models.TextChoices):
    """How a request came. No form is required: a letter or an e-mail counts."""

    FORM = "form", "Request form"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    TELEPHONE = "telephone", "Telephone call"
    PORTAL = "portal", "Portal"
    IN_PERSON = "in_person", "In person"


class RequestState(models.TextChoices):
    """How far the request has come; derived from the case's milestones."""

    UNDECIDED = "undecided", "Waiting for the decision to assess"
    REFUSED = "refused", "Refused to assess"
    ASSESSING = "assessing", "Assessment under way"
    NOT_ISSUED = "not_issued", "Decided not to issue a plan"
    ISSUING = "issuing", "Decided to issue; plan not yet issued"
    ISSUED = "issued", "Plan issued"
    NO_CHANGE = "no_change", "Re-assessed; plan left as it was"
    WITHDRAWN = "withdrawn", "Withdrawn or ended"
    MOVED_AWAY = "moved_away", "Moved away before the assessment ended"


@tracked()
class AssessmentRequest(models.Model):
    """A request, its first decisions and its outcome.

    The dates from `received_on` to `final_plan_on`, and `state`, are derived from the case's milestones by
    `casework.services.clocks.rebuild`; they are kept beside each other so that lists and indicators read one row.
    A first decision stands for good: what a tribunal or mediation later changed is a later milestone (SEN2 2.5, 3.1).
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="request")
    source = models.CharField(max_length=1, choices=RequestSource.choices, blank=True, default="")
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True, default="", db_default="")
    requested_by = models.CharField(
        "name and role of who asked", max_length=200, blank=True, default="", db_default=""
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="requests")
    brought_to_attention = models.BooleanField(
        "brought to attention, not a request under section 36(1)", default=False, db_default=False
    )
    youth_accommodation = models.BooleanField(
        "made while in relevant youth accommodation", null=True, blank=True
    )
    moved_to_la = models.CharField("LA number moved to", max_length=3, blank=True, default="", db_default="")

    received_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField("family told whether the authority will assess", null=True, blank=True)
    outcome_on = models.DateField("family told whether a plan will be issued", null=True, blank=True)
    final_plan_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField("withdrawn, ended or moved away", null=True, blank=True)
    state = models.CharField(max_length=12, choices=RequestState.choices)
    decided_before_period = models.BooleanField(
        "an old request known only as history (SEN2 outcome H)", default=False, db_default=False
    )
    excepted = models.BooleanField(
        "an exception to the 20 weeks is recorded (SEN2 3.7)", default=False, db_default=False
    )

    mediation_on_assess = models.BooleanField(null=True, blank=True)
    appeal_on_assess = models.BooleanField(null=True, blank=True)
    mediation_on_issue = models.BooleanField(null=True, blank=True)
    appeal_on_issue = models.BooleanField(null=True, blank=True)
    mediation_other = models.BooleanField(null=True, blank=True)
    appeal_other = models.BooleanField(null=True, blank=True)
    came_from = came_from()

    class Meta:
        constraints = [
            one_of("request_source_known", "source", RequestSource, blank=True),
            one_of("request_channel_known", "channel", Channel, blank=True),
            one_of("request_state_known", "state", RequestState),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True)
                | Q(received_on__isnull=True)
                | Q(decided_on__gte=F("received_on")),
                name="request_decided_after_received",
            ),
            models.CheckConstraint(
                condition=Q(outcome_on__isnull=True)
                | Q(received_on__isnull=True)
                | Q(outcome_on__gte=F("received_on")),
                name="request_outcome_after_received",
            ),
            models.CheckConstraint(
                condition=Q(final_plan_on__isnull=True)
                | Q(received_on__isnull=True)
                | Q(final_plan_on__gte=F("received_on")),
                name="request_plan_after_received",
            ),
        ]
        indexes = [
            models.Index(fields=["received_on"], name="request_received"),
            models.Index(fields=["decided_on"], name="request_decided"),
            models.Index(fields=["final_plan_on"], name="request_final_plan"),
        ]
