"""Returns are the same bytes for the same seed, have their year's form, and pass the importer's checks."""

import hashlib
import re

import pytest
from lxml import etree

from config.demo.day import CENSUS_DAYS, DEMO_DAY, LA_CODE
from config.demo.population import population, register_for
from config.demo.sen2_file import write_return, write_sen2_file
from config.demo.settings_register import write_register
from reporting.returns.gias.load import load as load_register
from reporting.returns.sen2.work import bring_in

YEARS = sorted(CENSUS_DAYS)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def tags(path):
    return {element.tag for _, element in etree.iterparse(str(path), load_dtd=False, no_network=True)}


@pytest.mark.parametrize("year", YEARS)
def test_the_same_seed_writes_the_same_bytes(tmp_path, year):
    digests = set()
    for name in ("one.xml", "two.xml"):
        write_sen2_file(tmp_path / name, persons=400, year=year)
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1
    write_sen2_file(tmp_path / "other.xml", persons=400, year=year, seed=1)
    assert hashlib.sha256((tmp_path / "other.xml").read_bytes()).hexdigest() not in digests


def test_a_file_has_exactly_the_persons_asked_for(tmp_path):
    assert write_sen2_file(tmp_path / "f.xml", persons=777) == 777
    assert len(etree.parse(str(tmp_path / "f.xml")).findall(".//Person")) == 777


def test_each_year_has_its_own_form(tmp_path):
    found = {}
    for year in YEARS:
        write_sen2_file(tmp_path / f"{year}.xml", persons=2_500, year=year)
        found[year] = tags(tmp_path / f"{year}.xml")
    assert "GenderCurrent" in found[2023]
    assert not {"Sex", "ReviewMeeting", "RequestSource", "DSCO"} & found[2023]
    assert {"Sex", "ReviewMeeting", "ReviewOutcome"} <= found[2024]
    assert not {"GenderCurrent", "AttendancePattern", "RequestSource", "PhaseTransferDueDate"} & found[2024]
    assert {"DSCO", "RequestSource", "ReviewDraft", "PhaseTransferDueDate"} <= found[2025] & found[2026]
    for year, parent in ((2023, "ActivePlans"), (2024, "PlacementDetail")):
        parents = {
            one.getparent().tag for one in etree.parse(str(tmp_path / f"{year}.xml")).iter("Res", "WBP")
        }
        assert parents == {parent}
    plans = etree.parse(str(tmp_path / "2026.xml")).iter("ActivePlans")
    last = [list(plan)[-1].tag for plan in plans if plan.find("LastReview") is not None]
    assert set(last) == {"LastReview"}


def test_no_date_of_a_file_lies_after_its_census_day_except_transfers_that_are_due(tmp_path):
    for year in YEARS:
        path = tmp_path / f"{year}.xml"
        write_sen2_file(path, persons=1_500, year=year)
        ahead = {
            element.tag
            for _, element in etree.iterparse(str(path))
            if _DAY.fullmatch(element.text or "") and element.text > str(CENSUS_DAYS[year])
        }
        assert ahead <= {"PhaseTransferDueDate"}


@pytest.mark.django_db
def test_the_importer_finds_no_error_in_any_year_and_takes_everybody_in(tmp_path):
    register = register_for(500)
    write_register(tmp_path / "settings.csv", register.settings)
    load_register(tmp_path / "settings.csv", as_at=DEMO_DAY, by=None)
    children = list(population(500, register=register))
    for year in YEARS:
        path = tmp_path / f"{year}.xml"
        persons = write_return(path, year, iter(children), register)
        outcome = bring_in(path, la_code=LA_CODE, as_at=DEMO_DAY, by=None)
        assert outcome.errors == 0
        assert outcome.written
        assert outcome.persons == persons
        assert outcome.summary.doubtful < persons * 0.01


@pytest.mark.parametrize("year", YEARS)
def test_no_real_authority_is_named(tmp_path, year):
    write_sen2_file(tmp_path / "f.xml", persons=1_500, year=year)
    tree = etree.parse(str(tmp_path / "f.xml"))
    assert {one.text for one in tree.iter("LEA", "TransferLA", "Exported")} <= {LA_CODE, "XXX"}
