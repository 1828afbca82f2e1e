"""Templates, letters and the words of every letter."""

import datetime
import hashlib

import factory

from casework.models import DocumentKind, Letter, LetterTemplate, LetterTemplateVersion, LetterWords
from casework.rules.letter_kinds import LetterKind
from tests.factories.children import ChildFactory
from tests.factories.documents import DocumentFactory
from tests.factories.people import UserFactory


class LetterTemplateFactory(factory.django.DjangoModelFactory):
    """A template of the authority's own."""

    class Meta:
        model = LetterTemplate

    kind = LetterKind.OTHER
    name = factory.Sequence(lambda n: f"Letter number {n}")


class LetterTemplateVersionFactory(factory.django.DjangoModelFactory):
    """Its first version; the file is not there."""

    class Meta:
        model = LetterTemplateVersion

    template = factory.SubFactory(LetterTemplateFactory)
    number = 1
    file_name = "letter.docx"
    storage_key = factory.Sequence(lambda n: f"{n:039x}t")
    size = 1024
    checksum = factory.Sequence(lambda n: hashlib.sha256(f"template {n}".encode()).hexdigest())
    fields = ["child_name", "recipient_name"]


class LetterFactory(factory.django.DjangoModelFactory):
    """A letter that was made and has not gone."""

    class Meta:
        model = Letter

    child = factory.SubFactory(ChildFactory)
    kind = LetterKind.OTHER
    dated = datetime.date(2025, 6, 2)
    template_version = factory.SubFactory(LetterTemplateVersionFactory)
    document = factory.SubFactory(
        DocumentFactory, child=factory.SelfAttribute("..child"), kind=DocumentKind.LETTER
    )
    recipient_name = "Hazel Thistle"
    recipient_relationship = "Mother"
    recipient_address = "1 Invented Lane\nZZ1 1AA"
    recipient_standing = "Decides as parent"
    child_name = factory.SelfAttribute("child.name")
    child_born = factory.SelfAttribute("child.date_of_birth")
    made_by = factory.SubFactory(UserFactory)


class LetterWordsFactory(factory.django.DjangoModelFactory):
    """How to reach the mediation adviser."""

    class Meta:
        model = LetterWords

    field = "mediation_adviser"
    words = "Mediation in Fernshire, 01632 960100"
