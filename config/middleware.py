"""Request id, session limits, and who is behind each change in the audit trail."""

import time
import uuid
from collections.abc import Callable

import pghistory
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

_READING = {"GET", "HEAD", "OPTIONS"}
GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Gives every request an id, for the logs, the audit trail and the error page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response


class SessionLimitMiddleware:
    """Ends a session after SESSION_IDLE_SECONDS without a request, and after SESSION_HARD_SECONDS in any case."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            began = request.session.setdefault("began", now)
            seen = request.session.get("seen", now)
            if now - seen > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_HARD_SECONDS:
                logout(request)
            elif now - seen > 60 or "seen" not in request.session:
                # Once a minute is fine enough for an idle limit and saves a write on every page.
                request.session["seen"] = now
        return self.get_response(request)


class AuditContextMiddleware:
    """Attaches user, request id and route to every row the audit triggers write; never query strings or bodies.

    A page that is only read changes nothing that is tracked, so reading is spared the look at every statement.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in _READING:
            return self.get_response(request)
        user_id = request.user.pk if request.user.is_authenticated else None
        request_id = request.request_id  # type: ignore[attr-defined]
        with pghistory.context(user=user_id, request=request_id, route=request.path):
            return self.get_response(request)
