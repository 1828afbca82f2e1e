"""Who calls: other systems with a token from the real endpoint, and people with a session."""

import base64

from django.conf import settings
from django.test import Client
from oauth2_provider.models import Application

from tests.factories.clients import ApiClientFactory
from tests.factories.people import UserFactory

SECRET = "a-secret-that-only-tests-know"
SCOPES = tuple(settings.OAUTH2_PROVIDER["SCOPES"])


def make_application(name="Data warehouse", scopes=SCOPES):
    """Another system that may ask for tokens with these scopes."""
    application = Application.objects.create(
        name=name,
        client_secret=SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
    )
    ApiClientFactory(application=application, scopes=list(scopes))
    return application


def ask_for_token(application, *scopes, secret=SECRET, **more):
    """The response of the token endpoint."""
    pair = base64.b64encode(f"{application.client_id}:{secret}".encode()).decode()
    return Client().post(
        "/api/token/",
        {"grant_type": "client_credentials"} | ({"scope": " ".join(scopes)} if scopes else {}) | more,
        headers={"Authorization": f"Basic {pair}"},
    )


def system(*scopes, name="Data warehouse"):
    """A client of another system whose token has these scopes."""
    token = ask_for_token(make_application(name), *scopes).json()["access_token"]
    return Client(headers={"Authorization": f"Bearer {token}"})


def person(role=None, **facts):
    """A signed-in person's client; `person` is on it."""
    user = UserFactory(role=role, **facts)
    client = Client()
    client.force_login(user)
    client.person = user
    return client
