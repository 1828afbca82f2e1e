"""Which scopes an application may ask for: its own, never all there are."""

from typing import Any

from oauth2_provider.models import Application
from oauth2_provider.scopes import SettingsScopes

from casework.models import ApiClient


class ClientScopes(SettingsScopes):
    """The scopes of settings, narrowed to those the client was given; without a scope in the request, all of these."""

    def get_available_scopes(
        self, application: Application | None = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        """What a token of this application may hold; nothing for one that is not a client of this API."""
        client = ApiClient.objects.filter(application=application).first() if application else None
        return list(client.scopes) if client else []

    def get_default_scopes(
        self, application: Application | None = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        """The same."""
        return self.get_available_scopes(application)
