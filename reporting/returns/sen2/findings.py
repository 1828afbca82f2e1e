"""Problems in a file: where they are, what is wrong, how to mend them.

Names, UPNs and ULNs are never repeated in a finding: lists of findings are sent around by e-mail. Line, position and
element lead to the place.
"""

from typing import NamedTuple

from reporting.returns.sen2.catalogue import ERROR, FORMAT_CODE, FORMAT_DATE, RULES, Rule
from reporting.returns.sen2.form import name_of
from reporting.returns.sen2.tree import Node

_KEPT_QUIET = frozenset({"Surname", "Forename", "UPN", "UniqueLearnerNumber"})


class Finding(NamedTuple):
    """One problem. `person` is the position in the file from 1; 0 is the file's header."""

    severity: str
    rule: str
    line: int
    person: int
    element: str
    value: str
    problem: str
    mend: str


def finding(
    rule: Rule,
    code: str,
    *,
    line: int,
    person: int,
    element: str,
    value: str = "",
    other: str = "",
    more: str = "",
) -> Finding:
    """Fill a rule's words."""
    shown = "" if element in _KEPT_QUIET else value[:200]
    words = {"element": element, "name": name_of(element), "value": shown, "other": other, "more": more}
    return Finding(
        rule.severity,
        code,
        line,
        person,
        element,
        shown,
        rule.problem.format(**words),
        rule.mend.format(**words),
    )


class Problems:
    """Collects the findings of one person; `fatal` once one of them is an error."""

    __slots__ = ("fatal", "found", "person")

    def __init__(self, person: int) -> None:
        self.person = person
        self.found: list[Finding] = []
        self.fatal = False

    def add(
        self, code: str, node: Node, tag: str = "", *, value: str = "", other: str = "", more: str = ""
    ) -> None:
        """Report a breach of a rule at a leaf, or at the container when `tag` is not in it."""
        self._add(RULES[code], code, node, tag, value, other, more)

    def bad_date(self, code: str, node: Node, tag: str, value: str) -> None:
        """A value that is not a day."""
        self._add(FORMAT_DATE, code, node, tag, value, "", "")

    def bad_code(self, code: str, node: Node, tag: str, value: str, known: frozenset[str], year: int) -> None:
        """A value that is not a code of the year."""
        some = sorted(known)
        listed = ", ".join(some[:20]) + (" and others" if len(some) > 20 else "")
        self._add(FORMAT_CODE, code, node, tag, value, listed, str(year))

    def _add(self, rule: Rule, code: str, node: Node, tag: str, value: str, other: str, more: str) -> None:
        self.fatal = self.fatal or rule.severity == ERROR
        self.found.append(
            finding(
                rule, code.removesuffix("Q"), line=node.line(tag), person=self.person, element=tag or node.tag,
                value=value or node.values.get(tag, ""), other=other, more=more,
            )
        )  # fmt: skip
