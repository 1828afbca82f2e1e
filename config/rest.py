"""What every endpoint shares: cursor paging and one error format (RFC 9457, problem details)."""

from typing import Any

from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

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
}


class RecordCursorPagination(CursorPagination):
    """Pages by the order of recording: a long read neither skips nor repeats rows that arrive meanwhile."""

    ordering = "pk"
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every error as `application/problem+json`: title, status, detail and, for fields, what is wrong with each."""
    response = exception_handler(error, context)
    if response is None:
        return None
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(response.status_code, "Something went wrong"),
        "status": response.status_code,
    }
    if isinstance(error, exceptions.ValidationError):
        problem["detail"] = "Correct the fields named in `errors` and send the request again."
        problem["errors"] = response.data if isinstance(response.data, dict) else {"request": response.data}
    elif isinstance(response.data, dict) and "detail" in response.data:
        problem["detail"] = str(response.data["detail"])
    response.data = problem
    response.content_type = "application/problem+json"
    return response
