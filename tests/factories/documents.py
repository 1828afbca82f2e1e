"""Files on a child's record."""

import datetime
import hashlib

import factory

from casework.models import Document, DocumentKind
from tests.factories.children import ChildFactory
from tests.factories.people import UserFactory


class DocumentFactory(factory.django.DjangoModelFactory):
    """A report's row; its file is not there (tests that open one attach it through the service)."""

    class Meta:
        model = Document

    child = factory.SubFactory(ChildFactory)
    kind = DocumentKind.REPORT
    title = factory.Sequence(lambda n: f"Report {n}")
    file_name = "report.pdf"
    storage_key = factory.Sequence(lambda n: f"{n:040x}")
    size = 1024
    checksum = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    content_type = "application/pdf"
    received_on = datetime.date(2026, 3, 2)
    added_by = factory.SubFactory(UserFactory)
