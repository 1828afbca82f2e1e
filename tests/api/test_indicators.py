"""Indicators over REST: the figures of the records, and a list that holds what the number counts."""

import json

import pytest
from django.core.management import call_command

from casework.models import AccessLogEntry, RoleCode
from reporting.indicator import Part
from reporting.registry import INDICATORS
from reporting.windows import Timing
from tests.api.callers import SCOPES, person, system
from tests.api.conftest import make_records
from tests.api.test_refusals import problem

YEAR = "from=2025-01-01&to=2025-12-31"


def days(code):
    """Days that the records of these tests fall into."""
    return "as_at=2025-06-30" if INDICATORS[code].timing is Timing.STOCK else YEAR


@pytest.fixture
def several(records, restricted):
    """Three children with records, one of them restricted."""
    return [records, restricted, make_records()]


def test_definitions_are_those_of_the_registry(warehouse):
    body = warehouse.get("/api/v1/indicators/").json()
    assert [one["code"] for one in body] == list(INDICATORS)
    assert body[0]["definition"] == INDICATORS[body[0]["code"]].definition
    assert all(one["dimensions"] for one in body)


@pytest.mark.parametrize("code", INDICATORS)
def test_the_number_is_the_length_of_its_list(code, several, warehouse):
    table = warehouse.get(f"/api/v1/indicators/{code}/?{days(code)}").json()
    parts = [Part.NUMERATOR, *([Part.DENOMINATOR] if INDICATORS[code].has_denominator else [])]
    for part in parts:
        listed = warehouse.get(f"/api/v1/indicators/{code}/list/?{days(code)}&part={part}").json()
        assert listed["count"] == len(listed["results"])
        if part is Part.DENOMINATOR or INDICATORS[code].unit.value in {"count", "percentage", "growth"}:
            assert float(table["total"][part]) == listed["count"]


@pytest.mark.parametrize("code", INDICATORS)
def test_rows_add_to_the_total_by_every_dimension(code, several, warehouse):
    for dimension in INDICATORS[code].dimensions:
        table = warehouse.get(f"/api/v1/indicators/{code}/?{days(code)}&by={dimension.code}").json()
        assert sum(float(row["numerator"]) for row in table["rows"]) == float(table["total"]["numerator"])
        for row in table["rows"]:
            value = row["dims"][dimension.code]
            narrowed = warehouse.get(
                f"/api/v1/indicators/{code}/", dict(_pairs(days(code))) | {dimension.code: value}
            ).json()
            assert narrowed["total"]["numerator"] == row["numerator"], (dimension.code, value)


def test_the_same_figures_as_the_command(several, warehouse, capsys):

    call_command("indicator", "D1", "--from", "2025-01-01", "--to", "2025-12-31", "--by", "source", "--json")
    printed = json.loads(capsys.readouterr().out)
    table = warehouse.get(f"/api/v1/indicators/D1/?{YEAR}&by=source").json()
    assert [(r["source"], str(r["numerator"])) for r in printed["rows"]] == [
        (r["dims"]["source"], r["numerator"]) for r in table["rows"]
    ]
    assert str(printed["total"]["numerator"]) == table["total"]["numerator"] == "3"


def test_a_restricted_child_is_counted_and_withheld(several, warehouse):
    body = warehouse.get(f"/api/v1/indicators/D1/list/?{YEAR}").json()
    assert sorted(row["withheld"] for row in body["results"]) == [False, False, True]
    [hidden] = [row for row in body["results"] if row["withheld"]]
    assert hidden == {"withheld": True, "child": None, "request": None, "plan": None, "amount": None}
    logged = set(AccessLogEntry.objects.values_list("child", flat=True))
    assert logged == {several[0].child.pk, several[2].child.pk}


def test_the_list_names_the_records(records, warehouse):
    [row] = warehouse.get(f"/api/v1/indicators/D1/list/?{YEAR}").json()["results"]
    assert row["child"]["id"] == str(records.child.public_id)
    assert row["request"] == str(records.request.case.public_id)
    [row] = warehouse.get("/api/v1/indicators/D9/list/?as_at=2025-06-30").json()["results"]
    assert row["plan"] == str(records.plan.public_id)


def test_the_list_a_page_at_a_time(several, warehouse):
    whole = warehouse.get(f"/api/v1/indicators/D1/list/?{YEAR}").json()["results"]
    first = warehouse.get(f"/api/v1/indicators/D1/list/?{YEAR}&page_size=2").json()
    second = warehouse.get(first["next"]).json()
    assert first["results"] + second["results"] == whole
    assert (first["count"], first["previous"], second["next"]) == (3, None, None)
    assert warehouse.get(second["previous"]).json()["results"] == first["results"]


def test_a_list_takes_the_same_number_of_queries_whatever_its_length(
    records, warehouse, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(14) as one:
        warehouse.get(f"/api/v1/indicators/D1/list/?{YEAR}")
    for _ in range(4):
        make_records()
    with django_assert_num_queries(len(one)):
        warehouse.get(f"/api/v1/indicators/D1/list/?{YEAR}")


class TestWho:
    """Totals are for people with reports; names are for people who may open a child's record."""

    def test_an_analyst_reads_totals_and_opens_nobody(self, records):
        analyst = person(RoleCode.ANALYST)
        assert analyst.get(f"/api/v1/indicators/D1/?{YEAR}").status_code == 200
        problem(analyst.get(f"/api/v1/indicators/D1/list/?{YEAR}"), 403)
        problem(analyst.get("/api/v1/indicators/M1/?as_at=2025-06-30"), 403)
        assert "M1" not in [one["code"] for one in analyst.get("/api/v1/indicators/").json()]

    def test_a_caseworker_opens_children_and_reads_no_totals(self, records):
        caseworker = person(RoleCode.CASEWORKER)
        problem(caseworker.get(f"/api/v1/indicators/D1/?{YEAR}"), 403)
        problem(caseworker.get(f"/api/v1/indicators/D1/list/?{YEAR}"), 403)

    def test_a_data_officer_sees_no_costs(self, records):
        problem(person(RoleCode.DATA_OFFICER).get("/api/v1/indicators/M1/list/?as_at=2025-06-30"), 403)
        assert person(RoleCode.FINANCE).get("/api/v1/indicators/M1/list/?as_at=2025-06-30").status_code == 200

    @pytest.mark.parametrize(
        ("path", "lacks"),
        [
            (f"D1/list/?{YEAR}", "requests:read"),
            ("D9/list/?as_at=2025-06-30", "plans:read"),
            ("M1/?as_at=2025-06-30", "costs:read"),
            ("M1/list/?as_at=2025-06-30", "costs:read"),
        ],
    )
    def test_another_system_needs_the_scope_of_the_records(self, records, path, lacks):
        client = system(*(scope for scope in SCOPES if scope != lacks))
        assert lacks in problem(client.get(f"/api/v1/indicators/{path}"), 403)["detail"]


class TestQuestions:
    """400: what cannot be asked."""

    @pytest.mark.parametrize(
        ("path", "name", "words"),
        [
            ("D9/?from=2025-01-01", "from", "counted on one day"),
            ("D9/?to=2025-01-01", "to", "counted on one day"),
            ("D1/?as_at=2025-01-01&from=2025-01-01", "as_at", "either"),
            ("D1/?from=2025-02-01&to=2025-01-01", "to", "on or after"),
            ("D1/?from=0001-01-01", "from", "1900"),
            ("D1/?to=yesterday", "to", "YYYY-MM-DD"),
            ("D1/?by=colour", "by", "has no dimension"),
            ("D1/?by=source,", "by", "has no dimension"),
            ("D1/?source=99", "source", "Use one of"),
            ("D1/?colour=red", "colour", "Known here"),
            ("D1/?part=numerator", "part", "Known here"),
            ("D1/?month=spring", "month", "2026-01"),
            ("D1/list/?by=source", "by", "Known here"),
            ("D1/list/?part=half", "part", "Use one of"),
            ("D1/list/?part=denominator", "part", "no denominator"),
            ("D1/list/?page_size=0", "page_size", "from 1"),
            ("D1/list/?cursor=o%3D5", "cursor", "next"),
        ],
    )
    def test_refused(self, warehouse, path, name, words):
        errors = problem(warehouse.get(f"/api/v1/indicators/{path}"), 400)["errors"]
        assert words in " ".join(errors[name])

    def test_an_indicator_that_does_not_exist(self, warehouse):
        problem(warehouse.get("/api/v1/indicators/Z9/"), 404)
        problem(warehouse.get("/api/v1/indicators/Z9/list/"), 404)

    def test_today_when_no_day_is_given(self, records, warehouse, settings):
        settings.WAYMARK_TODAY = "2025-03-31"
        body = warehouse.get("/api/v1/indicators/D9/").json()
        assert (body["first_day"], body["last_day"]) == ("2025-03-31", "2025-03-31")
        body = warehouse.get("/api/v1/indicators/D1/").json()
        assert (body["first_day"], body["last_day"]) == ("2025-01-01", "2025-03-31")
        body = warehouse.get("/api/v1/indicators/D1/?as_at=2024-02-29").json()
        assert (body["first_day"], body["last_day"]) == ("2024-01-01", "2024-02-29")


def _pairs(query):
    return [pair.split("=") for pair in query.split("&")]
