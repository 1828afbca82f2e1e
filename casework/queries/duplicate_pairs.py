"""Pairs of records that may be one child, over everybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from casework.access.scope import visible
from casework.models import Child, User

MOST = 200
_ALIKE = 0.45
# Records are compared only where something brings them together: the same birth date, the same name, or the same home.
_PAIRS = """
with c as (
    select id, upper(surname) surname, upper(forename) forename, upper(preferred_name) preferred, date_of_birth born,
           dmetaphone(surname) surname_sound, dmetaphone(forename) forename_sound
      from casework_child where merged_into_id is null),
home as (select distinct child_id, postcode from casework_childaddress where postcode <> '' and not withheld),
near as (
    select a.id one, b.id other from c a join c b on b.born = a.born and a.id < b.id
    union
    select a.id, b.id from c a join c b on b.surname = a.surname and b.forename = a.forename and a.id < b.id
    union
    select a.child_id, b.child_id from home a join home b on b.postcode = a.postcode and a.child_id < b.child_id),
judged as (
    select n.one, n.other, a.born = b.born same_born,
           abs(extract(year from a.born) - extract(year from b.born)) = 1
               and to_char(a.born, 'MMDD') = to_char(b.born, 'MMDD')
             or (extract(day from a.born) = extract(month from b.born)
                 and extract(month from a.born) = extract(day from b.born)
                 and extract(year from a.born) = extract(year from b.born)) slip,
           similarity(a.surname, b.surname) > %(alike)s or a.surname_sound = b.surname_sound and a.surname_sound <> ''
               surname,
           similarity(a.forename, b.forename) > %(alike)s
             or a.forename_sound = b.forename_sound and a.forename_sound <> ''
             or a.preferred <> '' and a.preferred in (b.forename, b.preferred)
             or b.preferred <> '' and b.preferred = a.forename forename,
           a.surname = b.surname and a.forename = b.forename same_name,
           exists (select from casework_childaddress x
                     join casework_childaddress y on y.postcode = x.postcode and not y.withheld
                    where x.child_id = n.one and y.child_id = n.other and x.postcode <> '' and not x.withheld) home,
           exists (select from casework_sibling s
                    where s.first_id = n.one and s.second_id = n.other and s.kind = 'twin') twins,
           exists (select from casework_childidentifier x
                     join casework_childidentifier y on y.scheme = x.scheme and y.value <> x.value
                    where x.child_id = n.one and y.child_id = n.other and x.scheme in ('upn', 'nhs')
                      and x.ends_on is null and y.ends_on is null and x.query = '' and y.query = '') own_numbers
      from near n join c a on a.id = n.one join c b on b.id = n.other
     where not exists (select from casework_notthesame d where d.first_id = n.one and d.second_id = n.other)
       and not exists (select from casework_sibling s
                        where s.first_id = n.one and s.second_id = n.other and s.kind <> 'twin')),
scored as (
    select *, case
             when same_born and surname and forename then 80
             when same_born and forename and home then 70
             when slip and surname and forename then 60
             when surname and forename and home and not same_born then 50
             when same_born and (surname or home) and not forename then 40
             when same_name and home then 35
             else 0 end + case when home then 10 else 0 end - case when own_numbers then 30 else 0 end score
      from judged)
select one, other, same_born, surname, forename, home, slip, own_numbers, score,
       twins or (same_born and not forename) or (same_born and own_numbers and not same_name) second_look
  from scored
 where score >= 40
 order by score desc, one, other
 limit %(most)s
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one child; `one` is the record made earlier."""

    one: Child
    other: Child
    reasons: tuple[str, ...]
    score: int
    may_be_twins: bool

    @property
    def likeness(self) -> str:
        """How likely it is, in words."""
        return "Very likely" if self.score >= 80 else "Likely" if self.score >= 60 else "Possible"


@dataclass(frozen=True, slots=True)
class Pairs:
    """What was found. `hidden` counts pairs with a record that the reader may not see."""

    likely: Sequence[Pair]
    twins: Sequence[Pair]
    hidden: int


def duplicate_pairs(*, reader: User) -> Pairs:
    """At most 200 pairs, likeliest first: those to merge, and apart from them those who may be twins."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, {"alike": _ALIKE, "most": MOST})
        rows = cursor.fetchall()
    seen = visible(Child, reader).select_related("area").in_bulk({key for row in rows for key in row[:2]})
    found = [
        Pair(seen[row[0]], seen[row[1]], _reasons(*row[2:8]), row[8], bool(row[9]))
        for row in rows
        if row[0] in seen and row[1] in seen
    ]
    return Pairs(
        [pair for pair in found if not pair.may_be_twins],
        [pair for pair in found if pair.may_be_twins],
        len(rows) - len(found),
    )


def _reasons(
    same_born: bool, surname: bool, forename: bool, home: bool, slip: bool, own_numbers: bool
) -> tuple[str, ...]:
    reasons = []
    if same_born:
        reasons.append("Same date of birth")
    elif slip:
        reasons.append("Dates of birth that differ by a slip of day, month or year")
    else:
        reasons.append("Another date of birth")
    if surname and forename:
        reasons.append("like names")
    elif surname:
        reasons.append("like last names, other first names")
    elif forename:
        reasons.append("like first names, other last names")
    if home:
        reasons.append("a postcode in common")
    if own_numbers:
        reasons.append("but each has a UPN or NHS number of its own")
    return tuple(reasons)
