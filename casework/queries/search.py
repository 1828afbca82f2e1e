"""Find a child by name, number or postcode."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet

from casework.access.scope import visible
from casework.models import Case, Child, ChildAddress, ChildIdentifier, User
from casework.models.children import whole_name
from casework.rules.postcodes import normalise_postcode

MOST = 50
_REFERENCE = re.compile(r"^EHC-?0*(\d{1,12})$", re.IGNORECASE)
_NUMBER = re.compile(r"^(?=.*\d)[A-Za-z0-9][A-Za-z0-9\s-]{5,19}$")
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. `how` says by what; `alike` that no name matched and these only resemble it."""

    children: Sequence[Child]
    how: str = ""
    alike: bool = False
    more: bool = False


def search(text: str, *, reader: User) -> Found:
    """At most 50 children whom `reader` may see. A case reference, number or postcode finds exactly; otherwise every
    word must be in surname, forename or preferred name, and when none fits, names that look like it."""
    text = " ".join(text.split())
    children = visible(Child, reader).select_related("area")
    if not text:
        return Found([])
    if reference := _REFERENCE.match(text):
        cases = Case.objects.filter(pk=int(reference[1])).values("child")
        return _found(children.filter(pk__in=cases), "case reference")
    if postcode := normalise_postcode(text):
        return _found(
            children.filter(pk__in=ChildAddress.objects.filter(postcode=postcode).values("child")), "postcode"
        )
    if _NUMBER.match(text):
        value = re.sub(r"[\s-]", "", text).upper()
        return _found(
            children.filter(pk__in=ChildIdentifier.objects.filter(value=value).values("child")), "number"
        )
    return _by_name(text, children)


def _by_name(text: str, children: QuerySet[Child]) -> Found:
    words = text.upper().replace(",", " ").split()
    named = children.annotate(whole_name=whole_name())
    every_word = Q()
    for word in words:
        every_word &= Q(whole_name__contains=word)
    exact = _found(named.filter(every_word), "name")
    if exact.children:
        return exact
    alike = named.filter(whole_name__trigram_word_similar=" ".join(words)).annotate(
        likeness=TrigramWordSimilarity(" ".join(words), "whole_name")
    )
    near = list(
        alike.filter(likeness__gt=_ALIKE).order_by("-likeness", "surname", "forename", "pk")[: MOST + 1]
    )
    return Found(near[:MOST], "name", alike=True, more=len(near) > MOST)


def _found(children: QuerySet[Child], how: str) -> Found:
    rows = list(children.order_by("surname", "forename", "date_of_birth", "pk")[: MOST + 1])
    return Found(rows[:MOST], how, more=len(rows) > MOST)
