"""Records that may be the same child as one about to be added."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Greatest, Upper

from casework.models import Child, ChildAddress, ChildIdentifier

_ALIKE = 0.45
_A_LITTLE_ALIKE = 0.3
_MOST = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be the same child, and why, strongest reason first."""

    child: Child
    reasons: tuple[str, ...]
    score: int

    @property
    def may_be_twin(self) -> bool:
        """Born on the same day with the same surname, but another first name."""
        return _TWIN in self.reasons


_TWIN = "Same date of birth and surname, another first name: may be a twin"


def candidates(
    *,
    surname: str,
    forename: str,
    date_of_birth: date,
    preferred_name: str = "",
    identifiers: Collection[str] = (),
    postcode: str = "",
) -> list[Candidate]:
    """At most ten records, likeliest first. Looks at everybody, restricted records too: a page shows only what its
    reader may see."""
    alike = _alike(surname, forename, preferred_name)
    numbers = [value for value in identifiers if value]
    by_number = set(
        ChildIdentifier.objects.filter(value__in=numbers).values_list("child_id", flat=True)
        if numbers
        else ()
    )
    at_home = (
        set(ChildAddress.objects.filter(postcode=postcode).values_list("child_id", flat=True))
        if postcode
        else set()
    )
    rows = alike.filter(
        Q(pk__in=by_number)
        | Q(date_of_birth=date_of_birth)
        | Q(pk__in=at_home)
        | Q(upper_surname=surname.upper(), upper_forename__in=_names(forename, preferred_name))
        | Q(date_of_birth__in=_slips(date_of_birth), surname_alike__gt=_ALIKE)
    )
    found = [_judge(row, date_of_birth, by_number, at_home) for row in rows]
    likely = sorted((one for one in found if one), key=lambda one: (-one.score, one.child.pk))
    return likely[:_MOST]


@dataclass(frozen=True, slots=True)
class Alike:
    """Whether two records' names are alike, by spelling or sound."""

    surname: bool
    forename: bool


def judge_pair(one: Child, other: Child) -> Alike:
    """How alike the names of two records are, by the same measure as candidates."""
    row = _alike(one.surname, one.forename, one.preferred_name).get(pk=other.pk)
    return Alike(_surname_alike(row), _forename_alike(row))


def _surname_alike(row: Child) -> bool:
    return row.surname_alike > _ALIKE or _same_sound(row.surname_sound, row.wanted_surname_sound)  # type: ignore[attr-defined]


def _forename_alike(row: Child) -> bool:
    return row.forename_alike > _ALIKE or _same_sound(row.forename_sound, row.wanted_forename_sound)  # type: ignore[attr-defined]


def _alike(surname: str, forename: str, preferred_name: str) -> QuerySet[Child]:
    """Children with how alike their names are, from 0 to 1, and whether they sound the same."""
    forenames = [
        TrigramSimilarity(column, name)
        for name in {forename, preferred_name} - {""}
        for column in ("forename", "preferred_name")
    ]
    return Child.objects.filter(merged_into__isnull=True).annotate(
        upper_surname=Upper("surname"),
        upper_forename=Upper("forename"),
        surname_alike=TrigramSimilarity("surname", surname),
        forename_alike=Greatest(*forenames) if len(forenames) > 1 else forenames[0],
        surname_sound=_sound(F("surname")),
        forename_sound=_sound(F("forename")),
        wanted_surname_sound=_sound(Value(surname)),
        wanted_forename_sound=_sound(Value(forename)),
    )


def _judge(row: Child, born: date, by_number: set[int], at_home: set[int]) -> Candidate | None:
    surname, forename = _surname_alike(row), _forename_alike(row)
    reasons: list[tuple[int, str]] = []
    if row.pk in by_number:
        reasons.append((100, "Has the same number"))
    if row.date_of_birth == born and surname and forename:
        reasons.append((80, "Same date of birth and a like name"))
    elif row.date_of_birth == born and surname:
        reasons.append((40, _TWIN))
    elif row.date_of_birth == born and forename and row.surname_alike > _A_LITTLE_ALIKE:  # type: ignore[attr-defined]
        reasons.append((35, "Same date of birth and first name, a surname a little like it"))
    elif row.date_of_birth == born and forename and row.pk in at_home:
        reasons.append((70, "Same date of birth, first name and postcode, another surname"))
    elif row.date_of_birth in _slips(born) and surname and forename:
        reasons.append((60, "A like name; the date of birth differs by a slip of day, month or year"))
    elif surname and forename and row.pk in at_home:
        reasons.append((50, "A like name and the same postcode, another date of birth"))
    elif row.surname_alike == 1 and row.forename_alike == 1:  # type: ignore[attr-defined]
        reasons.append((20, "The same name, another date of birth"))
    if not reasons:
        return None
    if row.pk in at_home and all("postcode" not in words for _, words in reasons):
        reasons.append((10, "Same postcode"))
    return Candidate(row, tuple(words for _, words in reasons), sum(score for score, _ in reasons))


def _slips(born: date) -> set[date]:
    """Dates that a slip makes of this one: day and month changed round, or the year one out."""
    found = set()
    for year, month, day in (
        (born.year, born.day, born.month),
        (born.year - 1, born.month, born.day),
        (born.year + 1, born.month, born.day),
    ):
        try:
            found.add(date(year, month, day))
        except ValueError:
            continue
    return found - {born}


def _names(*names: str) -> list[str]:
    return [name.upper() for name in names if name]


def _sound(name: Value | F) -> Func:
    return Func(name, function="dmetaphone")


def _same_sound(one: str, other: str) -> bool:
    return bool(one) and one == other
