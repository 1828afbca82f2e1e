"""Cursor paging: every row once, rows that arrive meanwhile at the end, nothing to be learned from a cursor."""

import base64
from urllib.parse import parse_qs, urlsplit

from tests.factories.cases import PlanFactory


def read_on(client, address):
    """Every page from here on."""
    while address:
        body = client.get(address).json()
        yield body
        address = body["next"]


def test_every_row_once_while_rows_arrive(warehouse):
    before = {str(plan.public_id) for plan in _plans(5)}
    seen, pages = [], read_on(warehouse, "/api/v1/plans/?page_size=2")
    seen += [row["id"] for row in next(pages)["results"]]
    after = {str(plan.public_id) for plan in _plans(2)}
    for page in pages:
        assert len(page["results"]) <= 2
        seen += [row["id"] for row in page["results"]]
    assert len(seen) == len(set(seen))
    assert set(seen) == before | after


def test_back_and_forth(warehouse):
    _plans(5)
    first = warehouse.get("/api/v1/plans/?page_size=2").json()
    second = warehouse.get(first["next"]).json()
    assert warehouse.get(second["previous"]).json()["results"] == first["results"]
    assert first["previous"] is None


def test_filters_are_kept(warehouse):
    _plans(3)
    body = warehouse.get("/api/v1/plans/?page_size=1&as_at=2025-01-01").json()
    assert parse_qs(urlsplit(body["next"]).query)["as_at"] == ["2025-01-01"]


def test_a_cursor_tells_no_key(warehouse):
    plans = _plans(3)
    body = warehouse.get("/api/v1/plans/?page_size=1").json()
    [cursor] = parse_qs(urlsplit(body["next"]).query)["cursor"]
    opened = base64.urlsafe_b64decode(cursor + "==")
    assert f"p={plans[0].pk}".encode() not in opened


def test_a_cursor_that_was_changed_is_refused(warehouse):
    _plans(2)
    following = warehouse.get("/api/v1/plans/?page_size=1").json()["next"]
    [cursor] = parse_qs(urlsplit(following).query)["cursor"]
    changed = cursor[:-4] + ("AAAA" if cursor[-4:] != "AAAA" else "BBBB")
    assert warehouse.get("/api/v1/plans/", {"cursor": changed}).status_code == 400


def _plans(number):
    made = PlanFactory.create_batch(number)
    for plan in made:
        plan.refresh_from_db()
    return made
