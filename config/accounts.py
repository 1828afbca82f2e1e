"""How people get an account: an administrator makes it; nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are for the authority's staff only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Sign-up is closed: a colleague with the right to do so adds people."""
        return False
