"""What a page shows of an import: its findings by rule, and its doubtful matches beside the children they may be."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet

from casework.access.scope import visible
from casework.models import Child, IdentifierScheme, User
from reporting.models import DoubtfulMatch, ImportFinding, MatchAnswer, ReturnImport, Severity
from reporting.returns.sen2.findings import Finding


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule of one severity: how often it was broken, and the words of its first finding."""

    severity: str
    rule: str
    count: int
    problem: str
    mend: str


@dataclass(frozen=True, slots=True)
class Match:
    """A doubtful match; `held` has the same items as `in_file`, empty when this reader may not see the child."""

    row: DoubtfulMatch
    items: list[tuple[str, str, str]]
    hidden: bool


_LABELS = {
    "surname": "Last name", "forename": "First name", "date_of_birth": "Date of birth", "postcode": "Postcode",
    "upn": "UPN", "uln": "ULN",
}  # fmt: skip


def rules_of(row: ReturnImport, severity: Severity) -> list[RuleRow]:
    """The rules broken, most often first."""
    counted = (
        ImportFinding.objects.filter(return_import=row, severity=severity)
        .values("rule")
        .annotate(count=Count("pk"), first=Min("pk"))
        .order_by("-count", "rule")
    )
    words = ImportFinding.objects.in_bulk([one["first"] for one in counted])
    return [
        RuleRow(severity, one["rule"], one["count"], words[one["first"]].problem, words[one["first"]].mend)
        for one in counted
    ]


def findings_of(row: ReturnImport, *, severity: str = "", rule: str = "") -> QuerySet[ImportFinding]:
    """Findings in file order, of one severity and rule when they are given."""
    found = ImportFinding.objects.filter(return_import=row).select_related("child")
    if severity:
        found = found.filter(severity=severity)
    return found.filter(rule=rule) if rule else found


def as_findings(rows: QuerySet[ImportFinding]) -> Iterator[Finding]:
    """The same as the files of the command line have them, read as a stream."""
    fields = ("severity", "rule", "line", "person", "element", "value", "problem", "mend")
    for values in rows.values_list(*fields).iterator(chunk_size=2000):
        yield Finding(*values)


def waiting_matches(row: ReturnImport, reader: User) -> list[Match]:
    """The doubtful matches of an import that nobody has answered."""
    found = DoubtfulMatch.objects.filter(return_import=row, answer=MatchAnswer.WAITING).select_related(
        "candidate"
    )
    seen = visible(Child, reader).filter(pk__in=[one.candidate_id for one in found if one.candidate_id])
    children = {child.pk: child for child in seen.prefetch_related("identifiers", "addresses")}
    return [_match(one, children.get(one.candidate_id or 0)) for one in found]


def _match(row: DoubtfulMatch, child: Child | None) -> Match:
    held: dict[str, str] = row.in_file.get("other", {})
    if child is not None:
        numbers = {one.scheme: one.value for one in child.identifiers.all() if one.ends_on is None}
        homes = [home.postcode for home in child.addresses.all() if home.ends_on is None]
        held = {
            "surname": child.surname, "forename": child.forename, "date_of_birth": child.date_of_birth.isoformat(),
            "postcode": homes[0] if homes else "", "upn": numbers.get(IdentifierScheme.UPN, ""),
            "uln": numbers.get(IdentifierScheme.ULN, ""),
        }  # fmt: skip
    items = [(label, row.in_file.get(key, ""), held.get(key, "")) for key, label in _LABELS.items()]
    return Match(row, items, hidden=row.candidate_id is not None and child is None)
