"""SEN2 files for tests: invented people, each element under the caller's hand."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from casework.rules.identifiers import make_uln, make_upn

CENSUS = {2023: "2023-01-19", 2024: "2024-01-18", 2025: "2025-01-16", 2026: "2026-01-15"}
Item = tuple[str, Any]


def upn(number: int) -> str:
    """A right UPN."""
    return make_upn("999", "3950", "15", f"{number:03}")


def uln(number: int) -> str:
    """A right ULN (some nine digits have none)."""
    return make_uln(f"{100000000 + number}") or uln(number + 1000)


def person(number: int = 1, *requests: Sequence[Item], **changes: Any) -> list[Item]:
    """A person with a UPN, a postcode and these requests. A change of None leaves the element out."""
    values: dict[str, Any] = {
        "Surname": "Testfield", "Forename": f"Child{_letters(number)}", "PersonBirthDate": "2015-03-04", "Sex": "F",
        "Ethnicity": "WBRI", "PostCode": "ZZ1 1AA", "UPN": upn(number), **changes,
    }  # fmt: skip
    leaves = [(tag, value) for tag, value in values.items() if value is not None]
    return [*leaves, *(("Requests", list(request)) for request in requests)]


def _letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number))


def refused(received: str = "2025-03-03", decided: str = "2025-04-07", **changes: Any) -> list[Item]:
    """A request that was refused."""
    return request(received, "N", decided, **changes)


def undecided(received: str = "2025-12-10", **changes: Any) -> list[Item]:
    """A request that waits for its decision."""
    return request(received, "A", None, **changes)


def request(
    received: str | None, outcome: str, decided: str | None, *parts: Item, **changes: Any
) -> list[Item]:
    """Any request."""
    values = {
        "ReceivedDate": received, "RequestSource": "2", "RYA": "0", "RequestOutcomeDate": decided,
        "RequestOutcome": outcome, **changes,
    }  # fmt: skip
    return [*((tag, value) for tag, value in values.items() if value is not None), *parts]


def assessment(outcome: str, told: str | None = None, *parts: Item, **changes: Any) -> Item:
    """The assessment of a request."""
    values = {"AssessmentOutcome": outcome, "AssessmentOutcomeDate": told, **changes}
    return ("Assessment", [*((tag, value) for tag, value in values.items() if value is not None), *parts])


def named_plan(starts: str | None = "2021-05-10", *details: Item, **changes: Any) -> Item:
    """The plan and the settings it names; one school unless told otherwise."""
    leaves = [(tag, value) for tag, value in {"StartDate": starts, **changes}.items() if value is not None]
    return ("NamedPlan", [*leaves, *(details or (place("PlanDetail"),))])


def place(kind: str, urn: str | None = "100001", rank: str | None = "1", **changes: Any) -> Item:
    """A setting, named (PlanDetail) or attended (PlacementDetail)."""
    values = {"URN": urn, "PlacementRank": rank, **changes}
    return (kind, [(tag, value) for tag, value in values.items() if value is not None])


def attended(
    entry: str | None = "2021-09-06", leaving: str | None = None, urn: str | None = "100001", **changes: Any
) -> Item:
    """A placement."""
    return place("PlacementDetail", urn, EntryDate=entry, LeavingDate=leaving, **changes)


def need(kind: str, rank: str | None = "1") -> Item:
    """A type of need."""
    return ("SENneed", [("SENtype", kind), *([("SENtypeRank", rank)] if rank else [])])


def active(*parts: Item, **changes: Any) -> Item:
    """The live state of a plan: one placement and one need unless told otherwise."""
    return (
        "ActivePlans",
        [*(parts or (attended(), need("ASD"))), *((tag, value) for tag, value in changes.items())],
    )


def held(starts: str = "2021-05-10", *parts: Item, live: Item | None = None, **plan: Any) -> list[Item]:
    """An old plan in a shell: outcome H twice."""
    return [
        ("RequestOutcome", "H"),
        assessment("H", None, named_plan(starts, *parts, **plan)),
        live or active(),
    ]


def write(path: Path, people: Sequence[Sequence[Item]], *, year: int = 2026, **header: Any) -> Path:
    """A file of these people."""
    path.write_text(document(people, year=year, **header), encoding="utf-8")
    return path


def document(people: Sequence[Sequence[Item]], *, year: int = 2026, **header: Any) -> str:
    """The text of a file. `header` changes Collection, Year, ReferenceDate or LEA; None leaves one out."""
    given = {
        "Collection": "SEN2",
        "Year": year,
        "ReferenceDate": CENSUS.get(year, "2026-01-15"),
        "LEA": "999",
        **header,
    }
    kept = {tag: value for tag, value in given.items() if value is not None}
    details = [(tag, kept[tag]) for tag in ("Collection", "Year", "ReferenceDate") if tag in kept]
    source = [("SourceLevel", "L"), *([("LEA", kept["LEA"])] if "LEA" in kept else []), ("SerialNo", "001")]
    persons = [("Person", list(one)) for one in people]
    tree = [("Header", [("CollectionDetails", details), ("Source", source)]), ("Persons", persons)]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n{_xml(tree, 1)}</Message>\n'


def _xml(items: Sequence[Item], depth: int) -> str:
    pad = "  " * depth
    lines = []
    for tag, value in items:
        if isinstance(value, list):
            lines.append(f"{pad}<{tag}>\n{_xml(value, depth + 1)}{pad}</{tag}>\n")
        else:
            lines.append(f"{pad}<{tag}>{value}</{tag}>\n")
    return "".join(lines)
