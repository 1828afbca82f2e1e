"""The file as a stream: header first, then one person at a time. Memory does not grow with the file.

No DTD, no entities, no network; a value longer than the parser's 10 MB limit, or a person larger than 4 MB, refuses
the file. Elements may come in any order and in a default namespace.
"""

import hashlib
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from reporting.returns.sen2 import refusals
from reporting.returns.sen2.form import CENSUS_DAYS, Form, days, form_of
from reporting.returns.sen2.tree import Node, TreeReader, plain_tag

_CHUNK = 128 * 1024
_TIDY_EVERY = 50  # persons, emptied, that wait to be let go: one call for many is cheaper
_LARGEST_PERSON = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Header:
    """What the file says it is."""

    form: Form
    la_code: str
    reference_date: str
    made_on: str
    software: str

    @property
    def year(self) -> int:
        """The return year."""
        return self.form.year

    @property
    def title(self) -> str:
        """How the file is named in audit entries and reports."""
        return f"SEN2 {self.year} return"


@dataclass(slots=True)
class Person:
    """One person of the file: position from 1, and the tree. Valid only until the next person is read.

    `odd`: some value is not one the form allows. `first_day`, `last_day`: of the dates that cannot lie ahead.
    """

    position: int
    node: Node
    odd: bool
    first_day: str
    last_day: str


class ReturnReader:
    """Reads one file once: `header` after construction, then `persons()`. Raises ReturnRefused at any point.

    `sha256` and `persons_read` are complete when `persons()` has ended; `progress` is called with the persons read.
    """

    def __init__(self, path: Path, *, la_code: str, progress: Callable[[int], None] | None = None) -> None:
        self._path = path
        self._progress = progress
        self._digest = hashlib.sha256()
        self.persons_read = 0
        _check_start(path)
        self.header = _read_header(path, la_code)

    @property
    def sha256(self) -> str:
        """Checksum of the bytes read so far; of the whole file in the end."""
        return self._digest.hexdigest()

    def persons(self) -> Generator[Person, None, None]:
        """Every person in file order."""
        parser = _parser(("{*}Person",))
        with self._path.open("rb") as file:
            yield from self._stream(parser, file)
        if not self.persons_read:
            raise refusals.no_persons()

    def _stream(self, parser: etree.XMLPullParser, file: BinaryIO) -> Generator[Person, None, None]:
        waiting = 0
        line = 0
        tree = TreeReader(self.header.form)
        while True:
            chunk = file.read(_CHUNK)
            try:
                if chunk:
                    self._digest.update(chunk)
                    parser.feed(chunk)
                else:
                    parser.close()
            except etree.XMLSyntaxError as error:
                raise refusals.of_parser(error, anything_read=True) from None
            waiting += len(chunk)
            for _, element in parser.read_events():
                waiting = 0
                self.persons_read += 1
                node = tree.person(element)
                yield Person(self.persons_read, node, tree.odd, tree.first_day, tree.last_day)
                element.clear()
                parent = element.getparent()
                if parent is not None and self.persons_read % _TIDY_EVERY == 0:
                    line = element.sourceline or line
                    del parent[:-1]
            if waiting > _LARGEST_PERSON:
                raise refusals.person_too_large(line)
            if self._progress:
                self._progress(self.persons_read)
            if not chunk:
                return


def _parser(tags: tuple[str, ...] | None) -> etree.XMLPullParser:
    return etree.XMLPullParser(
        events=("end",) if tags else ("start",),
        tag=tags,
        huge_tree=False,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )


def _check_start(path: Path) -> None:
    """Look at the root before reading further: a DTD or a wrong root ends the matter there."""
    parser = _parser(None)
    with path.open("rb") as file:
        read = 0
        while chunk := file.read(4096):
            read += len(chunk)
            try:
                parser.feed(chunk)
            except etree.XMLSyntaxError as error:
                raise refusals.of_parser(error, anything_read=False) from None
            for _, element in parser.read_events():
                tree = element.getroottree()
                if tree.docinfo.internalDTD is not None or tree.docinfo.doctype:
                    raise refusals.has_doctype()
                if plain_tag(element.tag) != "Message":
                    raise refusals.wrong_root(plain_tag(element.tag))
                return
            if read > _LARGEST_PERSON:
                raise refusals.wrong_root("")
    if not read:
        raise refusals.empty()
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        raise refusals.of_parser(error, anything_read=False) from None


def _read_header(path: Path, la_code: str) -> Header:
    parser = _parser(("{*}Header", "{*}Person"))
    with path.open("rb") as file:
        read = 0
        while chunk := file.read(16 * 1024):
            read += len(chunk)
            try:
                parser.feed(chunk)
            except etree.XMLSyntaxError as error:
                raise refusals.of_parser(error, anything_read=True) from None
            for _, element in parser.read_events():
                if plain_tag(element.tag) != "Header":
                    raise refusals.no_header()
                return _header(element, la_code)
            if read > _LARGEST_PERSON:
                raise refusals.no_header()
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        raise refusals.of_parser(error, anything_read=True) from None
    raise refusals.no_header()


def _header(element: etree._Element, la_code: str) -> Header:
    values = {plain_tag(leaf.tag): (leaf.text or "").strip() for leaf in element.iter() if not len(leaf)}
    if values.get("Collection", "SEN2") != "SEN2":
        raise refusals.wrong_collection(values["Collection"])
    year = values.get("Year", "")
    if not (year.isascii() and year.isdigit()) or int(year) not in CENSUS_DAYS:
        raise refusals.unknown_year(year, sorted(CENSUS_DAYS))
    if values.get("LEA") != la_code:
        raise refusals.other_authority(values.get("LEA", ""), la_code)
    made = values.get("DateTime", "")[:10]
    return Header(
        form=form_of(int(year)),
        la_code=la_code,
        reference_date=values.get("ReferenceDate", ""),
        made_on=made if made in days() else "",
        software=values.get("SoftwareCode", "")[:60],
    )


def census_day_given(header: Header) -> date | None:
    """The reference date of the file when it is a real day."""
    given = header.reference_date
    return date.fromisoformat(given) if given in days() else None
