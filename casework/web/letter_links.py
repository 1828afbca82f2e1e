"""The way from a step to the letter that tells the family of it."""

from urllib.parse import urlencode

from django.urls import reverse

from casework.models import Case, User
from casework.rules.letter_kinds import LetterKind
from casework.rules.permissions import Permission
from casework.ui.components import Link


def letter_links(
    case: Case, kind: LetterKind, *, reader: User, words: str = "Write the letter"
) -> list[Link]:
    """One link, with letter and case chosen already; none for who may not write letters."""
    if not reader.may(Permission.RECORD_CASEWORK):
        return []
    query = urlencode({"kind": kind.value, "case": str(case.public_id)})
    return [Link(words, f"{reverse('write_letter', args=[case.child.public_id])}?{query}")]
