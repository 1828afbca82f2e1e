"""Writes a SEN2 return of any size with invented people, for measuring. The same seed gives the same file."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from casework.rules.identifiers import make_uln, make_upn

CENSUS = date(2026, 1, 15)
YEAR_START = date(2025, 1, 1)
FORENAMES = [
    f"{first}{last}"
    for first in ("Al", "Be", "Ca", "Do", "El", "Fi")
    for last in ("ba", "co", "da", "fe", "ru")
]
SURNAMES = [
    f"{first}{last}"
    for first in ("Oak", "Ash", "Elm", "Fern", "Moss")
    for last in ("ley", "ton", "wick", "by")
]
NEEDS = ["ASD", "SLCN", "SEMH", "MLD", "SLD", "PD", "HI", "SPLD"]
URNS = range(900001, 900301)

HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<Message>
  <Header>
    <CollectionDetails>
      <Collection>SEN2</Collection>
      <Year>2026</Year>
      <ReferenceDate>2026-01-15</ReferenceDate>
    </CollectionDetails>
    <Source>
      <SourceLevel>L</SourceLevel>
      <LEA>{la_code}</LEA>
      <SoftwareCode>Waymark bench</SoftwareCode>
      <Release>1</Release>
      <SerialNo>001</SerialNo>
      <DateTime>2026-02-02T09:30:00</DateTime>
      <DMO>Y</DMO>
      <DCO>Y</DCO>
      <DSCO>Y</DSCO>
    </Source>
  </Header>
  <Persons>
"""
FOOTER = """  </Persons>
</Message>
"""


def write(path: Path, persons: int, *, la_code: str = "999", seed: int = 2026) -> None:
    """Write `persons` people to `path`, one at a time."""
    with path.open("w", encoding="utf-8") as out:
        out.write(HEADER.format(la_code=la_code))
        for text in people(persons, seed=seed):
            out.write(text)
        out.write(FOOTER)


def people(persons: int, *, seed: int = 2026) -> Iterator[str]:
    """The XML of each person, indented as real returns are."""
    chance = random.Random(seed)
    for number in range(persons):
        yield _indent(_person(chance, number))


def _person(chance: random.Random, number: int) -> list[object]:
    born = date(2001, 9, 1) + timedelta(days=chance.randrange(21 * 365))
    upn = make_upn("999", f"{1000 + number // 1000:04}", f"{born.year % 100:02}", f"{number % 1000:03}")
    person: list[object] = [
        ("Surname", chance.choice(SURNAMES) + chance.choice(["", "son", "s", "field"])),
        ("Forename", chance.choice(FORENAMES)),
        ("PersonBirthDate", born),
        ("Sex", "M" if chance.random() < 0.72 else "F"),
        ("Ethnicity", chance.choice(["WBRI", "WOTH", "APKN", "BAFR", "MWBC"])),
        (
            "PostCode",
            f"ZZ{chance.randrange(1, 30)} {chance.randrange(1, 10)}{chance.choice('ABDE')}{chance.choice('FGHJ')}",
        ),
        ("UPN", upn),
    ]
    if born < date(2010, 1, 1) and (uln := make_uln(f"{100000000 + number}")):
        person.append(("UniqueLearnerNumber", uln))
    kind = chance.random()
    if kind < 0.80:
        person.append(
            ("Requests", [("RequestOutcome", "H"), _plan(chance, born, "H", None), _active(chance, born)])
        )
    elif kind < 0.88:
        received = YEAR_START + timedelta(days=chance.randrange(200))
        decided = received + timedelta(days=chance.randrange(20, 60))
        issued = received + timedelta(days=chance.randrange(100, 150))
        request = _request(received, "Y", decided, chance)
        person.append(
            ("Requests", [*request, _plan(chance, born, "Y", issued), _active(chance, born, issued)])
        )
    elif kind < 0.93:
        received = YEAR_START + timedelta(days=chance.randrange(300))
        person.append(
            ("Requests", _request(received, "N", received + timedelta(days=chance.randrange(30, 50)), chance))
        )
    elif kind < 0.97:
        received = YEAR_START + timedelta(days=chance.randrange(200, 300))
        decided = received + timedelta(days=chance.randrange(20, 60))
        person.append(
            (
                "Requests",
                [*_request(received, "Y", decided, chance), ("Assessment", [("AssessmentOutcome", "A")])],
            )
        )
    else:
        received = date(2025, 12, 1) + timedelta(days=chance.randrange(30))
        person.append(("Requests", _request(received, "A", None, chance)))
    return [("Person", person)]


def _request(received: date, outcome: str, decided: date | None, chance: random.Random) -> list[object]:
    items: list[object] = [
        ("ReceivedDate", received),
        ("RequestSource", chance.choice("112235")),
        ("RYA", "0"),
    ]
    if decided:
        items.append(("RequestOutcomeDate", decided))
    items.append(("RequestOutcome", outcome))
    if decided:
        items += [("RequestMediation", "0"), ("RequestTribunal", "0")]
    return items


def _setting(chance: random.Random) -> list[object]:
    if chance.random() < 0.94:
        return [("URN", chance.choice(URNS))]
    return [("SENsetting", chance.choice(["OLA", "EHE", "EYP"]))]


def _plan(chance: random.Random, born: date, outcome: str, issued: date | None) -> object:
    start = issued or min(date(2024, 12, 1), born + timedelta(days=chance.randrange(900, 5000)))
    assessment: list[object] = [("AssessmentOutcome", outcome)]
    if issued:
        assessment += [
            ("AssessmentOutcomeDate", issued), ("AssessmentMediation", "0"), ("AssessmentTribunal", "0"),
            ("OtherMediation", "0"), ("OtherTribunal", "0"), ("Week20", "1" if chance.random() < 0.08 else "0"),
        ]  # fmt: skip
    named = [("PlanDetail", [*_setting(chance), ("PlacementRank", "1"), *_flags(chance)])]
    return ("Assessment", [*assessment, ("NamedPlan", [("StartDate", start), *named, ("PB", "0")])])


def _flags(chance: random.Random) -> list[object]:
    unit = "1" if chance.random() < 0.04 else "0"
    return [("SENunitIndicator", unit), ("ResourcedProvisionIndicator", "0")]


def _active(chance: random.Random, born: date, issued: date | None = None) -> object:
    items: list[object] = []
    entry = date(min(2024, max(2006, born.year + 5)), 9, 2)
    if not issued and chance.random() < 0.25:
        left = date(2025, 7, 20)
        items.append(_placement(chance, entry, left))
        entry = date(2025, 9, 2)
    items.append(_placement(chance, entry, None))
    first, second = chance.sample(NEEDS, 2)
    items.append(("SENneed", [("SENtype", first), ("SENtypeRank", "1")]))
    if chance.random() < 0.5:
        items.append(("SENneed", [("SENtype", second), ("SENtypeRank", "2")]))
    if not issued and chance.random() < 0.9:
        meeting = YEAR_START + timedelta(days=chance.randrange(300))
        outcome = chance.choice("MMA")
        items += [("ReviewMeeting", meeting), ("ReviewOutcome", outcome)]
        decided = meeting + timedelta(days=chance.randrange(5, 45))
        if outcome == "A":
            items.append(("ReviewDraft", decided))
        if chance.random() < 0.15:
            items.append(("PhaseTransferDueDate", date(2026, 2, 15)))
        items.append(("LastReview", decided))
    return ("ActivePlans", items)


def _placement(chance: random.Random, entry: date, left: date | None) -> object:
    dates: list[object] = [("EntryDate", entry), *([("LeavingDate", left)] if left else [])]
    return ("PlacementDetail", [*_setting(chance), ("PlacementRank", "1"), *dates, *_flags(chance)])


def _indent(nodes: list[object], depth: int = 2) -> str:
    pad = "  " * depth
    lines = []
    for tag, value in nodes:  # type: ignore[misc]
        if isinstance(value, list):
            lines.append(f"{pad}<{tag}>\n{_indent(value, depth + 1)}{pad}</{tag}>\n")
        else:
            lines.append(f"{pad}<{tag}>{value}</{tag}>\n")
    return "".join(lines)
