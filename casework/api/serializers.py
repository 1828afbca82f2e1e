"""What the API shows of casework. Every field is named here; keys of tables and free text about a child never leave."""

from rest_framework import serializers

from casework.api.fields import CodeField
from casework.api.parts import ChildSerializer, EstablishmentInRecordSerializer
from casework.models import (
    AdviceBody,
    AdviceEnd,
    AdviceRequest,
    Answer,
    Area,
    AssessmentRequest,
    CeaseReason,
    Channel,
    Clock,
    Decision,
    Need,
    Plan,
    PlanVersion,
    Question,
    RequestSource,
    RequestState,
    Stage,
    StopKind,
)
from casework.rules.case_kinds import case_kind_choices

CASE_KINDS = case_kind_choices()


class ClockSerializer(serializers.ModelSerializer[Clock]):
    """A statutory limit of the case. An exception excuses lateness; it never moves `due_on`."""

    rule = serializers.CharField(
        source="rule_code",
        read_only=True,
        help_text="Row of docs/domain/deadlines.csv, such as A10 (20 weeks).",
    )
    stop_kind = CodeField(StopKind.choices, help_text="Why it no longer runs; null while it runs.")

    class Meta:
        model = Clock
        fields = ("rule", "part", "started_on", "due_on", "stopped_on", "stop_kind")
        read_only_fields = fields


class RequestSerializer(serializers.ModelSerializer[AssessmentRequest]):
    """A request for an EHC needs assessment, its first decisions and its outcome."""

    id = serializers.UUIDField(source="case.public_id", read_only=True)
    reference = serializers.CharField(
        source="case.reference", read_only=True, help_text="The number people quote, such as EHC-0001234."
    )
    kind = CodeField(CASE_KINDS, source="case.kind", allow_null=False, help_text="Request or reassessment.")
    child = ChildSerializer(source="case.child", read_only=True)
    source = CodeField(  # type: ignore[assignment]
        RequestSource.choices, help_text="Who asked (SEN2 item 2.2); null where an old return did not say."
    )
    channel = CodeField(Channel.choices, help_text="How it came.")
    area = serializers.CharField(
        source="area.code", read_only=True, allow_null=True, default=None, help_text="Code of the area."
    )
    state = CodeField(RequestState.choices, allow_null=False, help_text="How far it has come.")
    clocks = ClockSerializer(source="case.clocks", many=True, read_only=True)

    class Meta:
        model = AssessmentRequest
        fields = (
            "id", "reference", "kind", "child", "source", "channel", "area", "brought_to_attention",
            "received_on", "decided_on", "outcome_on", "final_plan_on", "ended_on", "state",
            "decided_before_period", "excepted", "clocks",
        )  # fmt: skip
        read_only_fields = fields
        extra_kwargs = {
            "decided_on": {"help_text": "The day the family was told whether the authority will assess."},
            "outcome_on": {"help_text": "The day the family was told whether a plan will be issued."},
        }


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    """A decision in a case and the coded grounds it rests on. Reasons in words stay on the record."""

    id = serializers.UUIDField(source="milestone.public_id", read_only=True)
    case = serializers.UUIDField(
        source="milestone.case.public_id",
        read_only=True,
        help_text="Identifier of the case; of the request, for decisions to assess and to issue.",
    )
    case_kind = CodeField(CASE_KINDS, source="milestone.case.kind", allow_null=False)
    child = ChildSerializer(source="milestone.case.child", read_only=True)
    question = CodeField(Question.choices, allow_null=False, help_text="What was decided.")
    answer = CodeField(Answer.choices, allow_null=False, help_text="The decision.")
    grounds = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Coded grounds of the decision."
    )

    class Meta:
        model = Decision
        fields = (
            "id", "case", "case_kind", "child", "question", "answer", "decided_on", "test_applied", "grounds",
        )  # fmt: skip
        read_only_fields = fields
        extra_kwargs = {
            "test_applied": {"help_text": "Code of the legal test; empty where none was recorded."}
        }


class PlanVersionInPlanSerializer(serializers.ModelSerializer[PlanVersion]):
    """One text of the plan, as the plan lists it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    stage = CodeField(Stage.choices, allow_null=False, help_text="How far the version has come.")
    primary_need = CodeField(Need.choices, help_text="Primary type of need (SEN2 item 5.8a).")
    secondary_need = CodeField(Need.choices, help_text="Secondary type of need (SEN2 item 5.8a).")

    class Meta:
        model = PlanVersion
        fields: tuple[str, ...] = (
            "id",
            "number",
            "stage",
            "starts_on",
            "ends_on",
            "primary_need",
            "secondary_need",
        )
        read_only_fields = fields
        extra_kwargs = {
            "starts_on": {"help_text": "First day in force; null for drafts and proposals."},
            "ends_on": {"help_text": "Last day in force; null while it is in force."},
        }


class PlanVersionSerializer(PlanVersionInPlanSerializer):
    """One text of a plan with its plan and child."""

    plan = serializers.UUIDField(source="plan.public_id", read_only=True, help_text="Identifier of the plan.")
    child = ChildSerializer(source="plan.child", read_only=True)
    text = serializers.UUIDField(
        source="text.public_id",
        read_only=True,
        allow_null=True,
        default=None,
        help_text="Identifier of its words under `plan-texts/`; null where they are kept elsewhere.",
    )

    class Meta(PlanVersionInPlanSerializer.Meta):
        fields = (
            "id", "plan", "child", "text", "number", "stage", "served_on", "starts_on", "ends_on",
            "primary_need", "secondary_need", "personal_budget", "organised_arrangements", "direct_payment",
        )  # fmt: skip
        read_only_fields = fields


class PlanSerializer(serializers.ModelSerializer[Plan]):
    """An EHC plan, maintained from the day it was made to the day it ceased."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    child = ChildSerializer(read_only=True)
    request = serializers.UUIDField(
        source="request.public_id",
        read_only=True,
        allow_null=True,
        default=None,
        help_text="Identifier of the request it came from.",
    )
    cease_reason = CodeField(
        CeaseReason.choices, help_text="Why it ceased (SEN2 item 4.6); null while maintained."
    )
    versions = PlanVersionInPlanSerializer(many=True, read_only=True)

    class Meta:
        model = Plan
        fields = (
            "id", "child", "request", "starts_on", "ends_on", "cease_reason", "transferred_from_la", "versions",
        )  # fmt: skip
        read_only_fields = fields
        extra_kwargs = {
            "starts_on": {"help_text": "The day the plan was made, by this authority or by the one before."},
            "ends_on": {"help_text": "The last day it was maintained; null while it is."},
            "transferred_from_la": {
                "help_text": "DfE number of the authority it came from; empty where it was made here."
            },
        }


class EstablishmentSerializer(EstablishmentInRecordSerializer):
    """A school, college or other setting, from the national register or from a return."""

    class Meta(EstablishmentInRecordSerializer.Meta):
        fields = (
            "id", "urn", "ukprn", "name", "la_code", "establishment_number", "phase", "low_age", "high_age",
            "opened_on", "closed_on", "register_status", "section_41", "in_register",
        )  # fmt: skip
        read_only_fields = fields


class AreaSerializer(serializers.ModelSerializer[Area]):
    """A part of the authority that reports compare."""

    class Meta:
        model = Area
        fields = ("code", "name", "outward_postcodes")
        read_only_fields = fields


class AdviceRequestSerializer(serializers.ModelSerializer[AdviceRequest]):
    """One body asked for advice in an assessment. Names of people asked and notes of chases stay on the record."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    request = serializers.UUIDField(
        source="case.public_id", read_only=True, help_text="Identifier of the request or re-assessment."
    )
    child = ChildSerializer(source="case.child", read_only=True)
    body = CodeField(
        AdviceBody.choices, allow_null=False, help_text="Whom the authority asks (SEND Regs 2014 reg 6)."
    )
    setting = serializers.UUIDField(
        source="setting.public_id",
        read_only=True,
        allow_null=True,
        default=None,
        help_text="Identifier of the setting asked; null for other bodies.",
    )
    ended_because = CodeField(AdviceEnd.choices, help_text="Why no new advice is needed; null otherwise.")

    class Meta:
        model = AdviceRequest
        fields = (
            "id", "request", "child", "body", "setting", "asked_on", "due_on", "received_on", "ended_on",
            "ended_because",
        )  # fmt: skip
        read_only_fields = fields
        extra_kwargs = {
            "asked_on": {
                "help_text": "The day the request reached the body; null where existing advice is proposed."
            },
            "due_on": {"help_text": "Last day of the six weeks of this body (rule A5)."},
            "ended_on": {"help_text": "From this day no new advice is needed."},
        }
