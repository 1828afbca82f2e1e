"""The words of a plan for other systems: a scope of their own, because they are free text about a child."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import RetrieveModelMixin

from casework.api import examples
from casework.api.base import ScopedViewSet
from casework.api.fields import CodeField
from casework.api.parts import ChildSerializer
from casework.models import (
    Need,
    PlanAdvice,
    PlanBudgetPart,
    PlanNeed,
    PlanOutcome,
    PlanProvision,
    PlanSection,
    PlanText,
    TextState,
)
from casework.queries import whole_records
from casework.rules.advice import AdviceBody
from casework.rules.permissions import Permission
from casework.rules.plan_content import BudgetPart, BudgetWay, NeedArea, Per, Unit
from casework.rules.plan_sections import SECTIONS, Section

UNITS = Unit.choices()
ADVICE_BODIES = [(body.value, body.words) for body in AdviceBody]
_KEY = "The same in every version of the plan in which this row stands."


class PlanSectionSerializer(serializers.ModelSerializer[PlanSection]):
    """The words of one section (SEND Regulations 2014 reg 12); section I is what a named placement says."""

    title = serializers.SerializerMethodField(help_text="What the section is about.")

    class Meta:
        model = PlanSection
        fields = ("letter", "title", "words")
        read_only_fields = fields

    @extend_schema_field({"type": "string"})
    def get_title(self, section: PlanSection) -> str:
        """The title the law gives it."""
        return SECTIONS[Section(section.letter)].title


class PlanNeedSerializer(serializers.ModelSerializer[PlanNeed]):
    """A special educational need of section B, the main one first."""

    id = serializers.UUIDField(source="key", read_only=True, help_text=_KEY)
    kind = CodeField(Need.choices, help_text="Type of need (SEN2 item 5.8a).")
    area = CodeField(NeedArea.choices(), help_text="Broad area of need.")

    class Meta:
        model = PlanNeed
        fields = ("id", "words", "kind", "area")
        read_only_fields = fields


class PlanOutcomeSerializer(serializers.ModelSerializer[PlanOutcome]):
    """An outcome of section E."""

    id = serializers.UUIDField(source="key", read_only=True, help_text=_KEY)

    class Meta:
        model = PlanOutcome
        fields = ("id", "outcome", "by_when", "steps")
        read_only_fields = fields


class PlanProvisionSerializer(serializers.ModelSerializer[PlanProvision]):
    """A piece of provision of section F, G, H1 or H2: `amount` of `unit`, `times` in the time `per`."""

    id = serializers.UUIDField(source="key", read_only=True, help_text=_KEY)
    unit = CodeField(UNITS, help_text="What the amount is counted in.")
    per = CodeField(Per.choices(), help_text="How often: so many times in this time.")

    class Meta:
        model = PlanProvision
        fields = (
            "id", "section", "what", "who", "amount", "unit", "times", "per", "how", "starts_on", "ends_on", "needs",
            "outcomes",
        )  # fmt: skip
        read_only_fields = fields
        extra_kwargs = {
            "needs": {"help_text": "Identifiers of the needs it meets."},
            "outcomes": {"help_text": "Identifiers of the outcomes it works towards."},
        }


class PlanBudgetPartSerializer(serializers.ModelSerializer[PlanBudgetPart]):
    """A part of the personal budget of section J, in pounds a year."""

    id = serializers.UUIDField(source="key", read_only=True, help_text=_KEY)
    service = CodeField(
        BudgetPart.choices(), source="part", allow_null=False, help_text="Which service's money."
    )
    way = CodeField(BudgetWay.choices(), allow_null=False, help_text="How it is delivered.")

    class Meta:
        model = PlanBudgetPart
        fields = ("id", "service", "way", "what", "amount")
        read_only_fields = fields


class PlanAdviceSerializer(serializers.ModelSerializer[PlanAdvice]):
    """A piece of advice listed in section K."""

    id = serializers.UUIDField(source="key", read_only=True, help_text=_KEY)
    body = CodeField(
        ADVICE_BODIES, source="source", allow_null=False, help_text="Which body it is from (reg 6(1))."
    )

    class Meta:
        model = PlanAdvice
        fields = ("id", "body", "who", "dated_on")
        read_only_fields = fields


class PlanTextSerializer(serializers.ModelSerializer[PlanText]):
    """The words of a plan as they were served on the family or made final. They never change."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    plan_version = serializers.UUIDField(
        source="plan_version.public_id", read_only=True, allow_null=True, default=None,
        help_text="The version whose words these are; null for a first draft.",
    )  # fmt: skip
    case = serializers.UUIDField(
        source="case.public_id", read_only=True, allow_null=True, default=None,
        help_text="The case they were written in.",
    )  # fmt: skip
    child = ChildSerializer(read_only=True)
    state = CodeField(TextState.choices, allow_null=False, help_text="Served or final.")
    sections = PlanSectionSerializer(many=True, read_only=True)
    needs = PlanNeedSerializer(many=True, read_only=True)
    outcomes = PlanOutcomeSerializer(many=True, read_only=True)
    provision = PlanProvisionSerializer(many=True, read_only=True)
    budget = PlanBudgetPartSerializer(many=True, read_only=True)
    advice = PlanAdviceSerializer(many=True, read_only=True)

    class Meta:
        model = PlanText
        fields = (
            "id", "plan_version", "case", "child", "state", "sections", "needs", "outcomes", "provision", "budget",
            "advice",
        )  # fmt: skip
        read_only_fields = fields


@extend_schema_view(
    retrieve=extend_schema(
        summary="Read the words of a plan",
        description="Sections A to K of a text that was served or is final, without section I, which named placements "
        "give. The identifier is `text` of a plan version. A draft that is being written is not read here.",
        examples=[examples.PLAN_TEXT],
    ),
)
class PlanTextViewSet(RetrieveModelMixin, ScopedViewSet):
    """The words of plans."""

    model = PlanText
    permission = Permission.SEE_CHILDREN
    scope = "plan-texts:read"
    child_path = "child_id"
    serializer_class = PlanTextSerializer

    def with_relations(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Everything in it; only what was sent."""
        return whole_records.plan_texts(rows, on=self.day)
