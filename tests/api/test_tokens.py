"""How another system gets a token, and that there is no other OAuth door."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver
from oauth2_provider.models import AccessToken, Application

from casework.models import ApiClient
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


def test_a_scope_that_the_client_was_not_given(db):
    response = ask_for_token(make_application(scopes=["plans:read"]), "plans:read", "costs:read")
    assert (response.status_code, response.json()["error"]) == (400, "invalid_scope")


def test_its_own_scopes_when_none_is_named(db):
    body = ask_for_token(make_application(scopes=["plans:read", "reference:read"])).json()
    assert body["scope"].split() == ["plans:read", "reference:read"]


def test_an_application_that_is_no_client_of_the_api(db):
    application = make_application()
    ApiClient.objects.all().delete()
    assert ask_for_token(application, "plans:read").json()["error"] == "invalid_scope"


class TestCommands:
    """Adding and withdrawing by hand."""

    def test_id_and_secret_are_printed_once_and_work(self, db, capsys):
        call_command("add_api_client", "School portal", "--scope", "plans:read", "--owner", "Data team")
        printed = dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())
        application = Application.objects.get(client_id=printed["client_id"])
        assert printed["client_secret"] not in application.client_secret
        response = ask_for_token(application, "plans:read", secret=printed["client_secret"])
        assert response.json()["scope"] == printed["scopes"] == "plans:read"

    @pytest.mark.parametrize(
        ("words", "arguments"),
        [
            ("There is no scope", ["Portal", "--scope", "plans:write", "--owner", "A"]),
            ("at least one scope", ["Portal", "--owner", "A"]),
            ("already a client", ["Data warehouse", "--scope", "plans:read", "--owner", "A"]),
        ],
    )
    def test_refused_with_words(self, db, words, arguments):
        make_application()
        with pytest.raises(CommandError, match=words):
            call_command("add_api_client", *arguments)
        assert Application.objects.count() == 1

    def test_withdrawn_at_once(self, db, capsys):
        application = make_application()
        token = ask_for_token(application, "plans:read").json()["access_token"]
        call_command("withdraw_api_client", application.client_id)
        response = Client().get("/api/v1/plans/", headers={"Authorization": f"Bearer {token}"})
        assert response.status_code == 401
        assert ask_for_token(application, "plans:read").json()["error"] == "invalid_scope"
        with pytest.raises(CommandError, match="No client"):
            call_command("withdraw_api_client", "nobody")


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
