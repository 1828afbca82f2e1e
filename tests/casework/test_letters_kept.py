"""Letters in the database: what it refuses, and what nobody can change."""

import datetime

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.models import Letter
from tests.factories.children import ChildFactory
from tests.factories.documents import DocumentFactory
from tests.factories.letters import LetterFactory, LetterTemplateVersionFactory, LetterWordsFactory

MONDAY = datetime.date(2025, 6, 2)
DAY = datetime.date(2025, 7, 10)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"kind": "poem"}, "letter_kind_known"),
        ({"sent_how": "pigeon", "sent_on": DAY}, "letter_sent_"),
        ({"sent_on": DAY}, "letter_sent_with_proof"),
        ({"proof": "x"}, "letter_sent_with_proof"),
        ({"discarded_reason": "x"}, "letter_discarded_unsent"),
        ({"error_reason": "x"}, "letter_error_says_what_was_done"),
        ({"recipient_address": ""}, "letter_says_to_whom_and_about_whom"),
    ],
)
def test_the_database_refuses(db, facts, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        LetterFactory(**facts)


def test_the_database_refuses_templates_and_words(db):
    first = LetterTemplateVersionFactory()
    for make_one, constraint in (
        (lambda: LetterTemplateVersionFactory(template=first.template), "letter_template_version_once"),
        (lambda: LetterTemplateVersionFactory(size=0), "letter_template_version_has_a_file"),
        (lambda: LetterTemplateVersionFactory(template__name=""), "letter_template_has_a_name"),
        (lambda: LetterTemplateVersionFactory(template__kind="poem"), "letter_template_kind_known"),
        (lambda: LetterWordsFactory(field="child_name"), "letter_words_field_known"),
        (lambda: LetterWordsFactory(words=""), "letter_words_given"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            make_one()


def test_what_was_made_and_sent_cannot_be_changed_by_anybody(db):
    letter = LetterFactory()
    rows = Letter.objects.filter(pk=letter.pk)
    sent = {
        "sent_on": DAY,
        "sent_how": "post",
        "sent_by": letter.made_by,
        "sent_recorded_at": timezone.now(),
        "proof": "x",
    }
    for change in (
        {"recipient_name": "Somebody else"},
        {"recipient_address": "x"},
        {"dated": DAY},
        {"child_name": "x"},
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows.update(**change)
    rows.update(**sent)
    for change in ({"proof": "better"}, {"sent_on": MONDAY}, {"sent_how": "email"}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.delete()
    other = ChildFactory()
    rows.update(child=other)  # two records of one child become one
    assert DocumentFactory.build(child=other).child == other


def test_a_letter_with_a_withheld_address_is_opened_only_by_those_with_need(
    client, caseworker, child, settings
):
    settings.WAYMARK_TODAY = str(DAY)
    letter = LetterFactory(child=child, address_withheld=True)
    letter.document.refresh_from_db()
    client.force_login(caseworker)
    url = reverse("open_document", args=[letter.document.public_id])
    assert "holds an address that is withheld" in client.get(url, follow=True).content.decode()
    child.assignments.create(user=caseworker, starts_on=MONDAY)
    # Now only the file is wanting, which no factory makes.
    assert "missing or has been changed outside Waymark" in client.get(url, follow=True).content.decode()
