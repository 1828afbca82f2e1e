"""The documents of a child, and who has opened one."""

from django.db.models import Count, F, QuerySet

from casework.models import AccessLogEntry, Child, Document


def documents_of(child: Child) -> QuerySet[Document]:
    """Every document of a child, latest received first; those withdrawn come last."""
    return (
        Document.objects.filter(child=child)
        .select_related("case", "added_by", "withdrawn_by")
        .order_by(F("withdrawn_at").asc(nulls_first=True), "-received_on", "-pk")
    )


def readings_of(document: Document) -> QuerySet[AccessLogEntry]:
    """Who opened the document, latest first."""
    return document.readings.select_related("user").order_by("-at", "-pk")


def number_of_readings(document: Document) -> tuple[int, int]:
    """How often it was opened, and by how many people."""
    found = document.readings.aggregate(times=Count("pk"), people=Count("user", distinct=True))
    return found["times"], found["people"]
