"""What a caller reads: explicit fields, public identifiers, the same record in list and by address."""

import datetime
import re
from decimal import Decimal

import pytest

from casework.models import AccessLogEntry, RoleCode
from tests.api.addresses import LISTS, record_addresses
from tests.api.callers import person, system
from tests.api.conftest import make_records
from tests.factories.cases import DecisionFactory, MilestoneFactory, PlanFactory, PlanVersionFactory
from tests.factories.money import CostLineFactory


def test_a_request_says_what_it_is_and_by_when(records, warehouse):
    [body] = warehouse.get("/api/v1/requests/").json()["results"]
    assert body["id"] == str(records.request.case.public_id)
    assert body["reference"] == records.request.case.reference
    assert body["child"] == {
        "id": str(records.child.public_id),
        "surname": records.child.surname,
        "forename": records.child.forename,
        "date_of_birth": "2016-05-04",
        "upn": records.child.identifiers.get().value,
    }
    assert body["received_on"] == "2025-01-16"
    assert body["area"] == records.request.area.code
    assert body["clocks"] == [
        {"rule": "A10", "part": "", "started_on": "2025-01-16", "due_on": "2025-06-05", "stopped_on": None,
         "stop_kind": None}
    ]  # fmt: skip


def test_money_is_text_with_pence(records, warehouse):
    [body] = warehouse.get("/api/v1/cost-lines/").json()["results"]
    assert (body["amount"], body["quantity"], body["share"]) == ("9000.00", "1.00", "1.00000")


def test_a_line_by_band_has_no_amount(band, warehouse):
    CostLineFactory(band=band, amount=None)
    [body] = warehouse.get("/api/v1/cost-lines/").json()["results"]
    assert body["amount"] is None
    assert (body["band"]["scheme"], body["band"]["code"]) == (band.scheme.code, band.code)


def test_a_record_by_its_address_is_the_one_in_the_list(records, warehouse):
    for name, address in record_addresses(records).items():
        [listed] = warehouse.get(f"/api/v1/{name}/").json()["results"]
        assert warehouse.get(address).json() == listed, name


def test_no_key_of_a_table_leaves(records, warehouse):
    names = re.compile(r'"(pk|\w+_id|id)": ?\d')
    for name in LISTS:
        assert not names.search(warehouse.get(f"/api/v1/{name}/").content.decode()), name


def test_a_decision_that_was_corrected_is_not_listed(records, warehouse):
    old = records.decision.milestone
    new = MilestoneFactory.build(
        case=old.case,
        kind=old.kind,
        happened_on=datetime.date(2025, 1, 20),
        replaces=old,
        reason_for_correction="Typed wrongly",
    )
    type(old).objects.filter(pk=old.pk).update(replaced=True)
    new.save()
    new.refresh_from_db()
    DecisionFactory(milestone=new, decided_on=new.happened_on)
    assert [d["id"] for d in warehouse.get("/api/v1/decisions/").json()["results"]] == [str(new.public_id)]
    assert warehouse.get(f"/api/v1/decisions/{old.public_id}/").status_code == 404


def test_the_version_is_the_etag_and_nothing_is_cached(records, warehouse):
    response = warehouse.get(f"/api/v1/plans/{records.plan.public_id}/")
    assert response["ETag"] == 'W/"1"'
    assert response["Cache-Control"] == "private, no-store"


def test_reference_rows_are_open_to_every_signed_in_person(records):
    somebody = person()
    assert somebody.get("/api/v1/areas/").json()["results"][0]["code"] == records.request.area.code
    urns = [row["urn"] for row in somebody.get("/api/v1/establishments/").json()["results"]]
    assert records.placement.establishment.urn in urns


class TestFilters:
    """The filters narrow; the ones the pages use are the same objects."""

    def test_by_day(self, records, warehouse):
        PlanFactory(starts_on=datetime.date(2020, 1, 1), ends_on=datetime.date(2021, 1, 1), cease_reason="2")
        assert len(warehouse.get("/api/v1/plans/?as_at=2021-01-01").json()["results"]) == 1
        assert len(warehouse.get("/api/v1/plans/?as_at=2021-01-02").json()["results"]) == 0
        assert len(warehouse.get("/api/v1/plans/?as_at=2025-01-02").json()["results"]) == 1

    def test_a_draft_is_in_force_on_no_day(self, records, warehouse):
        PlanVersionFactory(plan=records.plan, number=2, stage="draft", starts_on=None)
        [found] = warehouse.get("/api/v1/plan-versions/?as_at=2025-06-01").json()["results"]
        assert found["id"] == str(records.version.public_id)
        assert len(warehouse.get("/api/v1/plan-versions/").json()["results"]) == 2

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("source=2", 1),
            ("source=1", 0),
            ("source=1&source=2", 1),
            ("received_from=2025-01-16&received_to=2025-01-16", 1),
            ("received_from=2025-01-17", 0),
            ("excepted=true", 0),
            ("excepted=false", 1),
            ("area=nowhere", 0),
        ],
    )
    def test_of_requests(self, records, warehouse, query, found):
        assert len(warehouse.get(f"/api/v1/requests/?{query}").json()["results"]) == found

    def test_by_child_in_every_list(self, records, warehouse):
        make_records()
        for name in LISTS:
            results = warehouse.get(f"/api/v1/{name}/?child={records.child.public_id}").json()["results"]
            assert [row["child"]["id"] for row in results] == [str(records.child.public_id)], name


class TestLog:
    """Who read whose record, in one statement a page."""

    def test_another_system_is_named(self, records):
        client = system("plans:read", name="School portal")
        client.get("/api/v1/plans/")
        entry = AccessLogEntry.objects.get()
        assert (entry.application, entry.user, entry.child, entry.action) == (
            "School portal", None, records.child, "api",
        )  # fmt: skip

    def test_a_person_is_named(self, records):
        client = person(RoleCode.CASEWORKER)
        client.get(f"/api/v1/requests/{records.request.case.public_id}/")
        entry = AccessLogEntry.objects.get()
        assert (entry.user, entry.application) == (client.person, "")

    def test_each_child_once_a_page(self, records):
        PlanVersionFactory(plan=records.plan, number=2, stage="draft", starts_on=None)
        system("plans:read").get("/api/v1/plan-versions/")
        assert AccessLogEntry.objects.count() == 1

    def test_nothing_is_logged_of_reference_rows(self, records):
        system("reference:read").get("/api/v1/establishments/")
        assert not AccessLogEntry.objects.exists()


@pytest.mark.parametrize("name", [*LISTS, "establishments", "areas"])
def test_the_number_of_queries_does_not_depend_on_rows(
    name, warehouse, records, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10) as one:
        warehouse.get(f"/api/v1/{name}/")
    for _ in range(5):
        make_records()
    with django_assert_num_queries(len(one)):
        assert len(warehouse.get(f"/api/v1/{name}/").json()["results"]) >= 6


def test_amounts_survive_the_journey(warehouse, db):
    amounts = [Decimal("0.01"), Decimal("1234567.89"), Decimal("0.00")]
    for amount in amounts:
        CostLineFactory(amount=amount)
    sent = [Decimal(row["amount"]) for row in warehouse.get("/api/v1/cost-lines/").json()["results"]]
    assert sent == amounts
