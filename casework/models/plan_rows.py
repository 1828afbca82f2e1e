"""The rows of a plan's sections: needs, outcomes, provision, parts of a personal budget, advice.

`key` is the same in every text of a plan in which the row stands, so that a comparison knows it again. `position` is its
place in the section.
"""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from casework.audit import tracked
from casework.columns import one_of
from casework.models.plan_texts import PlanText, sealed_with_its_text
from casework.models.plans import Need
from casework.rules import plan_content
from casework.rules.advice import AdviceBody
from casework.rules.plan_sections import PROVISION_SECTIONS


class PlanRow(models.Model):
    """What all rows have in common."""

    key = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


def _row_constraints(name: str, *place: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=["text", "key"], name=f"{name}_key_once"),
        # Checked after each statement, not after each row, so that rows can change places.
        models.UniqueConstraint(
            fields=["text", *place, "position"],
            name=f"{name}_position_once",
            deferrable=models.Deferrable.IMMEDIATE,
        ),
    ]


def _says(name: str, field: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__gt": ""}), name=f"{name}_says_what")


def _keys() -> "ArrayField[Any, Any]":
    return ArrayField(models.UUIDField(), default=list, blank=True)


@tracked()
class PlanNeed(PlanRow):
    """A special educational need of section B, ranked by position. The first two give the version's SEN2 needs."""

    text = models.ForeignKey(PlanText, models.CASCADE, related_name="needs")
    words = models.TextField()
    kind = models.CharField(
        "type of need (SEN2 item 5.8a)",
        max_length=4,
        choices=Need.choices,
        blank=True,
        default="",
        db_default="",
    )
    area = models.CharField(
        "broad area of need", max_length=15, choices=plan_content.NeedArea.choices(), blank=True, default="", db_default=""
    )  # fmt: skip

    class Meta:
        ordering = ["position"]
        constraints = [
            *_row_constraints("plan_need"),
            _says("plan_need", "words"),
            one_of("plan_need_kind_known", "kind", Need, blank=True),
            one_of("plan_need_area_known", "area", plan_content.NeedArea, blank=True),
        ]
        triggers = [sealed_with_its_text()]


@tracked()
class PlanOutcome(PlanRow):
    """An outcome of section E."""

    text = models.ForeignKey(PlanText, models.CASCADE, related_name="outcomes")
    outcome = models.TextField()
    by_when = models.CharField(max_length=200, blank=True, default="", db_default="")
    steps = models.TextField(blank=True, default="", db_default="")

    class Meta:
        ordering = ["position"]
        constraints = [*_row_constraints("plan_outcome"), _says("plan_outcome", "outcome")]
        triggers = [sealed_with_its_text()]


@tracked()
class PlanProvision(PlanRow):
    """A piece of provision of section F, G, H1 or H2: `amount` of `unit`, `times` in the time `per`.

    `needs` and `outcomes` are keys of rows of sections B and E of the same text.
    """

    text = models.ForeignKey(PlanText, models.CASCADE, related_name="provision")
    section = models.CharField(max_length=2, choices=[(one.value, one.value) for one in PROVISION_SECTIONS])
    what = models.TextField()
    who = models.CharField(
        "who provides it, with what expertise", max_length=300, blank=True, default="", db_default=""
    )
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    unit = models.CharField(
        max_length=10, choices=plan_content.Unit.choices(), blank=True, default="", db_default=""
    )
    times = models.PositiveSmallIntegerField(null=True, blank=True)
    per = models.CharField(
        max_length=10, choices=plan_content.Per.choices(), blank=True, default="", db_default=""
    )
    how = models.CharField("how it is provided", max_length=500, blank=True, default="", db_default="")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    needs = _keys()
    outcomes = _keys()

    class Meta:
        ordering = ["section", "position"]
        constraints = [
            *_row_constraints("plan_provision", "section"),
            _says("plan_provision", "what"),
            one_of("plan_provision_section_known", "section", [one.value for one in PROVISION_SECTIONS]),
            one_of("plan_provision_unit_known", "unit", plan_content.Unit, blank=True),
            one_of("plan_provision_per_known", "per", plan_content.Per, blank=True),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, unit="")
                | Q(amount__isnull=False, amount__gt=0, unit__gt=""),
                name="plan_provision_amount_has_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(times__isnull=True, per="") | Q(times__isnull=False, times__gt=0, per__gt=""),
                name="plan_provision_times_in_a_time",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="plan_provision_days_in_order",
            ),
        ]
        triggers = [sealed_with_its_text()]


@tracked()
class PlanBudgetPart(PlanRow):
    """A part of the personal budget of section J: pounds a year, how it is delivered, what it is for."""

    text = models.ForeignKey(PlanText, models.CASCADE, related_name="budget")
    part = models.CharField(max_length=1, choices=plan_content.BudgetPart.choices())
    way = models.CharField(max_length=12, choices=plan_content.BudgetWay.choices())
    what = models.TextField("needs and outcomes it meets")
    amount = models.DecimalField("pounds a year", max_digits=9, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            *_row_constraints("plan_budget_part"),
            _says("plan_budget_part", "what"),
            one_of("plan_budget_part_known", "part", plan_content.BudgetPart),
            one_of("plan_budget_part_way_known", "way", plan_content.BudgetWay),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="plan_budget_part_not_negative"
            ),
        ]
        triggers = [sealed_with_its_text()]


@tracked()
class PlanAdvice(PlanRow):
    """A piece of advice listed in section K."""

    text = models.ForeignKey(PlanText, models.CASCADE, related_name="advice")
    source = models.CharField(max_length=12, choices=[(body.value, body.words) for body in AdviceBody])
    who = models.CharField(max_length=200, blank=True, default="", db_default="")
    dated_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            *_row_constraints("plan_advice"),
            one_of("plan_advice_source_known", "source", AdviceBody),
        ]
        triggers = [sealed_with_its_text()]
