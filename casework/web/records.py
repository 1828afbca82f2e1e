"""The record an address names, as far as the reader may see it; anything else does not exist."""

import uuid
from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from casework.access.scope import visible
from casework.models import AdviceRequest, Case, CaseKind, Child, Milestone, Plan, Review, User
from casework.queries.advice import ASSESSMENTS


def reader_of(request: HttpRequest) -> User:
    """The signed-in person; middleware has seen to it that there is one."""
    return cast(User, request.user)


def child_or_404(request: HttpRequest, public_id: uuid.UUID) -> Child:
    """A child in scope."""
    return get_object_or_404(visible(Child, reader_of(request)).select_related("area"), public_id=public_id)


def request_case_or_404(request: HttpRequest, public_id: uuid.UUID) -> Case:
    """The case of a request for an assessment or a re-assessment, in scope."""
    kinds = (CaseKind.REQUEST, CaseKind.REASSESSMENT)
    cases = visible(Case, reader_of(request)).filter(kind__in=kinds, request__isnull=False)
    return get_object_or_404(cases.select_related("child", "request"), public_id=public_id)


def assessment_case_or_404(request: HttpRequest, public_id: uuid.UUID) -> Case:
    """A case in which advice is asked for, in scope: a request or a re-assessment."""
    cases = visible(Case, reader_of(request)).filter(kind__in=ASSESSMENTS)
    return get_object_or_404(cases.select_related("child"), public_id=public_id)


def advice_or_404(request: HttpRequest, public_id: uuid.UUID) -> AdviceRequest:
    """A request for advice, in scope."""
    rows = visible(AdviceRequest, reader_of(request)).select_related("case__child", "setting", "existing")
    return get_object_or_404(rows, public_id=public_id)


def milestone_or_404(request: HttpRequest, public_id: uuid.UUID) -> Milestone:
    """A milestone in scope that stands."""
    rows = visible(Milestone, reader_of(request)).select_related("case", "case__child")
    milestone = get_object_or_404(rows, public_id=public_id)
    if milestone.replaced or milestone.withdrawn:
        raise Http404
    return milestone


def review_or_404(request: HttpRequest, public_id: uuid.UUID) -> Review:
    """A review in scope, with its case and child."""
    rows = visible(Review, reader_of(request)).select_related("case__child")
    return get_object_or_404(rows, case__public_id=public_id)


def course_or_404(request: HttpRequest, public_id: uuid.UUID, *kinds: CaseKind) -> Case:
    """A case of one of these kinds in scope, with its child."""
    rows = visible(Case, reader_of(request)).filter(kind__in=kinds).select_related("child")
    return get_object_or_404(rows, public_id=public_id)


def plan_in_force(request: HttpRequest, child: Child) -> Plan | None:
    """The plan of a child that we maintain now, in scope."""
    rows = visible(Plan, reader_of(request)).filter(child=child, ends_on__isnull=True).select_related("child")
    return rows.order_by("-starts_on").first()
