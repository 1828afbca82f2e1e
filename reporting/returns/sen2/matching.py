"""Which child a person of the file is: by UPN, then ULN, then name, birth date and postcode. Doubt is never resolved here.

Everything that numbers settle is settled in the database; names are compared here, by the one rule for names.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.utils import CursorWrapper

from casework.rules.names import matching_name
from reporting.models import DoubtfulMatch, MatchAnswer

TWO_CHILDREN = "The UPN is one child's and the ULN is another's."
SAME_UPN = "The UPN is this child's, but both the name and the date of birth differ."
SAME_ULN = "The ULN is this child's, but the name, the date of birth or the UPN differs."
OTHER_UPN = "Name and date of birth are this child's, but each has a different UPN."
OTHER_HOME = (
    "Name and date of birth are this child's, but the postcode is not, and no number tells them apart."
)
SEVERAL = "Name and date of birth are those of more than one child in Waymark."
TWICE_IN_FILE = (
    "Another person of the file has the same name and date of birth, and no number tells them apart."
)
TWO_OF_FILE = "Two persons of the file look like this one child."


@dataclass(frozen=True, slots=True)
class Doubt:
    """One person who may or may not be one child held, or without a candidate the `other` person of the file."""

    person: int
    key: str
    in_file: dict[str, str]
    candidate: int | None
    why: str
    other: dict[str, str] = field(default_factory=dict)


_ITEMS = ("surname", "forename", "date_of_birth", "postcode", "upn", "uln")


@dataclass(slots=True)
class _InFile:
    n: int
    upn: str
    upn_query: str
    uln: str
    surname: str
    forename: str
    born: str
    postcode: str
    name_key: str

    @property
    def key(self) -> str:
        parts = (self.upn, self.uln, self.name_key, self.born, self.postcode)
        return hashlib.sha256("|".join(parts).encode()).hexdigest()

    @property
    def shown(self) -> dict[str, str]:
        return {
            "surname": self.surname, "forename": self.forename, "date_of_birth": self.born,
            "postcode": self.postcode, "upn": self.upn, "uln": self.uln,
        }  # fmt: skip


_PERSON = "p.n, p.upn, p.upn_query, p.uln, p.surname, p.forename, p.born::text, p.postcode, p.name_key"
_GOOD = "not exists (select from t_bad where t_bad.n = p.n)"

_BY_NUMBER = f"""
select {_PERSON}, c.id, c.surname, c.forename, c.date_of_birth::text, f.by_upn,
       count(*) over (partition by p.n) children,
       (select max(value) from casework_childidentifier i
         where i.child_id = c.id and i.scheme = 'upn' and i.ends_on is null and i.query = '') held_upn
  from t_found f
  join s_person p on p.n = f.n
  join casework_child c on c.id = f.child_id
 where not exists (select from t_match m where m.n = p.n)
 order by p.n
"""  # noqa: S608 - made of constants, as the two below
_CLEAR = """
insert into t_match
select f.n, f.child_id
  from t_found f
  join s_person p on p.n = f.n
  join casework_child c on c.id = f.child_id
 where c.date_of_birth = p.born
   and (f.by_upn
        or (upper(c.surname) = upper(p.surname) and upper(c.forename) = upper(p.forename)
            and (p.upn = '' or not exists (select from casework_childidentifier i
                                            where i.child_id = c.id and i.scheme = 'upn' and i.ends_on is null))))
   and not exists (select from t_found other where other.n = f.n and other.child_id <> f.child_id)
"""
_BY_NAME = f"""
select {_PERSON}, c.id, c.surname, c.forename, c.date_of_birth::text,
       (select max(value) from casework_childidentifier i
         where i.child_id = c.id and i.scheme = 'upn' and i.ends_on is null and i.query = '') held_upn,
       (select string_agg(postcode, '|') from casework_childaddress a where a.child_id = c.id) postcodes
  from s_person p
  join casework_child c on c.date_of_birth = p.born and c.merged_into_id is null
 where {_GOOD} and not exists (select from t_found f where f.n = p.n)
 order by p.n
"""  # noqa: S608
_TWICE = f"""
select {_PERSON}, o.surname, o.forename, o.born::text, o.postcode, o.upn, o.uln
  from (select p.*, min(n) over w group_n, count(*) over w many,
               bool_or(upn = '' and uln = '') over w unknown,
               count(*) over (partition by name_key, born, postcode) at_home
          from s_person p
         where {_GOOD}
           and not exists (select from t_match m where m.n = p.n)
           and not exists (select from t_doubt d where d.n = p.n)
        window w as (partition by name_key, born)) p
  join s_person o on o.n = p.group_n
 where many > 1 and p.n <> p.group_n and (unknown or at_home > 1)
 order by p.n
"""  # noqa: S608
_TWO_OF_FILE = f"""
select {_PERSON}, m.child_id
  from t_match m
  join s_person p on p.n = m.n
 where exists (select from t_match other where other.child_id = m.child_id and other.n < m.n)
 order by p.n
"""  # noqa: S608


class Matching:
    """Fills t_match (person, child) and t_doubt (person) for one file."""

    def __init__(self, cursor: CursorWrapper) -> None:
        self._cursor = cursor
        self._matches: list[tuple[int, int]] = []
        self._doubts: list[Doubt] = []
        self._unanswered: list[Doubt] = []

    def run(self) -> list[Doubt]:
        """Match everybody; the doubts that nobody has answered yet."""
        cursor = self._cursor
        cursor.execute("create temp table t_match (n int, child_id bigint) on commit drop")
        cursor.execute("create temp table t_doubt (n int) on commit drop")
        cursor.execute(_CLEAR)
        self._by_number()
        self._by_name()
        self._write()
        self._twice()
        self._two_of_file()
        cursor.execute("create index on t_match (n)")
        cursor.execute("analyze t_match")
        return self._unanswered

    def _by_number(self) -> None:
        self._cursor.execute(_BY_NUMBER)
        for row in self._cursor.fetchall():
            person = _InFile(*row[:9])
            child, surname, forename, born, by_upn, children, held_upn = row[9:]
            same_name = _name_key(surname, forename) == person.name_key
            same_born = born == person.born
            if children > 1:
                self._doubt(person, child, TWO_CHILDREN)
            elif by_upn and not same_name and not same_born:
                self._doubt(person, child, SAME_UPN)
            elif not by_upn and not (same_name and same_born and _agree(person, held_upn)):
                self._doubt(person, child, SAME_ULN)
            else:
                self._matches.append((person.n, child))

    def _by_name(self) -> None:
        self._cursor.execute(_BY_NAME)
        found: dict[int, list[tuple[_InFile, tuple[Any, ...]]]] = defaultdict(list)
        while rows := self._cursor.fetchmany(2000):
            for row in rows:
                if _name_key(row[10], row[11]) == row[8]:
                    found[row[0]].append((_InFile(*row[:9]), row[9:]))
        for candidates in found.values():
            for person, (child, _, _, _, held_upn, postcodes) in candidates:
                home = bool(person.postcode) and person.postcode in (postcodes or "").split("|")
                if person.upn and not person.upn_query and held_upn and held_upn != person.upn:
                    self._doubt(person, child, OTHER_UPN)
                elif len(candidates) > 1:
                    self._doubt(person, child, SEVERAL)
                elif not home:
                    self._doubt(person, child, OTHER_HOME)
                else:
                    self._matches.append((person.n, child))

    def _twice(self) -> None:
        self._cursor.execute(_TWICE)
        for row in self._cursor.fetchall():
            self._doubt(_InFile(*row[:9]), None, TWICE_IN_FILE, other=dict(zip(_ITEMS, row[9:], strict=True)))
        self._write()

    def _two_of_file(self) -> None:
        self._cursor.execute(_TWO_OF_FILE)
        rows = self._cursor.fetchall()
        for row in rows:
            self._doubt(_InFile(*row[:9]), row[9], TWO_OF_FILE)
        if rows:
            self._cursor.execute("delete from t_match where n = any(%s)", [[row[0] for row in rows]])
        self._write()

    def _doubt(
        self, person: _InFile, candidate: int | None, why: str, *, other: dict[str, str] | None = None
    ) -> None:
        self._doubts.append(Doubt(person.n, person.key, person.shown, candidate, why, other or {}))

    def _write(self) -> None:
        """Set down what is clear now. An answer given earlier, to this file or to another, settles its doubt."""
        unsettled = self._settle()
        _copy(self._cursor, "t_match", (f"{n}\t{child}\n" for n, child in self._matches))
        _copy(self._cursor, "t_doubt", (f"{n}\n" for n in unsettled))
        self._matches = []

    def _settle(self) -> set[int]:
        answers = self._answers()
        by_person: dict[int, list[Doubt]] = defaultdict(list)
        for doubt in self._doubts:
            by_person[doubt.person].append(doubt)
        unsettled, left = set(), []
        for n, doubts in by_person.items():
            given = {doubt.candidate: answers.get((doubt.key, doubt.candidate)) for doubt in doubts}
            same = [candidate for candidate, answer in given.items() if answer == MatchAnswer.SAME]
            if same and same[0] is not None:
                self._matches.append((n, same[0]))
            elif all(answer == MatchAnswer.DIFFERENT for answer in given.values()):
                continue
            else:
                unsettled.add(n)
                left.extend(doubts)
        self._unanswered.extend(left)
        self._doubts = []
        return unsettled

    def _answers(self) -> dict[tuple[str, int | None], str]:
        keys = {doubt.key for doubt in self._doubts}
        rows = DoubtfulMatch.objects.filter(person_key__in=keys).exclude(answer=MatchAnswer.WAITING)
        return {
            (key, child): answer
            for key, child, answer in rows.values_list("person_key", "candidate_id", "answer")
        }


def _agree(person: _InFile, held_upn: str | None) -> bool:
    return not (person.upn and held_upn and person.upn != held_upn and not person.upn_query)


def _name_key(surname: str, forename: str) -> str:
    return f"{matching_name(surname)}|{matching_name(forename)}"


def _copy(cursor: CursorWrapper, table: str, rows: Iterable[str]) -> None:
    text = "".join(rows)
    if text:
        with cursor.copy(f"copy {table} from stdin") as copy:
            copy.write(text)
