"""The words of an EHC plan, section by section: being written, served on the family, or final."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.audit import tracked
from casework.columns import one_of, public_id
from casework.models.cases import Case, Milestone
from casework.models.children import Child
from casework.models.plans import PlanVersion
from casework.rules.plan_sections import WRITTEN


class TextState(models.TextChoices):
    """How far a text has come. Only one being written can be changed."""

    WRITING = "writing", "Being written"
    SERVED = "served", "Served on the family"
    FINAL = "final", "Final"
    SET_ASIDE = "set_aside", "Set aside"


@tracked()
class PlanText(models.Model):
    """One whole text of a plan. It is sealed when it is served or final: the database then refuses every change.

    A later change is a new text that starts from this one. `case` is the case it is written in; the text of a plan that
    came without a case here has none. `plan_version` is the version whose words these are. `served_as` is the
    milestone of the day it was sent or served; a corrected day is that of the milestone which replaced it.
    """

    public_id = public_id()
    child = models.ForeignKey(Child, models.PROTECT, related_name="plan_texts")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="plan_texts")
    number = models.PositiveSmallIntegerField(help_text="Counts the texts of one child.")
    state = models.CharField(
        max_length=10, choices=TextState.choices, default=TextState.WRITING, db_default=TextState.WRITING
    )
    based_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="led_to")
    plan_version = models.OneToOneField(
        PlanVersion, models.PROTECT, null=True, blank=True, related_name="text"
    )
    served_as = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="+")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(db_default=models.functions.Now())
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["child", "number"]
        constraints = [
            one_of("plan_text_state_known", "state", TextState),
            models.UniqueConstraint(fields=["child", "number"], name="plan_text_number_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state="writing"),
                name="plan_text_one_being_written",
                violation_error_message="A draft is already being written in this case. Go on with that one.",
            ),
            models.CheckConstraint(
                condition=~Q(state="final") | Q(plan_version__isnull=False),
                name="plan_text_final_is_of_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(state="served") | Q(served_as__isnull=False),
                name="plan_text_served_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="writing") | Q(plan_version__isnull=True, served_as__isnull=True),
                name="plan_text_being_written_is_not_sent",
            ),
            models.CheckConstraint(
                condition=Q(state="writing", sealed_at__isnull=True)
                | ~Q(state="writing") & Q(sealed_at__isnull=False),
                name="plan_text_sealed_when_not_written",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="sealed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                level=pgtrigger.Row,
                func="""
                    -- One way out: the plan was issued by mistake, so its final text is set aside, unchanged.
                    IF OLD.state <> 'writing' AND NOT (
                        TG_OP = 'UPDATE' AND OLD.state = 'final' AND NEW.state = 'set_aside'
                        AND NEW.plan_version_id IS NULL
                        AND to_jsonb(NEW) - 'state' - 'plan_version_id' = to_jsonb(OLD) - 'state' - 'plan_version_id'
                    ) THEN
                        RAISE EXCEPTION 'This text of a plan is sealed. Start a new one from it.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    @property
    def is_open(self) -> bool:
        """Whether it can be changed."""
        return self.state == TextState.WRITING


def sealed_with_its_text() -> pgtrigger.Trigger:
    """Refuse to add, change or remove a part of a text that is sealed."""
    return pgtrigger.Trigger(
        name="sealed",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        level=pgtrigger.Row,
        func="""
            IF EXISTS (
                SELECT FROM casework_plantext AS held
                WHERE held.state <> 'writing'
                  AND (TG_OP <> 'INSERT' AND held.id = OLD.text_id OR TG_OP <> 'DELETE' AND held.id = NEW.text_id)
            ) THEN
                RAISE EXCEPTION 'This text of a plan is sealed. Start a new one from it.'
                    USING ERRCODE = 'check_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


@tracked()
class PlanSection(models.Model):
    """The words of one section, and who last saved it. `version` rises with every save of its words or rows."""

    text = models.ForeignKey(PlanText, models.CASCADE, related_name="sections")
    letter = models.CharField(max_length=2, choices=[(section.value, section.value) for section in WRITTEN])
    words = models.TextField(blank=True, default="", db_default="")
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["text", "letter"]
        constraints = [
            one_of("plan_section_letter_known", "letter", [section.value for section in WRITTEN]),
            models.UniqueConstraint(fields=["text", "letter"], name="plan_section_once"),
        ]
        triggers = [sealed_with_its_text()]
