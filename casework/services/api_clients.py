"""Letting other systems read, and stopping them."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now
from oauth2_provider.generators import generate_client_secret
from oauth2_provider.models import AccessToken, Application, clear_expired
from oauth2_provider.settings import oauth2_settings

from casework.models import ApiClient


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client with its secret, which is kept nowhere else."""

    client: ApiClient
    client_id: str
    secret: str


@transaction.atomic
def add_api_client(*, name: str, scopes: list[str], answered_for_by: str) -> NewClient:
    """Make a client for the client credentials grant. Raises ValueError for a name in use or an unknown scope."""
    known: dict[str, str] = oauth2_settings.SCOPES
    if not scopes:
        raise ValueError(f"Give at least one scope: {', '.join(known)}.")
    for scope in scopes:
        if scope not in known:
            raise ValueError(f"There is no scope “{scope}”. Use one of: {', '.join(known)}.")
    if Application.objects.filter(name=name).exists():
        raise ValueError(
            f"There is already a client called “{name}”. The access log needs names that differ."
        )
    secret = generate_client_secret()
    application = Application.objects.create(
        name=name,
        client_secret=secret,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
    )
    client = ApiClient.objects.create(
        application=application, scopes=sorted(set(scopes)), answered_for_by=answered_for_by
    )
    return NewClient(client=client, client_id=application.client_id, secret=secret)


@transaction.atomic
def withdraw_api_client(*, client_id: str) -> ApiClient:
    """Stop a client at once: no scope, no token that works. Raises ValueError for an id that no client has."""
    client = ApiClient.objects.filter(application__client_id=client_id).first()
    if client is None:
        raise ValueError(f"No client has the id “{client_id}”.")
    AccessToken.objects.filter(application=client.application).delete()
    ApiClient.objects.filter(pk=client.pk, withdrawn_at__isnull=True).update(scopes=[], withdrawn_at=Now())
    client.refresh_from_db()
    return client


def forget_expired_tokens() -> int:
    """Remove access tokens that no longer open anything; how many went. The log of what they read stays."""
    before = AccessToken.objects.count()
    clear_expired()
    return int(before - AccessToken.objects.count())
