"""What every endpoint shares: cursor paging and one error format (RFC 9457, problem details)."""

from typing import Any

from rest_framework import exceptions
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import exception_handler

from casework.access.drf import ScopeMissing
from casework.api.cursors import page_size, seal, unseal

PROBLEM_JSON = "application/problem+json"

TITLES = {
    400: "The request is not valid",
    401: "Sign in first",
    403: "You may not do this",
    404: "Not found",
    405: "Not possible here",
    406: "No such format",
    409: "Somebody changed this meanwhile",
    415: "Send JSON",
    429: "Too many requests",
    500: "Something went wrong",
}
DETAILS = {
    400: "Check the address and the headers of the request.",
    401: "Send a token from /api/token/ as `Authorization: Bearer …`, or sign in to Waymark.",
    403: "Your role or your token does not allow this.",
    404: "There is no such record, or you may not see it.",
    406: "Ask for application/json.",
    500: "The fault is ours and has been logged. Quote the X-Request-ID header when you report it.",
}


class RecordCursorPagination(CursorPagination):
    """Pages in the order of recording: a long read neither skips nor repeats rows that arrive meanwhile.

    The cursor is encrypted: it holds a row's key, and keys would tell how many records there are.
    """

    ordering = "pk"
    page_size = 100
    page_size_query_param = "page_size"
    page_size_query_description = "How many records a page holds, from 1 to 1000."
    cursor_query_description = "Where the page begins: taken from `next` or `previous`, never made up."
    max_page_size = 1000

    def get_page_size(self, request: Request) -> int:
        """The page size asked for. Raises ValidationError for anything but a whole number in range."""
        return page_size(request.query_params.get("page_size"), default=100, most=self.max_page_size)

    def decode_cursor(self, request: Request) -> Cursor | None:
        """The position the cursor stands for. Raises ValidationError for one that this service did not make."""
        sealed = request.query_params.get("cursor")
        if sealed is None:
            return None
        parts = unseal(sealed)
        position: Any = parts.get("p")
        return Cursor(offset=int(parts.get("o", 0)), reverse="r" in parts, position=position)

    def encode_cursor(self, cursor: Cursor) -> str:
        """The address of the page at the position."""
        parts: dict[str, str | int] = {}
        if cursor.offset:
            parts["o"] = cursor.offset
        if cursor.reverse:
            parts["r"] = 1
        if cursor.position is not None:
            parts["p"] = cursor.position
        return replace_query_param(str(self.base_url), "cursor", seal(parts))

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The two parameters with their limits, for the API description."""
        cursor, page_size = super().get_schema_operation_parameters(view)
        page_size["schema"] = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": 100}
        return [cursor, page_size]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """A page: its records and the addresses of its neighbours."""
        page = super().get_paginated_response_schema(schema)
        address = "https://waymark.example.org/api/v1/requests/?cursor=gAAAAAB"
        page["properties"]["next"] |= {
            "example": f"{address}next",
            "description": "Address of the next page.",
        }
        page["properties"]["previous"] |= {
            "example": f"{address}before",
            "description": "Address of the page before.",
        }
        page["required"] = ["next", "previous", "results"]
        return page


def problem(status: int, detail: str = "", errors: object = None) -> dict[str, Any]:
    """The body of an error: title, status and detail in words; `errors` says what is wrong with each parameter."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, TITLES[500]),
        "status": status,
        "detail": detail or DETAILS.get(status, ""),
    }
    if errors is not None:
        body["errors"] = errors
    return body


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every error an endpoint raises as `application/problem+json`; None (a fault of ours) goes to `config.errors`."""
    response = exception_handler(error, context)
    if response is None:
        return None
    status = response.status_code
    detail, errors = "", None
    if isinstance(error, exceptions.ValidationError):
        detail = "Correct what `errors` names and send the request again."
        errors = response.data if isinstance(response.data, dict) else {"request": response.data}
    elif status not in {401, 404, 406} and isinstance(error, exceptions.APIException):
        own_words = error.detail != exceptions.PermissionDenied.default_detail
        detail = str(error.detail) if own_words else ""
    if status == 403 and (request := context.get("request")) is not None and request.auth is not None:
        scope = error.scope if isinstance(error, ScopeMissing) else getattr(context.get("view"), "scope", "")
        detail = f"This client's token needs the scope {scope}."
        response["WWW-Authenticate"] = f'Bearer realm="api",error="insufficient_scope",scope="{scope}"'
    response.data = problem(status, detail, errors)
    response.content_type = PROBLEM_JSON
    return response
