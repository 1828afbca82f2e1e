"""Other systems: how they get a token and how a token is read. No other OAuth flow is offered."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from oauth2_provider.views import TokenView
from rest_framework.exceptions import AuthenticationFailed, ParseError
from rest_framework.request import Request

from config.throttles import TokenThrottle


class BearerAuthentication(OAuth2Authentication):
    """Reads a bearer token. A token that is wrong or out of date is refused, even beside a good session."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """The token (its user is always empty), or None where none was sent."""
        if not request.META.get("HTTP_AUTHORIZATION", "").lower().startswith("bearer"):
            return None
        try:
            found: tuple[Any, Any] | None = super().authenticate(request)
        except ValueError:
            raise ParseError("The address holds characters that are not percent-encoded.") from None
        if found is None:
            raise AuthenticationFailed("The token is wrong or out of date.")
        return found


@method_decorator(never_cache, name="dispatch")
class ClientTokenView(TokenView):
    """POST /api/token/: client id and secret in, a token for an hour out (RFC 6749, section 4.4).

    Errors here have the form that RFC 6749 gives them, because OAuth libraries read it.
    """

    http_method_names = ["post"]
    reason_open = "The client proves itself by its secret, not by a session."

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only the client credentials grant."""
        throttle = TokenThrottle()
        if not throttle.allow_request(request, self):  # type: ignore[arg-type]
            wait = int(throttle.wait() or 60)
            return JsonResponse(
                {"error": "temporarily_unavailable", "error_description": f"Try again in {wait} seconds."},
                status=429,
                headers={"Retry-After": str(wait)},
            )
        if request.POST.get("grant_type") != "client_credentials":
            return JsonResponse(
                {
                    "error": "unsupported_grant_type",
                    "error_description": "Send grant_type=client_credentials.",
                },
                status=400,
            )
        response: HttpResponse = self.authorization_flow_token_response(request, *args, **kwargs)
        return response
