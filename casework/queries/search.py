"""Find a child by name, number or postcode."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Case as Choose
from django.db.models import CharField, Func, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Upper

from casework.access.scope import visible
from casework.models import Case, Child, ChildAddress, ChildIdentifier, FormerName, User
from casework.models.children import sound_of, whole_name
from casework.models.identity import whole_former_name
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
        # Whoever guesses a refuge's postcode must not learn who lives there.
        homes = ChildAddress.objects.filter(postcode=postcode, withheld=False)
        return _found(children.filter(pk__in=homes.values("child")), "postcode")
    if _NUMBER.match(text):
        value = re.sub(r"[\s-]", "", text).upper()
        numbers = ChildIdentifier.objects.filter(value=value)
        # A number that stayed with a merged record leads to the record that was kept.
        return _found(
            children.filter(pk__in=numbers.values(holder=Coalesce("child__merged_into", "child"))), "number"
        )
    return _by_name(text, children)


def _by_name(text: str, children: QuerySet[Child]) -> Found:
    words = text.upper().replace(",", " ").split()
    named = children.annotate(whole_name=whole_name())
    every_word = Q()
    for word in words:
        every_word &= Q(whole_name__contains=word)
    # Each side is answered by an index of its own; an "or" over both tables would be answered by neither.
    now = Child.objects.order_by().annotate(whole_name=whole_name()).filter(every_word)
    before = FormerName.objects.order_by().annotate(whole_name=whole_former_name()).filter(every_word)
    exact = _found(
        children.filter(pk__in=now.values("pk").union(before.values("child"))), "name", first=_best(words)
    )
    if exact.children:
        return exact
    with transaction.atomic(), connection.cursor() as cursor:
        # The index answers "alike" at this setting; PostgreSQL's own 0.6 misses one wrong letter in five.
        cursor.execute("set local pg_trgm.word_similarity_threshold = %s", [_ALIKE])
        near = list(
            named.annotate(surname_sound=sound_of("surname"), forename_sound=sound_of("forename"))
            .filter(Q(whole_name__trigram_word_similar=" ".join(words)) | _sounds_like(words))
            .annotate(likeness=TrigramWordSimilarity(" ".join(words), "whole_name"))
            .order_by("-likeness", "surname", "forename", "pk")[: MOST + 1]
        )
    return Found(near[:MOST], "name", alike=True, more=len(near) > MOST)


def _sounds_like(words: list[str]) -> Q:
    """Every word sounds like the surname or the forename."""
    alike = Q()
    for word in words:
        sound = Func(Value(word), function="dmetaphone", output_field=CharField())
        alike &= Q(surname_sound=sound) | Q(forename_sound=sound)
    return alike


def _best(words: list[str]) -> Choose:
    """People whose surname is a word come before those whose forename is, and both before parts of names."""
    return Choose(
        When(upper_surname__in=words, then=Value(0)),
        When(upper_forename__in=words, then=Value(1)),
        default=Value(2),
    )


def former_names_matching(text: str, children: Sequence[Child]) -> dict[int, str]:
    """The former name by which each of these children was found; only those whose name now does not match."""
    words = text.upper().replace(",", " ").split()
    unexplained = [
        child.pk
        for child in children
        if not all(
            word in f"{child.surname} {child.forename} {child.preferred_name}".upper() for word in words
        )
    ]
    if not unexplained:
        return {}
    every_word = Q()
    for word in words:
        every_word &= Q(whole_name__contains=word)
    rows = FormerName.objects.annotate(whole_name=whole_former_name()).filter(
        every_word, child__in=unexplained
    )
    return {row.child_id: row.name for row in rows}


def _found(children: QuerySet[Child], how: str, *, first: Choose | None = None) -> Found:
    names = children.annotate(upper_surname=Upper("surname"), upper_forename=Upper("forename"))
    order = [first] if first else []
    rows = list(names.order_by(*order, "surname", "forename", "date_of_birth", "pk")[: MOST + 1])
    return Found(rows[:MOST], how, more=len(rows) > MOST)
