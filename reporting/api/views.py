"""Endpoints of reporting: what indicators are, their figures, and the records behind a figure."""

from typing import Any, cast

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from casework.access.drf import ScopeMissing, token_of
from casework.api.base import log_readings, refuse_unknown
from casework.models import User
from casework.rules.permissions import Permission
from casework.today import today
from reporting.api import examples, parameters
from reporting.api.listing import page_of
from reporting.api.questions import question
from reporting.api.serializers import IndicatorSerializer, ListSerializer, TableSerializer
from reporting.compute import compute
from reporting.indicator import Indicator
from reporting.registry import INDICATORS, indicator

CODE = OpenApiParameter(
    "code", str, OpenApiParameter.PATH, enum=sorted(INDICATORS), description="Code of the indicator."
)
# What a token needs besides indicators:read to be told who is counted, or what anything costs.
SCOPE_OF_SUBJECT = {
    "plans": "plans:read",
    "funded_children": "plans:read",
    "requests": "requests:read",
    "open_requests": "requests:read",
}
SCOPE_OF_PERMISSION = {Permission.SEE_COSTS: "costs:read"}


def check_may_read(request: Request, wanted: Indicator) -> None:
    """Raises PermissionDenied unless the caller may see this indicator's figures."""
    if (token := token_of(request)) is not None:
        scope = SCOPE_OF_PERMISSION.get(wanted.permission)
        if scope is not None and not token.is_valid([scope]):
            raise ScopeMissing(scope)
        return
    user = cast(User, request.user)
    if not (user.may(Permission.SEE_REPORTS) and user.may(wanted.permission)):
        raise PermissionDenied


def may_read(request: Request, wanted: Indicator) -> bool:
    """Whether the caller may see this indicator's figures."""
    try:
        check_may_read(request, wanted)
    except PermissionDenied:
        return False
    return True


class IndicatorViewSet(ViewSet):
    """Indicators."""

    permission: Permission = Permission.SEE_REPORTS
    scope = "indicators:read"
    http_method_names = ["get", "head"]
    lookup_field = "code"
    lookup_value_converter = "str"

    @extend_schema(
        summary="List indicators",
        description="What each indicator is: definition, source, dimensions and their values.",
        responses=IndicatorSerializer(many=True),
        examples=[examples.INDICATOR],
    )
    def list(self, request: Request) -> Response:
        """Definitions of the indicators the caller may see."""
        refuse_unknown(request, known=())
        allowed = [one for one in INDICATORS.values() if may_read(request, one)]
        return Response(IndicatorSerializer(allowed, many=True).data)

    @extend_schema(
        summary="Read an indicator's figures",
        description="Worked out from the records as they stand now, for the days asked. A flow is counted from a "
        "first to a last day, a stock on one day.",
        parameters=[CODE, *parameters.DAYS, parameters.BY, *parameters.WHERE],
        responses=TableSerializer,
        examples=[examples.TABLE],
    )
    def retrieve(self, request: Request, code: str) -> Response:
        """One indicator's table."""
        asked = question(request, self._wanted(code), on=today(), more=("by",))
        table = compute(asked.indicator, window=asked.window, by=asked.by, where=asked.where)
        return Response(TableSerializer(table, context={"by": table.by}).data)

    @extend_schema(
        operation_id="indicators_records",
        summary="List the records behind a number",
        description="The same days and filters as for the figures. For a count, `count` is the number. Needs, besides "
        "`indicators:read`, the scope of the records: `requests:read` or `plans:read`.",
        parameters=[CODE, *parameters.DAYS, parameters.PART, *parameters.WHERE, *parameters.PAGING],
        responses=ListSerializer,
        examples=[examples.LIST],
    )
    @action(detail=True, url_path="list", url_name="records", permission=Permission.SEE_CHILDREN)
    def records(self, request: Request, code: str) -> Response:
        """Children, requests and plans that the numerator or the denominator counts."""
        wanted = self._wanted(code)
        token = token_of(request)
        scope = SCOPE_OF_SUBJECT[wanted.subject.code]
        if token is not None and not token.is_valid([scope]):
            raise ScopeMissing(scope)
        day = today()
        asked = question(request, wanted, on=day, more=("part", "cursor", "page_size"))
        page = page_of(asked, request, on=day)
        log_readings(request, (record.child.pk for record in page.records if record.child))
        body = ListSerializer(
            {
                "indicator": wanted.code,
                "part": asked.part.value,
                "first_day": asked.window.first,
                "last_day": asked.window.last,
                "count": page.count,
                "next": page.next,
                "previous": page.previous,
                "results": page.records,
            }
        )
        return Response(body.data)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Figures and names are kept by no cache on the way."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _wanted(self, code: str) -> Indicator:
        try:
            wanted = indicator(code)
        except ValueError:
            raise Http404 from None
        check_may_read(self.request, wanted)
        return wanted
