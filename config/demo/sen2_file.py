"""Writes one SEN2 return, in the form of its year, from the generated children.

A return describes the calendar year before its census day. Requests, assessments and plans are shown as they were
known at the end of that year; placements and reviews up to census day (docs/domain/demonstration.md).
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from config.demo.day import CENSUS_DAYS, DEMO_DAY, LA_CODE, SEED
from config.demo.lives import Life
from config.demo.places import Register
from config.demo.population import lives, register_for
from config.demo.sen2_form import Form
from config.demo.sen2_person import person

PLANS_TO_PERSONS = 0.75
"""About how many plans are held when a return has so many persons; only chooses the size of the register."""


def write_sen2_file(
    path: Path | str, *, persons: int = 20_000, year: int = 2026, seed: int = SEED, as_at: date = DEMO_DAY
) -> int:
    """Write a return with exactly `persons` persons, in a memory that does not depend on their number.

    Returns the number of persons. For the demonstration's own files use `write_return`.
    """
    register = register_for(round(persons * PLANS_TO_PERSONS))
    return _write(Path(path), year, register, lives(register, as_at, seed), most=persons)


def write_return(path: Path | str, year: int, children: Iterator[Life], register: Register) -> int:
    """Write the return of a year for these children. Returns the number of persons in it."""
    return _write(Path(path), year, register, children)


def _write(path: Path, year: int, register: Register, children: Iterator[Life], most: int = 0) -> int:
    form = Form(year, CENSUS_DAYS[year], register)
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_header(year))
        for child in children:
            text = person(child, form)
            if text:
                file.write(text)
                written += 1
                if written == most:
                    break
        file.write("  </Persons>\n</Message>\n")
    return written


def _header(year: int) -> str:
    census = CENSUS_DAYS[year]
    social_care = "      <DSCO>R</DSCO>\n" if year >= Form.YEAR_OF_SOURCES else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<Message>\n  <Header>\n    <CollectionDetails>\n      <Collection>SEN2</Collection>\n"
        f"      <Year>{year}</Year>\n      <ReferenceDate>{census}</ReferenceDate>\n"
        "    </CollectionDetails>\n    <Source>\n      <SourceLevel>L</SourceLevel>\n"
        f"      <LEA>{LA_CODE}</LEA>\n      <SoftwareCode>Waymark demonstration</SoftwareCode>\n"
        "      <Release>1.0</Release>\n      <SerialNo>001</SerialNo>\n"
        f"      <DateTime>{census.year}-02-20T09:30:00</DateTime>\n"
        f"      <DMO>Y</DMO>\n      <DCO>Y</DCO>\n{social_care}"
        "    </Source>\n  </Header>\n  <Persons>\n"
    )
