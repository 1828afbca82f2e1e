"""How another system gets a token, and that there is no other OAuth door."""

import pytest
from django.test import Client
from django.urls import get_resolver
from oauth2_provider.models import AccessToken, Application

from tests.api.callers import SECRET, ask_for_token, make_application


def test_a_token_for_an_hour(db):
    body = ask_for_token(make_application(), "plans:read").json()
    assert (body["token_type"], body["expires_in"], body["scope"]) == ("Bearer", 3600, "plans:read")


def test_neither_secret_nor_token_can_be_read_back(db):
    application = make_application()
    token = ask_for_token(application, "plans:read").json()["access_token"]
    application.refresh_from_db()
    assert SECRET not in application.client_secret
    kept = AccessToken.objects.get()
    assert token not in (kept.token, kept.token_checksum)


def test_the_wrong_secret(db):
    response = ask_for_token(make_application(), "plans:read", secret="wrong")
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")


def test_a_scope_that_does_not_exist(db):
    response = ask_for_token(make_application(), "plans:write")
    assert (response.status_code, response.json()["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize(
    "grant",
    ["password", "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code", ""],
)
def test_no_other_grant(db, grant):
    response = ask_for_token(make_application(), "plans:read", grant_type=grant, username="a", password="b")
    assert (response.status_code, response.json()["error"]) == (400, "unsupported_grant_type")


def test_an_application_made_for_another_grant_gets_none(db):
    application = make_application()
    Application.objects.update(authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE)
    assert ask_for_token(application, "plans:read").status_code == 400


def test_only_post(db):
    assert Client().get("/api/token/").status_code == 405


def test_no_other_view_of_the_toolkit_has_an_address():
    def views(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from views(pattern.url_patterns)
            else:
                yield getattr(pattern.callback, "view_class", pattern.callback)

    offered = [view for view in views(get_resolver().url_patterns) if "oauth2_provider" in view.__module__]
    assert offered == [], "Only config.oauth.ClientTokenView may be reached; take these addresses out."
