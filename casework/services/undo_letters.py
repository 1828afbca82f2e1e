"""Letters in the file that told of a decision: when it is undone they are named, so that each can be called back."""

from casework.models import Decision, Document
from casework.models.documents import DocumentKind
from casework.rules.clock_words import show_day
from casework.services.undo_parts import Subject, UndoPart, register


def letters(subject: Subject) -> list[str]:
    """Letters of the case written on the day of the decision or since."""
    decision = Decision.objects.filter(milestone=subject.milestone).first()
    since = decision.decided_on if decision else subject.milestone.happened_on
    rows = Document.objects.filter(
        case=subject.case, kind=DocumentKind.LETTER, withdrawn_at__isnull=True, received_on__gte=since
    )
    return [
        f"Call back the letter “{row.title}” of {show_day(row.received_on)} if it told of this, and withdraw it in the "
        "documents of the child."
        for row in rows.order_by("received_on", "pk")
    ]


register(UndoPart("letters", letters=letters))
