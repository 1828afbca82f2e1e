"""What a caller may not do, and how the API says so: always problem details, always with what to do."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from oauth2_provider.models import AccessToken

from casework.models import RoleCode
from config.throttles import CallerThrottle, TokenThrottle
from tests.api.addresses import LISTS, SCOPE_OF, record_addresses
from tests.api.callers import SCOPES, ask_for_token, make_application, person, system
from tests.factories.children import RestrictedAccessFactory


def problem(response, status):
    """The body of an error, after checking its form."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body


class TestSignIn:
    """401: who are you?"""

    @pytest.mark.parametrize("name", SCOPE_OF)
    def test_without_a_token(self, name, db):
        response = Client().get(f"/api/v1/{name}/")
        problem(response, 401)
        assert response["WWW-Authenticate"].startswith("Bearer")

    def test_with_a_wrong_token(self, db):
        response = Client().get("/api/v1/plans/", headers={"Authorization": "Bearer made-up"})
        problem(response, 401)
        assert 'error="invalid_token"' in response["WWW-Authenticate"]

    def test_with_a_token_that_is_out_of_date(self, warehouse):
        AccessToken.objects.update(expires=timezone.now() - datetime.timedelta(seconds=1))
        problem(warehouse.get("/api/v1/plans/"), 401)

    def test_a_wrong_token_beside_a_good_session(self, db):
        client = person(RoleCode.MANAGER)
        problem(client.get("/api/v1/plans/", headers={"Authorization": "Bearer made-up"}), 401)

    def test_a_token_in_the_address_is_not_read(self, db):
        token = ask_for_token(make_application(), "plans:read").json()["access_token"]
        problem(Client().get(f"/api/v1/plans/?access_token={token}"), 401)


class TestPermission:
    """403: what you may do."""

    @pytest.mark.parametrize(("name", "scope"), SCOPE_OF.items())
    def test_another_system_without_the_scope(self, name, scope, db):
        client = system(*(other for other in SCOPES if other != scope))
        response = client.get(f"/api/v1/{name}/")
        assert scope in problem(response, 403)["detail"]
        assert 'error="insufficient_scope"' in response["WWW-Authenticate"]

    def test_a_person_without_the_permission(self, db):
        problem(person(RoleCode.CASEWORKER).get("/api/v1/cost-lines/"), 403)
        problem(person(RoleCode.ANALYST).get("/api/v1/plans/"), 403)

    def test_a_person_who_has_left(self, db):
        client = person(RoleCode.MANAGER)
        client.person.is_active = False
        client.person.save()
        problem(client.get("/api/v1/plans/"), 401)


class TestRestrictedChildren:
    """Outside the scope is 404, and absent from every list."""

    def test_never_for_another_system(self, records, restricted, warehouse):
        for name in LISTS:
            listed = warehouse.get(f"/api/v1/{name}/").json()["results"]
            assert [row["child"]["id"] for row in listed] == [str(records.child.public_id)], name
        for address in record_addresses(restricted).values():
            problem(warehouse.get(address), 404)

    def test_only_for_people_named(self, restricted):
        manager = person(RoleCode.MANAGER)
        for address in record_addresses(restricted).values():
            problem(manager.get(address), 404)
        RestrictedAccessFactory(child=restricted.child, user=manager.person)
        for address in record_addresses(restricted).values():
            assert manager.get(address).status_code == 200


class TestAddresses:
    """404, 405, 406 and the slash."""

    @pytest.mark.parametrize(
        "path", ["/api/", "/api/v1/", "/api/v1/nothing/", "/api/v2/plans/", "/api/v1/plans/7/"]
    )
    def test_nothing_there(self, path, warehouse):
        problem(warehouse.get(path), 404)

    def test_a_missing_slash_is_mended(self, records, warehouse):
        response = warehouse.get("/api/v1/plans?as_at=2025-01-02")
        assert (response.status_code, response["Location"]) == (301, "/api/v1/plans/?as_at=2025-01-02")

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_read_only(self, method, records, warehouse):
        for address in ("/api/v1/plans/", f"/api/v1/plans/{records.plan.public_id}/"):
            problem(getattr(warehouse, method)(address, {}, content_type="application/json"), 405)

    def test_a_session_needs_its_csrf_token_to_send(self, db):
        client = Client(enforce_csrf_checks=True)
        client.force_login(person(RoleCode.MANAGER).person)
        body = problem(client.post("/api/v1/plans/", {}, content_type="application/json"), 403)
        assert "CSRF" in body["detail"]

    def test_another_format(self, records, warehouse):
        problem(warehouse.get("/api/v1/plans/", headers={"Accept": "application/xml"}), 406)

    def test_a_fault_of_ours(self, warehouse, monkeypatch):
        def broken(*args, **kwargs):
            raise RuntimeError("broken on purpose")

        monkeypatch.setattr("casework.api.views.PlanViewSet.whole", staticmethod(broken))
        warehouse.raise_request_exception = False
        body = problem(warehouse.get("/api/v1/plans/"), 500)
        assert "broken on purpose" not in body["detail"]


class TestParameters:
    """400: nothing is ignored."""

    @pytest.mark.parametrize(
        ("query", "name", "words"),
        [
            ("sorce=1", "sorce", "Known here: area"),
            ("source=9", "source", "9"),
            ("source=", "source", "Give a value"),
            ("area=a&area=b", "area", "once"),
            ("received_from=16/01/2025", "received_from", "YYYY-MM-DD"),
            ("received_from=2025-02-30", "received_from", "YYYY-MM-DD"),
            ("excepted=maybe", "excepted", "maybe"),
            ("child=7", "child", "UUID"),
            ("page_size=0", "page_size", "from 1 to 1000"),
            ("page_size=1001", "page_size", "from 1 to 1000"),
            ("page_size=ten", "page_size", "from 1 to 1000"),
            ("cursor=cD0z", "cursor", "next"),
            ("format=xml", "format", "no such parameter"),
            ("area=%00", "area", "Null"),
        ],
    )
    def test_of_a_list(self, warehouse, query, name, words):
        errors = problem(warehouse.get(f"/api/v1/requests/?{query}"), 400)["errors"]
        assert words in " ".join(errors[name])

    def test_of_a_record(self, records, warehouse):
        address = record_addresses(records)["plans"]
        assert "takes none" in str(problem(warehouse.get(f"{address}?as_at=2025-01-01"), 400)["errors"])

    def test_a_host_that_is_not_ours(self, warehouse):
        problem(warehouse.get("/api/v1/plans/", headers={"Host": "elsewhere.example"}), 400)

    @pytest.mark.parametrize("urn", ["-1", "1.5", "999999999", "abc"])
    def test_a_urn_that_cannot_be(self, warehouse, urn):
        assert "urn" in problem(warehouse.get(f"/api/v1/establishments/?urn={urn}"), 400)["errors"]


class TestLimits:
    """429: how often."""

    def test_calls(self, records, monkeypatch):
        monkeypatch.setattr(CallerThrottle, "rate", "2/min", raising=False)
        warehouse, other = system("plans:read"), system("plans:read", name="Other")
        assert [warehouse.get("/api/v1/plans/").status_code for _ in range(2)] == [200, 200]
        response = warehouse.get("/api/v1/plans/")
        problem(response, 429)
        assert int(response["Retry-After"]) > 0
        assert other.get("/api/v1/plans/").status_code == 200

    def test_attempts_to_get_a_token(self, db, monkeypatch):
        monkeypatch.setattr(TokenThrottle, "rate", "1/min", raising=False)
        application = make_application()
        assert ask_for_token(application, "plans:read", secret="wrong").status_code == 401
        response = ask_for_token(application, "plans:read")
        assert response.status_code == 429
        assert response.json()["error"] == "temporarily_unavailable"
