"""The rules that look at single values of one person: format, codes, days, identifiers."""

from functools import lru_cache

from casework.rules.calendar import add_months
from casework.rules.identifiers import Checked, Finding, check_uln, check_upn
from reporting.returns.sen2.findings import Problems
from reporting.returns.sen2.form import Form, rule_of
from reporting.returns.sen2.reader import Person
from reporting.returns.sen2.tree import AHEAD, Node

_NOT_KNOWN: frozenset[str] = frozenset()
_ONCE = {"Assessment": 1, "NamedPlan": 1, "ActivePlans": 1, "PlanDetail": 2, "SENneed": 2}
_INSIDE = {
    "Person": frozenset({"Requests"}),
    "Requests": frozenset({"Assessment", "ActivePlans"}),
    "Assessment": frozenset({"NamedPlan"}),
    "NamedPlan": frozenset({"PlanDetail"}),
    "ActivePlans": frozenset({"PlacementDetail", "SENneed"}),
}


class ValueChecks:
    """Checks of one file: its form, and the last day that has happened (`as_at`, as ccyy-mm-dd)."""

    def __init__(self, form: Form, as_at: str) -> None:
        self._form = form
        self._as_at = as_at
        self._too_old = add_months(form.census_day, -26 * 12).isoformat()

    def check(self, read: Person, problems: Problems) -> None:
        """Report every value that breaks a rule, and drop what is empty or unknown from the tree."""
        person = read.node
        self._check_node(person, problems, odd=read.odd)
        born = person.values.get("PersonBirthDate", "")
        if not born:
            problems.add("SCH-013", person)
        elif (read.first_day < born or read.last_day > self._as_at) and not problems.fatal:
            self._check_days(person, born, problems)
        self._check_person(person, problems)

    def _check_node(self, node: Node, problems: Problems, *, odd: bool) -> None:
        if odd:
            self._explain(node, problems)
        for tag in node.repeated:
            problems.add("SCH-002", node, tag)
        if node.parts:
            self._check_parts(node, problems, odd=odd)

    def _check_parts(self, node: Node, problems: Problems, *, odd: bool) -> None:
        inside = _INSIDE.get(node.tag, _NOT_KNOWN)
        seen: dict[str, int] = {}
        for part in node.parts:
            tag = part.tag
            if tag not in inside:
                problems.add("WM-101", part)
                continue
            if part.parts or odd or part.repeated:
                self._check_node(part, problems, odd=odd)
            seen[tag] = count = seen.get(tag, 0) + 1
            if count > _ONCE.get(tag, count):
                problems.add("SCH-006", part, more=str(len(node.all(tag))), other=str(_ONCE[tag]))

    def _explain(self, node: Node, problems: Problems) -> None:
        allowed = self._form.allowed[node.tag]
        for tag, value in list(node.values.items()):
            known = allowed.get(tag, _NOT_KNOWN)
            if known is _NOT_KNOWN:
                problems.add("WM-101", node, tag)
            elif value == "":
                problems.add("SCH-010", node, tag)
            elif known is None or value in known:
                continue
            elif tag in self._form.date_tags.get(node.tag, ()):
                problems.bad_date(rule_of(node.tag, tag), node, tag, value)
                continue
            else:
                problems.bad_code(rule_of(node.tag, tag), node, tag, value, known, self._form.year)
                continue
            del node.values[tag]

    def _check_days(self, node: Node, born: str, problems: Problems) -> None:
        """No day before birth, none that has not come yet. Days as text compare like days."""
        for tag in self._form.date_tags.get(node.tag, ()):
            day = node.values.get(tag)
            if day is None:
                continue
            if day < born:
                problems.add("INF-002", node, tag, other=born)
            if day > self._as_at and tag != AHEAD:
                problems.add("WM-001", node, tag, other=self._as_at)
        for part in node.parts:
            self._check_days(part, born, problems)

    def _check_person(self, person: Node, problems: Problems) -> None:
        values = person.values
        if not values.get("Surname"):
            problems.add("SCH-011", person)
        if not values.get("Forename"):
            problems.add("SCH-012", person)
        for tag in ("Surname", "Forename"):
            if len(values.get(tag, "")) > 100:
                problems.add("WM-002", person, tag, other="100")
        if "Sex" not in values and "GenderCurrent" not in values:
            problems.add("SCH-014", person)
        if "Ethnicity" not in values:
            problems.add("SCH-015", person)
        if "PostCode" not in values:
            problems.add("GDE-007", person)
        self._check_identifiers(person, problems)
        if not person.parts:
            problems.add("INF-005", person)
        if values.get("PersonBirthDate", "9") <= self._too_old:
            problems.add("INF-003", person, "PersonBirthDate")

    def _check_identifiers(self, person: Node, problems: Problems) -> None:
        values = person.values
        upn, uln = values.get("UPN"), values.get("UniqueLearnerNumber")
        if upn:
            self._report(checked_upn(upn), "UPN", ("SCH-060", "SIB-1510"), person, problems)
        if uln:
            self._report(checked_uln(uln), "UniqueLearnerNumber", ("SCH-061", "SIB-1575"), person, problems)
        if not upn and not uln and "UPNunknown" not in values:
            problems.add("GDE-003", person)

    def _report(
        self, checked: Checked, tag: str, codes: tuple[str, str], person: Node, problems: Problems
    ) -> None:
        if checked.finding is Finding.ERROR:
            problems.add(codes[0], person, tag, more=checked.message)
        elif checked.finding is Finding.QUERY:
            problems.add(codes[1], person, tag)


@lru_cache(maxsize=512)
def checked_upn(raw: str) -> Checked:
    """`check_upn`, remembered for the second time the same person is looked at."""
    return check_upn(raw)


@lru_cache(maxsize=512)
def checked_uln(raw: str) -> Checked:
    """`check_uln`, remembered likewise."""
    return check_uln(raw)
