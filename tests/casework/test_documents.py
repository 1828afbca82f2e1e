"""Documents: kept, told by content, found once, opened under the log, withdrawn and never removed."""

import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, OperationalError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.models import AccessAction, AccessLogEntry, Document, DocumentKind, RoleCode
from casework.services import documents, files
from casework.services.once import act_once
from casework.services.refusals import Refused
from casework.tasks import sweep_files
from tests.casework.files import PDF, png, word
from tests.factories.cases import CaseFactory
from tests.factories.children import AccessLogEntryFactory, ChildFactory, RestrictedAccessFactory
from tests.factories.documents import DocumentFactory
from tests.factories.people import UserFactory

DAY = datetime.date(2025, 6, 2)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.WAYMARK_TODAY = str(DAY)


@pytest.fixture
def attach(caseworker, child):
    """Attaches a report, with what a test wants to be different."""

    def add(**different):
        return documents.add(
            **{
                "child": child,
                "content": PDF,
                "name": "EP_report.pdf",
                "kind": DocumentKind.REPORT,
                "received_on": DAY,
                "by": caseworker,
                "on": DAY,
            }
            | different
        )

    return add


@pytest.fixture
def desk(client, caseworker):
    client.force_login(caseworker)
    return client


def on_disk(settings):
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def form(*sent, **different):
    return {
        "attached": list(sent), "kind": "report", "title": "", "case": "",
        "received_on-day": DAY.day, "received_on-month": DAY.month, "received_on-year": DAY.year,
    } | different  # fmt: skip


def sent(name, content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/x-anything")


def test_a_document_is_kept_as_it_came_under_a_random_name(attach, child, caseworker, settings):
    document = attach()
    assert (document.title, document.file_name, document.content_type) == (
        "EP report", "EP_report.pdf", "application/pdf",
    )  # fmt: skip
    assert (document.size, document.checksum) == (len(PDF), files.checksum_of(PDF))
    assert on_disk(settings) == [document.storage_key]
    assert "report" not in document.storage_key
    assert files.path_of(document.storage_key).stat().st_mode & 0o077 == 0
    assert files.read(key=document.storage_key, checksum=document.checksum) == PDF


def test_what_cannot_be_attached_is_refused_in_words_and_leaves_nothing(attach, child, settings):
    settings.DOCUMENT_MAX_BYTES = 1024 * 1024
    other = CaseFactory()
    for different, words, field in (
        (
            {"content": b"MZ program"},
            "“EP_report.pdf” is a Windows program. Programs are never accepted.",
            "attached",
        ),
        ({"content": PDF + bytes(1024 * 1024)}, "“EP_report.pdf” is larger than 1 MB", "attached"),
        (
            {"received_on": DAY + datetime.timedelta(1)},
            "cannot have come after today, 2 June 2025",
            "received_on",
        ),
        (
            {"case": other},
            f"{other.reference} is a case of another child. Choose one of Rowan Heath’s own.",
            "case",
        ),
        ({"kind": DocumentKind.LETTER}, "Letters are written under Letters.", "kind"),
    ):
        with pytest.raises(Refused) as refusal:
            attach(**different)
        assert words in refusal.value.words
        assert refusal.value.field == field
    assert on_disk(settings) == []
    assert not Document.objects.exists()


def test_the_same_file_twice_is_told_by_its_content(attach, child, caseworker):
    first = attach(title="Psychologist’s report")
    with pytest.raises(documents.AlreadyAttached) as refusal:
        attach(name="another name.pdf")
    assert refusal.value.words == (
        "“another name.pdf” is attached already: “Psychologist’s report”, received 2 June 2025, attached by "
        "Wren Underhill. Nothing was attached twice."
    )
    assert refusal.value.document == first
    attach(case=CaseFactory(child=child))  # in a case it may stand again
    attach(child=ChildFactory())
    documents.withdraw(document=first, reason="Wrong copy", by=caseworker)
    assert attach().pk != first.pk


def test_a_failed_transaction_leaves_no_file(attach, settings, monkeypatch, child):
    def fail(**_):
        raise IntegrityError("no")

    with monkeypatch.context() as patched:
        patched.setattr(Document.objects, "create", fail)
        with pytest.raises(IntegrityError):
            attach()
    assert on_disk(settings) == []


def test_a_failure_after_the_service_leaves_no_file_either(attach, settings, caseworker):
    def act():
        attach()
        raise Refused("Something later went wrong.")

    with pytest.raises(Refused):
        act_once("6f0c1d6e-0000-4000-8000-000000000001", user=caseworker, act=act)
    assert (on_disk(settings), Document.objects.count()) == ([], 0)


def test_a_connection_lost_at_the_commit_keeps_the_file_for_the_sweep(settings, caseworker):
    def lose():
        with files.with_the_transaction():
            files.keep(PDF)
            raise OperationalError("the connection went away")

    with pytest.raises(OperationalError):
        lose()
    assert len(on_disk(settings)) == 1
    assert files.sweep(older_than=timezone.now() - datetime.timedelta(days=1)).removed == 0
    assert files.sweep(older_than=timezone.now() + datetime.timedelta(seconds=1)).removed == 1
    assert on_disk(settings) == []


def test_a_failed_write_leaves_no_row(attach, settings, monkeypatch):
    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr("casework.services.files.os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        attach()
    assert (on_disk(settings), Document.objects.count()) == ([], 0)


def test_a_file_is_not_kept_without_its_transaction():
    with pytest.raises(RuntimeError, match="with_the_transaction"):
        files.keep(PDF)


def test_the_sweep_keeps_what_is_wanted_and_reports_what_is_gone(attach, settings):
    kept, gone, cut = attach(), attach(content=png(), name="a.png"), attach(content=word(), name="b.docx")
    files.path_of(gone.storage_key).unlink()
    files.path_of(cut.storage_key).write_bytes(b"x")
    swept = files.sweep(older_than=timezone.now() + datetime.timedelta(days=1))
    assert (swept.removed, swept.missing) == (0, sorted([gone.storage_key, cut.storage_key]))
    assert kept.storage_key in on_disk(settings)
    assert sweep_files() == 2


def test_documents_withdrawn_say_why_and_stay(attach, caseworker, settings):
    document = attach()
    with pytest.raises(Refused, match="Enter why the document is withdrawn"):
        documents.withdraw(document=document, reason=" ", by=caseworker)
    documents.withdraw(document=document, reason="About another child", by=caseworker)
    document.refresh_from_db()
    assert (document.withdrawn_by, document.withdrawn_reason) == (caseworker, "About another child")
    assert on_disk(settings) == [document.storage_key]
    with pytest.raises(Refused, match="has been withdrawn"):
        documents.withdraw(document=document, reason="Again", by=caseworker)
    with pytest.raises(Refused, match="has been withdrawn"):
        documents.describe(
            document=document, kind=DocumentKind.PLAN, title="x", received_on=DAY, by=caseworker, on=DAY
        )


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"kind": "poem"}, "document_kind_known"),
        ({"title": ""}, "document_has_a_title"),
        ({"size": 0}, "document_is_not_empty"),
        ({"checksum": "x" * 64}, "document_checksum_is_sha256"),
        ({"withdrawn_at": timezone.now()}, "document_withdrawn_with_a_reason"),
        ({"withdrawn_reason": "Because"}, "document_withdrawn_with_a_reason"),
    ],
)
def test_the_database_refuses(db, facts, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DocumentFactory(**facts)


def test_the_database_keeps_a_file_once_in_a_case_and_names_the_document_read(db):
    first = DocumentFactory()
    with pytest.raises(IntegrityError, match="document_once_in_a_case"), transaction.atomic():
        DocumentFactory(child=first.child, checksum=first.checksum)
    for facts in ({"action": AccessAction.DOCUMENT}, {"document": first}):
        with pytest.raises(IntegrityError, match="access_to_a_document_names_it"), transaction.atomic():
            AccessLogEntryFactory(**facts)


def test_several_files_are_attached_and_the_refused_ones_are_named(desk, child):
    url = reverse("attach_documents", args=[child.public_id])
    page = desk.post(
        url, form(sent("report.pdf"), sent("photo.jpg"), sent("letter.docx", word()), sent("none.pdf", b""))
    )
    words = page.content.decode()
    assert page.status_code == 200
    assert "“photo.jpg” ends in .jpg, but its content is a PDF." in words
    assert "“none.pdf” is empty." in words
    assert "2 documents attached" in words
    assert set(Document.objects.values_list("title", flat=True)) == {"report", "letter"}


def test_one_file_takes_the_title_and_the_case(desk, child, log_request):
    case = log_request()
    url = reverse("attach_documents", args=[child.public_id])
    answer = desk.post(
        url, form(sent("report.pdf"), title="Advice of the psychologist", case=str(case.public_id))
    )
    assert answer.headers["Location"] == reverse("child_documents", args=[child.public_id])
    document = Document.objects.get()
    assert (document.title, document.case, document.received_on) == ("Advice of the psychologist", case, DAY)
    words = desk.get(answer.headers["Location"]).content.decode()
    assert "Advice of the psychologist" in words
    assert case.reference in words


def test_a_form_without_file_or_day_keeps_what_was_typed(desk, child):
    url = reverse("attach_documents", args=[child.public_id])
    page = desk.post(url, form(title="Something") | {"received_on-day": ""})
    words = page.content.decode()
    assert "Select one or more files" in words
    assert "must include a day" in words
    assert 'value="Something"' in words


def test_a_document_is_sent_to_be_saved_and_the_reading_is_logged(desk, attach, caseworker, child):
    document = attach(name="Rowan’s “report”.pdf")
    response = desk.get(reverse("open_document", args=[document.public_id]))
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"
    assert list(AccessLogEntry.objects.values_list("user", "child", "action", "document")) == [
        (caseworker.pk, child.pk, "document", document.pk)
    ]


def test_managers_see_who_opened_it_and_caseworkers_do_not(desk, client, attach, caseworker):
    document = attach()
    page = reverse("document", args=[document.public_id])
    desk.get(reverse("open_document", args=[document.public_id]))
    assert "Who has opened it" not in desk.get(page).content.decode()
    client.force_login(UserFactory(role=RoleCode.MANAGER))
    words = client.get(page).content.decode()
    assert "Opened 1 time by 1 person." in words
    assert "Wren Underhill" in words


def test_a_file_that_was_changed_outside_is_not_sent(desk, attach):
    document = attach()
    files.path_of(document.storage_key).write_bytes(b"something else")
    response = desk.get(reverse("open_document", args=[document.public_id]), follow=True)
    assert "missing or has been changed outside Waymark" in response.content.decode()
    assert not AccessLogEntry.objects.filter(action="document").exists()


def test_documents_of_a_restricted_child_do_not_exist_for_others(desk, caseworker, attach, client):
    child = ChildFactory(restricted=True)
    document = attach(child=child)
    names = ("document", "open_document", "describe_document", "withdraw_document")
    addresses = [reverse(name, args=[document.public_id]) for name in names]
    addresses += [reverse(name, args=[child.public_id]) for name in ("child_documents", "attach_documents")]
    assert {desk.get(address).status_code for address in addresses} == {404}
    RestrictedAccessFactory(child=child, user=caseworker)
    first = desk.get(addresses[1])
    assert first.headers["Location"] == addresses[0]  # which asks for the reason
    desk.post(addresses[0], {"reason": "Cover for Wren"})
    assert desk.get(addresses[1]).content == PDF
    assert AccessLogEntry.objects.get(action="document").reason == "Cover for Wren"


def test_a_document_is_described_and_withdrawn_by_form(desk, attach, child):
    document = attach()
    url = reverse("describe_document", args=[document.public_id])
    desk.post(url, form(title="Plan of 2024", kind="plan"))
    document.refresh_from_db()
    assert (document.title, document.kind) == ("Plan of 2024", "plan")
    url = reverse("withdraw_document", args=[document.public_id])
    assert "Enter why it is withdrawn" in desk.post(url, {"reason": ""}).content.decode()
    words = desk.post(url, {"reason": "About another child"}, follow=True).content.decode()
    assert "<s>Plan of 2024</s>" in words
    assert "About another child" in words


def test_who_may_not_read_documents_is_not_offered_them(client, child):
    client.force_login(UserFactory(role=RoleCode.FINANCE))
    words = client.get(reverse("child", args=[child.public_id])).content.decode()
    assert "Documents" not in words
    assert client.get(reverse("child_documents", args=[child.public_id])).status_code == 403


def test_the_list_asks_the_same_for_few_and_many(desk, attach, child, django_assert_max_num_queries):
    url = reverse("child_documents", args=[child.public_id])
    attach(case=CaseFactory(child=child, kind="annual_review"))
    desk.get(url)
    with django_assert_max_num_queries(30) as few:
        desk.get(url)
    for number in range(12):
        DocumentFactory(
            child=child, case=CaseFactory(child=child, kind="annual_review"), title=f"More {number}"
        )
    with django_assert_max_num_queries(30) as many:
        desk.get(url)
    assert len(many) == len(few)
