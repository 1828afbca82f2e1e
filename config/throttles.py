"""How often one caller may call."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from casework.access.drf import token_of


class CallerThrottle(SimpleRateThrottle):
    """Limits how often one person or one other system may call the API."""

    scope = "caller"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """One count for each application, and one for each person."""
        if (token := token_of(request)) is not None:
            ident = f"system-{token.application_id}"
        elif request.user is not None and request.user.is_authenticated:
            ident = f"person-{request.user.pk}"
        else:
            return None
        return self.cache_format % {"scope": self.scope, "ident": ident}


class TokenThrottle(SimpleRateThrottle):
    """Limits attempts to get a token: checking a secret is deliberately slow work."""

    scope = "token"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """One count for each network address."""
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
