"""One person of a file as a small tree of Nodes, by the form of the year."""

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from reporting.returns.sen2.form import PERSON_CONTAINERS, Form, days

_WRITTEN_OTHERWISE = {
    "SENSetting": "SENsetting",
    "SENsettingOther": "SENSettingOther",
    "Postcode": "PostCode",
}

AHEAD = "PhaseTransferDueDate"
"""The one date of the return that may lie ahead."""


@dataclass(slots=True)
class Node:
    """One container of a person: its leaf values, stripped, and its containers. `repeated` are leaves given twice."""

    element: etree._Element
    tag: str
    values: dict[str, str] = field(default_factory=dict)
    parts: list["Node"] = field(default_factory=list)
    repeated: tuple[str, ...] = ()

    def all(self, tag: str) -> list["Node"]:
        """The containers of one kind inside this one."""
        return [part for part in self.parts if part.tag == tag]

    def line(self, tag: str = "") -> int:
        """The line of a leaf, or of the container itself where it has no such leaf."""
        for child in self.element:
            if plain_tag(child.tag) == tag:
                return child.sourceline or 0
        return self.element.sourceline or 0


class TreeReader:
    """Turns the elements of one person into Nodes, by the form of the year.

    While it reads it notes what the checks need to look at closer: `odd` when some value is not one the form allows,
    and the first and last day of all dates that cannot lie ahead.
    """

    __slots__ = ("_coded", "_days", "_texts", "first_day", "last_day", "odd")

    def __init__(self, form: Form) -> None:
        self._coded: dict[str, dict[str, frozenset[str]]] = {}
        self._texts: dict[str, frozenset[str]] = {}
        for parent, allowed in form.allowed.items():
            self._coded[parent] = {tag: known for tag, known in allowed.items() if known is not None}
            self._texts[parent] = frozenset(tag for tag, known in allowed.items() if known is None)
        self._days = days()
        self.odd = False
        self.first_day, self.last_day = "9999", ""

    def person(self, element: etree._Element) -> Node:
        """One person."""
        self.odd = False
        self.first_day, self.last_day = "9999", ""
        return self._read(element, "Person")

    def _read(self, element: etree._Element, tag: str) -> Node:
        node = Node(element, tag)
        values, coded, texts = node.values, self._coded[tag], self._texts[tag]
        for child in element:
            name: Any = child.tag
            known = coded.get(name)
            if known is not None:
                value = child.text
                if value not in known:
                    value = value.strip() if value else ""
                    self.odd = self.odd or value not in known
                if known is self._days:
                    if value < self.first_day:
                        self.first_day = value
                    if value > self.last_day and name != AHEAD:
                        self.last_day = value
            elif name in texts:
                value = child.text
                value = value.strip() if value else ""
                self.odd = self.odd or not value
            elif name in PERSON_CONTAINERS and tag != "SENneed":
                node.parts.append(self._read(child, name))
                continue
            else:
                name = plain_tag(name)
                if name in PERSON_CONTAINERS:
                    node.parts.append(self._read(child, name))
                    continue
                value = (child.text or "").strip()
                self.odd = True
            if name in values:
                node.repeated = (*node.repeated, name)
            values[name] = value
        return node


def plain_tag(tag: Any) -> str:
    """A tag without its namespace, in the spelling of the specification."""
    name: str = tag.rpartition("}")[2]
    return _WRITTEN_OTHERWISE.get(name, name)
