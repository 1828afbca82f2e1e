"""Errors that Django itself answers: problem details under /api/, a page everywhere else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

from config.rest import PROBLEM_JSON, problem


def _for_api(request: HttpRequest, status: int, otherwise: Callable[[], HttpResponse]) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse(problem(status), status=status, content_type=PROBLEM_JSON)
    return otherwise()


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request that Django refuses before any view sees it."""
    return _for_api(request, 400, lambda: defaults.bad_request(request, exception))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _for_api(request, 403, lambda: defaults.permission_denied(request, exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: an address that nothing answers."""
    return _for_api(request, 404, lambda: defaults.page_not_found(request, exception))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours, logged by Django before this is called."""
    return _for_api(request, 500, lambda: defaults.server_error(request))
