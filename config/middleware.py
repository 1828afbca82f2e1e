"""Request id, session limits, and who is behind each change in the audit trail."""

import time
import uuid
from collections.abc import Callable

import pghistory
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from casework.models import User
from casework.services import unfinished
from casework.ui.kept import giving_back

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
                _keep_what_was_typed(request)
                logout(request)
            elif now - seen > 60 or "seen" not in request.session:
                # Once a minute is fine enough for an idle limit and saves a write on every page.
                request.session["seen"] = now
        return self.get_response(request)


def _keep_what_was_typed(request: HttpRequest) -> None:
    """Put the answers of unfinished tasks, and the form just sent, where this person finds them after signing in again.

    Another site cannot plant a form here: the session's cookie is not sent along with its requests (SameSite).
    """
    user = request.user
    sent = None
    if request.method == "POST":
        sent = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    if sent and any("password" in name for name in sent):
        sent = None
    if isinstance(user, User):
        unfinished.keep(
            user=user,
            tasks=request.session.get(unfinished.TASKS, {}),
            path=request.path,
            sent=sent,
            at=timezone.now(),
        )


class KeptInputMiddleware:
    """Fills a form again with what was typed when the session ended; once the page is sent, that is forgotten.

    What was typed came into the session when its person signed in (casework.web.signed_in), so a page without it costs
    nothing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Who is not signed in has nothing kept, and a page for them need not read a session.
        forms = request.session.get(unfinished.FORMS) if request.user.is_authenticated else None
        if not forms or request.path not in forms:
            return self.get_response(request)
        if request.method in _READING:
            typed = QueryDict(mutable=True)
            for name, values in forms[request.path].items():
                typed.setlist(name, values)
            with giving_back(typed):
                return self.get_response(request)
        request.session[unfinished.FORMS] = {
            path: form for path, form in forms.items() if path != request.path
        }
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
