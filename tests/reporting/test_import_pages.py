"""The data pages: upload, preview, doubtful matches, go-ahead, what was done."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casework.models import Child, Review, RoleCode
from reporting.models import DoubtfulMatch, ImportState, MatchAnswer, ReturnImport
from reporting.services import imports
from tests.factories.people import UserFactory
from tests.reporting.returns import factory as f

TODAY = date(2026, 6, 1)
FIVE = [f.person(number, f.held()) for number in range(1, 6)]


@pytest.fixture
def officer(db):
    return UserFactory(role=RoleCode.DATA_OFFICER)


@pytest.fixture
def client(officer, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    client = Client()
    client.force_login(officer)
    return client


def _upload(client, people, name="return.xml", **options):
    file = SimpleUploadedFile(name, f.document(people, **options).encode(), "application/xml")
    response = client.post(reverse("return_upload"), {"file": file})
    assert response.status_code == 302, response.context["form"].errors
    row = ReturnImport.objects.latest("pk")
    assert response.url == reverse("return", args=[row.public_id])
    return row


def _checked(client, people, **options):
    return imports.check(import_id=_upload(client, people, **options).pk, as_at=TODAY)


def _page(client, row):
    return client.get(reverse("return", args=[row.public_id])).content.decode()


def test_upload_is_kept_under_a_random_name_and_checked_before_anything_is_written(client, tmp_path):
    row = _upload(client, FIVE, name="../secret name.xml")
    assert row.state == ImportState.CHECKING
    assert row.file_name == "secret name.xml"
    assert (tmp_path / "returns" / row.stored_as).is_file()
    assert "secret" not in row.stored_as
    assert "Checking secret name.xml" in _page(client, row)

    imports.check(import_id=row.pk, as_at=TODAY)
    page = _page(client, row)
    assert "Import 5 people" in page
    assert "Nothing has been written yet" in page
    assert "INF-038" in page
    assert Child.objects.count() == 0


def test_import_and_what_was_done(client, officer):
    row = _checked(client, FIVE)
    client.post(reverse("return_import", args=[row.public_id]))
    row.refresh_from_db()
    assert row.state == ImportState.IMPORTING
    assert Child.objects.count() == 0, "the worker does it"

    imports.import_now(import_id=row.pk, as_at=TODAY)
    row.refresh_from_db()
    assert (row.state, row.asked_by) == (ImportState.DONE, officer)
    assert row.summary["children_added"] == 5
    assert Child.objects.count() == 5
    assert Review.objects.filter(decided_on=None).count() == 5, "each plan has its review to come"
    page = _page(client, row)
    assert "The return has been imported" in page
    assert "Import 5 people" not in page
    assert officer.name in page


def test_the_work_is_safe_to_run_twice(client):
    row = _checked(client, FIVE)
    imports.start_import(row=row, leave_out_errors=False, by=row.asked_by)
    row.refresh_from_db()
    imports.import_now(import_id=row.pk, as_at=TODAY)
    row.refresh_from_db()
    done = row.finished_at
    imports.import_now(import_id=row.pk, as_at=TODAY)
    row.refresh_from_db()
    assert row.finished_at == done
    with pytest.raises(imports.NotPossible):
        imports.start_import(row=row, leave_out_errors=False, by=row.asked_by)


def test_errors_stop_unless_the_persons_are_left_out(client):
    people = [*FIVE, f.person(6, f.refused(), PersonBirthDate="2030-01-01")]
    row = _checked(client, people)
    assert "Leave out the persons with errors" in _page(client, row)

    refused = client.post(reverse("return_import", args=[row.public_id]))
    assert refused.status_code == 200
    assert "Tick the box to import the others" in refused.content.decode()

    client.post(reverse("return_import", args=[row.public_id]), {"leave_out": "on"})
    row.refresh_from_db()
    imports.import_now(import_id=row.pk, as_at=TODAY)
    assert Child.objects.count() == 5
    left = client.get(reverse("return_left_out", args=[row.public_id]))
    assert b"2030-01-01" in b"".join(left.streaming_content)


def test_a_refused_file_says_why(client):
    row = _checked(client, FIVE, LEA="201")
    page = _page(client, row)
    assert "The file was refused" in page
    assert "number 201" in page
    assert "nothing was written" in page


def test_doubtful_matches_side_by_side_and_answered(client, bring_first):
    bring_first()
    row = _checked(client, [f.person(1, f.refused(), UPN=f.upn(9))])
    page = _page(client, row)
    assert "each has a different UPN" in page
    assert f.upn(1) in page
    assert f.upn(9) in page
    match = DoubtfulMatch.objects.get()
    address = reverse("return_match", args=[match.public_id])

    client.post(address, {})
    match.refresh_from_db()
    assert match.answer == MatchAnswer.WAITING

    client.post(address, {"answer": "same"})
    match.refresh_from_db()
    assert match.answer == MatchAnswer.SAME
    client.post(reverse("return_check", args=[row.public_id]))
    row.refresh_from_db()
    imports.check(import_id=row.pk, as_at=TODAY)
    row.refresh_from_db()
    assert row.summary["doubtful"] == 0
    assert row.summary["children_changed"] == 1


def test_a_restricted_child_is_not_shown_beside_the_match(client, bring_first):
    bring_first()
    Child.objects.update(restricted=True)
    row = _checked(client, [f.person(1, f.refused(), UPN=f.upn(9))])
    page = _page(client, row)
    assert "Restricted" in page
    assert f.upn(1) not in page


@pytest.fixture
def bring_first(client):
    def first():
        row = _checked(client, [f.person(1, f.refused())])
        imports.start_import(row=row, leave_out_errors=False, by=row.asked_by)
        row.refresh_from_db()
        imports.import_now(import_id=row.pk, as_at=TODAY)

    return first


def test_findings_as_list_csv_and_json_agree(client):
    row = _checked(client, [f.person(1, f.refused(RequestSource=None), PostCode=None)])
    listed = client.get(reverse("return_findings", args=[row.public_id]) + "?severity=query&rule=GDE-009")
    assert "Who made the request is not given" in listed.content.decode()
    text = b"".join(client.get(reverse("return_csv", args=[row.public_id])).streaming_content).decode()
    lines = list(csv.DictReader(io.StringIO(text)))
    report = json.loads(client.get(reverse("return_json", args=[row.public_id])).content)
    assert [line["rule"] for line in lines] == [one["rule"] for one in report["findings"]]
    assert {"GDE-007", "GDE-009"} == {line["rule"] for line in lines}


def test_what_is_no_file_is_explained(client):
    response = client.post(reverse("return_upload"), {})
    assert "Select the SEN2 return" in response.content.decode()


@pytest.mark.parametrize("role", [RoleCode.CASEWORKER, RoleCode.FINANCE, RoleCode.ANALYST])
def test_only_who_may_import_opens_the_pages(role, db):
    client = Client()
    client.force_login(UserFactory(role=role))
    assert client.get(reverse("returns")).status_code == 403
    assert client.get(reverse("return_upload")).status_code == 403
