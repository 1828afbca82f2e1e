"""Who gets what at every address: permission_matrix.csv is the table, and this file holds the project to it.

A new address needs rows. Add them with

    UPDATE_PERMISSION_MATRIX=1 python -m pytest tests/contracts/test_permission_matrix.py

which writes what the project answers now; read each new row before you commit it.
"""

import copy
import csv
import datetime
import itertools
import os
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from casework.models import CaseKind, RoleCode
from casework.rules.permissions import ROLES
from tests.api.callers import SCOPES, person, system
from tests.api.conftest import make_records
from tests.contracts.addresses import OPEN, addresses
from tests.factories.cases import CaseFactory, MilestoneFactory, ReviewReturnFactory
from tests.factories.children import ChildContactFactory, ChildFactory, ChildMergeFactory
from tests.factories.disagreements import (
    AppealFactory,
    MediationFactory,
    TribunalDirectionFactory,
    TribunalHearingFactory,
)
from tests.factories.documents import DocumentFactory
from tests.factories.letters import LetterFactory, LetterTemplateVersionFactory
from tests.factories.moves import CeasingFactory, HomeEducationFactory, PlanTransferFactory
from tests.factories.places import PlacementFactory
from tests.factories.returns import DoubtfulMatchFactory, ReturnImportFactory, SnapshotRunFactory
from tests.factories.teamwork import ContactNoteFactory, CoverFactory, FollowUpFactory, SavedFilterFactory

# Without the mark pytest-django makes no test database for `world`, which would then stand on the real one.
pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("permission_matrix.csv")
COLUMNS = ["name", "route", "method", "caller", "status"]
PEOPLE = ("signed_out", "no_role", *RoleCode.values)
SYSTEMS = ("system_with_scope", "system_without_scope")
ADDRESSES = addresses()
UPDATE = bool(os.environ.get("UPDATE_PERMISSION_MATRIX"))
REFUSED = {"401", "403"}


def _methods(address):
    return ("GET",) if address.viewset else ("GET", "POST")


def _callers(address):
    return (*PEOPLE, *SYSTEMS) if address.viewset else PEOPLE


def _needed():
    return [
        (address, method, caller)
        for address in ADDRESSES
        for method, caller in itertools.product(_methods(address), _callers(address))
    ]


def _rows():
    if not TABLE.exists():
        return {}
    with TABLE.open(newline="") as file:
        return {
            (row["name"], row["route"], row["method"], row["caller"]): row["status"]
            for row in csv.DictReader(file)
        }


ROWS = _rows()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One child's records and a client for every caller, made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_records()
        clients = {"signed_out": Client(), "no_role": person()}
        clients |= {role: person(role) for role in RoleCode.values}
        clients["system_with_scope"] = system(*SCOPES)
        one_each = {
            scope: system(*(other for other in SCOPES if other != scope), name=f"Not {scope}")
            for scope in SCOPES
        }
        made.worker = clients[RoleCode.CASEWORKER].person
        made.others = {
            "data/returns/<public_id>": ReturnImportFactory(),
            "data/matches/<public_id>": DoubtfulMatchFactory(),
            "reports/work-out/<public_id>": SnapshotRunFactory(),
            "documents/<public_id>": DocumentFactory(child=made.child),
            "decisions/<public_id>": MilestoneFactory(kind="decided_not_to_assess"),
            "mediation/<public_id>": MediationFactory().case,
            "disagreements/<public_id>": (appeal := AppealFactory().case),
            "appeals/<public_id>": appeal,
            "directions/<public_id>": TribunalDirectionFactory(case=appeal),
            "hearings/<public_id>": TribunalHearingFactory(case=appeal),
            "contact-log/<public_id>": ContactNoteFactory(child=made.child),
            "follow-ups/<public_id>": FollowUpFactory(child=made.child),
            "my-work/team/cover/<public_id>": CoverFactory(ends_on=datetime.date(2099, 1, 1)),
            "my-work/views/<public_id>": SavedFilterFactory(owner=made.worker),
            "moves/<public_id>": PlanTransferFactory(case__child=made.child).case,
            "ceasing/<public_id>": CeasingFactory(case__child=made.child, plan=made.plan).case,
            "home-education/<public_id>": HomeEducationFactory(
                placement__child=made.child, placement__rank=2
            ),
            "outside-school/<public_id>": PlacementFactory(
                child=made.child, establishment=None, setting_code="EHE", rank=2
            ),
            "re-assessments/<public_id>": CaseFactory(child=made.child, kind=CaseKind.REASSESSMENT),
            "letters/<public_id>": LetterFactory(child=made.child),
            "letters/templates/<public_id>": (version := LetterTemplateVersionFactory()).template,
            "letters/versions/<public_id>": version,
            "contacts/<public_id>": ChildContactFactory(child=made.child),
            "merges/<public_id>": ChildMergeFactory(survivor=made.child),
            "<other_id>": ChildFactory(),
        }
        for record in made.others.values():
            record.refresh_from_db()
        yield made, clients, one_each
        transaction.set_rollback(True)


def _records(made):
    case = str(made.request.case.public_id)
    return {
        "<page>": "check",
        "children/<public_id>": str(made.child.public_id),
        "requests/<public_id>": case,
        "timeline/<public_id>": str(made.decision.milestone.public_id),
        "my-work/team/<public_id>": str(made.worker.public_id),
        "plans/<public_id>": str(made.plan.public_id),
        "plan-texts/<public_id>": str(made.draft.public_id),
        "plan-cases/<public_id>": case,
        "plan-texts/<letter>": "a",
        "api/v1/plan-texts/<id>": str(made.text.public_id),
        **{route: str(record.public_id) for route, record in made.others.items()},
        "reviews/<public_id>": str(made.review.case.public_id),
        "reviews/returns/<public_id>": str(made.brought.public_id),
        "advice/<public_id>": str(made.advice.public_id),
        "panels/<public_id>": str(made.panel.public_id),
        "api/v1/requests/<id>": case,
        "api/v1/advice-requests/<id>": str(made.advice.public_id),
        "api/v1/decisions/<id>": str(made.decision.milestone.public_id),
        "api/v1/appeals/<id>": str(made.appeal.case.public_id),
        "api/v1/plans/<id>": str(made.plan.public_id),
        "api/v1/plan-versions/<id>": str(made.version.public_id),
        "api/v1/placements/<id>": str(made.placement.public_id),
        "api/v1/cost-lines/<id>": str(made.line.public_id),
        "api/v1/establishments/<id>": str(made.placement.establishment.public_id),
        "api/v1/areas/<code>": made.request.area.code,
        "api/v1/indicators/<code>": "D1",
        "reports/<code>": "D1",
    }


def _status(world, address, method, caller):
    made, clients, without = world
    client = without[address.viewset.scope] if caller == "system_without_scope" else clients[caller]
    # A return of reviews is seen by whoever brought it.
    made.brought = ReviewReturnFactory(brought_by=getattr(client, "person", made.worker))
    try:
        path = address.path(_records(made))
    except KeyError as unknown:
        raise AssertionError(
            f"Say in _records() which record stands for {unknown} in {address.route}."
        ) from None
    # Signing out, for one, must not change who the next call comes from.
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        status = client.generic(method, path).status_code
        transaction.set_rollback(True)
    client.cookies = cookies
    return str(status)


@pytest.mark.skipif(not UPDATE, reason="Writes the table only when UPDATE_PERMISSION_MATRIX is set.")
def test_write_the_missing_rows(world):
    kept, faults = {}, {}
    for (address, method), needed in itertools.groupby(_needed(), key=lambda one: one[:2]):
        keys = {caller: (address.name, address.route, method, caller) for _, _, caller in needed}
        try:
            kept |= {
                key: ROWS.get(key) or _status(world, address, method, caller) for caller, key in keys.items()
            }
        except Exception as fault:
            faults[f"{method} /{address.route}"] = fault
    with TABLE.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([*key, status] for key, status in kept.items())
    assert faults == {}, "These addresses fail, so they have no row yet."


@pytest.mark.parametrize(
    ("address", "method"),
    [
        pytest.param(address, method, id=f"{method} /{address.route}")
        for address in ADDRESSES
        for method in _methods(address)
    ],
)
def test_everybody_gets_what_the_table_says(address, method, world):
    expected = {
        caller: ROWS.get((address.name, address.route, method, caller), "no row")
        for caller in _callers(address)
    }
    assert "no row" not in expected.values(), (
        f"/{address.route} has no rows in permission_matrix.csv. Write them with UPDATE_PERMISSION_MATRIX=1."
    )
    assert {caller: _status(world, address, method, caller) for caller in expected} == expected


def test_the_table_has_no_row_of_an_address_that_is_gone():
    needed = {(address.name, address.route, method, caller) for address, method, caller in _needed()}
    assert set(ROWS) - needed == set(), "Take these rows out, or write the table again."


@pytest.mark.parametrize(
    "address",
    [address for address in ADDRESSES if address.name not in OPEN],
    ids=lambda address: f"/{address.route}",
)
def test_the_table_agrees_with_the_declared_permission(address):
    """The table is written by a machine first; this keeps a wrong answer from being written down as right."""
    for method in _methods(address):
        got = {
            caller: ROWS.get((address.name, address.route, method, caller), "")
            for caller in _callers(address)
        }
        # A method that the address does not have may be refused before anybody asks who calls.
        refused = {"403", "405"} if "405" in got.values() else {"403"}
        assert got["signed_out"] in ({"401"} if address.viewset else {"302"})
        for role in RoleCode.values:
            allowed = address.permission is None or address.permission in ROLES[role].permissions
            if not allowed:
                assert got[role] in refused, (method, role)
            elif address.name not in NEEDS_MORE:
                assert got[role] not in REFUSED, (method, role)
        if address.name not in NEEDS_MORE:
            assert (got["no_role"] in refused) == (address.permission is not None), method
        if address.viewset:
            assert (got["system_with_scope"], got["system_without_scope"]) == ("200", "403")


# Where a second permission decides: the indicator's own, or the one for reports, beside the one to open children; and the
# first page a person may open, for somebody who may open none.
NEEDS_MORE = {"api_v1:indicator-records", "home", "my_work", "indicator_list", "indicator_list_csv"}
